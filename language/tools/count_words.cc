// Makes language/data/word_counts.bin: how often is each lemma, each tag and each reading of an ambiguous form meant in
// unlabelled text? spalte-count-words APERTIUM_FOLDER TEXT_FOLDER OUT
#include "language/tools/readings.h"
#include "language/tools/tag_model.h"
#include "language/tools/word_counts.h"

#include <algorithm>
#include <iostream>
#include <unordered_map>

namespace spalte::language::tools {
namespace {

constexpr int kRounds = 3;
/// Forms that are seldom seen tell less than their lemmas.
constexpr double kLeastSeen = 2;

bool is_name_or_word(const Dictionaries& d, const std::string& form) {
  bool name = false, word = false;
  for (const auto& forms : d.forms)
    if (const auto found = forms.find(form); found != forms.end())
      for (const Reading& r : found->second) (d.pos(r.lemma) == "np" ? name : word) = true;
  return name && word;
}

int run(const std::string& apertium, const std::string& texts, const std::string& out) {
  const Dictionaries d = read_dictionaries(apertium);
  const Corpus corpus = read_corpus(texts, d);
  const Expected e = count_readings(corpus, d, kRounds);
  WordCounts model;
  for (std::uint32_t l = 0; l < d.lemmas.size(); ++l) model.set_lemma(d.lemmas.text(l), e.lemma[0][l] + e.lemma[1][l]);
  std::unordered_map<std::string, double> of_pos;
  const auto pos = [&](std::uint32_t tag) { return d.tags.text(tag).substr(0, d.tags.text(tag).find('<')); };
  for (std::uint32_t t = 0; t < e.tag.size(); ++t) of_pos[pos(t)] += e.tag[t];
  for (std::uint32_t t = 0; t < e.tag.size(); ++t) model.set_tag(d.tags.text(t), (e.tag[t] + 1) / (of_pos[pos(t)] + 1));
  std::size_t ambiguous = 0;
  for (int s = 0; s < 2; ++s)
    for (std::uint32_t f = 0; f < corpus.forms.size(); ++f) {
      const std::vector<float>& counts = e.reading[s][f];
      double sum = 0;
      for (float n : counts) sum += n;
      if (sum < kLeastSeen) continue;
      auto found = d.forms[s].find(corpus.forms.text(f));
      if (found == d.forms[s].end()) continue;
      const std::vector<Reading>& readings = found->second;
      if (std::all_of(readings.begin(), readings.end(), [&](const Reading& r) { return r.lemma == readings[0].lemma; }))
        continue;
      ++ambiguous;
      std::unordered_map<std::uint32_t, double> of_lemma;
      for (std::size_t i = 0; i < readings.size(); ++i) of_lemma[readings[i].lemma] += counts[i];
      for (const auto& [lemma, n] : of_lemma) model.set_reading(s, corpus.forms.text(f), d.lemmas.text(lemma), n);
    }
  for (std::uint32_t f = 0; f < corpus.forms.size(); ++f)
    if (e.name[f] >= kLeastSeen && is_name_or_word(d, corpus.forms.text(f)))
      model.set_as_name(corpus.forms.text(f), e.name[f], e.small[f]);
  model.write(out);
  std::cout << "forms " << corpus.forms.size() << ", tokens " << corpus.tokens.size() << ", lemmas " << d.lemmas.size()
            << ", tags " << d.tags.size() << ", ambiguous forms " << ambiguous << '\n';
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
