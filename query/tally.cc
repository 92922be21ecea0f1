// How are the shards' counts added up?
#include "query/tally.h"

#include "query/archive_ask.h"
#include "query/name_table.h"
#include "query/values.h"

#include <map>
#include <utility>

namespace spalte::query {
namespace {

/// Of one index what is here, of several what each says. A query of one index may hold what cannot be sent.
template <auto Call, typename Here, typename... A>
std::vector<AnswerOf<Call>> counts(const Xapian::Query& query, Reader& reader, const Here& here,
                                   const A&... arguments) {
  std::vector<AnswerOf<Call>> out;
  if (query.empty()) return out;
  if (reader.archive().one_index()) {
    out.push_back(here(*reader.archive().shards()[0]->local(), matching(query, reader)));
    return out;
  }
  auto all = reader.archive().ask_all<Call>(query.serialise(), arguments...);
  if (!all) throw DataUnreadable{std::move(all.error())};
  return std::move(*all);
}

}  // namespace

std::vector<ValueTally> tally_values(const Xapian::Query& query, const std::vector<CountedSlot>& slots,
                                     Reader& reader) {
  std::vector<std::uint32_t> numbers, cuts;
  for (const CountedSlot& s : slots) {
    numbers.push_back(s.slot);
    cuts.push_back(s.cut);
  }
  auto all = counts<&ShardData::tally>(
      query, reader,
      [&](ShardData& here, const std::vector<Xapian::docid>& found) {
        return here.tally_documents(found, numbers, cuts);
      },
      numbers, cuts);
  if (all.empty()) return {};
  if (all.size() == 1) return std::move(all[0]);
  std::map<std::vector<std::string>, std::int64_t> sums;
  for (std::vector<ValueTally>& one : all)
    for (auto& [values, n] : one) sums[std::move(values)] += n;
  return {sums.begin(), sums.end()};
}

std::vector<NameTally> tally_names(const Xapian::Query& query, Reader& reader) {
  auto all = counts<&ShardData::tally_names>(
      query, reader,
      [](ShardData& here, const std::vector<Xapian::docid>& found) { return here.tally_names_of(found); });
  if (all.empty()) return {};
  if (all.size() == 1) return std::move(all[0]);
  NameTable out;
  for (const std::vector<NameTally>& one : all)
    for (const NameTally& t : one) out.add(t);
  return std::move(out).take();
}

std::map<std::uint32_t, std::int64_t> tally_topics(const Xapian::Query& query, Reader& reader) {
  auto all = counts<&ShardData::tally_topics>(
      query, reader,
      [](ShardData& here, const std::vector<Xapian::docid>& found) { return here.tally_topics_of(found); });
  std::map<std::uint32_t, std::int64_t> out;
  for (const auto& one : all)
    for (const auto& [code, n] : one) out[code] += n;
  return out;
}

std::map<std::uint32_t, std::int64_t> tally_days(const Xapian::Query& query, std::uint32_t slot, Reader& reader) {
  constexpr std::uint32_t kDay = 10;  // YYYY-MM-DD
  std::map<std::uint32_t, std::int64_t> out;
  for (const auto& [values, n] : tally_values(query, {{slot, kDay}}, reader)) out[packed_day(values[0])] += n;
  return out;
}

}  // namespace spalte::query
