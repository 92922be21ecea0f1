// Which day does a text mean? Dates as newspapers and files write them, in both standards and English.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spalte {

/// ISO 8601 in Europe/Oslo: "2011", "2011-05", "2011-05-17" or "2011-05-17T14:30" (what Article::published holds), or
/// nothing where the text is no date or names a day that does not exist. Understood: ISO with and without time and
/// zone, "20110517", "20110517T143005+0200", "Tue, 17 May 2011 14:30:05 GMT" (feeds), "17.05.2011", "17.5.2011 kl. 14.30",
/// "17. mai 2011", "17 mai 2011", "17/5 2011", "mai 2011", "2011". Years 1500 to 2200.
std::optional<std::string> parse_date(std::string_view text);

/// A date somewhere in a file name: "2011-05-17-brann", "20110517_1", "vg_2011_05_17".
std::optional<std::string> find_date_in_name(std::string_view name);

/// 1 to 12 for a month's name or abbreviation (nb, nn, en; any case), else 0.
int month_number(std::string_view name);
/// 0 where there is no such month.
int days_in_month(int year, int month);

/// Local date-time in Europe/Oslo, "YYYY-MM-DDThh:mm:ss".
std::string local_time(std::int64_t seconds_since_1970);
/// What an embargo is held against: local_time of now, or what SPALTE_NOW says (for tests).
std::string local_now();

}  // namespace spalte
