// Which day, week, month or year does a date lie in, and what do Norwegians call it?
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace spalte::query {

enum class Period : std::uint8_t { day, week, month, year };

/// day, week, month, year: the values of --by.
const std::map<std::string, Period>& period_names();

/// "2017-03-16", "2017-W11" (ISO 8601), "2017-03" or "2017" for an ISO date; empty where it is too coarse.
std::string period_of(std::string_view date, Period by);
/// The one after it.
std::string next_period(const std::string& period, Period by);
std::chrono::sys_days first_day(const std::string& period, Period by);

/// "16. mars 2017", "uke 11, 2017", "mars 2017", "2017".
std::string norwegian_period(const std::string& period, Period by);
/// "jan.", "feb.", "mars" … as Språkrådet abbreviates them; 1 to 12.
std::string_view month_abbreviation(unsigned month);
/// "dag", "uke", "måned", "år".
std::string_view norwegian_name(Period by);

}  // namespace spalte::query
