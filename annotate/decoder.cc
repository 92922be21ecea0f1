// How does Viterbi run over BILOU labels?
#include "annotate/decoder.h"

namespace spalte::annotate {
namespace {

constexpr float kNever = -1e30F;

}  // namespace

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
