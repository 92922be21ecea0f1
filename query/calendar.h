// Which days make up a week, a month, a year? Arithmetic on ISO dates, for periods that are asked for.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace spalte::query {

using Days = std::chrono::sys_days;

/// YYYY-MM-DD.
std::string iso_date(Days day);
/// Of YYYY-MM-DD, at least.
Days day_of(std::string_view iso);
/// Years before 1 are year 1, those after 9998 that.
std::string iso_year(int year);
/// YYYY-MM of the month `months` after January of year 0.
std::string iso_month(int months);
/// Monday of the ISO week.
Days monday_of_week(int year, int week);
/// 52 or 53.
int weeks_of_year(int year);
inline Days monday_of(Days day) { return day - (std::chrono::weekday(day) - std::chrono::Monday); }
/// The ISO week's year: that of its Thursday.
int week_year(Days day);
/// That day so many months later, or the month's last day.
Days plus_months(Days day, int months);

}  // namespace spalte::query
