// Makes language/data/word_counts.bin: how often is each lemma and each tag meant in unlabelled text?
// spalte-count-words APERTIUM_FOLDER TEXT_FOLDER OUT Expectation maximisation over form counts: p(reading | form) ∝
// count(lemma) · p(tag | part of speech). Twelve rounds, prior .3 (recipe: lexicon, table 2).
#include "language/normalise.h"
#include "language/segment.h"
#include "language/tools/readings.h"
#include "language/tools/word_counts.h"
#include "language/utf8.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <unordered_map>

namespace spalte::language::tools {
namespace {

constexpr int kRounds = 12;
constexpr double kPrior = 0.3;
/// A word with a capital at a sentence's start tells less of whether it is a name.
constexpr double kCapitalShare = 0.15;
constexpr double kUnseenTag = 1e-4;

struct FormCount {
  double small = 0, capital = 0;
};

std::unordered_map<std::string, FormCount> count_forms(const std::string& folder) {
  std::unordered_map<std::string, FormCount> counts;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string::npos) end = text.size();
      tokens.clear();
      sentences.clear();
      segment(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, tokens, sentences);
      for (const Token& t : tokens) {
        if (t.kind != TokenKind::word) continue;
        const std::string_view surface = std::string_view(text).substr(t.begin, t.end - t.begin);
        std::string folded;
        normalise_to(surface, folded, Accents::keep);
        const bool capital =
            folded.substr(0, 1) != surface.substr(0, 1) ||
            (static_cast<unsigned char>(surface[0]) >= 0x80 && folded.substr(0, 2) != surface.substr(0, 2));
        FormCount& c = counts[std::move(folded)];
        (capital ? c.capital : c.small) += 1;
      }
      begin = end + 1;
    }
  }
  return counts;
}

/// Names count only for forms that are nothing else.
std::vector<Reading> without_names(const Dictionaries& d, const std::vector<Reading>& all) {
  std::vector<Reading> out;
  for (const Reading& r : all)
    if (d.pos(r.lemma) != "np") out.push_back(r);
  return out.empty() ? all : out;
}

int run(const std::string& apertium, const std::string& texts, const std::string& out) {
  const Dictionaries d = read_dictionaries(apertium);
  const auto forms = count_forms(texts);
  struct Row {
    double count;
    std::vector<Reading> readings;
    std::vector<double> share;
  };
  std::vector<Row> rows;
  for (const auto& [form, c] : forms) {
    auto found = d.forms[0].find(form);
    if (found == d.forms[0].end() && (found = d.forms[1].find(form)) == d.forms[1].end()) continue;
    Row row{0, without_names(d, found->second), {}};
    const bool name = d.pos(row.readings[0].lemma) == "np";
    row.count = name ? c.capital : c.small + kCapitalShare * c.capital;
    if (row.count <= 0) continue;
    row.share.assign(row.readings.size(), row.count / static_cast<double>(row.readings.size()));
    rows.push_back(std::move(row));
  }
  std::vector<double> lemma_count(d.lemmas.size()), tag_count(d.tags.size()), tag_share(d.tags.size(), kUnseenTag);
  std::unordered_map<std::string, double> pos_count;
  const auto pos_of_tag = [&](std::uint32_t tag) { return d.tags.text(tag).substr(0, d.tags.text(tag).find('<')); };
  for (int round = 0; round < kRounds; ++round) {
    std::fill(lemma_count.begin(), lemma_count.end(), 0);
    std::fill(tag_count.begin(), tag_count.end(), 0);
    pos_count.clear();
    for (const Row& r : rows)
      for (std::size_t i = 0; i < r.readings.size(); ++i) {
        lemma_count[r.readings[i].lemma] += r.share[i];
        tag_count[r.readings[i].tag] += r.share[i];
      }
    for (std::uint32_t t = 0; t < tag_count.size(); ++t) pos_count[pos_of_tag(t)] += tag_count[t];
    for (std::uint32_t t = 0; t < tag_count.size(); ++t)
      tag_share[t] = (tag_count[t] + 1) / (pos_count[pos_of_tag(t)] + 1);
    for (Row& r : rows) {
      double sum = 0;
      for (std::size_t i = 0; i < r.readings.size(); ++i)
        sum += r.share[i] = (lemma_count[r.readings[i].lemma] + kPrior) * tag_share[r.readings[i].tag];
      for (double& s : r.share) s *= r.count / sum;
    }
  }
  WordCounts model;
  for (std::uint32_t l = 0; l < lemma_count.size(); ++l) model.set_lemma(d.lemmas.text(l), lemma_count[l]);
  for (std::uint32_t t = 0; t < tag_share.size(); ++t) model.set_tag(d.tags.text(t), tag_share[t]);
  model.write(out);
  std::cout << "forms " << forms.size() << ", known " << rows.size() << ", lemmas " << d.lemmas.size() << ", tags "
            << d.tags.size() << '\n';
  return 0;
}

}  // namespace
}  // namespace spalte::language::tools

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: spalte-count-words APERTIUM_FOLDER TEXT_FOLDER OUT\n";
    return 2;
  }
  try {
    return spalte::language::tools::run(argv[1], argv[2], argv[3]);
  } catch (const std::exception& e) {
    std::cerr << "spalte-count-words: " << e.what() << '\n';
    return 1;
  }
}
