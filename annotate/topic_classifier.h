// How likely is each top topic by all the words of a text? A linear classifier trained on unlabelled text.
#pragma once

#include "annotate/topic_reader.h"
#include "schema/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace spalte::annotate {

/// One-vs-rest logistic regression over hashed keys, weights in a byte each. Immutable, shared by threads. The file:
/// "SPTOPIC1", classes, rows, scale (float), biases (float), hashes (sorted, 32 bits), weights (rows × classes), all
/// little-endian; made by spalte-train-topics.
class TopicClassifier {
 public:
  /// Errors: bad_data (missing, cut, or for another number of classes).
  static Result<TopicClassifier> open(const std::string& path, std::size_t classes);

  /// Where the weights of a feature are: 1 + the row; 0: it has none. A look-up in a bucket of about one row.
  std::uint32_t row(std::uint32_t hash) const;

  /// Probabilities by class, in the order of TopicReader::tops(). The features' rows must be this classifier's: what is
  /// past its rows counts as unknown. Linear in the features.
  void classify(std::span<const TopicFeature> features, std::vector<float>& out) const;

 private:
  std::size_t classes_ = 0;
  float scale_ = 0;
  std::vector<float> biases_;
  std::vector<std::uint32_t> hashes_;   ///< sorted
  std::vector<std::uint32_t> buckets_;  ///< by their first bits: the first row
  std::vector<std::int8_t> weights_;
};

inline constexpr char kTopicMagic[] = "SPTOPIC1";

}  // namespace spalte::annotate
