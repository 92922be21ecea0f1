// Which sequence of labels is best, and how likely is each type at each token?
#pragma once

#include "annotate/label_scheme.h"

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace spalte::annotate {

/// Viterbi over the allowed transitions only (about a third of all): a token that closes a name may be followed by O, B
/// and U, one inside it by I and L of the same type. Reuses its memory; one object a thread. Cost: tokens × labels².
class Decoder {
 public:
  /// `transition(from, to)` is asked once for each pair.
  template <typename Transition>
  Decoder(const LabelScheme& labels, Transition&& transition) : size_(labels.size()), stride_(labels.stride()) {
    for (std::size_t label = 0; label < size_; ++label) {
      (LabelScheme::closes(label) ? closing_ : going_on_).push_back(static_cast<std::uint8_t>(label));
      if (LabelScheme::opens(label)) opening_.push_back(static_cast<std::uint8_t>(label));
    }
    transitions_.resize(size_ * size_);
    for (std::size_t from = 0; from < size_; ++from) {
      for (std::size_t to = 0; to < size_; ++to) {
        transitions_[from * size_ + to] = transition(from, to);
        factors_.push_back(LabelScheme::allowed(from, to) ? std::exp(transitions_[from * size_ + to]) : 0);
      }
    }
  }

  /// The probability of each type at each token, whatever the part of the name; the last column: outside names. A row
  /// of types + 1 per token; `scores` as for decode.
  void marginals(std::span<const float> scores, std::size_t tokens, std::vector<float>& out);

  /// `scores`: a row of labels.stride() for each of `tokens` tokens. The names found are added to `out`, token numbers
  /// raised by `first`.
  void decode(std::span<const float> scores, std::size_t tokens, std::uint32_t first, std::vector<LabelledSpan>& out);

 private:
  void forward(std::size_t tokens);
  void backward(std::size_t tokens);
  void step(const float* before, const float* scores, float* after, std::uint8_t* from) const;

  std::size_t size_, stride_;
  std::vector<std::uint8_t> closing_, going_on_, opening_;
  std::vector<float> transitions_;
  std::vector<float> factors_;  ///< exp of the allowed transitions, 0 for the others
  std::vector<float> potentials_, forward_, backward_;
  std::vector<float> best_;
  std::vector<std::uint8_t> from_;
  std::vector<std::uint8_t> path_;
};

}  // namespace spalte::annotate
