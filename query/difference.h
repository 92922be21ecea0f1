// What differs between two texts, word by word?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

enum class Change : std::uint8_t { same, removed, added };

/// A stretch of words that both texts have, or one alone; words joined by blanks, "\n" where a paragraph ends.
struct Stretch {
  Change change = Change::same;
  std::string text;
};

/// The shortest way from one text to the other (O(NP), Wu, Manber, Myers and Miller 1990, by dtl). Words are parted by
/// white space; of texts that differ beyond two million steps the way is not the shortest. What is removed stands before
/// what is added in its place.
std::vector<Stretch> difference(std::string_view before, std::string_view after);

}  // namespace spalte::query
