// What does the query language look like to a user?
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spalte::query {

struct QueryExample {
  std::string_view query;
  std::string_view meaning;
};

/// Operators and forms of words, each with an example.
std::span<const QueryExample> query_examples();
/// The whole page of `spalte help query`.
std::string help_query();

}  // namespace spalte::query
