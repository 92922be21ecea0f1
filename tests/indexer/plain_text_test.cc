// Is a plain-text file read as the article a reader would see?
#include "indexer/sources/source.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::indexer {
namespace {

Article read(const std::string& bytes, const std::string& relative = "sak.txt",
             std::vector<std::string>* warnings = nullptr) {
  const SourceFile file{"/arkiv/" + relative, relative, "arkiv", 1300000000};
  Result<ReadResult> result = read_all(file, bytes);
  if (!result) FAIL(result.error().message);
  REQUIRE(result->articles.size() == 1);
  if (warnings != nullptr) *warnings = result->warnings;
  return std::move(result->articles[0]);
}

std::vector<std::string> of_role(const Article& a, ParagraphRole role) {
  std::vector<std::string> out;
  for (const Paragraph& p : a.paragraphs)
    if (p.role == role) out.emplace_back(a.view(p));
  return out;
}

}  // namespace

TEST_CASE("a header block, in both standards and English") {
  for (const char* header :
       {"Tittel: Ferga står\nKilde: Havnebladet\nDato: 3. mai 2011\nForfatter: Kari Moen\nSeksjon: Nyheter\n",
        "Tittel: Ferga står\nKjelde: Havnebladet\nDato: 03.05.2011\nForfattar: Kari Moen\nSeksjon: Nyheter\n",
        "Title: Ferga står\nSource: Havnebladet\nDate: 2011-05-03\nAuthor: Kari Moen\nSection: Nyheter\n"}) {
    INFO(header);
    const Article a = read(std::string(header) + "\nFerga ligger til kai.\n\nStreiken varer.\n");
    CHECK(a.title() == "Ferga står");
    CHECK(a.source == "Havnebladet");
    CHECK(a.published == "2011-05-03");
    CHECK_FALSE(a.date_guessed);
    CHECK(a.byline == "Kari Moen");
    CHECK(a.section == "Nyheter");
    CHECK(a.text == "Ferga står\nFerga ligger til kai.\nStreiken varer.\n");
  }
}

TEST_CASE("without one: a short first line is the title, a sentence is not") {
  CHECK(read("Ferga står\n\nFerga ligger til kai i dag, sier rederiet.\n").title() == "Ferga står");
  CHECK(read("Men kineserne utfordrer USA og sier at deres forslag er den eneste veien.\nDet er ikke alle enige i.\n")
            .title()
            .empty());
  CHECK(read("– Dette er ikke en tittel, sier han.\nDet er et sitat.\n").title().empty());
}

TEST_CASE(
    "paragraphs: at blank lines where there are any, else a line each; subheads are short lines without a full stop") {
  const Article a = read("Tittel: T\n\nFørste linje\ngår over to.\n\nBakgrunn\n\nAndre avsnitt slutter her.\n");
  CHECK(of_role(a, ParagraphRole::subhead) == std::vector<std::string>{"Bakgrunn"});
  CHECK(a.text.find("Første linje går over to.") != std::string::npos);
  const Article b = read("Tittel: T\n\nEn setning her.\nEn til her.\n");
  CHECK(b.paragraphs.size() == 3);
}

TEST_CASE("dates: header, then file name, then folders, then the file's time, which is marked as guessed") {
  const std::string text = "Ferga står\n\nFerga ligger til kai i dag, sier rederiet.\n";
  CHECK(read("Dato: 2011-05-03\n\nTekst er her.\n", "2012/06/01/2013-07-02.txt").published == "2011-05-03");
  CHECK(read(text, "2012/06/01/2013-07-02-sak.txt").published == "2013-07-02");
  CHECK(read(text, "2012/06/01/sak.txt").published == "2012-06-01");
  const Article month = read(text, "2012/06/sak.txt");
  CHECK(month.published == "2012-06");
  CHECK_FALSE(month.date_guessed);
  const Article guessed = read(text, "sak.txt");
  CHECK(guessed.date_guessed);
  CHECK(guessed.published.substr(0, 10) == "2011-03-13");
}

TEST_CASE("a date that is none is warned of, and nothing is invented") {
  std::vector<std::string> warnings;
  const Article a = read("Tittel: T\nDato: 31.02.2011\n\nTekst er her.\n", "sak.txt", &warnings);
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings[0], Catch::Contains("31.02.2011"));
  CHECK((a.published.empty() || a.date_guessed));
  CHECK(a.source.empty());
  CHECK(a.byline.empty());
}

TEST_CASE("every paragraph's bytes lie in the text, in order, without its newlines; ids are the place's") {
  const Article a = read("Tittel: Æøå\n\nEn.\n\n  To med blanke  \n\n\n\nTre –\n");
  std::uint32_t at = 0;
  for (const Paragraph& p : a.paragraphs) {
    CHECK(p.begin == at);
    CHECK(a.text[p.end] == '\n');
    CHECK(a.view(p).find('\n') == std::string_view::npos);
    at = p.end + 1;
  }
  CHECK(at == a.text.size());
  CHECK(a.id.size() == 12);
  CHECK(read("Annet innhold her.\n").id == read("Noe helt annet.\n").id);
  CHECK(read("Annet innhold her.\n", "b.txt").id != a.id);
}

}  // namespace spalte::indexer
