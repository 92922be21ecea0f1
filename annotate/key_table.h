// Which row belongs to a 64-bit hash? A compact read-only table that lies in the mapped model as it is used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace spalte::annotate {

/// Rows sorted by hash: the top bits choose a bucket, the 32 bits below them are compared, so a word or feature that is
/// not in the table is taken for one that is about once in 2^(32 + bits) / rows. Costs one or two cache misses. Does
/// not own its memory; immutable.
class KeyTable {
 public:
  static constexpr std::size_t kNone = SIZE_MAX;

  KeyTable() = default;
  /// `offsets` has 2^bits + 1 ascending entries, the last of which is keys.size(); the caller has checked both.
  KeyTable(std::span<const std::uint32_t> offsets, std::span<const std::uint32_t> keys, unsigned bits)
      : offsets_(offsets), keys_(keys), bits_(bits) {}

  static std::size_t bucket(std::uint64_t hash, unsigned bits) { return static_cast<std::size_t>(hash >> (64 - bits)); }
  static std::uint32_t key(std::uint64_t hash, unsigned bits) {
    return static_cast<std::uint32_t>(hash >> (32 - bits));
  }

  /// The row of that hash, or kNone.
  std::size_t find(std::uint64_t hash) const {
    if (keys_.empty()) return kNone;
    const std::size_t b = bucket(hash, bits_);
    const std::uint32_t wanted = key(hash, bits_);
    for (std::size_t row = offsets_[b], end = offsets_[b + 1]; row < end; ++row) {
      if (keys_[row] == wanted) return row;
    }
    return kNone;
  }
  std::size_t size() const { return keys_.size(); }

  /// Ask for what find(hash) will read first, and once that is there, for what it will read then. For many hashes at
  /// once, whose cache misses then overlap.
  void fetch_bucket(std::uint64_t hash) const { __builtin_prefetch(offsets_.data() + bucket(hash, bits_)); }
  void fetch_keys(std::uint64_t hash) const {
    __builtin_prefetch(keys_.data() + offsets_[bucket(hash, bits_)]);
  }

 private:
  std::span<const std::uint32_t> offsets_;
  std::span<const std::uint32_t> keys_;
  unsigned bits_ = 1;
};

}  // namespace spalte::annotate
