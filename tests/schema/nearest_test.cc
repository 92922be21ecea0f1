// Are names found that were typed nearly right, and no others?
#include "schema/nearest.h"

#include <string_view>

#include <catch2/catch.hpp>

namespace spalte {

TEST_CASE("edits are counted in letters, swaps as one, and given up beyond the most") {
  CHECK(edit_distance("", "", 2) == 0);
  CHECK(edit_distance("kilde", "kilde", 2) == 0);
  CHECK(edit_distance("kidle", "kilde", 2) == 1);
  CHECK(edit_distance("aktor", "aktør", 2) == 1);
  CHECK(edit_distance("akør", "aktør", 2) == 1);
  CHECK(edit_distance("ab", "ba", 2) == 1);
  CHECK(edit_distance("kilde", "byline", 2) == 3);
  CHECK(edit_distance("a", "abcdefgh", 2) == 3);
}

TEST_CASE("the nearest name, but not just any") {
  const std::string_view names[] = {"search", "count", "show", "save", "new"};
  CHECK(nearest_name("serach", names) == "search");
  CHECK(nearest_name("cuont", names) == "count");
  CHECK(nearest_name("savee", names) == "save");
  CHECK(nearest_name("xyz", names).empty());
  CHECK(nearest_name("wen", names).empty());  // two letters of three
  CHECK(nearest_name("", names).empty());
}

}  // namespace spalte
