// What decides between the shards that would take an article?
#include "shards/routing.h"

#include "schema/terms.h"

#include <algorithm>
#include <cstdint>

namespace spalte {
namespace {

/// What articles share that are to meet in one shard.
std::string key_of(Route route, std::string_view source, std::string_view published, std::string_view id) {
  // Without a date nothing says what belongs together but that `ID@N` is an earlier version.
  if (published.empty() && route != Route::source) return std::string(id.substr(0, id.find('@')));
  const std::string month(published.substr(0, 7)), year(published.substr(0, 4));
  switch (route) {
    case Route::month:
      return month;
    case Route::year:
      return year;
    case Route::source:
      return std::string(source);
    case Route::source_month:
      return std::string(source) + '\x1f' + month;
  }
  return month;
}

std::uint64_t score(std::string_view name, std::string_view key) {
  return stable_hash(std::string(name) + '\x1f' + std::string(key));
}

}  // namespace

Result<Routing> Routing::of(const Cluster& cluster) {
  Routing out;
  out.route_ = cluster.route;
  for (std::size_t i = 0; i < cluster.shards.size(); ++i) {
    const ShardPlace& p = cluster.shards[i];
    out.members_.push_back(
        {i, p.name, p.group.empty() ? p.name : p.group, p.dates.given || !p.sources.empty(), p.dates, p.sources});
    std::sort(out.members_.back().sources.begin(), out.members_.back().sources.end());
  }
  std::sort(out.members_.begin(), out.members_.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
  if (std::all_of(out.members_.begin(), out.members_.end(), [](const Member& m) { return m.conditions; }))
    return fail(ErrorCode::usage,
                "every shard of the cluster file has `dates` or `sources`: what fits none belongs nowhere",
                "leave them out of one shard; what has no date goes there, too");
  out.text_ = "by " + std::string(route_name(out.route_));
  if (out.route_ != Route::source) out.text_ += ", undated ones by their ids";
  for (const Member& m : out.members_) {
    out.text_ += "; " + m.name;
    if (m.group != m.name) out.text_ += " of " + m.group;
    if (m.dates.given) out.text_ += " " + m.dates.from + ".." + m.dates.to;
    for (const std::string& s : m.sources) out.text_ += " \"" + s + "\"";
  }
  return out;
}

bool Routing::fits(const Member& m, std::string_view source, std::string_view published) {
  if (m.dates.given) {
    // Ends are as precise as they were written: 2019 lies within ..2019, and so does 2019-12-31.
    const bool within = !published.empty() && published >= m.dates.from &&
                        (m.dates.to.empty() || published.substr(0, m.dates.to.size()) <= m.dates.to);
    if (!within) return false;
  }
  return m.sources.empty() || std::find(m.sources.begin(), m.sources.end(), source) != m.sources.end();
}

std::size_t Routing::shard_of(std::string_view source, std::string_view published, std::string_view id) const {
  bool by_condition = false;
  for (const Member& m : members_) by_condition = by_condition || (m.conditions && fits(m, source, published));
  const std::string key = key_of(route_, source, published, id);
  const Member* best = nullptr;
  std::uint64_t of_group = 0, of_member = 0;
  for (const Member& m : members_) {
    if (m.conditions != by_condition || (by_condition && !fits(m, source, published))) continue;
    const std::uint64_t group = score(m.group, key), member = score(m.name, key);
    if (best != nullptr && (group < of_group || (group == of_group && member <= of_member))) continue;
    best = &m;
    of_group = group;
    of_member = member;
  }
  return best == nullptr ? 0 : best->shard;
}

}  // namespace spalte
