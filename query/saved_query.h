// What stands for query:NAME inside a query?
#pragma once

#include "query/archive_catalogue.h"
#include "query/tree.h"
#include "schema/result.h"

#include <string>
#include <string_view>

namespace spalte::query {

/// The tree with each query:NAME replaced by the tree of the saved query, and those in it. At most kMaxQueryNodes nodes
/// come out. Errors, shown in `text`, which the tree was parsed from (empty: none): usage where a name is unknown, a
/// saved query does not parse, or leads back to itself.
Result<Node> with_saved_queries(Node tree, ArchiveCatalogue& catalogue, std::string_view text);

/// Would `query`, saved as `name`, lead back to itself or to what is not there? Errors: usage.
Status check_saved_query(const std::string& name, const std::string& query, ArchiveCatalogue& catalogue);

}  // namespace spalte::query
