// Can every picture be read, from three periods to hundreds?
#include "query/chart.h"

#include "query/chart_axis.h"
#include "query/display_width.h"
#include "tests/query/markup_check.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

std::vector<std::string> periods(query::Period by, std::size_t count) {
  const char* firsts[] = {"2015-12-29", "2014-W50", "2003-11", "1923"};
  std::vector<std::string> out = {firsts[static_cast<std::size_t>(by)]};
  while (out.size() < count) out.push_back(query::next_period(out.back(), by));
  return out;
}

}  // namespace

TEST_CASE("labels never run into each other, nor out of the picture") {
  for (const auto& [name, by] : query::period_names())
    for (const std::size_t count : {1, 2, 3, 5, 8, 13, 24, 40, 53, 75, 100, 130, 200, 320, 400, 3000})
      for (const int width : {320, 500, 900, 1600}) {
        INFO(name << " " << count << " " << width);
        query::Chart chart;
        chart.title = "klima OR «vêr» & <vind>";
        chart.by = by;
        chart.width = width;
        chart.periods = periods(by, count);
        chart.gaps.resize(count);
        chart.series.push_back({"", std::vector<double>(count, 1), {}});
        for (std::size_t i = 0; i < count; ++i) {
          chart.gaps[i] = i % 7 == 3 || i % 7 == 4;
          chart.series[0].values[i] = chart.gaps[i] ? 0 : static_cast<double>((i * 37 + 11) % 23);
        }
        const std::string svg = query::draw(chart);
        CHECK(markup_fault(svg) == "");
        CHECK(overlapping_labels(svg) == "");
        chart.series.push_back({"en annen", chart.series[0].values, {}});
        CHECK(markup_fault(query::draw(chart)) == "");
      }
}

TEST_CASE("axes end at round numbers") {
  CHECK(query::axis_step(0, 5, 1) == 1);
  CHECK(query::axis_step(3, 5, 1) == 1);
  CHECK(query::axis_step(23, 5, 1) == 5);
  CHECK(query::axis_step(1234, 5, 1) == 500);
  CHECK(query::axis_step(0.07, 5, 0.0001) == Approx(0.02));
}

TEST_CASE("numbers and periods as Norwegians write them") {
  CHECK(query::norwegian_number(1234, 0) == "1234");
  CHECK(query::norwegian_number(12345, 0) == "12\u00a0345");
  CHECK(query::norwegian_number(1234567, 0) == "1\u00a0234\u00a0567");
  CHECK(query::norwegian_number(0.5, 1) == "0,5");
  CHECK(query::norwegian_period("2017-03-06", query::Period::day) == "6. mars 2017");
  CHECK(query::norwegian_period("2017-W09", query::Period::week) == "uke 9, 2017");
  CHECK(query::norwegian_period("2017-12", query::Period::month) == "desember 2017");
}

TEST_CASE("periods follow each other as in the calendar") {
  using query::Period;
  CHECK(query::next_period("2016-02-28", Period::day) == "2016-02-29");
  CHECK(query::next_period("2016-12-31", Period::day) == "2017-01-01");
  CHECK(query::next_period("2015-W53", Period::week) == "2016-W01");
  CHECK(query::next_period("2016-W52", Period::week) == "2017-W01");
  CHECK(query::period_of("2016-01-03", Period::week) == "2015-W53");
  CHECK(query::period_of("2018-12-31", Period::week) == "2019-W01");
  CHECK(query::period_of("2018-12", Period::day).empty());
}

TEST_CASE("columns on a terminal") {
  CHECK(query::shown_width("blåbær") == 6);
  CHECK(query::shown_width("bla\u030aba\u0308r") == 6);
  CHECK(query::shown_width("中国") == 4);
  CHECK(query::shown_width("\U0001F600") == 2);
  CHECK(query::shown_width("so\u00adlo") == 4);
  CHECK(query::last_columns("ca\u0301fe\u0301", 2) == "fe\u0301");
  CHECK(query::first_columns("e\u0301e\u0301", 1) == "e\u0301");
  CHECK(query::last_columns("å中", 2) == "中");
  CHECK(query::last_columns("å中", 1).empty());
  CHECK(query::padded_left("ø", 3) == "  ø");
}

}  // namespace spalte::test
