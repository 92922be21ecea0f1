// How are dates read?
#include "schema/date.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

namespace spalte {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Lower case for ASCII and for the Norwegian letters that month names can hold (none do, but "måned" may stand near).
std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

struct Day {
  int year = 0, month = 0, day = 0;  // 0: not given
  bool exists() const {
    if (year < 1500 || year > 2200) return false;
    if (month == 0) return day == 0;
    return month <= 12 && (day == 0 || day <= days_in_month(year, month));
  }
  std::string iso() const {
    if (month == 0) return fmt::format("{:04}", year);
    if (day == 0) return fmt::format("{:04}-{:02}", year, month);
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  }
};

/// A run of digits, a word, or one other character.
struct Piece {
  enum Kind : std::uint8_t { number, word, mark } kind;
  std::string_view text;
  int value = 0;
};

std::vector<Piece> cut(std::string_view s) {
  std::vector<Piece> out;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i + 1;
    if (digit(s[i])) {
      while (end < s.size() && digit(s[end])) ++end;
      Piece p{Piece::number, s.substr(i, end - i)};
      std::from_chars(p.text.data(), p.text.data() + p.text.size(), p.value);
      out.push_back(p);
    } else if (s[i] == ' ' || s[i] == '\t') {
      out.push_back({Piece::mark, " "});
      while (end < s.size() && (s[end] == ' ' || s[end] == '\t')) ++end;
    } else if ((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'z') {
      while (end < s.size() && (s[end] | 0x20) >= 'a' && (s[end] | 0x20) <= 'z') ++end;
      out.push_back({Piece::word, s.substr(i, end - i)});
    } else {
      out.push_back({Piece::mark, s.substr(i, 1)});
    }
    i = end;
  }
  return out;
}

/// Minutes to be taken off to reach UTC, from "Z", "+02:00", "+0200"; nothing for anything else.
std::optional<int> zone_minutes(const std::vector<Piece>& p, std::size_t i) {
  while (i < p.size() && p[i].text == " ") ++i;
  if (i < p.size() && p[i].kind == Piece::word && i + 1 == p.size()) {
    const std::string zone = lowered(p[i].text);
    if (zone == "z" || zone == "gmt" || zone == "utc" || zone == "ut") return 0;
  }
  if (i + 1 >= p.size() || p[i].kind != Piece::mark || (p[i].text != "+" && p[i].text != "-") ||
      p[i + 1].kind != Piece::number)
    return {};
  int minutes = 0;
  if (p[i + 1].text.size() == 4) {
    minutes = p[i + 1].value / 100 * 60 + p[i + 1].value % 100;
  } else if (p[i + 1].text.size() == 2) {
    minutes = p[i + 1].value * 60;
    if (i + 3 < p.size() && p[i + 2].text == ":" && p[i + 3].text.size() == 2) minutes += p[i + 3].value;
  } else {
    return {};
  }
  return p[i].text == "-" ? -minutes : minutes;
}

std::int64_t days_from_civil(int y, int m, int d) {
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  y -= m <= 2 ? 1 : 0;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return static_cast<std::int64_t>(era) * 146097 + doe - 719468;
}

/// "T14:30:05+02:00", " kl. 14.30", " 14:30" after a full day; "" where nothing follows; nothing where something else
/// does.
std::optional<std::string> with_time(const Day& day, const std::vector<Piece>& p, std::size_t i) {
  const auto text = [&](std::size_t at) { return at < p.size() ? p[at].text : std::string_view(); };
  while (text(i) == " " || text(i) == ",") ++i;
  if (i == p.size()) return day.iso();
  bool compact = false;
  if (p[i].kind == Piece::word) {
    const std::string w = lowered(p[i].text);
    compact = w == "t";
    if (w != "t" && w != "kl" && w != "klokka" && w != "klokken") return {};
    ++i;
    while (text(i) == "." || text(i) == " ") ++i;
  }
  int hour = 0, minute = 0;
  if (compact && i < p.size() && p[i].kind == Piece::number && (p[i].text.size() == 4 || p[i].text.size() == 6)) {
    // T1430, T143005, as NITF and NewsML write it
    hour = p[i].value / (p[i].text.size() == 4 ? 100 : 10000);
    minute = p[i].value / (p[i].text.size() == 4 ? 1 : 100) % 100;
    if (hour > 23 || minute > 59) return {};
    ++i;
  } else {
    if (i + 2 >= p.size() || p[i].kind != Piece::number || (p[i + 1].text != ":" && p[i + 1].text != ".") ||
        p[i + 2].kind != Piece::number)
      return {};
    hour = p[i].value;
    minute = p[i + 2].value;
    if (hour > 23 || minute > 59 || p[i].text.size() > 2 || p[i + 2].text.size() != 2) return {};
    i += 3;
  }
  if (text(i) == ":" && i + 1 < p.size() && p[i + 1].kind == Piece::number) {
    i += 2;
    if (text(i) == "." && i + 1 < p.size() && p[i + 1].kind == Piece::number) i += 2;
  }
  if (const auto zone = zone_minutes(p, i)) {
    const std::int64_t utc =
        days_from_civil(day.year, day.month, day.day) * 86400 + hour * 3600 + minute * 60 - *zone * 60;
    return local_time(utc).substr(0, 16);
  }
  return fmt::format("{}T{:02}:{:02}", day.iso(), hour, minute);
}

std::optional<std::string> finish(const Day& day, const std::vector<Piece>& p, std::size_t i) {
  if (!day.exists()) return {};
  if (day.day == 0) return i == p.size() ? std::optional(day.iso()) : std::nullopt;
  return with_time(day, p, i);
}

/// Bytes of a weekday's name and what parts it from the date: "lørdag 17. mai 2011".
std::size_t weekday_length(std::string_view text) {
  constexpr std::array<std::string_view, 18> kDays = {"mon,",   "tue,",    "wed,",   "thu,",    "fri,",  "sat,",
                                                      "sun,",   "mandag", "måndag", "tirsdag", "tysdag", "onsdag", "torsdag",
                                                      "fredag", "lørdag", "laurdag", "søndag", "sundag"};
  const std::string low = lowered(text);
  for (std::string_view day : kDays) {
    if (!low.starts_with(day)) continue;
    std::size_t length = day.size();
    while (length < text.size() && (text[length] == ' ' || text[length] == ',')) ++length;
    return length;
  }
  return 0;
}

}  // namespace

