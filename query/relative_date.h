// Which days does a word like "i fjor", "forrige uke" or "mandag" mean today?
#pragma once

#include "query/date_range.h"

#include <optional>
#include <string_view>

namespace spalte::query {

/// Periods that are told from today on, and weeks, quarters and decades, in bokmål, nynorsk and English; `text` is
/// normalised, `today` YYYY-MM-DD. Nothing: it is none of them.
///
/// - days and what is counted from now: "i dag", "i forgårs", "førre veke", "denne måneden", "i fjor", "neste år";
/// - names: "mandag", "mars", "17. mai", "uke 11": the latest one that has begun, today's included; with "forrige",
///   "førre", "sist" or "last" the one before; "mars i fjor";
/// - so long ago: "for tre uker siden" is that day; "3m", "siste 3 måneder", "dei siste to vekene" since then;
/// - "uke 11 2017", "2017-w11", "1. kvartal 2017", "1990-tallet", "90-talet".
std::optional<DateRange> relative_period(std::string_view text, std::string_view today);

/// First day, and the first day after, of an ISO date, month or year, or of a minute.
DateRange range_of(const std::string& iso);

}  // namespace spalte::query
