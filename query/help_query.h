// What does the query language look like to a user?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

struct QueryExample {
  std::string_view query;
  std::string_view meaning;
};

/// Every query that the page shows as an example.
std::vector<QueryExample> query_examples();
/// The whole page of `spalte help query`.
std::string help_query();

}  // namespace spalte::query
