// When are two articles near-duplicates? A sketch of each tells.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// The smallest hashes of an article's distinct shingles: a sample that two articles draw alike, so that what they share
/// can be estimated from it (bottom-k sketch; Broder 1997, On the resemblance and containment of documents).
struct Sketch {
  std::uint32_t shingles = 0;         ///< distinct ones in the whole text
  std::vector<std::uint32_t> hashes;  ///< ascending, at most kSketchHashes; all where there are fewer shingles
};

/// 96 hashes estimate a share within .05 (standard error), in 300 bytes an article of 500 shingles (pack_hashes).
inline constexpr std::size_t kSketchHashes = 96;
/// So many of them, the smallest, are looked up to find what may be alike: articles that share half of the longer one's
/// shingles share none of 12 once in 4,096 times.
inline constexpr std::size_t kSketchKeys = 12;
inline constexpr std::uint32_t kLeastShingles = 12;

/// The hashes as Rice-coded gaps; in four bytes each, lowest first, where that is not longer (as all were once stored).
std::string pack_hashes(const Sketch& sketch);
/// Of a damaged value some hashes, ascending or not.
std::vector<std::uint32_t> unpack_hashes(std::string_view packed, std::uint32_t shingles);

/// The share of the shorter article's shingles that the longer one has as well, 0 to 1. Exact where both sketches hold
/// every shingle.
double containment(const Sketch& a, const Sketch& b);

/// Do two texts of one page tell the same story, changed? (Parts of a long one that are put on one page do not: they share
/// next to nothing.)
bool same_story(const Sketch& a, const Sketch& b);

/// Is one a copy of the other, perhaps cut, with another headline or lead? Two articles on one event share less. A text of
/// fewer than kLeastShingles says too little to tell.
bool near_duplicates(const Sketch& a, const Sketch& b);

}  // namespace spalte
