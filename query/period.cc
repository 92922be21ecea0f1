// How does the calendar run on?
#include "query/period.h"

#include <cstdlib>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using Days = std::chrono::sys_days;

constexpr std::string_view kMonths[] = {"januar", "februar", "mars",      "april",   "mai",      "juni",
                                        "juli",   "august",  "september", "oktober", "november", "desember"};
constexpr std::string_view kShortMonths[] = {"jan.", "feb.", "mars", "april", "mai",  "juni",
                                             "juli", "aug.", "sep.", "okt.",  "nov.", "des."};

int number(std::string_view digits) { return std::atoi(std::string(digits).c_str()); }

Days day_of(std::string_view date) {
  return Days(std::chrono::year(number(date.substr(0, 4))) /
              std::chrono::month(static_cast<unsigned>(number(date.substr(5, 2)))) /
              std::chrono::day(static_cast<unsigned>(number(date.substr(8, 2)))));
}

std::string iso(Days day) {
  const std::chrono::year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

/// The ISO week of a day: that of its Thursday.
std::string week_of(Days day) {
  const Days thursday = day - (std::chrono::weekday(day) - std::chrono::Monday) + std::chrono::days(3);
  const std::chrono::year_month_day d(thursday);
  return fmt::format("{:04}-W{:02}", static_cast<int>(d.year()), (thursday - Days(d.year() / 1 / 1)).count() / 7 + 1);
}

/// The Monday of "2017-W11".
Days monday(std::string_view week) {
  const Days fourth(std::chrono::year(number(week.substr(0, 4))) / 1 / 4);
  return fourth - (std::chrono::weekday(fourth) - std::chrono::Monday) + std::chrono::weeks(number(week.substr(6)) - 1);
}

std::size_t length_of(Period by) { return by == Period::year ? 4 : by == Period::month ? 7 : 10; }

}  // namespace

const std::map<std::string, Period>& period_names() {
  static const std::map<std::string, Period> names = {
      {"day", Period::day}, {"week", Period::week}, {"month", Period::month}, {"year", Period::year}};
  return names;
}

std::string period_of(std::string_view date, Period by) {
  if (date.size() < length_of(by)) return {};
  return by == Period::week ? week_of(day_of(date)) : std::string(date.substr(0, length_of(by)));
}

std::string next_period(const std::string& period, Period by) {
  const std::string_view p = period;
  switch (by) {
    case Period::day:
      return iso(day_of(p) + std::chrono::days(1));
    case Period::week:
      return week_of(monday(p) + std::chrono::weeks(1));
    case Period::month: {
      const int year = number(p.substr(0, 4)), month = number(p.substr(5));
      return month == 12 ? fmt::format("{:04}-01", year + 1) : fmt::format("{:04}-{:02}", year, month + 1);
    }
    case Period::year:
      break;
  }
  return fmt::format("{:04}", number(p) + 1);
}

std::chrono::sys_days first_day(const std::string& period, Period by) {
  switch (by) {
    case Period::day:
      return day_of(period);
    case Period::week:
      return monday(period);
    case Period::month:
      return day_of(period + "-01");
    case Period::year:
      break;
  }
  return day_of(period + "-01-01");
}

std::string norwegian_period(const std::string& period, Period by) {
  const std::string_view p = period;
  const auto month = [&] { return kMonths[(number(p.substr(5, 2)) + 11) % 12]; };
  switch (by) {
    case Period::day:
      return fmt::format("{}. {} {}", number(p.substr(8, 2)), month(), p.substr(0, 4));
    case Period::week:
      return fmt::format("uke {}, {}", number(p.substr(6)), p.substr(0, 4));
    case Period::month:
      return fmt::format("{} {}", month(), p.substr(0, 4));
    case Period::year:
      break;
  }
  return period;
}

std::string_view month_abbreviation(unsigned month) { return kShortMonths[(month + 11) % 12]; }

std::string_view norwegian_name(Period by) {
  constexpr std::string_view kNames[] = {"dag", "uke", "måned", "år"};
  return kNames[static_cast<std::size_t>(by)];
}

}  // namespace spalte::query
