// Which articles answer, in which order?
#pragma once

#include "query/compile.h"
#include "query/options.h"
#include "query/reader.h"
#include "schema/hit.h"
#include "schema/result.h"

#include <functional>
#include <string>
#include <vector>

namespace spalte::query {

struct Hit {
  std::int64_t rank = 0;  ///< from 1
  double score = 0;
  HitData data;
};

/// Calls `visit` for each hit in order, until it returns false. Ties are broken by the article's id, so the same query
/// on the same revision gives the same order. Sorted by relevance, the first hits are re-ranked by the closeness of the
/// query's words. Must run inside Reader::request.
Status search(const Compiled& compiled, const SearchOptions& options, Reader& reader,
              const std::function<bool(const Hit&)>& visit);

/// The exact number of articles. Must run inside Reader::request.
std::int64_t count(const Xapian::Query& query, Reader& reader);

}  // namespace spalte::query
