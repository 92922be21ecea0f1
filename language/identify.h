// Is a text bokmål, nynorsk or neither?
#pragma once

#include "language/standard.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace spalte::language {

/// Votes of function words. Add every word (normalised), then ask. Method: words that only one of the languages has.
class StandardVotes {
 public:
  /// What one word says: which languages it belongs to; computed once per word type.
  static std::uint8_t marks(std::string_view folded);
  void add(std::uint8_t marks);
  void add(const StandardVotes& other);
  /// `fallback` answers where the votes are equal or too few.
  Standard decide(Standard fallback) const;

 private:
  std::array<std::uint32_t, 6> votes_{};  // nb, nn, danish, swedish, english, german
  std::uint32_t words_ = 0;
};

}  // namespace spalte::language
