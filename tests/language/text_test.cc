// Are texts cut into sentences and tokens whose bytes cover them, and is their language told?
#include "language/analyser.h"
#include "language/lexicon.h"
#include "tests/support.h"

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::language {
namespace {

Analyser& analyser() {
  static const auto lexicon = Analyser::open_lexicon(std::string(std::getenv("SPALTE_DATA")) + "/norwegian.lex");
  REQUIRE(lexicon);
  static Analyser a(*lexicon);
  return a;
}

AnalysedText analysed(std::string_view text) {
  AnalysedText out;
  const ByteRange whole{0, static_cast<std::uint32_t>(text.size())};
  analyser().analyse(text, {&whole, 1}, out);
  return out;
}

std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& t : analysed(text).tokens) out.emplace_back(text.substr(t.begin, t.end - t.begin));
  return out;
}

std::size_t sentences(std::string_view text) { return analysed(text).sentences.size(); }

}  // namespace

TEST_CASE("tokens as the treebanks cut them") {
  using Words = std::vector<std::string>;
  CHECK(tokens("EU-kommisjonens forslag, bl.a. om 3,5 prosent.") ==
        Words{"EU-kommisjonens", "forslag", ",", "bl.a.", "om", "3,5", "prosent", "."});
  CHECK(tokens("«Nei», sa hun kl. 12:30.") == Words{"«", "Nei", "»", ",", "sa", "hun", "kl.", "12:30", "."});
  CHECK(tokens("miljø- og utviklingsminister") == Words{"miljø-", "og", "utviklingsminister"});
}

TEST_CASE("sentences") {
  CHECK(sentences("Statsministeren reiser. Hun kommer i morgen!") == 2);
  CHECK(sentences("Dr. Hansen møtte J. P. Olsen kl. 14. Det gikk bra.") == 2);
  CHECK(sentences("Han kom 17. mai 2011 til byen.") == 1);
}

TEST_CASE("every byte that is no blank is in one token, whatever the bytes") {
  std::mt19937 random(5);
  static constexpr std::string_view kPieces[] = {
      "a", "Å", " ", ".", "\n", "–", "«", "\xff", "\xc3", "1", ",", "-", "bl.a.", "http://x.no/a?b", "'", "…", "😀"};
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    const AnalysedText a = analysed(text);
    std::uint32_t at = 0;
    for (const Token& t : a.tokens) {
      REQUIRE(t.begin >= at);
      REQUIRE(t.end > t.begin);
      REQUIRE(text.substr(at, t.begin - at).find_first_not_of(" \n") == std::string::npos);
      at = t.end;
    }
    REQUIRE(text.substr(at).find_first_not_of(" \n") == std::string::npos);
    std::uint32_t token = 0;
    for (const Sentence& s : a.sentences) {
      REQUIRE(s.first == token);
      REQUIRE(s.last > s.first);
      token = s.last;
    }
    REQUIRE(token == a.tokens.size());
  }
}

TEST_CASE("bokmål, nynorsk, and what is neither") {
  CHECK(analysed("Jeg vet ikke hva som skjer med de nye planene, men vi får se hvordan det går.").standard ==
        Standard::nb);
  CHECK(analysed("Eg veit ikkje kva som skjer med dei nye planane, men vi får sjå korleis det går.").standard ==
        Standard::nn);
  CHECK(analysed("The government has decided that it will not change the plans for the new bridge.").standard ==
        Standard::other);
  // Too short to tell counts as Norwegian.
  CHECK(analysed("Oslo").standard != Standard::other);
}

TEST_CASE("Danish and Swedish are not taken for bokmål in more than one of ten paragraphs") {
  for (const char* name : {"danish.txt", "swedish.txt"}) {
    const auto paragraphs = test::lines(test::read_file(test::tests_folder() / "data" / name));
    REQUIRE(paragraphs.size() == 40);
    int norwegian = 0;
    std::string wrong;
    for (const std::string& p : paragraphs)
      if (analysed(p).standard != Standard::other) {
        ++norwegian;
        wrong += p + "\n";
      }
    INFO(wrong);
    CHECK(norwegian <= 4);
  }
}

}  // namespace spalte::language
