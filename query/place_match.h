// Do keys stand in order, or near each other, in a document? Told by its packed positions alone.
#pragma once

#include "schema/positions.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

/// What stands where: a word of each operand, all within `window` positions, each at one of its own.
struct Placement {
  std::vector<std::vector<std::string>> operands;  ///< each: keys, any of which will do; empty: nothing is asked
  std::uint32_t window = 0;                        ///< a phrase of n words: n
  bool ordered = true;
  bool title = false;  ///< in the title alone
};

/// Holds documents against a placement. One thread. Cost: PositionReader's.
class PlaceMatch {
 public:
  explicit PlaceMatch(const Placement& placement);
  bool in(std::string_view packed_positions);

 private:
  bool in_order(std::size_t count) const;
  bool near(std::size_t count);
  bool each_at_its_own(std::size_t from, std::size_t to);
  bool give_place(std::uint32_t operand, std::size_t from, std::size_t to);

  std::uint32_t operands_;
  std::uint32_t window_;
  bool ordered_, title_;
  std::vector<std::uint32_t> operand_of_;  ///< each key's
  PositionReader reader_;
  const std::vector<Place>* places_ = nullptr;
  std::vector<std::uint32_t> needed_;      ///< of each operand: how many are the same
  std::vector<std::uint32_t> inside_;      ///< of each operand: its places in the window
  std::vector<std::uint32_t> taken_;       ///< of each place in the window: one past the operand that has it
  std::vector<bool> seen_;
};

}  // namespace spalte::query
