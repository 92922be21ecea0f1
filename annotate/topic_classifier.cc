// How is the file read, and a text's probability found?
#include "annotate/topic_classifier.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace spalte::annotate {
namespace {

/// About one row a bucket.
constexpr unsigned kBucketBits = 15;
std::size_t bucket(std::uint32_t hash) { return hash >> (32 - kBucketBits); }

}  // namespace

Result<TopicClassifier> TopicClassifier::open(const std::string& path, std::size_t classes) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorCode::bad_data, fmt::format("{} {}", path, what),
                "install the program's data again; spalte-train-topics makes it");
  };
  if (!file) return wrong("cannot be read");
  std::size_t at = sizeof(kTopicMagic) - 1;
  if (bytes.compare(0, at, kTopicMagic) != 0) return wrong("is no model of topics");
  const auto take = [&](void* into, std::size_t size) {
    if (size > bytes.size() - at) return false;
    if (size > 0) std::memcpy(into, bytes.data() + at, size);
    at += size;
    return true;
  };
  TopicClassifier c;
  std::uint32_t there = 0, rows = 0;
  if (!take(&there, 4) || !take(&rows, 4) || !take(&c.scale_, 4)) return wrong("is cut off");
  if (there != classes) return wrong(fmt::format("knows {} top topics instead of {}", there, classes));
  c.classes_ = classes;
  c.biases_.resize(classes);
  if (!take(c.biases_.data(), classes * 4) || rows > bytes.size()) return wrong("is cut off");
  c.hashes_.resize(rows);
  c.weights_.resize(rows * classes);
  if (!take(c.hashes_.data(), rows * 4ULL) || !take(c.weights_.data(), c.weights_.size())) return wrong("is cut off");
  // Counted, not searched: whatever a damaged file holds, every bucket lies within the rows.
  c.buckets_.assign((std::size_t{1} << kBucketBits) + 1, 0);
  for (const std::uint32_t hash : c.hashes_) ++c.buckets_[bucket(hash) + 1];
  for (std::size_t b = 1; b < c.buckets_.size(); ++b) c.buckets_[b] += c.buckets_[b - 1];
  return c;
}

std::uint32_t TopicClassifier::row(std::uint32_t hash) const {
  std::uint32_t row = buckets_[bucket(hash)];
  const std::uint32_t end = buckets_[bucket(hash) + 1];
  while (row < end && hashes_[row] != hash) ++row;
  return row == end ? 0 : row + 1;
}

void TopicClassifier::classify(std::span<const TopicFeature> features, std::vector<float>& out) const {
  out.assign(classes_, 0);
  float norm = 0;
  for (const TopicFeature& f : features) {
    norm += f.value * f.value;
    if (f.row == 0 || f.row > hashes_.size()) continue;
    const std::int8_t* weights = &weights_[(f.row - std::size_t{1}) * classes_];
    for (std::size_t k = 0; k < classes_; ++k) out[k] += static_cast<float>(weights[k]) * f.value;
  }
  norm = norm > 0 ? 1 / std::sqrt(norm) : 0;
  for (std::size_t k = 0; k < classes_; ++k) out[k] = 1 / (1 + std::exp(-(biases_[k] + out[k] * scale_ * norm)));
}

}  // namespace spalte::annotate
