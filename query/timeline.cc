// Which periods lie between the first and the last?
#include "query/timeline.h"

#include "query/facets.h"
#include "schema/slots.h"

#include <chrono>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using Days = std::chrono::sys_days;

Days day_of(const std::string& date) {
  return Days(std::chrono::year(std::atoi(date.substr(0, 4).c_str())) /
              std::chrono::month(static_cast<unsigned>(std::atoi(date.substr(5, 2).c_str()))) /
              std::chrono::day(static_cast<unsigned>(std::atoi(date.substr(8, 2).c_str()))));
}

std::string iso(Days day) {
  const std::chrono::year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

/// The ISO week of a day: "2017-W11".
std::string week_of(Days day) {
  const Days thursday = day - (std::chrono::weekday(day) - std::chrono::Monday) + std::chrono::days(3);
  const std::chrono::year_month_day d(thursday);
  return fmt::format("{:04}-W{:02}", static_cast<int>(d.year()), (thursday - Days(d.year() / 1 / 1)).count() / 7 + 1);
}

std::size_t length_of(Period by) { return by == Period::year ? 4 : by == Period::month ? 7 : 10; }

/// Empty: the date is too coarse.
std::string period_of(const std::string& date, Period by) {
  if (date.size() < length_of(by)) return {};
  return by == Period::week ? week_of(day_of(date)) : date.substr(0, length_of(by));
}

std::string next(const std::string& period, Period by) {
  if (by == Period::year) return fmt::format("{:04}", std::atoi(period.c_str()) + 1);
  if (by == Period::day) return iso(day_of(period) + std::chrono::days(1));
  if (by == Period::week) {
    const int year = std::atoi(period.substr(0, 4).c_str()), week = std::atoi(period.substr(6).c_str());
    const Days fourth(std::chrono::year(year) / 1 / 4);
    return week_of(fourth - (std::chrono::weekday(fourth) - std::chrono::Monday) + std::chrono::weeks(week));
  }
  const int year = std::atoi(period.substr(0, 4).c_str()), month = std::atoi(period.substr(5).c_str());
  return month == 12 ? fmt::format("{:04}-01", year + 1) : fmt::format("{:04}-{:02}", year, month + 1);
}

}  // namespace

Timeline make_timeline(const Xapian::Query& query, const Xapian::Query& all, Period by, bool guessed_dates,
                       Reader& reader) {
  const std::uint32_t slot = guessed_dates ? slot::kPublishedAny : slot::kPublished;
  Timeline out;
  std::map<std::string, TimelineRow> rows;
  for (const auto& [date, n] : count_values(query, slot, length_of(by), reader)) {
    const std::string period = period_of(date, by);
    (period.empty() ? out.undated : rows[period].count) += n;
  }
  std::map<std::string, std::int64_t> totals;
  for (const auto& [date, n] : count_values(all, slot, length_of(by), reader)) {
    const std::string period = period_of(date, by);
    (period.empty() ? out.undated_total : totals[period]) += n;
  }
  if (rows.empty()) return out;
  const std::string last = rows.rbegin()->first;
  for (std::string period = rows.begin()->first;; period = next(period, by)) {
    TimelineRow row = rows[period];
    row.period = period;
    const auto total = totals.find(period);
    row.total = total != totals.end() ? total->second : 0;
    out.rows.push_back(std::move(row));
    if (period == last) break;
  }
  return out;
}

}  // namespace spalte::query
