// How is a period turned into its first and last day?
#include "query/date_range.h"

#include "language/normalise.h"
#include "query/relative_date.h"
#include "schema/date.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace spalte::query {
namespace {

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

std::optional<DateRange> single(std::string_view text, std::string_view today) {
  if (auto date = parse_date(text)) return range_of(*date);
  return relative_period(text, today);
}

/// The two ends as they were written.
struct Ends {
  std::string_view from, to;
};

std::optional<Ends> ends_of(std::string_view text) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos)
    return Ends{trimmed(text.substr(0, dots)), trimmed(text.substr(dots + 2))};
  if (text.size() == 9 && text[4] == '-' && text.find_first_not_of("0123456789-") == std::string_view::npos)
    return Ends{text.substr(0, 4), text.substr(5)};
  for (std::string_view start : {"fra ", "frå ", "from "})
    if (text.starts_with(start)) text.remove_prefix(start.size());
  for (std::string_view between : {" til ", " to "})
    if (const std::size_t at = text.find(between); at != std::string_view::npos)
      return Ends{trimmed(text.substr(0, at)), trimmed(text.substr(at + between.size()))};
  for (std::string_view since : {"siden ", "sidan ", "since "})
    if (text.starts_with(since)) return Ends{trimmed(text.substr(since.size())), {}};
  return {};
}

/// "før 2015" ends where 2015 begins, "etter 2015" begins where it ends.
std::optional<DateRange> before_or_after(std::string_view text, std::string_view today) {
  for (std::string_view before : {"før ", "before "})
    if (text.starts_with(before))
      if (const auto r = single(trimmed(text.substr(before.size())), today)) return DateRange{"", r->begin};
  for (std::string_view after : {"etter ", "after "})
    if (text.starts_with(after))
      if (const auto r = single(trimmed(text.substr(after.size())), today); r && !r->end.empty())
        return DateRange{r->end, ""};
  return {};
}

}  // namespace

Result<DateRange> parse_date_range(std::string_view value, std::string_view today) {
  const std::string normalised = language::normalise(value);
  const std::string_view text = trimmed(normalised);
  const auto wrong = [&](std::string_view part) {
    return fail(ErrorCode::usage, fmt::format("`{}` is no date", part),
                "2017, 2017-03, 16.03.2017, \"mars 2017\", \"uke 11 2017\", 2017-03-01..2017-03-31, 3m.., \"i går\", "
                "\"forrige uke\" are");
  };
  const bool dots = text.find("..") != std::string_view::npos;
  if (const auto one = dots ? std::optional<DateRange>() : single(text, today)) return *one;
  if (const auto one = before_or_after(text, today)) return *one;
  const auto ends = ends_of(text);
  if (!ends || (ends->from.empty() && ends->to.empty())) return wrong(value);
  DateRange range;
  if (!ends->from.empty()) {
    const auto begin = single(ends->from, today);
    if (!begin) return wrong(ends->from);
    range.begin = begin->begin;
  }
  if (!ends->to.empty()) {
    const auto end = single(ends->to, today);
    if (!end) return wrong(ends->to);
    range.end = end->end.empty() ? range_of(end->begin).end : end->end;
  }
  if (!range.begin.empty() && !range.end.empty() && range.end <= range.begin)
    return fail(ErrorCode::usage, fmt::format("the range `{}` ends before it begins", value), "turn it round");
  return range;
}

}  // namespace spalte::query
