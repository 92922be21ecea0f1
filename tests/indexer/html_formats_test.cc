// Is the article on a page told from what stands around it? Pages of many styles, with the text that a reader would call
// the article beside each.
#include "tests/support.h"

#include "indexer/sources/source.h"

#include <algorithm>
#include <map>

#include <catch2/catch.hpp>

namespace spalte::indexer {
namespace {

Result<ReadResult> read_page(const std::string& name, const std::string& bytes) {
  return read_all({"/arkiv/" + name, name, "arkiv", 1300000000}, bytes);
}

Article page(const std::string& name) {
  Result<ReadResult> r = read_page(name, test::read_file(test::tests_folder() / "data/html" / name));
  if (!r) FAIL(name << ": " << r.error().message);
  REQUIRE(r->articles.size() == 1);
  return std::move(r->articles[0]);
}

std::map<std::string, int> words(const std::string& text) {
  std::map<std::string, int> out;
  std::string word;
  for (char c : text + " ") {
    const bool part = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0;
    if (part) {
      word += c;
    } else if (!word.empty()) {
      ++out[word];
      word.clear();
    }
  }
  return out;
}

double f1(const std::string& found, const std::string& right) {
  const auto a = words(found), b = words(right);
  double common = 0, in_a = 0, in_b = 0;
  for (const auto& [w, n] : a) {
    in_a += n;
    if (const auto same = b.find(w); same != b.end()) common += std::min(n, same->second);
  }
  for (const auto& [w, n] : b) in_b += n;
  return in_a + in_b == 0 ? 0 : 2 * common / (in_a + in_b);
}

}  // namespace

TEST_CASE("the text of pages in many styles, by words") {
  double sum = 0;
  int pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::tests_folder() / "data/html")) {
    if (entry.path().extension() != ".txt") continue;
    const std::string name = entry.path().stem().string() + ".html";
    INFO(name);
    const double score = f1(page(name).text, test::read_file(entry.path()));
    CHECK(score >= 0.95);
    sum += score;
    ++pages;
  }
  CHECK(pages >= 24);
  CHECK(sum / pages >= 0.99);  // measured: 1.000
}

TEST_CASE("what a page says of itself") {
  const Article a = page("modern.html");
  CHECK(a.title() == "Broen til Havnøy er åpnet");
  CHECK(a.published == "2015-06-02T14:05");
  CHECK(a.modified == "2015-06-02T18:30");
  CHECK(a.byline == "Silje Moen, Pål Ås");
  CHECK(a.source == "Havnebladet");
  CHECK(a.section == "Nyheter");
  CHECK(a.topics_given == std::vector<std::string>{"bro", "samferdsel"});
  CHECK(a.url == "https://www.havnebladet.example/nyheter/broen-til-havnoy");
  CHECK(a.lang == "nb");
  REQUIRE(a.paragraphs.size() == 9);
  CHECK(a.paragraphs[1].role == ParagraphRole::lead);
  CHECK(a.paragraphs[5].role == ParagraphRole::subhead);

  CHECK(page("hashed.html").source == "Morgenbudet");
  CHECK(page("hashed.html").published == "2018-10-22T13:00");
  CHECK(page("tables.html").title() == "Rekordfiske etter sild");
  CHECK(page("tables.html").byline == "ARNE MOEN");
  CHECK(page("microdata.html").lang == "nn");
  CHECK(page("microdata.html").published == "2009-03-04");
  CHECK(page("blog.html").byline == "Berit Storsund");
  CHECK(page("recipe.html").topics_given == std::vector<std::string>{"mat", "fisk"});
  CHECK(page("broken.html").published == "2003-08-14");
}

TEST_CASE("a page without article, a page of nothing, and one nested without end") {
  const auto front = read_page("front.html", test::read_file(test::tests_folder() / "data/html/front.html"));
  REQUIRE(front);
  CHECK(front->skipped == std::vector<std::string>{"page without article"});
  CHECK(read_page("tom.html", "<html></html>")->skipped == std::vector<std::string>{"page without article"});
  std::string nested = "<html><body>";
  for (int i = 0; i < 200000; ++i) nested += "<div>";
  const auto refused = read_page("dyp.html", nested + "tekst");
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message, Catch::Contains("nested") || Catch::Contains("memory or time"));
  nested = "<html><body>";
  for (int i = 0; i < 2100; ++i) nested += "<div>";
  CHECK_THAT(read_page("dyp.html", nested + "tekst").error().message, Catch::Contains("nested deeper than 2000"));
  // Tags that close themselves are no depth.
  std::string old = "<html><body>";
  for (int i = 0; i < 20000; ++i) old += "<p>Avsnitt om fiskeri, det ene etter det andre.";
  CHECK(read_page("gammel.html", old)->articles.size() == 1);
}

}  // namespace spalte::indexer
