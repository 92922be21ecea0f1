// How many articles in each period?
#pragma once

#include "query/period.h"
#include "query/reader.h"

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

namespace spalte::query {

struct TimelineRow {
  std::string period;  ///< as period_of gives it
  std::int64_t count = 0;
  std::int64_t total = 0;  ///< of the articles that the query could have found there

  /// The archive has nothing there (under the query's source, date and language): that is no zero.
  bool gap() const { return total == 0; }
  double share() const { return gap() ? 0 : static_cast<double>(count) / static_cast<double>(total); }
};

struct Timeline {
  std::vector<TimelineRow> rows;  ///< without holes
  TimelineRow undated;            ///< no date, or one too coarse for the period
};

enum class Span : std::uint8_t {
  matches,  ///< from the first to the last period with a match
  archive,  ///< from the first to the last period with an article that the query could have found
};

struct TimelineQuery {
  Xapian::Query matches;
  Xapian::Query all;  ///< the same without its words (frame_of)
};

/// A timeline for each query, all over the same periods. Inside Reader::request. Cost: each query, and its dates read
/// once.
std::vector<Timeline> make_timelines(const std::vector<TimelineQuery>& queries, Period by, Span span,
                                     bool guessed_dates, Reader& reader);

}  // namespace spalte::query
