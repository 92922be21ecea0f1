// How is what two articles share estimated from their sketches?
#include "schema/sketch.h"

#include "schema/bits.h"

#include <algorithm>
#include <bit>

namespace spalte {
namespace {

/// Of equally long articles so much must be shared; a cut of a longer one must come from it the more, the shorter it is.
/// On copies of the tests' archive (leads changed, cut by up to two fifths, words put in) beside articles on the same event:
/// precision 1.0, recall .96 over pairs (tests/indexer/duplicates_test.cc).
constexpr double kLeastShare = 0.45, kMoreForCuts = 0.3;
/// A cut below this part of the longer article is a quotation of it, or one item of a round-up.
constexpr double kLeastPart = 0.25;

/// Versions of a story that has been written anew share names and quotations at least.
constexpr double kLeastOfStory = 0.2;

std::size_t hashes_of(std::uint32_t shingles) { return std::min<std::size_t>(shingles, kSketchHashes); }

/// Hashes lie 2^32 / shingles apart in the mean: as for positions.
unsigned rice_bits(std::uint32_t shingles) { return 32 - static_cast<unsigned>(std::bit_width(shingles | 1U)); }

}  // namespace

std::string pack_hashes(const Sketch& sketch) {
  std::string out;
  BitWriter bits(out);
  std::uint32_t last = 0;
  for (const std::uint32_t h : sketch.hashes) {
    bits.put_rice(h - last, rice_bits(sketch.shingles));
    last = h;
  }
  bits.align();
  if (out.size() < hashes_of(sketch.shingles) * 4 && sketch.hashes.size() == hashes_of(sketch.shingles)) return out;
  out.clear();
  for (const std::uint32_t h : sketch.hashes)
    for (int i = 0; i < 4; ++i) out += static_cast<char>(h >> (8 * i) & 0xffU);
  return out;
}

std::vector<std::uint32_t> unpack_hashes(std::string_view packed, std::uint32_t shingles) {
  const std::size_t count = hashes_of(shingles);
  std::vector<std::uint32_t> out;
  out.reserve(count);
  if (packed.size() < count * 4) {
    const std::string padded = std::string(packed) + std::string(BitReader::kSpare, '\0');
    BitReader bits(std::string_view(padded.data(), packed.size()));
    for (std::uint32_t last = 0; out.size() < count && bits.has(1);) out.push_back(last += bits.take_rice(rice_bits(shingles)));
    return out;
  }
  for (; packed.size() >= 4; packed.remove_prefix(4)) {
    std::uint32_t h = 0;
    for (std::size_t i = 0; i < 4; ++i) h |= std::uint32_t{static_cast<unsigned char>(packed[i])} << (8 * i);
    out.push_back(h);
  }
  return out;
}

double containment(const Sketch& a, const Sketch& b) {
  if (a.hashes.empty() || b.hashes.empty()) return 0;
  // Up to the smaller of the two last hashes both samples are complete.
  const auto limit_of = [](const Sketch& s) {
    return s.hashes.size() < s.shingles ? s.hashes.back() : UINT32_MAX;
  };
  const std::uint32_t limit = std::min(limit_of(a), limit_of(b));
  std::size_t in_a = 0, in_b = 0, shared = 0;
  auto i = a.hashes.begin();
  auto j = b.hashes.begin();
  const auto open = [limit](auto at, const Sketch& s) { return at != s.hashes.end() && *at <= limit; };
  while (open(i, a) || open(j, b)) {
    if (!open(j, b) || (open(i, a) && *i < *j)) {
      ++in_a, ++i;
    } else if (!open(i, a) || *j < *i) {
      ++in_b, ++j;
    } else {
      ++in_a, ++in_b, ++shared, ++i, ++j;
    }
  }
  if (shared == 0) return 0;
  // The share of both together is what the sample tells best; the sizes are known.
  const double resemblance = static_cast<double>(shared) / static_cast<double>(in_a + in_b - shared);
  const double common = resemblance / (1 + resemblance) * (a.shingles + b.shingles);
  return std::min(1.0, common / std::min(a.shingles, b.shingles));
}

bool same_story(const Sketch& a, const Sketch& b) { return containment(a, b) >= kLeastOfStory; }

bool near_duplicates(const Sketch& a, const Sketch& b) {
  if (std::min(a.shingles, b.shingles) < kLeastShingles) return false;
  const double part = static_cast<double>(std::min(a.shingles, b.shingles)) /
                      static_cast<double>(std::max({a.shingles, b.shingles, std::uint32_t{1}}));
  return part >= kLeastPart && containment(a, b) >= kLeastShare + (1 - part) * kMoreForCuts;
}

}  // namespace spalte
