// How does one pass of stochastic gradient over a chain go?
#include "annotate/training/crf.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace spalte::annotate {
namespace {

constexpr float kFirstGradient = 1e-3F;  ///< AdaGrad's start value
/// A token whose labels are all this certain teaches nothing more.
constexpr float kCertain = 0.002F;

/// xorshift64*: fast, and the same everywhere (std::shuffle is not).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1dULL;
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() >> 11) % n; }

 private:
  std::uint64_t state_;
};

class Trainer {
 public:
  Trainer(const TrainingData& data, const LabelScheme& labels, const CrfOptions& options)
      : data_(data),
        options_(options),
        size_(labels.size()),
        stride_(labels.stride()),
        random_(options.seed),
        shrink_(data.feature_hash.size()),
        gradient_(data.feature_hash.size() * stride_, kFirstGradient),
        transition_gradient_(size_ * size_, kFirstGradient) {
    weights_.features.assign(data.feature_hash.size() * stride_, 0);
    weights_.transitions.assign(size_ * size_, 0);
    for (std::size_t f = 0; f < shrink_.size(); ++f) {
      shrink_[f] = options.l2 / static_cast<float>(std::max<std::uint32_t>(1, data.feature_count[f]));
    }
    for (std::size_t label = 0; label < size_; ++label) {
      opens_.push_back(LabelScheme::opens(label) ? 1.0F : 0.0F);
      closes_.push_back(LabelScheme::closes(label) ? 1.0F : 0.0F);
      for (std::size_t to = 0; to < size_; ++to) allowed_.push_back(LabelScheme::allowed(label, to) ? 1 : 0);
    }
  }

