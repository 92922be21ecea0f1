// How many articles in each period?
#pragma once

#include "query/reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

enum class Period : std::uint8_t { day, week, month, year };

struct TimelineRow {
  std::string period;  ///< 2017, 2017-03, 2017-W11, 2017-03-16
  std::int64_t count = 0;
  std::int64_t total = 0;  ///< of the articles that the query could have found there; 0: the archive has a gap
};

struct Timeline {
  std::vector<TimelineRow> rows;                ///< from the first to the last period with a match, without holes
  std::int64_t undated = 0, undated_total = 0;  ///< no date, or one too coarse for the period
};

/// `all`: the same without its words (frame_of). Inside Reader::request.
Timeline make_timeline(const Xapian::Query& query, const Xapian::Query& all, Period by, bool guessed_dates,
                       Reader& reader);

}  // namespace spalte::query
