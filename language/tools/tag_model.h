// Which reading does each word of a text have, by what stands beside it? A hidden Markov model over the dictionary's
// tags, trained on text that nobody has labelled.
#pragma once

#include "language/tools/readings.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace spalte::language::tools {

/// Running text as numbers of forms, sentence by sentence.
struct Corpus {
  struct Token {
    std::uint32_t form : 30;
    std::uint32_t capital : 1;  ///< the first letter is one
    std::uint32_t inside : 1;   ///< other words of its sentence stand before it
    bool name() const { return capital != 0 && inside != 0; }
  };
  struct Sentence {
    std::size_t first = 0, last = 0;  ///< of `tokens`
    int standard = 0;                 ///< 0: bokmål, 1: nynorsk
  };
  Names forms;  ///< normalised with accents; "" for punctuation
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
};

/// Reads every file below `folder`: a paragraph a line. A text is nynorsk if more of its forms are in that dictionary
/// alone. Throws std::runtime_error for a folder that cannot be read.
Corpus read_corpus(const std::string& folder, const Dictionaries& d);

/// How often each reading is meant.
struct Expected {
  std::vector<double> lemma[2];  ///< by lemma number, in text of each standard
  std::vector<double> tag;       ///< by tag number
  /// By form of the corpus: count of each reading of Dictionaries::forms, in its order; empty: no reading. Names where
  /// the form is anything else count nothing.
  std::vector<std::vector<float>> reading[2];
  std::vector<float> name, small;  ///< by form of the corpus: with a capital within a sentence; with a small letter
};

/// Baum-Welch: p(tag | tag before) · p(lemma | part of speech), first by the forms' counts alone, then `rounds` times
/// in context. Nynorsk lemmas are rare in the text: they begin with the share of the bokmål lemmas that they are paired
/// with. Some seconds a round and 20 million tokens.
Expected count_readings(const Corpus& corpus, const Dictionaries& d, int rounds);

}  // namespace spalte::language::tools