  CrfWeights run(void (*progress)(unsigned, double)) {
    const std::size_t sequences = data_.sequence_begin.size() - 1;
    std::vector<std::uint32_t> order(sequences);
    std::iota(order.begin(), order.end(), 0U);
    CrfWeights sum{std::vector<float>(weights_.features.size(), 0), std::vector<float>(weights_.transitions.size(), 0)};
    unsigned summed = 0;
    for (unsigned epoch = 0; epoch < options_.epochs; ++epoch) {
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.below(i)]);
      const bool second_half = epoch >= options_.epochs / 2;
      rate_ = second_half ? options_.rate / 2 : options_.rate;
      loss_ = 0;
      for (const std::uint32_t s : order) learn(data_.sequence_begin[s], data_.sequence_begin[s + 1]);
      if (second_half) {
        for (std::size_t i = 0; i < sum.features.size(); ++i) sum.features[i] += weights_.features[i];
        for (std::size_t i = 0; i < sum.transitions.size(); ++i) sum.transitions[i] += weights_.transitions[i];
        ++summed;
      }
      progress(epoch + 1, loss_ / static_cast<double>(data_.tokens()));
    }
    // All features are active when tagging: their weights shrink by the share that was dropped.
    const float share = 1.0F / static_cast<float>(std::max(1U, summed));
    for (float& w : sum.features) w *= share * (1 - options_.dropout);
    for (float& w : sum.transitions) w *= share;
    return sum;
  }

 private:
  void learn(std::size_t first, std::size_t last) {
    const std::size_t tokens = last - first;
    if (tokens == 0) return;
    draw_dropout(first, last);
    score(first, last);
    forward(tokens);
    backward(tokens);
    update_features(first, last);
    update_transitions(first, tokens);
  }

  void draw_dropout(std::size_t first, std::size_t last) {
    const std::size_t begin = data_.token_begin[first], count = data_.token_begin[last] - begin;
    const auto threshold = static_cast<std::uint64_t>(options_.dropout * 256);
    active_.clear();
    active_begin_.clear();
    std::size_t token = first;
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < count; ++k) {
      while (token < last && data_.token_begin[token] <= begin + k) {
        active_begin_.push_back(active_.size());
        ++token;
      }
      if (k % 8 == 0) bits = random_.next();
      if ((bits & 255) >= threshold) active_.push_back(data_.features[begin + k]);
      bits >>= 8;
    }
    while (active_begin_.size() <= last - first) active_begin_.push_back(active_.size());
  }

  void score(std::size_t first, std::size_t last) {
    const std::size_t tokens = last - first;
    scores_.assign(tokens * stride_, 0);
    potentials_.assign(tokens * stride_, 0);
    log_norm_ = 0;
    for (std::size_t i = 0; i < tokens; ++i) {
      float* row = &scores_[i * stride_];
      for (std::size_t a = active_begin_[i]; a < active_begin_[i + 1]; ++a) {
        const float* w = &weights_.features[active_[a] * stride_];
        for (std::size_t k = 0; k < stride_; ++k) row[k] += w[k];
      }
      const float highest = *std::max_element(row, row + size_);
      for (std::size_t k = 0; k < size_; ++k) potentials_[i * stride_ + k] = std::exp(row[k] - highest);
      log_norm_ += highest;
    }
    steps_.resize(size_ * size_);
    for (std::size_t i = 0; i < steps_.size(); ++i)
      steps_[i] = allowed_[i] != 0 ? std::exp(weights_.transitions[i]) : 0;
  }

  void forward(std::size_t tokens) {
    forward_.assign(tokens * stride_, 0);
    for (std::size_t i = 0; i < tokens; ++i) {
      float* now = &forward_[i * stride_];
      if (i == 0) {
        std::copy(opens_.begin(), opens_.end(), now);
      } else {
        const float* before = now - stride_;
        for (std::size_t from = 0; from < size_; ++from) {
          const float value = before[from];
          if (value < 1e-12F) continue;
          const float* step = &steps_[from * size_];
          for (std::size_t to = 0; to < size_; ++to) now[to] += value * step[to];
        }
      }
      for (std::size_t k = 0; k < size_; ++k) now[k] *= potentials_[i * stride_ + k];
      if (i + 1 == tokens) {
        for (std::size_t k = 0; k < size_; ++k) now[k] *= closes_[k];
      }
      const float total = std::accumulate(now, now + size_, 0.0F);
      log_norm_ += std::log(static_cast<double>(total));
      for (std::size_t k = 0; k < size_; ++k) now[k] /= total;
    }
  }

  /// Leaves in expected_ how often each transition is to be expected.
  void backward(std::size_t tokens) {
    backward_.assign(tokens * stride_, 0);
    expected_.assign(size_ * size_, 0);
    std::copy(closes_.begin(), closes_.end(), &backward_[(tokens - 1) * stride_]);
    weighted_.resize(size_);
    for (std::size_t i = tokens - 1; i-- > 0;) {
      float* now = &backward_[i * stride_];
      for (std::size_t k = 0; k < size_; ++k) {
        weighted_[k] = potentials_[(i + 1) * stride_ + k] * backward_[(i + 1) * stride_ + k];
      }
      float both = 0, total = 0;
      for (std::size_t from = 0; from < size_; ++from) {
        const float* step = &steps_[from * size_];
        float value = 0;
        for (std::size_t to = 0; to < size_; ++to) value += step[to] * weighted_[to];
        now[from] = value;
        total += value;
        both += forward_[i * stride_ + from] * value;
      }
      for (std::size_t from = 0; from < size_; ++from) {
        const float share = forward_[i * stride_ + from] / both;
        if (share < 1e-9F) continue;
        const float* step = &steps_[from * size_];
        for (std::size_t to = 0; to < size_; ++to) expected_[from * size_ + to] += share * step[to] * weighted_[to];
      }
      for (std::size_t k = 0; k < size_; ++k) now[k] /= total;
    }
  }

  void update_features(std::size_t first, std::size_t last) {
    errors_.resize(stride_);
    for (std::size_t i = 0; i < last - first; ++i) {
      float total = 0;
      for (std::size_t k = 0; k < size_; ++k) {
        errors_[k] = forward_[i * stride_ + k] * backward_[i * stride_ + k];
        total += errors_[k];
      }
      const std::size_t gold = data_.labels[first + i];
      float largest = 0;
      for (std::size_t k = 0; k < size_; ++k) {
        errors_[k] = errors_[k] / total - (k == gold ? 1.0F : 0.0F);
        largest = std::max(largest, std::fabs(errors_[k]));
      }
      log_norm_ -= scores_[i * stride_ + gold];
      if (largest < kCertain) continue;
      for (std::size_t a = active_begin_[i]; a < active_begin_[i + 1]; ++a) {
        const std::size_t f = active_[a];
        float* w = &weights_.features[f * stride_];
        float* g = &gradient_[f * stride_];
        const float shrink = shrink_[f];
        for (std::size_t k = 0; k < stride_; ++k) {
          const float slope = errors_[k] + shrink * w[k];
          g[k] += slope * slope;
          w[k] -= rate_ * slope / std::sqrt(g[k]);
        }
      }
    }
  }

  void update_transitions(std::size_t first, std::size_t tokens) {
    for (std::size_t i = 1; i < tokens; ++i) {
      const std::size_t pair = data_.labels[first + i - 1] * size_ + data_.labels[first + i];
      log_norm_ -= weights_.transitions[pair];
      expected_[pair] -= 1;
    }
    loss_ += log_norm_;
    for (std::size_t i = 0; i < expected_.size(); ++i) {
      if (allowed_[i] == 0) continue;
      transition_gradient_[i] += expected_[i] * expected_[i];
      weights_.transitions[i] -= rate_ * expected_[i] / std::sqrt(transition_gradient_[i]);
    }
  }

  const TrainingData& data_;
  CrfOptions options_;
  std::size_t size_, stride_;
  Random random_;
  std::vector<float> shrink_, gradient_, transition_gradient_;
  CrfWeights weights_;
  std::vector<float> opens_, closes_;
  std::vector<std::uint8_t> allowed_;
  std::vector<std::uint32_t> active_;
  std::vector<std::size_t> active_begin_;
  std::vector<float> scores_, potentials_, steps_, forward_, backward_, expected_, weighted_, errors_;
  float rate_ = 0;
  double log_norm_ = 0, loss_ = 0;
};

}  // namespace

CrfWeights train_crf(const TrainingData& data, const LabelScheme& labels, const CrfOptions& options,
                     void (*progress)(unsigned epoch, double loss)) {
  return Trainer(data, labels, options).run(progress);
}

}  // namespace spalte::annotate
