// What does unlabelled text tell of a word: which cluster it belongs to, how often it is written with a capital?
#pragma once

#include "annotate/key_table.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace spalte::annotate {

inline constexpr std::size_t kClusterings = 3;  ///< into 64, 256 and 1000 classes

/// 1-based classes; 0: the word was too rare to have one.
using WordClusters = std::array<std::uint16_t, kClusterings>;

/// How a lower-cased form is written in mid-sentence: nine bins of capitals / all (0: under 1 %, 8: 95 % or more), then
/// "only at the start of sentences", "rare", "unknown".
using CaseBin = std::uint8_t;
inline constexpr CaseBin kCaseInitialOnly = 9;
inline constexpr CaseBin kCaseRare = 10;
inline constexpr CaseBin kCaseUnknown = 11;
/// Below this bin a word is taken for a common one that has its capital from its place.
inline constexpr CaseBin kCaseMostlyCapital = 5;

/// A view on tables that lie in the model (or in the trainer's memory). Immutable.
class WordLexicon {
 public:
  WordLexicon() = default;
  /// `clusters` has a packed row for each key of `words` (pack_clusters), `bins` one for each key of `cases`.
  WordLexicon(KeyTable words, std::span<const std::uint32_t> clusters, KeyTable cases,
              std::span<const std::uint8_t> bins)
      : words_(words), clusters_(clusters), cases_(cases), bins_(bins) {}

  static constexpr std::uint32_t pack_clusters(const WordClusters& c) {
    return std::uint32_t{c[0]} | std::uint32_t{c[1]} << 8 | std::uint32_t{c[2]} << 20;
  }

  /// By hash_bytes of the word as written, digits as 0. False: not known.
  bool clusters(std::uint64_t word, WordClusters& out) const {
    const std::size_t row = words_.find(word);
    if (row == KeyTable::kNone) return false;
    const std::uint32_t packed = clusters_[row];
    out = {static_cast<std::uint16_t>(packed & 0xff), static_cast<std::uint16_t>(packed >> 8 & 0xfff),
           static_cast<std::uint16_t>(packed >> 20)};
    return true;
  }
  /// By hash_bytes of the lower-cased word, digits as 0.
  CaseBin case_bin(std::uint64_t lower) const {
    const std::size_t row = cases_.find(lower);
    return row == KeyTable::kNone ? kCaseUnknown : bins_[row];
  }

 private:
  KeyTable words_;
  std::span<const std::uint32_t> clusters_;
  KeyTable cases_;
  std::span<const std::uint8_t> bins_;
};

}  // namespace spalte::annotate
