// Words for days, units and their distance, in three languages.
#include "query/relative_date.h"

#include "query/calendar.h"
#include "schema/date.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Unit : std::uint8_t { day, week, month, year };

struct UnitName {
  std::string_view name;
  Unit unit;
};
constexpr UnitName kUnits[] = {
    {"dag", Unit::day},       {"dagen", Unit::day},       {"dager", Unit::day},       {"dagar", Unit::day},
    {"dagene", Unit::day},    {"dagane", Unit::day},      {"døgn", Unit::day},        {"day", Unit::day},
    {"days", Unit::day},      {"uke", Unit::week},        {"uka", Unit::week},        {"uken", Unit::week},
    {"uker", Unit::week},     {"ukene", Unit::week},      {"veke", Unit::week},       {"veka", Unit::week},
    {"veker", Unit::week},    {"vekene", Unit::week},     {"week", Unit::week},       {"weeks", Unit::week},
    {"måned", Unit::month},   {"måneden", Unit::month},   {"måneder", Unit::month},   {"månedene", Unit::month},
    {"månad", Unit::month},   {"månaden", Unit::month},   {"månader", Unit::month},   {"månadene", Unit::month},
    {"månadane", Unit::month}, {"month", Unit::month},    {"months", Unit::month},    {"år", Unit::year},
    {"året", Unit::year},     {"åra", Unit::year},        {"årene", Unit::year},      {"year", Unit::year},
    {"years", Unit::year}};

struct FixedName {
  std::string_view name;
  Unit unit;
  int distance;
};
constexpr FixedName kFixed[] = {
    {"i dag", Unit::day, 0},       {"today", Unit::day, 0},      {"i går", Unit::day, -1},
    {"yesterday", Unit::day, -1},  {"i forgårs", Unit::day, -2}, {"i førgårs", Unit::day, -2},
    {"i førgår", Unit::day, -2},   {"i morgen", Unit::day, 1},   {"i morgon", Unit::day, 1},
    {"tomorrow", Unit::day, 1},    {"i år", Unit::year, 0},      {"i fjor", Unit::year, -1},
    {"i forfjor", Unit::year, -2}, {"i førfjor", Unit::year, -2}};

struct Determiner {
  std::string_view name;
  int distance;
};
constexpr Determiner kDeterminers[] = {{"denne ", 0},   {"dette ", 0}, {"this ", 0},   {"forrige ", -1}, {"førre ", -1},
                                       {"sist ", -1},   {"last ", -1}, {"neste ", 1},  {"next ", 1}};

constexpr std::array<std::array<std::string_view, 4>, 7> kWeekdays = {{{"mandag", "måndag", "monday", "mon"},
                                                                       {"tirsdag", "tysdag", "tuesday", "tue"},
                                                                       {"onsdag", "onsdag", "wednesday", "wed"},
                                                                       {"torsdag", "torsdag", "thursday", "thu"},
                                                                       {"fredag", "fredag", "friday", "fri"},
                                                                       {"lørdag", "laurdag", "saturday", "sat"},
                                                                       {"søndag", "sundag", "sunday", "sun"}}};

constexpr std::array<std::array<std::string_view, 4>, 13> kNumbers = {{{"", "", "", ""},
                                                                       {"en", "ein", "ett", "one"},
                                                                       {"to", "two", "", ""},
                                                                       {"tre", "three", "", ""},
                                                                       {"fire", "four", "", ""},
                                                                       {"fem", "five", "", ""},
                                                                       {"seks", "six", "", ""},
                                                                       {"sju", "syv", "seven", ""},
                                                                       {"åtte", "eight", "", ""},
                                                                       {"ni", "nine", "", ""},
                                                                       {"ti", "ten", "", ""},
                                                                       {"elleve", "eleven", "", ""},
                                                                       {"tolv", "twelve", "", ""}}};

bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

bool take_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

/// -1: no number of at most four digits.
int number(std::string_view s) {
  int n = -1;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  return error == std::errc() && !s.empty() && s.size() <= 4 && s[0] != '-' && end == s.data() + s.size() ? n : -1;
}

int number_or_word(std::string_view s) {
  if (s == "et" || s == "ei" || s == "eit" || s == "a") return 1;
  for (std::size_t n = 1; n < kNumbers.size(); ++n)
    for (std::string_view word : kNumbers[n])
      if (!word.empty() && word == s) return static_cast<int>(n);
  return number(s);
}

std::optional<Unit> unit_of(std::string_view s) {
  for (const UnitName& u : kUnits)
    if (u.name == s) return u.unit;
  return {};
}

int year_of(std::string_view iso) { return number(iso.substr(0, 4)); }
int month_of(std::string_view iso) { return number(iso.substr(5, 2)); }

