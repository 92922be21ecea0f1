// How is what two articles share estimated from their sketches?
#include "schema/sketch.h"

#include <algorithm>

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

}  // namespace

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
