// How is a period turned into its first and last day?
#include "query/date_range.h"

#include "language/normalise.h"
#include "schema/date.h"

#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using Days = std::chrono::sys_days;

std::string iso(Days day) {
  const std::chrono::year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

int number(std::string_view s) {
  int n = -1;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  return error == std::errc() && end == s.data() + s.size() ? n : -1;
}

Days day_of(std::string_view text) {
  return Days(std::chrono::year(number(text.substr(0, 4))) /
              std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))) /
              std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2)))));
}

/// First day, and the first day after, of an ISO date, month or year.
DateRange period(const std::string& date) {
  if (date.size() == 4) return {date, fmt::format("{:04}", number(date) + 1)};
  if (date.size() == 7) {
    const int year = number(date.substr(0, 4)), month = number(date.substr(5, 2));
    return {date, month == 12 ? fmt::format("{:04}-01", year + 1) : fmt::format("{:04}-{:02}", year, month + 1)};
  }
  if (date.size() == 10) return {date, iso(day_of(date) + std::chrono::days(1))};
  return {date, date + "\x7f"};  // a minute: every value that begins so
}

/// "uke 11 2017": Monday to Sunday of that ISO week.
std::optional<DateRange> week(std::string_view text) {
  for (std::string_view name : {"uke ", "veke ", "week "}) {
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    const std::size_t gap = text.find(' ');
    if (gap == std::string_view::npos) return {};
    const int n = number(text.substr(0, gap)), year = number(text.substr(gap + 1));
    if (n < 1 || n > 53 || year < 1500 || year > 2200) return {};
    const Days fourth(std::chrono::year(year) / 1 / 4);  // always in week 1
    const Days monday = fourth - (std::chrono::weekday(fourth) - std::chrono::Monday) + std::chrono::weeks(n - 1);
    if (n == 53 && std::chrono::year_month_day(monday + std::chrono::days(3)).year() != std::chrono::year(year))
      return {};
    return DateRange{iso(monday), iso(monday + std::chrono::days(7))};
  }
  return {};
}

/// "3d", "2u", "3m", "1y": that day so long ago.
std::optional<std::string> ago(std::string_view text, std::string_view today) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 4 || digits == text.size()) return {};
  const int n = number(text.substr(0, digits));
  const std::string_view unit = text.substr(digits);
  const Days now = day_of(today);
  const std::chrono::year_month_day date(now);
  const auto last_of = [](std::chrono::year_month ym, std::chrono::day d) {
    const std::chrono::year_month_day_last last(ym / std::chrono::last);
    return iso(Days(ym / std::min(d, last.day())));
  };
  if (unit == "d") return iso(now - std::chrono::days(n));
  if (unit == "u" || unit == "w" || unit == "v") return iso(now - std::chrono::weeks(n));
  if (unit == "m") return last_of(date.year() / date.month() - std::chrono::months(n), date.day());
  if (unit == "y" || unit == "å") return last_of(date.year() / date.month() - std::chrono::years(n), date.day());
  return {};
}

std::optional<DateRange> single(std::string_view text, std::string_view today) {
  const Days now = day_of(today);
  if (text == "i dag" || text == "today") return period(std::string(today));
  if (text == "i går" || text == "yesterday") return period(iso(now - std::chrono::days(1)));
  if (text == "i år") return period(std::string(today.substr(0, 4)));
  if (text == "i fjor") return period(fmt::format("{:04}", number(today.substr(0, 4)) - 1));
  if (auto w = week(text)) return w;
  if (auto since = ago(text, today)) return DateRange{*since, ""};
  if (auto date = parse_date(text)) return period(*date);
  return {};
}

}  // namespace

Result<DateRange> parse_date_range(std::string_view value, std::string_view today) {
  const std::string text = language::normalise(value);
  const auto wrong = [&](std::string_view part) {
    return fail(
        ErrorCode::usage, fmt::format("`{}` is no date", part),
        "2017, 2017-03, 16.03.2017, \"mars 2017\", \"uke 11 2017\", 2017-03-01..2017-03-31, 3m.., \"i går\" are");
  };
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) {
    const auto one = single(text, today);
    if (!one) return wrong(value);
    return *one;
  }
  if (text == "..") return wrong(value);
  DateRange range;
  const std::string from = text.substr(0, dots), to = text.substr(dots + 2);
  if (!from.empty()) {
    const auto begin = single(from, today);
    if (!begin) return wrong(from);
    range.begin = begin->begin;
  }
  if (!to.empty()) {
    const auto end = single(to, today);
    if (!end) return wrong(to);
    range.end = end->end.empty() ? period(end->begin).end : end->end;
  }
  if (!range.begin.empty() && !range.end.empty() && range.end <= range.begin)
    return fail(ErrorCode::usage, fmt::format("the range `{}` ends before it begins", value), "turn it round");
  return range;
}

}  // namespace spalte::query