/// The calendar's unit so many after the one that today is in.
DateRange calendar_unit(Unit unit, int distance, std::string_view today) {
  switch (unit) {
    case Unit::day: {
      const Days day = day_of(today) + std::chrono::days(distance);
      return {iso_date(day), iso_date(day + std::chrono::days(1))};
    }
    case Unit::week: {
      const Days monday = monday_of(day_of(today)) + std::chrono::weeks(distance);
      return {iso_date(monday), iso_date(monday + std::chrono::weeks(1))};
    }
    case Unit::month: {
      const int months = year_of(today) * 12 + month_of(today) - 1 + distance;
      return {iso_month(months), iso_month(months + 1)};
    }
    case Unit::year:
      return {iso_year(year_of(today) + distance), iso_year(year_of(today) + distance + 1)};
  }
  return {};
}

std::string ago(int n, Unit unit, std::string_view today) {
  const Days now = day_of(today);
  switch (unit) {
    case Unit::day:
      return iso_date(now - std::chrono::days(n));
    case Unit::week:
      return iso_date(now - std::chrono::weeks(n));
    case Unit::month:
      return iso_date(plus_months(now, -n));
    case Unit::year:
      return iso_date(plus_months(now, -12 * n));
  }
  return {};
}

/// "3d", "2u", "3m", "1å": since that day.
std::optional<DateRange> short_ago(std::string_view text, std::string_view today) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const int n = number(text.substr(0, digits));
  if (n < 0) return {};
  constexpr std::pair<std::string_view, Unit> kLetters[] = {{"d", Unit::day},   {"u", Unit::week}, {"w", Unit::week},
                                                            {"v", Unit::week},  {"m", Unit::month}, {"y", Unit::year},
                                                            {"å", Unit::year}};
  for (const auto& [letter, unit] : kLetters)
    if (text.substr(digits) == letter) return DateRange{ago(n, unit, today), ""};
  return {};
}

/// "tre uker" → 3 weeks; "uke" alone is one.
std::optional<std::pair<int, Unit>> quantity(std::string_view text) {
  const std::size_t gap = text.find(' ');
  const auto unit = unit_of(gap == std::string_view::npos ? text : text.substr(gap + 1));
  if (!unit) return {};
  const int n = gap == std::string_view::npos ? 1 : number_or_word(text.substr(0, gap));
  if (n < 0) return {};
  return std::pair{n, *unit};
}

std::optional<DateRange> long_ago(std::string_view text, std::string_view today) {
  std::string_view rest = text;
  if ((take(rest, "for ") && (take_end(rest, " siden") || take_end(rest, " sidan"))) || take_end(rest, " ago"))
    if (const auto q = rest.find(' ') == std::string_view::npos ? std::nullopt : quantity(rest); q)
      return range_of(ago(q->first, q->second, today));
  rest = text;
  for (std::string_view article : {"de ", "dei ", "den ", "det ", "the "})
    if (take(rest, article)) break;
  const bool english = rest.starts_with("last ");
  if (take(rest, "siste ") || take(rest, "last ") || take(rest, "past ")) {
    // English "last week" is the calendar's; "last 3 weeks" and "siste uke" are the time until now.
    if (english && rest.find(' ') == std::string_view::npos) return {};
    if (const auto q = quantity(rest)) return DateRange{ago(q->first, q->second, today), ""};
  }
  return {};
}

/// The latest of a kind of period that has begun; `before`: the one before that which holds today.
template <typename Make>
DateRange latest(const Make& make, int first, bool before, std::string_view today) {
  for (int i = first;; --i) {
    DateRange r = make(i);
    if (std::string_view(before ? r.end : r.begin).compare(today) <= 0) return r;  // clang 14 knows no <= here
  }
}

std::optional<DateRange> weekday(std::string_view text, bool before, std::string_view today) {
  take(text, "på ");
  for (std::size_t d = 0; d < kWeekdays.size(); ++d)
    for (std::string_view name : kWeekdays[d]) {
      if (text != name) continue;
      const Days start = monday_of(day_of(today)) + std::chrono::days(d);
      return latest(
          [&](int week) {
            return calendar_unit(Unit::day, 0, iso_date(start + std::chrono::weeks(week)));
          },
          0, before, today);
    }
  return {};
}

std::optional<DateRange> month(std::string_view text, bool before, std::string_view today) {
  take(text, "i ");
  std::optional<int> year;
  for (const FixedName& f : kFixed)
    if (f.unit == Unit::year && text.size() > f.name.size() + 1 && text.ends_with(f.name) &&
        text[text.size() - f.name.size() - 1] == ' ') {
      year = year_of(today) + f.distance;
      text.remove_suffix(f.name.size() + 1);
      break;
    }
  const int m = month_number(text);
  if (m == 0) return {};
  const auto make = [&](int y) { return DateRange{iso_month(y * 12 + m - 1), iso_month(y * 12 + m)}; };
  return year ? make(*year) : latest(make, year_of(today), before, today);
}

