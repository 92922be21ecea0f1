// Is every article found by each of its own words, by the word's sister in the other standard, and by each part of its
// compounds?
#include "language/analyser.h"
#include "language/lexicon.h"
#include "language/normalise.h"
#include "language/word_keys.h"
#include "tests/support.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using language::Standard;
using Articles = std::map<std::string, std::set<std::string>>;  // word → ids of articles

const language::Lexicon& lexicon() {
  static const auto opened =
      language::Analyser::open_lexicon(std::string(std::getenv("SPALTE_DATA")) + "/norwegian.lex");
  REQUIRE(opened);
  return **opened;
}

std::vector<nlohmann::json> articles() {
  const std::string db = archive_index().string();
  std::vector<std::string> show = {"show", "--db", db, "--format", "json"};
  for (const std::string& id : lines(spalte({"search", "--db", db, "*", "-n", "0", "--format", "ids"}).out))
    show.push_back(id);
  std::vector<nlohmann::json> out;
  for (const std::string& line : lines(spalte(show).out)) out.push_back(nlohmann::json::parse(line));
  return out;
}

/// Words of letters alone, as they stand in the text; those with a hyphen, a full stop or an apostrophe have their own
/// tests.
std::set<std::string> words_of(const std::string& text) {
  static const auto shared =
      language::Analyser::open_lexicon(std::string(std::getenv("SPALTE_DATA")) + "/norwegian.lex");
  static language::Analyser analyser(*shared);
  language::AnalysedText analysed;
  const language::ByteRange whole{0, static_cast<std::uint32_t>(text.size())};
  analyser.analyse(text, {&whole, 1}, analysed);
  std::set<std::string> out;
  for (const language::Token& t : analysed.tokens) {
    const std::string word = text.substr(t.begin, t.end - t.begin);
    if (t.kind == language::TokenKind::word && word.find_first_of("-.'*=\"’–") == std::string::npos) out.insert(word);
  }
  return out;
}

/// In small letters, accents kept: én is not en.
std::string small(const std::string& word) {
  std::string out;
  language::normalise_to(word, out, language::Accents::keep);
  return out;
}

/// Asks for each word, all in one run, and names the articles that were not found.
std::string missed(const Articles& wanted) {
  std::string batch;
  for (const auto& [word, ids] : wanted) batch += word + "\t" + word + "\n";
  const Outcome o =
      spalte({"search", "--db", archive_index().string(), "--any", "--batch", "-", "--format", "trec", "-n", "0"},
             {.input = batch});
  std::map<std::string, std::set<std::string>> found;
  for (const std::string& line : lines(o.out)) {
    const std::size_t first = line.find(' '), second = line.find(' ', first + 1), third = line.find(' ', second + 1);
    found[line.substr(0, first)].insert(line.substr(second + 1, third - second - 1));
  }
  std::string out;
  for (const auto& [word, paths] : wanted)
    for (const std::string& path : paths)
      if (found[word].count(path) == 0) out += word + " in " + path + "\n";
  return out;
}

std::string docno(const nlohmann::json& article) {
  std::string out;
  for (char c : article.at("path").get<std::string>()) out += c == ' ' ? std::string("%20") : std::string(1, c);
  return out;
}

Standard standard_of(const nlohmann::json& article) {
  if (!article.at("lang").is_string()) return Standard::unknown;
  return article.at("lang") == "nn" ? Standard::nn : article.at("lang") == "nb" ? Standard::nb : Standard::other;
}

}  // namespace

TEST_CASE("every article is found by each of its own words, capitals or not") {
  Articles wanted;
  for (const auto& article : articles())
    for (const std::string& word : words_of(article.at("text"))) {
      wanted[word].insert(docno(article));
      wanted[small(word)].insert(docno(article));
    }
  REQUIRE(wanted.size() > 2000);
  CHECK(missed(wanted) == "");
}

TEST_CASE("every article is found by its words' forms in the other standard") {
  Articles wanted;
  std::size_t sisters = 0;
  for (const auto& article : articles()) {
    const Standard own = standard_of(article);
    if (own == Standard::other) continue;
    for (const std::string& word : words_of(article.at("text"))) {
      const auto keys = lexicon().keys(small(word), own);
      const auto other = lexicon().keys(small(word), own == Standard::nn ? Standard::nb : Standard::nn);
      // A paragraph may be of the other standard than its article: words that mean the same in both are asked for.
      if (keys.empty() || other.begin()->number != keys.begin()->number) continue;
      const language::LexiconKey& likeliest = *keys.begin();
      if (likeliest.improbable) continue;
      lexicon().forms_of(likeliest.number, [&](const language::Lexicon::FormOfKey& f) {
        if (own == Standard::nn ? f.nn : f.nb) return;  // a form of this standard already
        if (std::string_view(f.text).find_first_of("-.'") != std::string_view::npos) return;
        wanted[std::string(f.text)].insert(docno(article));
        ++sisters;
      });
    }
  }
  REQUIRE(sisters > 5000);
  CHECK(missed(wanted) == "");
}

TEST_CASE("every article is found by each part of its compounds") {
  const language::WordKeyer keyer(lexicon());
  Articles wanted;
  for (const auto& article : articles()) {
    const Standard own = standard_of(article);
    if (own == Standard::other) continue;
    for (const std::string& word : words_of(article.at("text"))) {
      const std::string folded = small(word);
      const auto parts = keyer.written_parts(folded, own);
      for (std::size_t i = 0; i < parts.size() && parts.size() > 1; ++i) {
        // A linking form's word: arbeids is found as arbeid.
        const auto head = i + 1 < parts.size() ? lexicon().head(parts[i]) : std::nullopt;
        wanted[head ? std::string(lexicon().key_text(head->key)) : std::string(parts[i])].insert(docno(article));
      }
    }
  }
  REQUIRE(wanted.size() > 200);
  CHECK(missed(wanted) == "");
}

}  // namespace spalte::test
