// Are Norwegian dates, periods and ranges understood as Norwegians write them?
#include "query/date_range.h"

#include <string_view>

#include <catch2/catch.hpp>

namespace spalte::query {

TEST_CASE("dates and periods") {
  struct Case {
    std::string_view typed, begin, end;
  };
  // Today is Tuesday 24 November 2026.
  for (const Case& c : {
           Case{"2017", "2017", "2018"},
           Case{"2017-03", "2017-03", "2017-04"},
           Case{"2017-12", "2017-12", "2018-01"},
           Case{"2017-03-16", "2017-03-16", "2017-03-17"},
           Case{"2017-02-28", "2017-02-28", "2017-03-01"},
           Case{"2016-02-28", "2016-02-28", "2016-02-29"},
           Case{"16.03.2017", "2017-03-16", "2017-03-17"},
           Case{"16.3.2017", "2017-03-16", "2017-03-17"},
           Case{"16. mars 2017", "2017-03-16", "2017-03-17"},
           Case{"mars 2017", "2017-03", "2017-04"},
           Case{"Mars 2017", "2017-03", "2017-04"},
           Case{"uke 11 2017", "2017-03-13", "2017-03-20"},
           Case{"veke 1 2016", "2016-01-04", "2016-01-11"},
           Case{"uke 1 2015", "2014-12-29", "2015-01-05"},
           Case{"i dag", "2026-11-24", "2026-11-25"},
           Case{"i går", "2026-11-23", "2026-11-24"},
           Case{"2017-03-01..2017-03-31", "2017-03-01", "2017-04-01"},
           Case{"2015..2017", "2015", "2018"},
           Case{"2015..", "2015", ""},
           Case{"..2015", "", "2016"},
           Case{"3m..", "2026-08-24", ""},
           Case{"7d..", "2026-11-17", ""},
           Case{"2u..", "2026-11-10", ""},
           Case{"1å..", "2025-11-24", ""},
       }) {
    INFO(c.typed);
    const Result<DateRange> range = parse_date_range(c.typed, "2026-11-24");
    REQUIRE(range);
    // A shorter string is the same moment: "2018" is before everything in 2018.
    CHECK(range->begin.rfind(c.begin, 0) == 0);
    CHECK(range->end.rfind(c.end, 0) == 0);
    CHECK(range->begin.empty() == c.begin.empty());
    CHECK(range->end.empty() == c.end.empty());
  }
}

TEST_CASE("what is no date is an error that shows what is") {
  for (std::string_view typed : {"", "32.13.2017", "2017-13", "2017-02-30", "29.02.2017", "mars", "uke 54 2017", "..",
                                 "2018..2017", "tull", "20171"}) {
    INFO(typed);
    const Result<DateRange> range = parse_date_range(typed, "2026-11-24");
    REQUIRE_FALSE(range);
    CHECK(range.error().code == ErrorCode::usage);
    CHECK_FALSE(range.error().hint.empty());
  }
}

}  // namespace spalte::query
