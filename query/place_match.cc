// How are places held against each other?
#include "query/place_match.h"

#include <algorithm>

namespace spalte::query {
namespace {

std::vector<std::uint32_t> keys_of(const Placement& p) {
  std::vector<std::uint32_t> out;
  for (const std::vector<std::string>& keys : p.operands)
    for (const std::string& key : keys) out.push_back(position_key(key));
  return out;
}

}  // namespace

PlaceMatch::PlaceMatch(const Placement& p)
    : operands_(static_cast<std::uint32_t>(p.operands.size())),
      window_(p.window),
      ordered_(p.ordered),
      title_(p.title),
      reader_(keys_of(p)) {
  for (std::uint32_t o = 0; o < operands_; ++o) {
    operand_of_.insert(operand_of_.end(), p.operands[o].size(), o);
    needed_.push_back(static_cast<std::uint32_t>(std::count(p.operands.begin(), p.operands.end(), p.operands[o])));
  }
}

bool PlaceMatch::in(std::string_view packed) {
  places_ = &reader_.places(packed);
  std::size_t count = places_->size();
  if (title_)
    while (count > 0 && (*places_)[count - 1].position >= reader_.title_end()) --count;
  return ordered_ ? in_order(count) : near(count);
}

/// From each place of the first operand on the nearest of every next one: none can end earlier.
bool PlaceMatch::in_order(std::size_t count) const {
  const std::vector<Place>& p = *places_;
  for (std::size_t i = 0; i < count; ++i) {
    if (operand_of_[p[i].key] != 0) continue;
    std::uint32_t next = 1, last = p[i].position;
    for (std::size_t j = i + 1; next < operands_ && j < count && p[j].position - p[i].position < window_; ++j) {
      if (operand_of_[p[j].key] != next || p[j].position == last) continue;
      last = p[j].position;
      ++next;
    }
    if (next == operands_) return true;
  }
  return false;
}

bool PlaceMatch::near(std::size_t count) {
  const std::vector<Place>& p = *places_;
  inside_.assign(operands_, 0);
  std::uint32_t missing = operands_, positions = 0;
  std::size_t from = 0;
  const auto ends_position = [&](std::size_t i) { return i + 1 == count || p[i + 1].position != p[i].position; };
  for (std::size_t to = 0; to < count; ++to) {
    if (to == 0 || ends_position(to - 1)) ++positions;
    for (; p[to].position - p[from].position >= window_; ++from) {
      const std::uint32_t o = operand_of_[p[from].key];
      if (inside_[o]-- == needed_[o]) ++missing;
      if (ends_position(from)) --positions;
    }
    const std::uint32_t o = operand_of_[p[to].key];
    if (++inside_[o] == needed_[o]) --missing;
    // Whether each can have a place of its own takes long to refute: what shows at once that it cannot comes first (the
    // same word a hundred times, in a window that has it less often), and a position counts when all of it is in.
    if (missing == 0 && positions >= operands_ && ends_position(to) && each_at_its_own(from, to + 1)) return true;
  }
  return false;
}

/// A matching of operands and positions (augmenting paths; Kuhn 1955): one position serves one operand.
bool PlaceMatch::each_at_its_own(std::size_t from, std::size_t to) {
  taken_.assign(to - from, 0);
  for (std::uint32_t o = 0; o < operands_; ++o) {
    seen_.assign(to - from, false);
    if (!give_place(o, from, to)) return false;
  }
  return true;
}

bool PlaceMatch::give_place(std::uint32_t operand, std::size_t from, std::size_t to) {
  const std::vector<Place>& p = *places_;
  for (std::size_t i = from; i < to; ++i) {
    if (operand_of_[p[i].key] != operand) continue;
    // Places at one position stand for it by the first of them.
    std::size_t first = i;
    while (first > from && p[first - 1].position == p[i].position) --first;
    if (seen_[first - from]) continue;
    seen_[first - from] = true;
    std::uint32_t& owner = taken_[first - from];
    if (owner == 0 || give_place(owner - 1, from, to)) {
      owner = operand + 1;
      return true;
    }
  }
  return false;
}

}  // namespace spalte::query
