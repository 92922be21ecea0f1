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

/// What the splitter does to a list of words, each with its right breaks marked.
struct Score {
  int compounds = 0, others = 0, right = 0, split = 0;
  std::string wrong;  ///< a line each
  double precision() const { return 1.0 * right / split; }
  double recall() const { return 1.0 * right / compounds; }
};

Score score(const std::vector<std::string>& marked) {
  const auto words = lexicon();
  const WordKeyer keyer(*words);
  Score out;
  for (const std::string& line : marked) {
    const Word w = read(line);
    std::set<std::size_t> found = breaks(keyer, w.text, Standard::nb);
    if (found.empty()) found = breaks(keyer, w.text, Standard::nn);
    if (w.must.empty() && !found.empty() && std::includes(w.may.begin(), w.may.end(), found.begin(), found.end()))
      continue;  // neither demanded nor wrong
    (w.must.empty() ? out.others : out.compounds) += 1;
    out.split += found.empty() ? 0 : 1;
    const bool good =
        !w.must.empty() && std::includes(found.begin(), found.end(), w.must.begin(), w.must.end()) &&
        std::all_of(found.begin(), found.end(), [&](std::size_t b) { return w.must.count(b) + w.may.count(b) == 1; });
    out.right += good ? 1 : 0;
    if (good != !w.must.empty() || (w.must.empty() && !found.empty())) {
      std::string shown;
      for (std::size_t i = 0; i < w.text.size(); ++i) shown += (found.count(i) != 0 ? "|" : "") + w.text.substr(i, 1);
      out.wrong += line + " → " + shown + "\n";
    }
  }
  return out;
}

std::vector<std::string> rows(const char* file) {
  std::vector<std::string> out;
  for (std::string& line : test::lines(test::read_file(test::tests_folder() / "data" / file)))
    if (!line.empty() && line[0] != '#') out.push_back(std::move(line));
  return out;
}

}  // namespace

TEST_CASE("compounds split right, other words stay whole: tests/data/compounds.txt") {
  const Score s = score(rows("compounds.txt"));
  INFO("precision " << s.precision() << ", recall " << s.recall() << "\n" << s.wrong);
  CHECK(s.compounds >= 300);
  CHECK(s.others >= 100);
  CHECK(s.precision() >= 0.97);
  CHECK(s.recall() >= 0.90);
}

TEST_CASE("words drawn from running text, judged when the splitter was done: tests/data/studies/compounds.tsv") {
  std::vector<std::string> marked;
  for (const std::string& line : rows("studies/compounds.tsv")) marked.push_back(line.substr(0, line.find('\t')));
  const Score s = score(marked);
  INFO("precision " << s.precision() << ", recall " << s.recall() << "\n" << s.wrong);
  CHECK(marked.size() == 200);
  CHECK(s.precision() >= 0.95);
  CHECK(s.recall() >= 0.85);
}

}  // namespace spalte::language
