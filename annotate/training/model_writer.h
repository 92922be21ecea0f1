// How does a trained model get onto disk?
#pragma once

#include "annotate/label_scheme.h"
#include "annotate/training/crf.h"
#include "annotate/training/word_file.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// A KeyTable in the making.
struct TableData {
  std::uint64_t bits = 1;
  std::vector<std::uint32_t> offsets, keys;
  std::vector<std::uint32_t> order;  ///< row → number of the hash handed in
};
/// Of two hashes that the table cannot tell apart the first one stays.
TableData make_table(const std::vector<std::uint64_t>& hashes);

/// The word part of a model, in memory, so that the trainer computes the same features as the tagger.
class LexiconData {
 public:
  explicit LexiconData(const WordFile& words);
  WordLexicon view() const;

  TableData words, cases;
  std::vector<std::uint32_t> clusters;
  std::vector<std::uint8_t> bins;
};

/// What is dropped before weights become bytes: F1 does not fall, and the model is 5 MB. Twice as much (4.1 MB) costs .002
/// after averaging, which makes weights smaller.
struct PruneOptions {
  float feature = 0.02F;  ///< features whose largest weight is below
  float weight = 0.01F;   ///< single weights below
  float limit = 8.0F;     ///< larger weights are cut to it: 127 steps
};

/// Writes the file in one go, through a temporary one. Returns its size in bytes.
Result<std::size_t> write_model(const std::string& path, const LabelScheme& labels, const TrainingData& data,
                                const CrfWeights& weights, const LexiconData& lexicon, const PruneOptions& prune,
                                float sharing);

}  // namespace spalte::annotate
