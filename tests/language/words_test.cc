// Does one word have one key in all its forms and both standards, and do different words stay apart?
#include "language/analyser.h"
#include "language/lexicon.h"
#include "language/normalise.h"
#include "tests/support.h"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::language {
namespace {

std::string lexicon_path() { return std::string(std::getenv("SPALTE_DATA")) + "/norwegian.lex"; }

Analyser& analyser() {
  static const auto lexicon = Analyser::open_lexicon(lexicon_path());
  REQUIRE(lexicon);
  static Analyser a(*lexicon);
  return a;
}

std::vector<std::string> index_keys(std::string_view form, Standard standard, TermRole role = TermRole::word) {
  std::vector<std::string> out;
  for (const Term& t : analyser().terms(analyser().intern(form), standard).terms)
    if (t.role == role) out.emplace_back(t.key);
  return out;
}

bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& k) { return std::find(b.begin(), b.end(), k) != b.end(); });
}

/// Does a query for the word find a text of that standard that holds the form?
bool finds(std::string_view query, std::string_view form, Standard standard) {
  const QueryWord q = analyser().query_word(query);
  return meet(q.keys, index_keys(form, standard));
}

bool finds_part(std::string_view query, std::string_view form, Standard standard = Standard::nb) {
  return meet(analyser().query_word(query).keys, index_keys(form, standard, TermRole::part));
}

}  // namespace

TEST_CASE("what must hold") {
  for (const char* form : {"statsministeren", "statsministrene", "statsministerens", "Statsministeren"})
    CHECK(finds("statsminister", form, Standard::nb));
  CHECK(finds("forsker", "Forskerne", Standard::nb));
  CHECK(finds("forsker", "forskarane", Standard::nn));
  CHECK(finds("utenriksminister", "utanriksministeren", Standard::nn));
  CHECK(finds("Noreg", "Norge", Standard::nb));
  CHECK(finds("bok", "bøkene", Standard::nb));
  CHECK(finds_part("klubb", "Fotballklubben"));
  CHECK(finds_part("atomvåpen", "atomvåpenprogram"));
  CHECK(finds_part("våpenprogram", "atomvåpenprogram"));
  CHECK(finds("EU-kommisjonen", "EU-kommisjonens", Standard::nb));
  CHECK(finds("Stortinget", "stortingets", Standard::nb));
  CHECK(finds("hvit", "kvite", Standard::nn));
  CHECK(finds("mandag", "måndagen", Standard::nn));
}

TEST_CASE("different words stay apart") {
  CHECK_FALSE(finds("for", "fór", Standard::nb));
  CHECK_FALSE(finds("far", "får", Standard::nb));
  CHECK_FALSE(finds("ære", "are", Standard::nb));
  CHECK_FALSE(finds("Berg", "bær", Standard::nb));
  CHECK_FALSE(finds_part("stol", "Stoltenberg"));
  CHECK_FALSE(finds_part("sol", "Solberg"));
  // Both what a shepherd has and what a verb means.
  CHECK(finds("sau", "sauene", Standard::nb));
  CHECK(finds("få", "får", Standard::nb));
  CHECK(finds("får", "får", Standard::nb));
}

TEST_CASE("any word finds itself, in a text of any standard, capitals or not") {
  std::mt19937 random(11);
  static constexpr std::string_view kPieces[] = {"stat", "s",     "minister", "en",  "bok",       "æ",  "Ø",
                                                 "å",    "klubb", "-",        "et",  "Tillerson", "EU", "gjeld",
                                                 "ar",   "ane",   "é",        "ski", "tur",       "ene"};
  for (int i = 0; i < 3000; ++i) {
    std::string word;
    for (auto n = 1 + random() % 4; n > 0; --n) word += kPieces[random() % std::size(kPieces)];
    if (normalise(word).find_first_not_of('-') == std::string::npos) continue;
    INFO(word);
    const QueryWord q = analyser().query_word(word);
    for (Standard s : {Standard::nb, Standard::nn, Standard::other}) {
      std::vector<std::string> keys = index_keys(word, s);
      for (TermRole role : {TermRole::joined, TermRole::piece})
        for (std::string& k : index_keys(word, s, role)) keys.push_back(std::move(k));
      std::vector<std::string> asked = q.keys;
      for (const auto& piece : q.pieces) asked.insert(asked.end(), piece.begin(), piece.end());
      REQUIRE(meet(asked, keys));
    }
  }
}

