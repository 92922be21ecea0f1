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
           // today and what is counted from it
           Case{"i forgårs", "2026-11-22", "2026-11-23"},
           Case{"i førgår", "2026-11-22", "2026-11-23"},
           Case{"yesterday", "2026-11-23", "2026-11-24"},
           Case{"denne uka", "2026-11-23", "2026-11-30"},
           Case{"denne veka", "2026-11-23", "2026-11-30"},
           Case{"forrige uke", "2026-11-16", "2026-11-23"},
           Case{"førre veke", "2026-11-16", "2026-11-23"},
           Case{"last week", "2026-11-16", "2026-11-23"},
           Case{"denne måneden", "2026-11", "2026-12"},
           Case{"forrige måned", "2026-10", "2026-11"},
           Case{"førre månad", "2026-10", "2026-11"},
           Case{"i år", "2026", "2027"},
           Case{"i fjor", "2025", "2026"},
           Case{"I fjor", "2025", "2026"},
           Case{"i forfjor", "2024", "2025"},
           Case{"last year", "2025", "2026"},
           Case{"siste 3 måneder", "2026-08-24", ""},
           Case{"dei siste tre månadene", "2026-08-24", ""},
           Case{"de siste to ukene", "2026-11-10", ""},
           Case{"siste uke", "2026-11-17", ""},
           Case{"last 3 months", "2026-08-24", ""},
           Case{"for 3 uker siden", "2026-11-03", "2026-11-04"},
           Case{"for ei veke sidan", "2026-11-17", "2026-11-18"},
           Case{"for to år sidan", "2024-11-24", "2024-11-25"},
           Case{"3 weeks ago", "2026-11-03", "2026-11-04"},
           // names: the latest, or the one before
           Case{"mandag", "2026-11-23", "2026-11-24"},
           Case{"måndag", "2026-11-23", "2026-11-24"},
           Case{"tirsdag", "2026-11-24", "2026-11-25"},
           Case{"forrige tirsdag", "2026-11-17", "2026-11-18"},
           Case{"onsdag", "2026-11-18", "2026-11-19"},
           Case{"laurdag", "2026-11-21", "2026-11-22"},
           Case{"last friday", "2026-11-20", "2026-11-21"},
           Case{"mars", "2026-03", "2026-04"},
           Case{"november", "2026-11", "2026-12"},
           Case{"desember", "2025-12", "2026-01"},
           Case{"forrige november", "2025-11", "2025-12"},
           Case{"mars i fjor", "2025-03", "2025-04"},
           Case{"17. mai", "2026-05-17", "2026-05-18"},
           Case{"17.5.", "2026-05-17", "2026-05-18"},
           Case{"24. desember", "2025-12-24", "2025-12-25"},
           Case{"29. februar", "2024-02-29", "2024-03-01"},
           Case{"uke 47", "2026-11-16", "2026-11-23"},
           Case{"veke 52", "2025-12-22", "2025-12-29"},
           Case{"2017-W11", "2017-03-13", "2017-03-20"},
           Case{"week 11, 2017", "2017-03-13", "2017-03-20"},
           Case{"march 2017", "2017-03", "2017-04"},
           Case{"mai 2017", "2017-05", "2017-06"},
           // long periods
           Case{"1. kvartal 2017", "2017-01", "2017-04"},
           Case{"2017-Q4", "2017-10", "2018-01"},
           Case{"1990-tallet", "1990", "2000"},
           Case{"90-talet", "1990", "2000"},
           Case{"1900-tallet", "1900", "2000"},
           // ranges in words
           Case{"2015-2017", "2015", "2018"},
           Case{"2015–2017", "2015", "2018"},
           Case{"januar 2017 til mars 2018", "2017-01", "2018-04"},
           Case{"frå 1. mars 2017 til 3. mars 2017", "2017-03-01", "2017-03-04"},
           Case{"siden 2015", "2015", ""},
           Case{"sidan mandag", "2026-11-23", ""},
           Case{"før mai 2015", "", "2015-05"},
           Case{"etter 2015", "2016", ""},
           Case{"mars 2017 .. i går", "2017-03", "2026-11-24"},
           Case{"uke 11 2017..uke 13 2017", "2017-03-13", "2017-04-03"},
           Case{"9999å..", "0001-01-01", ""},
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
  for (std::string_view typed : {"", "32.13.2017", "2017-13", "2017-02-30", "29.02.2017", "uke 54 2017", "..",
                                 "2018..2017", "tull", "20171", "uke 53 2017", "forrige", "siste", "i", "siden", "12.30",
                                 "5. kvartal 2017", "mars i", "for uker siden", "kl 12", "2017-q5", "1995-tallet"}) {
    INFO(typed);
    const Result<DateRange> range = parse_date_range(typed, "2026-11-24");
    REQUIRE_FALSE(range);
    CHECK(range.error().code == ErrorCode::usage);
    CHECK_FALSE(range.error().hint.empty());
  }
}

}  // namespace spalte::query
