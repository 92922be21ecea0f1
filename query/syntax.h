// How does a query's text become a tree?
#pragma once

#include "query/tree.h"
#include "schema/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

inline constexpr std::size_t kMaxQueryBytes = 64 * 1024;
inline constexpr std::size_t kMaxQueryDepth = 100;
inline constexpr std::size_t kMaxQueryNodes = 4096;

/// The query language of the command line (`spalte help query`). Errors: usage, with the place (a caret below the
/// query) and, where one is near, a suggestion.
Result<Node> parse(std::string_view query);

/// The arguments as plain text, without operators: the words in order.
std::vector<std::string> plain_words(std::string_view text);

/// The field's name, in any language, nearest to a wrong one; empty: none is near.
std::string_view nearest_field(std::string_view name);

}  // namespace spalte::query