TEST_CASE("a word is found by any form of it: the lexicon's forms, each standard") {
  const auto opened = Analyser::open_lexicon(lexicon_path());
  REQUIRE(opened);
  const Lexicon& lexicon = **opened;
  constexpr std::uint32_t kEach = 61;  // of the keys, for time
  std::size_t seen = 0;
  lexicon.all_forms([](std::string_view) { return true; },
                    [&](const Lexicon::FormOfKey& f) {
                      if (f.key % kEach != 0 || f.text.find_first_of("-'’ʼ") != std::string_view::npos) return;
                      ++seen;
                      const std::string key(lexicon.key_text(f.key));
                      INFO(f.text << " of " << key);
                      REQUIRE(meet(analyser().query_word(f.text).keys, {key}));
                      for (const auto& [has, standard] : {std::pair{f.nb, Standard::nb}, {f.nn, Standard::nn}})
                        if (has) REQUIRE(meet(index_keys(f.text, standard), {key}));
                    });
  CHECK(seen > 10'000);
}

TEST_CASE("what nynorsk writes beside its dictionary is found by the word") {
  const auto [query, form] = GENERATE(table<std::string_view, std::string_view>({
      {"nyhet", "nyheiten"},
      {"vurdere", "vurderar"},
      {"anbefale", "anbefalar"},
      {"motforestilling", "motforestillingane"},
      {"kvadrat", "kvadratane"},
  }));
  CAPTURE(query, form);
  CHECK(finds(query, form, Standard::nn));
}

TEST_CASE("older spelling is found by today's, and by itself") {
  const auto [query, form] = GENERATE(table<std::string_view, std::string_view>({
      {"hånd", "Haand"},
      {"år", "Aar"},
      {"håndverk", "Haandverk"},
      {"virksomhet", "Virksomhed"},
      {"virksomheten", "Virksomheden"},
      {"stasjon", "Station"},
      {"kjøpmann", "Kjøbmand"},
      {"skip", "Skib"},
      {"prest", "Præst"},
  }));
  CAPTURE(query, form);
  CHECK(finds(query, form, Standard::nb));
  CHECK(finds(form, form, Standard::nb));
}

TEST_CASE("a name in older spelling does not mean today's word") {
  CHECK_FALSE(finds("Gaarder", "gårder", Standard::nb));
  CHECK_FALSE(finds("Maak", "måke", Standard::nb));
}

TEST_CASE("forms of a key in both standards, for those who ask why") {
  const auto has = [](std::string_view key, std::string_view text, Standard standard) {
    const auto forms = analyser().forms(key, 40);
    return std::any_of(forms.begin(), forms.end(),
                       [&](const Form& f) { return f.text == text && f.standard == standard; });
  };
  CHECK(has("bok", "bøkene", Standard::nb));
  CHECK(has("forsker", "forskerne", Standard::nb));
  CHECK(has("forsker", "forskarane", Standard::nn));
  CHECK_FALSE(has("forsker", "forskarane", Standard::nb));
  CHECK_FALSE(has("bok", "bukene", Standard::nb));
  CHECK(has("hvit", "kvite", Standard::nn));
  CHECK(analyser().forms("ingenslikord", 40).empty());
  CHECK(analyser().forms("bok", 3).size() == 6);
  const auto beginning = analyser().keys_beginning("bøke");
  CHECK(std::find(beginning.begin(), beginning.end(), "bok") != beginning.end());
  CHECK(std::find(beginning.begin(), beginning.end(), "forsker") == beginning.end());
  const auto folded = analyser().keys_folded("boker");
  CHECK(std::find(folded.begin(), folded.end(), "bok") != folded.end());
}

TEST_CASE("normalise is idempotent, keys are never empty or too long") {
  std::mt19937 random(12);
  static constexpr std::string_view kPieces[] = {"a", "Å", "A\xcc\x8a", "é", "ö", "\xc2\xad", "«", "’",
                                                 "–", "ß", "İ",         "ﬁ", "ı", "x",        "1", "æ"};
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto n = random() % 20; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    const std::string once = normalise(text);
    REQUIRE(normalise(once) == once);
    if (once.empty()) continue;
    for (const Term& t : analyser().terms(analyser().intern(text), Standard::nb).terms) {
      REQUIRE_FALSE(t.key.empty());
      REQUIRE(t.key.size() <= kMaxKeyBytes);
    }
  }
}

TEST_CASE("a lexicon that is missing, cut or not one is refused with what to do") {
  const test::TempFolder folder;
  const std::string whole = test::read_file(lexicon_path());
  test::write_file(folder / "kort.lex", whole.substr(0, whole.size() / 2));
  test::write_file(folder / "tom.lex", "");
  test::write_file(folder / "tull.lex", std::string(1000, 'x'));
  for (const char* name : {"finnes-ikke.lex", "kort.lex", "tom.lex", "tull.lex"}) {
    INFO(name);
    const auto opened = Analyser::open_lexicon((folder / name).string());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::bad_data);
    CHECK_FALSE(opened.error().hint.empty());
  }
}

TEST_CASE("the lexicon is small enough to carry along") {
  CHECK(std::filesystem::file_size(lexicon_path()) <= 22'000'000);
}

}  // namespace spalte::language
