// Do the query's words stand close together?
#pragma once

#include "query/compile.h"

#include <vector>

#include <xapian.h>

namespace spalte::query {

struct Ranked {
  Xapian::docid docid = 0;
  double score = 0;
};

/// So many of the best hits are looked at.
inline constexpr Xapian::doccount kRerankDepth = 150;

/// Adds to the score of each of the first hits (at most kRerankDepth) what the best window of the text holds of the
/// query, and puts them in order. From the index's positions alone; about 2 µs a hit. Method: recipe
/// `ranking`: idf sum of the distinct query words in the best window of 50 tokens (less weight: of 15, and of the whole
/// article), plus a bonus for neighbouring query words that stand together and a second one for those that stand near
/// in any order.
void rerank_by_closeness(const Compiled& compiled, Reader& reader, std::vector<Ranked>& hits);

}  // namespace spalte::query