int month_number(std::string_view name) {
  static constexpr std::array<std::array<std::string_view, 4>, 12> kMonths = {{{"januar", "january", "jan", ""},
                                                                               {"februar", "february", "feb", ""},
                                                                               {"mars", "march", "mar", ""},
                                                                               {"april", "apr", "", ""},
                                                                               {"mai", "may", "", ""},
                                                                               {"juni", "june", "jun", ""},
                                                                               {"juli", "july", "jul", ""},
                                                                               {"august", "aug", "", ""},
                                                                               {"september", "sept", "sep", ""},
                                                                               {"oktober", "october", "okt", "oct"},
                                                                               {"november", "nov", "", ""},
                                                                               {"desember", "december", "des", "dec"}}};
  const std::string low = lowered(name);
  for (std::size_t m = 0; m < kMonths.size(); ++m)
    for (std::string_view known : kMonths[m])
      if (!low.empty() && low == known) return static_cast<int>(m) + 1;
  return 0;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month) - 1] + (month == 2 && leap ? 1 : 0);
}

std::optional<std::string> parse_date(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '.')) text.remove_suffix(1);
  text.remove_prefix(weekday_length(text));
  const std::vector<Piece> p = cut(text);
  const auto number = [&](std::size_t i, std::size_t least, std::size_t most) {
    return i < p.size() && p[i].kind == Piece::number && p[i].text.size() >= least && p[i].text.size() <= most;
  };
  const auto mark = [&](std::size_t i, std::string_view marks) {
    return i < p.size() && p[i].kind == Piece::mark && marks.find(p[i].text) != std::string_view::npos;
  };
  if (number(0, 8, 8)) return finish({p[0].value / 10000, p[0].value / 100 % 100, p[0].value % 100}, p, 1);
  if (number(0, 4, 4)) {  // 2011, 2011-05, 2011-05-17
    if (p.size() == 1) return finish({p[0].value}, p, 1);
    if (mark(1, "-/.") && number(2, 1, 2)) {
      if (mark(3, "-/.") && p[3].text == p[1].text && number(4, 1, 2)) {
        if (p[2].value == 0 || p[4].value == 0) return {};
        return finish({p[0].value, p[2].value, p[4].value}, p, 5);
      }
      return p[2].value == 0 ? std::nullopt : finish({p[0].value, p[2].value}, p, 3);
    }
    return {};
  }
  if (number(0, 1, 2) && p[0].value > 0) {  // 17.05.2011, 17. mai 2011, 17 mai 2011, 17/5 2011
    std::size_t i = 1;
    while (mark(i, "./- ")) ++i;
    int month = 0;
    if (number(i, 1, 2)) month = p[i].value;
    if (i < p.size() && p[i].kind == Piece::word) month = month_number(p[i].text);
    if (month == 0) return {};
    ++i;
    while (mark(i, "./- ,")) ++i;
    if (!number(i, 4, 4)) return {};
    return finish({p[i].value, month, p[0].value}, p, i + 1);
  }
  if (!p.empty() && p[0].kind == Piece::word) {  // mai 2011
    const int month = month_number(p[0].text);
    std::size_t i = 1;
    while (mark(i, ". ")) ++i;
    if (month != 0 && number(i, 4, 4)) return finish({p[i].value, month}, p, i + 1);
  }
  return {};
}

