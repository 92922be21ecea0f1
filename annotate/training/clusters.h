// Which words of unlabelled text behave alike, and which are written with a capital?
#pragma once

#include "annotate/training/word_file.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::annotate {

/// Unlabelled text as numbers: a word type a token, 0 where a sentence ends.
struct TokenStream {
  std::vector<std::string> forms;  ///< of each type; forms[0] stands for the end of a sentence
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> tokens;
  std::vector<WordFile::Cased> cases;  ///< forms that occur three times or more
};

/// Cuts all .txt files below `folder` as the program does. Labelled text must not be among them: its words would have a
/// cluster in training and not later. Errors: bad_input.
Result<TokenStream> read_unlabelled(const std::string& folder);

struct ClusterOptions {
  std::uint32_t classes = 64;
  unsigned rounds = 7;
  std::uint32_t min_count = 4;           ///< rarer words get no class
  std::uint32_t context_words = 20'000;  ///< rarer neighbours count as one
};

/// Two-sided predictive exchange clustering (Kneser and Ney 1993; Uszkoreit and Brants 2008): each word in turn moves
/// to the class that predicts its neighbours best. 1-based classes per type, 0 for rare ones. Deterministic; the time
/// grows with distinct neighbour pairs × classes (1,000 classes over 21 M tokens: about a minute).
std::vector<std::uint16_t> exchange_clusters(const TokenStream& text, const ClusterOptions& options);

}  // namespace spalte::annotate
