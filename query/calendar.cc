// How are days counted?
#include "query/calendar.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace spalte::query {
namespace {

int number(std::string_view digits) {
  int n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

}  // namespace

std::string iso_date(Days day) {
  const std::chrono::year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

Days day_of(std::string_view iso) {
  return Days(std::chrono::year(number(iso.substr(0, 4))) /
              std::chrono::month(static_cast<unsigned>(number(iso.substr(5, 2)))) /
              std::chrono::day(static_cast<unsigned>(number(iso.substr(8, 2)))));
}

std::string iso_year(int year) { return fmt::format("{:04}", std::clamp(year, 1, 9998)); }

std::string iso_month(int months) {
  const int clamped = std::clamp(months, 12, 9998 * 12 + 11);
  return fmt::format("{:04}-{:02}", clamped / 12, clamped % 12 + 1);
}

Days monday_of_week(int year, int week) {
  return monday_of(Days(std::chrono::year(year) / 1 / 4)) + std::chrono::weeks(week - 1);  // 4 January is in week 1
}

int week_year(Days day) {
  return static_cast<int>(std::chrono::year_month_day(monday_of(day) + std::chrono::days(3)).year());
}

int weeks_of_year(int year) { return week_year(monday_of_week(year, 53)) == year ? 53 : 52; }

Days plus_months(Days day, int months) {
  const std::chrono::year_month_day d(day);
  const auto month = d.year() / d.month() + std::chrono::months(months);
  if (month.year() < std::chrono::year(1)) return Days(std::chrono::year(1) / 1 / 1);
  const std::chrono::year_month_day_last last(month / std::chrono::last);
  return Days(month / std::min(d.day(), last.day()));
}

}  // namespace spalte::query
