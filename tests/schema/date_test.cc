// Are dates read as newspapers and files write them?
#include "schema/date.h"

#include <string_view>

#include <catch2/catch.hpp>

namespace spalte {

TEST_CASE("dates in text") {
  struct Case {
    std::string_view text, iso;
  };
  for (const Case& c :
       {Case{"2011", "2011"}, Case{"2011-05", "2011-05"}, Case{"2011-05-17", "2011-05-17"},
        Case{"20110517", "2011-05-17"}, Case{"17.05.2011", "2011-05-17"}, Case{"17.5.2011", "2011-05-17"},
        Case{"17.5.2011 kl. 14.30", "2011-05-17T14:30"}, Case{"17. mai 2011", "2011-05-17"},
        Case{"17 mai 2011", "2011-05-17"}, Case{"17/5 2011", "2011-05-17"}, Case{"mai 2011", "2011-05"},
        Case{"2011-05-17T14:30", "2011-05-17T14:30"}, Case{" 1. desember 1999 ", "1999-12-01"},
        Case{"29.02.2012", "2012-02-29"}}) {
    INFO(c.text);
    const auto date = parse_date(c.text);
    REQUIRE(date);
    CHECK(date->substr(0, c.iso.size()) == c.iso);
  }
}

TEST_CASE("summer and winter time of other zones become Oslo's") {
  CHECK(parse_date("2011-07-17T22:30:00Z")->substr(0, 16) == "2011-07-18T00:30");
  CHECK(parse_date("2011-01-17T22:30:00Z")->substr(0, 16) == "2011-01-17T23:30");
  CHECK(parse_date("2011-07-17T14:30:00+02:00")->substr(0, 16) == "2011-07-17T14:30");
}

TEST_CASE("what is no date is none") {
  for (std::string_view text :
       {"", "32.13.2017", "29.02.2011", "2011-13", "mai", "i morgen", "99999999", "1.1.1", "2011-05-17x"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("dates in file names") {
  CHECK(find_date_in_name("2011-05-17-brann") == "2011-05-17");
  CHECK(find_date_in_name("20110517_1") == "2011-05-17");
  CHECK(find_date_in_name("vg_2011_05_17") == "2011-05-17");
  CHECK_FALSE(find_date_in_name("sak-12345678"));
  CHECK_FALSE(find_date_in_name("notat"));
}

TEST_CASE("months in every language of the sources") {
  CHECK(month_number("januar") == 1);
  CHECK(month_number("Des") == 12);
  CHECK(month_number("may") == 5);
  CHECK(month_number("OKTOBER") == 10);
  CHECK(month_number("tull") == 0);
  CHECK(days_in_month(2000, 2) == 29);
  CHECK(days_in_month(1900, 2) == 28);
  CHECK(days_in_month(2011, 13) == 0);
}

}  // namespace spalte