std::optional<std::string> find_date_in_name(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!digit(name[i]) || (i > 0 && digit(name[i - 1]))) continue;
    std::size_t end = i;
    while (end < name.size() && digit(name[end])) ++end;
    const auto number = [&](std::size_t at, std::size_t length) {
      int v = 0;
      std::from_chars(name.data() + at, name.data() + at + length, v);
      return v;
    };
    Day day;
    if (end - i == 8) {
      day = {number(i, 4), number(i + 4, 2), number(i + 6, 2)};
    } else if (end - i == 4 && i + 10 <= name.size() &&
               (name[i + 4] == '-' || name[i + 4] == '_' || name[i + 4] == '.') && name[i + 7] == name[i + 4] &&
               digit(name[i + 5]) && digit(name[i + 6]) && digit(name[i + 8]) && digit(name[i + 9]) &&
               (i + 10 == name.size() || !digit(name[i + 10]))) {
      day = {number(i, 4), number(i + 5, 2), number(i + 8, 2)};
    }
    if (day.year >= 1700 && day.month > 0 && day.day > 0 && day.exists()) return day.iso();
  }
  return {};
}

std::string local_time(std::int64_t seconds) {
  thread_local const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone("Europe/Oslo"));
  int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(seconds) * 1000.0, 0, raw, saving, status);
  const std::int64_t local = seconds + (U_SUCCESS(status) ? (raw + saving) / 1000 : 3600);
  std::int64_t days = local / 86400, rest = local % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  // Hinnant's civil_from_days.
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", yoe + era * 400 + (month <= 2 ? 1 : 0), month,
                     doy - (153 * mp + 2) / 5 + 1, rest / 3600, rest / 60 % 60, rest % 60);
}

std::string local_now() {
  const char* named = std::getenv("SPALTE_NOW");
  return named != nullptr ? named : local_time(std::time(nullptr));
}

}  // namespace spalte
