// Which bearer of a surname do the articles with the surname alone mean?
#pragma once

#include "query/reader.h"
#include "schema/terms.h"

#include <set>
#include <string>
#include <vector>

namespace spalte::query {

/// Where names are met: company, days and roles of a sample of their articles.
struct Surroundings {
  struct Place {
    std::vector<NameId> company;  ///< other names of the article, sorted
    int day = 0;                  ///< since 1970; 0: undated
    std::string role;             ///< empty: none, or not read
  };
  std::vector<Place> places;
  std::set<NameId> company;
  std::set<int> days;
  std::set<std::string> roles;
};

/// Of at most kSample articles, chosen by a hash of their ids: the same whatever the order of indexing. With `roles`
/// their annotations are read (50 µs each).
inline constexpr std::size_t kSample = 50;
Result<Surroundings> surroundings(const std::vector<NameId>& names, bool roles, Reader& reader);

/// The number of the bearer that the places of the single name speak for; bearers.size(): for none clearly.
std::size_t most_likely(const Surroundings& single, const std::vector<Surroundings>& bearers);

}  // namespace spalte::query
