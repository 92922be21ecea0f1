// Which days does the value of a date field mean?
#pragma once

#include "schema/result.h"

#include <string>
#include <string_view>

namespace spalte::query {

/// ISO strings, compared as strings with the slot's value: [begin, end); empty: open.
struct DateRange {
  std::string begin, end;
};

/// "2017", "2017-03", "2017-03-16", "16.03.2017", "16. mars 2017", "mars 2017", "uke 11 2017", "i dag", "i går", ranges
/// "A..B", "A..", "..B" and relative "3d" "2u" (or "2w") "3m" "1y" (or "1å") as an end of a range or alone (since
/// then). `today` is YYYY-MM-DD. Errors: usage.
Result<DateRange> parse_date_range(std::string_view value, std::string_view today);

}  // namespace spalte::query
