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
  std::int64_t versions = 1;  ///< of the story
  std::string duplicates;     ///< its group of near-duplicates; empty: it stands alone
  std::int64_t hidden = 0;    ///< near-duplicates that match as well and are not shown
};

/// Calls `visit` for each hit in order, until it returns false. Ties are broken by the article's id, so the same query
/// on the same revision gives the same order. Sorted by relevance, the first hits are re-ranked by the closeness of the
/// query's words. Must run inside Reader::request, whose retries end where the first hit is visited: from there on hits
/// are read by id from whatever state the index has come to, so `visit` may print at once, and must not read the index
/// itself. Memory: about 40 bytes a hit of a list beyond the first thousands, 100 bytes within.
Status search(const Compiled& compiled, const SearchOptions& options, Reader& reader,
              const std::function<bool(const Hit&)>& visit);

/// Those of the matches that have, or have not, one of these ids (a few µs an id). Inside Reader::request.
Xapian::Query only_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader);
Xapian::Query without_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader);

/// The exact number of articles. Must run inside Reader::request.
std::int64_t count(const Xapian::Query& query, Reader& reader);

}  // namespace spalte::query
