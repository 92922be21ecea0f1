// How many of the matches have each value? Counted where the matches are: a shard sends one answer a value, and no
// matches.
#pragma once

#include "query/reader.h"
#include "query/shard_data.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// All inside Reader::request. Cost: about 1 µs a match, on the shard that has it, and a few bytes a distinct value.

/// A slot, and how many bytes of its values count (4: the year of a date).
struct CountedSlot {
  std::uint32_t slot;
  std::uint32_t cut = 4096;
};
/// Articles by each combination of values that occurs, "" for those without; in no order, and each combination once.
std::vector<ValueTally> tally_values(const Xapian::Query& query, const std::vector<CountedSlot>& slots, Reader& reader);
/// Each name once, in no order.
std::vector<NameTally> tally_names(const Xapian::Query& query, Reader& reader);
/// Topic codes, ancestors counted with each article.
std::map<std::uint32_t, std::int64_t> tally_topics(const Xapian::Query& query, Reader& reader);

/// Articles by packed_day (query/values.h) of that slot, time of day left out.
std::map<std::uint32_t, std::int64_t> tally_days(const Xapian::Query& query, std::uint32_t slot, Reader& reader);

}  // namespace spalte::query
