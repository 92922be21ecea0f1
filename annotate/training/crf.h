// How are the weights of the tagger learnt?
#pragma once

#include "annotate/label_scheme.h"

#include <cstdint>
#include <vector>

namespace spalte::annotate {

/// Windows of labelled tokens with their active features, flat.
struct TrainingData {
  std::vector<std::uint64_t> feature_hash;    ///< of each feature number
  std::vector<std::uint32_t> feature_count;   ///< how often it is active
  std::vector<std::uint32_t> features;        ///< of all tokens, one after the other
  std::vector<std::uint64_t> token_begin;     ///< into `features`; one more than there are tokens
  std::vector<std::uint8_t> labels;           ///< gold, per token
  std::vector<std::uint32_t> sequence_begin;  ///< into tokens; one more than there are sequences

  std::size_t tokens() const { return labels.size(); }
};

/// Constants found by trial on dev data (design/annotation.md).
struct CrfOptions {
  unsigned epochs = 16;
  float rate = 0.15F;    ///< AdaGrad; halved in the second half
  float l2 = 0.5F;       ///< divided by a feature's count, so that each epoch shrinks all alike
  float dropout = 0.5F;  ///< of features, per token and epoch
  std::uint32_t seed = 1;
};

struct CrfWeights {
  std::vector<float> features;     ///< stride() per feature
  std::vector<float> transitions;  ///< from × size() + to
};

/// Maximum likelihood of a linear chain of order 1 by stochastic gradient; the weights are averaged over the epochs of
/// the second half. One thread; the same data and options give the same weights. Calls `progress(epoch, loss per
/// token)`.
CrfWeights train_crf(const TrainingData& data, const LabelScheme& labels, const CrfOptions& options,
                     void (*progress)(unsigned epoch, double loss));

}  // namespace spalte::annotate