/// "17. mai", "17.5.": a day of no year.
std::optional<DateRange> day_of_year(std::string_view text, bool before, std::string_view today) {
  constexpr int kLeapYears = 8;
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty() || text[0] < '0' || text[0] > '9') return {};
  // With a year behind it, it must be a date, and without one none.
  for (int y = year_of(today); y > year_of(today) - kLeapYears; --y)
    for (const char* between : {" ", "."}) {
      const auto date = parse_date(fmt::format("{}{}{}", text, between, y));
      if (!date || date->size() != 10) continue;
      DateRange r = range_of(*date);
      if ((before ? r.end : r.begin) <= today) return r;
    }
  return {};
}

std::optional<DateRange> week(std::string_view text, std::string_view today) {
  int n = -1, year = -1;
  if (text.size() >= 7 && text.substr(4, 2) == "-w") {  // 2017-w11, as timelines write it
    year = number(text.substr(0, 4));
    n = number(text.substr(6));
    if (year < 0) return {};
  } else if (take(text, "uke ") || take(text, "veke ") || take(text, "week ")) {
    const std::size_t gap = std::min(text.find_first_of(" ,"), text.size());
    n = number(text.substr(0, gap));
    text.remove_prefix(gap);
    while (text.starts_with(' ') || text.starts_with(',')) text.remove_prefix(1);
    take(text, "i ");
    if (!text.empty() && (year = number(text)) < 0) return {};
  }
  if (n < 1 || n > 53) return {};
  const auto make = [&](int y) {
    const Days monday = monday_of_week(y, n);
    return DateRange{iso_date(monday), iso_date(monday + std::chrono::weeks(1))};
  };
  if (year < 0) {
    int y = week_year(day_of(today));
    while (n > weeks_of_year(y) || make(y).begin > today) --y;
    return make(y);
  }
  if (year < 1500 || year > 2200 || n > weeks_of_year(year)) return {};
  return make(year);
}

/// "1. kvartal 2017", "2017-q1", "1990-tallet".
std::optional<DateRange> long_period(std::string_view text, std::string_view today) {
  int quarter = -1, year = -1;
  if (text.size() == 7 && text.substr(4, 2) == "-q") {
    year = number(text.substr(0, 4));
    quarter = number(text.substr(6));
  } else if (text.size() > 11 && text.substr(1, 10) == ". kvartal ") {
    quarter = number(text.substr(0, 1));
    year = number(text.substr(11));
  }
  if (quarter >= 1 && quarter <= 4 && year >= 1500 && year <= 2200)
    return DateRange{iso_month(year * 12 + 3 * quarter - 3), iso_month(year * 12 + 3 * quarter)};
  if (!take_end(text, "-tallet") && !take_end(text, "-talet") && !take_end(text, "s")) return {};
  int decade = number(text);
  if (decade < 0 || decade % 10 != 0) return {};
  if (text.size() == 2) {
    const int century = year_of(today) / 100 * 100;
    decade += century + decade > year_of(today) ? century - 100 : century;
  }
  if (decade < 1500 || decade > 2200) return {};
  return DateRange{iso_year(decade), iso_year(decade + (decade % 100 == 0 && text.size() == 4 ? 100 : 10))};
}

}  // namespace

DateRange range_of(const std::string& iso) {
  if (iso.size() == 4) return {iso, iso_year(year_of(iso) + 1)};
  if (iso.size() == 7) return {iso, iso_month(year_of(iso) * 12 + month_of(iso))};
  if (iso.size() == 10) return {iso, iso_date(day_of(iso) + std::chrono::days(1))};
  return {iso, iso + "\x7f"};  // a minute: every value that begins so
}

std::optional<DateRange> relative_period(std::string_view text, std::string_view today) {
  for (const FixedName& f : kFixed)
    if (f.name == text) return calendar_unit(f.unit, f.distance, today);
  if (auto r = short_ago(text, today)) return r;
  if (auto r = long_ago(text, today)) return r;
  for (const Determiner& d : kDeterminers) {
    std::string_view rest = text;
    if (!take(rest, d.name)) continue;
    if (const auto unit = unit_of(rest)) return calendar_unit(*unit, d.distance, today);
    if (d.distance > 0) return {};
    if (auto r = weekday(rest, d.distance < 0, today)) return r;
    if (auto r = month(rest, d.distance < 0, today)) return r;
    return day_of_year(rest, d.distance < 0, today);
  }
  if (auto r = weekday(text, false, today)) return r;
  if (auto r = month(text, false, today)) return r;
  if (auto r = week(text, today)) return r;
  if (auto r = day_of_year(text, false, today)) return r;
  return long_period(text, today);
}

}  // namespace spalte::query
