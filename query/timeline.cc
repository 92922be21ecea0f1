// Which periods lie between the first and the last?
#include "query/timeline.h"

#include "query/tally.h"
#include "query/values.h"
#include "schema/slots.h"

#include <algorithm>
#include <map>

namespace spalte::query {
namespace {

using Counts = std::map<std::string, std::int64_t>;

/// Articles by period; `undated` those whose date is missing or too coarse.
Counts by_period(const Xapian::Query& query, Period by, std::uint32_t slot, std::int64_t& undated, Reader& reader) {
  Counts periods;
  for (const auto& [day, n] : tally_days(query, slot, reader)) {
    const std::string period = period_of(unpacked_day(day), by);
    (period.empty() ? undated : periods[period]) += n;
  }
  return periods;
}

std::int64_t at(const Counts& counts, const std::string& period) {
  const auto found = counts.find(period);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

std::vector<Timeline> make_timelines(const std::vector<TimelineQuery>& queries, Period by, Span span,
                                     bool guessed_dates, Reader& reader) {
  const std::uint32_t slot = guessed_dates ? slot::kPublishedAny : slot::kPublished;
  std::vector<Timeline> out(queries.size());
  std::vector<Counts> counts, totals;
  std::string first, last;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    out[q].undated.period = "undated";
    counts.push_back(by_period(queries[q].matches, by, slot, out[q].undated.count, reader));
    // Without words to look for, what is found is all there is.
    if (queries[q].all.get_description() == queries[q].matches.get_description()) {
      totals.push_back(counts.back());
      out[q].undated.total = out[q].undated.count;
    } else {
      totals.push_back(by_period(queries[q].all, by, slot, out[q].undated.total, reader));
    }
    const Counts& range = span == Span::matches ? counts.back() : totals.back();
    if (range.empty()) continue;
    if (first.empty() || range.begin()->first < first) first = range.begin()->first;
    last = std::max(last, range.rbegin()->first);
  }
  if (first.empty()) return out;
  for (std::string period = first; period <= last; period = next_period(period, by))
    for (std::size_t q = 0; q < queries.size(); ++q)
      out[q].rows.push_back({period, at(counts[q], period), at(totals[q], period)});
  return out;
}

}  // namespace spalte::query
