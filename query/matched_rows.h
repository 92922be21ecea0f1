// Which rows of the catalogue match, for commands that then read much of each article?
#pragma once

#include "query/compile.h"
#include "query/reader.h"

#include <cstdint>
#include <vector>

namespace spalte::query {

struct MatchedRow {
  std::int64_t row = 0;
  std::uint32_t day = 0;  ///< packed_day; 0: undated
};

/// In order of row: the same on the same revision. Inside Reader::request; 16 bytes and about 3 µs a match. What is
/// then read from the catalogue outside of the request may have gone meanwhile: such rows are passed over.
std::vector<MatchedRow> matched_rows(const Compiled& compiled, bool guessed_dates, Reader& reader);

}  // namespace spalte::query
