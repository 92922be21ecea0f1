// How are sources, dates and languages of all articles read?
#include "query/coverage.h"

#include "query/collation.h"
#include "query/period.h"
#include "query/shown.h"
#include "query/tally.h"
#include "query/values.h"
#include "schema/slots.h"

#include <algorithm>
#include <unordered_map>

namespace spalte::query {

std::vector<SourceCoverage> coverage(Reader& reader) {
  struct Tally {
    std::unordered_map<std::uint32_t, std::int64_t> days;
    std::unordered_map<std::string, std::int64_t> languages;
    std::int64_t articles = 0;
  };
  std::unordered_map<std::string, Tally> tallies;
  constexpr std::uint32_t kDay = 10;  // YYYY-MM-DD
  for (const auto& [values, n] : tally_values(newest_shown(Xapian::Query::MatchAll, reader),
                                              {{slot::kSource}, {slot::kPublished, kDay}, {slot::kLanguage}}, reader)) {
    Tally& t = tallies[values[0]];
    t.articles += n;
    t.days[packed_day(values[1])] += n;
    t.languages[values[2]] += n;
  }
  std::vector<SourceCoverage> out;
  for (const auto& [source, t] : tallies) {
    SourceCoverage c;
    c.source = source;
    c.articles = t.articles;
    c.languages = {t.languages.begin(), t.languages.end()};
    for (const auto& [day, n] : t.days) {
      const std::string date = unpacked_day(day), month = period_of(date, Period::month);
      (month.empty() ? c.without_month : c.months[month]) += n;
      if (date.empty()) {
        c.undated += n;
        continue;
      }
      if (c.first.empty() || date < c.first) c.first = date;
      c.last = std::max(c.last, date);
    }
    out.push_back(std::move(c));
  }
  std::sort(out.begin(), out.end(), [](const SourceCoverage& a, const SourceCoverage& b) {
    return a.articles != b.articles ? a.articles > b.articles : collation_key(a.source) < collation_key(b.source);
  });
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> months_of(const SourceCoverage& source) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  if (source.months.empty()) return out;
  const std::string last = source.months.rbegin()->first;
  for (std::string month = source.months.begin()->first; month <= last; month = next_period(month, Period::month)) {
    const auto found = source.months.find(month);
    out.emplace_back(month, found == source.months.end() ? 0 : found->second);
  }
  return out;
}

}  // namespace spalte::query
