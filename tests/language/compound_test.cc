// Are compounds split where a reader would, and other words left whole?
#include "language/analyser.h"
#include "language/lexicon.h"
#include "language/normalise.h"
#include "language/word_keys.h"
#include "tests/support.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::language {
namespace {

struct Word {
  std::string text;
  std::set<std::size_t> must, may;  ///< bytes before which it breaks
};

Word read(const std::string& line) {
  Word w;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '|') {
      w.must.insert(w.text.size());
    } else if (line.compare(i, 2, "·") == 0) {
      w.may.insert(w.text.size());
      ++i;
    } else {
      w.text += line[i];
    }
  }
  w.text = normalise(w.text);
  return w;
}

std::shared_ptr<const Lexicon> lexicon() {
  static const auto opened = Analyser::open_lexicon(std::string(std::getenv("SPALTE_DATA")) + "/norwegian.lex");
  REQUIRE(opened);
  return *opened;
}

std::set<std::size_t> breaks(const WordKeyer& keyer, const std::string& word, Standard standard) {
  std::set<std::size_t> out;
  std::size_t at = 0;
  for (std::string_view part : keyer.written_parts(word, standard)) {
    if (at > 0) out.insert(at);
    at += part.size();
  }
  return out;
}

}  // namespace

TEST_CASE("compounds split right, other words stay whole: tests/data/compounds.txt") {
  const auto words = lexicon();
  const WordKeyer keyer(*words);
  std::string wrong;
  int compounds = 0, others = 0, right = 0, split = 0;
  for (const std::string& line : test::lines(test::read_file(test::tests_folder() / "data/compounds.txt"))) {
    if (line.empty() || line[0] == '#') continue;
    const Word w = read(line);
    std::set<std::size_t> found = breaks(keyer, w.text, Standard::nb);
    if (found.empty()) found = breaks(keyer, w.text, Standard::nn);
    (w.must.empty() ? others : compounds) += 1;
    split += found.empty() ? 0 : 1;
    const bool good =
        !w.must.empty() && std::includes(found.begin(), found.end(), w.must.begin(), w.must.end()) &&
        std::all_of(found.begin(), found.end(), [&](std::size_t b) { return w.must.count(b) + w.may.count(b) == 1; });
    right += good ? 1 : 0;
    if (good != !w.must.empty() || (w.must.empty() && !found.empty())) {
      std::string shown;
      for (std::size_t i = 0; i < w.text.size(); ++i) shown += (found.count(i) != 0 ? "|" : "") + w.text.substr(i, 1);
      wrong += line + " → " + shown + "\n";
    }
  }
  const double precision = 1.0 * right / split, recall = 1.0 * right / compounds;
  INFO("precision " << precision << ", recall " << recall << "\n" << wrong);
  CHECK(compounds >= 300);
  CHECK(others >= 100);
  CHECK(precision >= 0.97);
  CHECK(recall >= 0.90);
}

}  // namespace spalte::language
