// How does Viterbi run over BILOU labels?
#include "annotate/decoder.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

constexpr float kNever = -1e30F;
constexpr float kFloor = -30;

}  // namespace

void Decoder::forward(std::size_t tokens) {
  forward_.assign(tokens * stride_, 0);
  for (std::size_t i = 0; i < tokens; ++i) {
    float* now = &forward_[i * stride_];
    if (i == 0) {
      for (const std::uint8_t label : opening_) now[label] = 1;
    } else {
      const float* before = now - stride_;
      for (std::size_t from = 0; from < size_; ++from) {
        const float* factor = &factors_[from * size_];
        for (std::size_t to = 0; to < size_; ++to) now[to] += before[from] * factor[to];
      }
    }
    float total = 0;
    for (std::size_t k = 0; k < size_; ++k) total += now[k] *= potentials_[i * stride_ + k];
    for (std::size_t k = 0; k < size_; ++k) now[k] /= total;
  }
}

void Decoder::backward(std::size_t tokens) {
  backward_.assign(tokens * stride_, 0);
  for (const std::uint8_t label : closing_) backward_[(tokens - 1) * stride_ + label] = 1;
  for (std::size_t i = tokens - 1; i-- > 0;) {
    float* now = &backward_[i * stride_];
    const float* potential = &potentials_[(i + 1) * stride_];
    const float* after = now + stride_;
    float total = 0;
    for (std::size_t from = 0; from < size_; ++from) {
      const float* factor = &factors_[from * size_];
      for (std::size_t to = 0; to < size_; ++to) now[from] += factor[to] * potential[to] * after[to];
      total += now[from];
    }
    for (std::size_t k = 0; k < size_; ++k) now[k] /= total;
  }
}

void Decoder::marginals(std::span<const float> scores, std::size_t tokens, std::vector<float>& out) {
  const std::size_t types = (size_ - 1) / 4, columns = types + 1;
  out.assign(tokens * columns, 0);
  potentials_.assign(tokens * stride_, 0);
  for (std::size_t i = 0; i < tokens; ++i) {
    const float* row = scores.data() + i * stride_;
    const float highest = *std::max_element(row, row + size_);
    // The floor keeps sums above zero where only forbidden labels score well.
    for (std::size_t k = 0; k < size_; ++k) potentials_[i * stride_ + k] = std::exp(std::max(row[k] - highest, kFloor));
  }
  forward(tokens);
  backward(tokens);
  for (std::size_t i = 0; i < tokens; ++i) {
    float* row = &out[i * columns];
    float total = 0;
    for (std::size_t k = 0; k < size_; ++k) {
      const float value = forward_[i * stride_ + k] * backward_[i * stride_ + k];
      row[k == 0 ? types : LabelScheme::type_of(k)] += value;
      total += value;
    }
    for (std::size_t t = 0; t < columns; ++t) row[t] /= total;
  }
}

void Decoder::step(const float* before, const float* scores, float* after, std::uint8_t* from) const {
  for (std::size_t to = 0; to < size_; ++to) after[to] = kNever;
  for (const std::uint8_t to : opening_) {
    float best = kNever;
    std::uint8_t best_from = 0;
    for (const std::uint8_t label : closing_) {
      const float value = before[label] + transitions_[label * size_ + to];
      if (value > best) {
        best = value;
        best_from = label;
      }
    }
    after[to] = best + scores[to];
    from[to] = best_from;
  }
  for (const std::uint8_t label : going_on_) {
    const std::size_t type = LabelScheme::type_of(label);
    for (const auto part : {LabelScheme::inside, LabelScheme::last}) {
      const std::size_t to = LabelScheme::label(type, part);
      const float value = before[label] + transitions_[label * size_ + to] + scores[to];
      if (value > after[to]) {
        after[to] = value;
        from[to] = label;
      }
    }
  }
}

void Decoder::decode(std::span<const float> scores, std::size_t tokens, std::uint32_t first,
                     std::vector<LabelledSpan>& out) {
  if (tokens == 0) return;
  best_.resize(2 * stride_);
  from_.resize(tokens * stride_);
  path_.resize(tokens);
  float* now = best_.data();
  float* next = best_.data() + stride_;
  for (std::size_t label = 0; label < size_; ++label) now[label] = LabelScheme::opens(label) ? scores[label] : kNever;
  for (std::size_t i = 1; i < tokens; ++i) {
    step(now, scores.data() + i * stride_, next, from_.data() + i * stride_);
    std::swap(now, next);
  }
  std::uint8_t label = 0;
  for (const std::uint8_t end : closing_) {
    if (now[end] > now[label]) label = end;
  }
  for (std::size_t i = tokens; i-- > 0;) {
    path_[i] = label;
    label = from_[i * stride_ + label];
  }
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < tokens; ++i) {
    if (path_[i] == 0) continue;
    const auto part = LabelScheme::part_of(path_[i]);
    if (part == LabelScheme::begin || part == LabelScheme::unit) begin = i;
    if (LabelScheme::closes(path_[i])) {
      out.push_back({first + begin, first + i + 1, static_cast<std::uint32_t>(LabelScheme::type_of(path_[i]))});
    }
  }
}

}  // namespace spalte::annotate
