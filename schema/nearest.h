// Which known name did somebody mean who typed another?
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace spalte {

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) that make `a` of `b`, by code
/// points of UTF-8; anything above `most` is given as most + 1, and costs no more than finding that out.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// The name nearest to `typed`, at most two edits away and fewer than half its letters; empty: none is near. Of equals
/// the first.
std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> names);

}  // namespace spalte
