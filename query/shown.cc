// What do the index's slots say of now?
#include "query/shown.h"

#include "query/shard.h"
#include "schema/date.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>

namespace spalte::query {
namespace {

using Xapian::Query;

/// The last embargo of all shards; empty: there is none.
std::string last_embargo(Reader& reader) {
  std::string last;
  for (const auto& shard : reader.archive().shards()) last = std::max(last, shard->last_embargo());
  return last;
}

Query without(const Query& query, const Query& others) { return {Query::OP_AND_NOT, query, others}; }

}  // namespace

Query without_embargoed(const Query& query, Reader& reader) {
  const std::string last = last_embargo(reader);
  if (last.empty()) return query;
  const std::string now = local_now();
  return last > now ? without(query, Query(Query::OP_VALUE_GE, slot::kEmbargo, now)) : query;
}

Query newest_shown(const Query& query, Reader& reader) {
  const auto& shards = reader.archive().shards();
  const Query shown = without_embargoed(query, reader);
  if (std::none_of(shards.begin(), shards.end(), [](const auto& s) { return s->superseded(); })) return shown;
  const Query newest = without(shown, Query(std::string(prefix::kSuperseded)));
  if (last_embargo(reader).empty()) return newest;
  // A document without a value is below every time, hence the lower bound.
  return without(newest, Query(Query::OP_VALUE_RANGE, slot::kSupersededFrom, "0", local_now()));
}

Query lifted_since(const Query& query, const std::string& time, Reader& reader) {
  if (last_embargo(reader) <= time) return {};
  return {Query::OP_FILTER, query, Query(Query::OP_VALUE_RANGE, slot::kEmbargo, time, local_now())};
}

}  // namespace spalte::query
