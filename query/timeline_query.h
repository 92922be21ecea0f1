// How does a query become a line over time, with a title?
#pragma once

#include "query/arguments.h"
#include "query/timeline.h"

#include <string>
#include <vector>

namespace spalte::query {

/// The query of the words in `context` and what it could have found: all articles under its source, date and language
/// conditions. Inside Reader::request.
Result<TimelineQuery> timeline_query(const QueryArguments& arguments, Context& context, Reader& reader);

/// For a picture that Norwegians read: the query; what is shown, and from when to when.
std::string chart_title(const std::string& query);
std::string chart_subtitle(bool shares, Period by, const std::vector<std::string>& periods);

}  // namespace spalte::query
