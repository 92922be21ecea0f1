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

/// "2017", "2017-03", "2017-03-16", "16.03.2017", "16. mars 2017", "mars 2017" and all of relative_period ("uke 11 2017",
/// "i går", "forrige uke", "3m" …), alone or as ends of a range: "A..B", "A..", "..B", "A til B", "fra A til B", "siden A",
/// "før A", "etter A" (nynorsk and English too), "2015-2017". `today` is YYYY-MM-DD. Errors: usage.
Result<DateRange> parse_date_range(std::string_view value, std::string_view today);

}  // namespace spalte::query
