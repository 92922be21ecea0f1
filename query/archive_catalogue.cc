// How is what several shards know joined?
#include "query/archive_catalogue.h"

#include "query/archive_ask.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace spalte::query {
namespace {

/// Lists of several shards as one, sorted, each item once, at most `limit`.
std::vector<std::string> joined(std::vector<std::vector<std::string>> lists, std::size_t limit) {
  if (lists.size() == 1) return std::move(lists[0]);
  std::set<std::string> all;
  for (auto& list : lists) all.insert(list.begin(), list.end());
  std::vector<std::string> out(all.begin(), all.end());
  if (out.size() > limit) out.resize(limit);
  return out;
}

template <typename T>
std::optional<T> first_of(std::vector<std::optional<T>> found, std::size_t* shard = nullptr) {
  for (std::size_t s = 0; s < found.size(); ++s) {
    if (!found[s]) continue;
    if (shard != nullptr) *shard = s;
    return std::move(found[s]);
  }
  return {};
}

}  // namespace

Result<std::string> ArchiveCatalogue::state(const std::string& key) {
  auto all = archive_.ask_all<&ShardData::state>(key);
  if (!all) return fail(std::move(all));
  for (std::string& value : *all)
    if (!value.empty()) return std::move(value);
  return std::string();
}

Result<std::optional<ArticleRow>> ArchiveCatalogue::article(std::int64_t row) {
  auto found = archive_.ask_row<&ShardData::article>(row);
  if (found && *found) (*found)->row = row;
  return found;
}

Result<std::optional<ArticleRow>> ArchiveCatalogue::article_by_id(const std::string& id) {
  auto all = archive_.ask_all<&ShardData::article_by_id>(id);
  if (!all) return fail(std::move(all));
  std::size_t shard = 0;
  std::optional<ArticleRow> out = first_of(std::move(*all), &shard);
  if (out) out->row = archive_.global_row(shard, out->row);
  return out;
}

Result<std::vector<std::string>> ArchiveCatalogue::ids_with_prefix(const std::string& start, int limit) {
  auto all = archive_.ask_all<&ShardData::ids_with_prefix>(start, limit);
  if (!all) return fail(std::move(all));
  return joined(std::move(*all), static_cast<std::size_t>(limit));
}

Status ArchiveCatalogue::load_text(std::int64_t row, Article& article) {
  Result<StoredText> stored = archive_.ask_row<&ShardData::text>(row);
  if (!stored) return fail(std::move(stored));
  article.text = std::move(stored->text);
  article.paragraphs = std::move(stored->paragraphs);
  return {};
}

Result<Annotation> ArchiveCatalogue::annotation(std::int64_t row) {
  return archive_.ask_row<&ShardData::annotation>(row);
}

Result<std::optional<NameRow>> ArchiveCatalogue::name(NameId id) {
  auto all = archive_.ask_all<&ShardData::name>(id);
  if (!all) return fail(std::move(all));
  std::string wikidata;
  for (const auto& n : *all)
    if (n && !n->wikidata.empty()) wikidata = n->wikidata;
  std::optional<NameRow> out = first_of(std::move(*all));
  if (out && out->wikidata.empty()) out->wikidata = std::move(wikidata);
  return out;
}

Result<std::vector<NameRow>> ArchiveCatalogue::names_by_key(const std::string& key) {
  auto all = archive_.ask_all<&ShardData::names_by_key>(key);
  if (!all) return fail(std::move(all));
  if (all->size() == 1) return std::move((*all)[0]);
  std::map<NameId, NameRow> names;
  for (auto& list : *all)
    for (NameRow& n : list) {
      NameRow& there = names.emplace(n.id, n).first->second;
      if (there.wikidata.empty()) there.wikidata = n.wikidata;
    }
  std::vector<NameRow> out;
  for (auto& [id, n] : names) out.push_back(std::move(n));
  std::sort(out.begin(), out.end(),
            [](const NameRow& a, const NameRow& b) { return std::tie(a.text, a.kind) < std::tie(b.text, b.kind); });
  return out;
}

Result<std::vector<std::string>> ArchiveCatalogue::keys_of_name(NameId id) {
  auto all = archive_.ask_all<&ShardData::keys_of_name>(id);
  if (!all) return fail(std::move(all));
  return joined(std::move(*all), SIZE_MAX);
}

Result<std::vector<std::string>> ArchiveCatalogue::name_keys_with_prefix(const std::string& start, int limit) {
  auto all = archive_.ask_all<&ShardData::name_keys_with_prefix>(start, limit);
  if (!all) return fail(std::move(all));
  return joined(std::move(*all), static_cast<std::size_t>(limit));
}

Result<std::vector<Catalogue::Correction>> ArchiveCatalogue::corrections() {
  auto all = archive_.ask_all<&ShardData::corrections>();
  if (!all) return fail(std::move(all));
  std::vector<Catalogue::Correction> out;
  std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
  for (auto& list : *all)
    for (Catalogue::Correction& c : list)
      // Shards that were one archive once hold the same decisions.
      if (all->size() == 1 || seen.emplace(c.what, c.a, c.b, c.made).second) out.push_back(std::move(c));
  if (all->size() > 1)
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.made < b.made; });
  return out;
}

Result<std::vector<Catalogue::SavedQuery>> ArchiveCatalogue::saved_queries() {
  auto all = archive_.ask_all<&ShardData::saved_queries>();
  if (!all) return fail(std::move(all));
  std::map<std::string, Catalogue::SavedQuery> queries;
  for (auto& list : *all)
    for (Catalogue::SavedQuery& q : list) queries.emplace(q.name, std::move(q));
  std::vector<Catalogue::SavedQuery> out;
  for (auto& [name, q] : queries) out.push_back(std::move(q));
  return out;
}

Result<std::map<std::string, std::int64_t>> ArchiveCatalogue::newest_indexed_rows() {
  auto all = archive_.ask_all<&ShardData::newest_indexed_row>();
  if (!all) return fail(std::move(all));
  std::map<std::string, std::int64_t> out;
  for (std::size_t s = 0; s < all->size(); ++s) out.emplace(archive_.shards()[s]->uuid(), (*all)[s]);
  return out;
}

Result<std::vector<std::string>> ArchiveCatalogue::ids_of_rows(const RowRanges& ranges) {
  std::vector<std::optional<ArgumentsOf<&ShardData::ids_of_rows>>> arguments;
  for (const auto& s : archive_.shards()) {
    const auto range = ranges.find(s->uuid());
    arguments.emplace_back();
    if (range != ranges.end() && range->second.first <= range->second.second)
      arguments.back().emplace(range->second.first, range->second.second);
  }
  auto all = archive_.ask_some<&ShardData::ids_of_rows>(arguments);
  if (!all) return fail(std::move(all));
  std::vector<std::string> out;
  for (std::vector<std::string>& ids : *all)
    out.insert(out.end(), std::make_move_iterator(ids.begin()), std::make_move_iterator(ids.end()));
  return out;
}

Result<std::vector<WithdrawnVersion>> ArchiveCatalogue::withdrawn(const std::string& family_or_id) {
  auto all = archive_.ask_all<&ShardData::withdrawn>(family_or_id);
  if (!all) return fail(std::move(all));
  std::vector<WithdrawnVersion> out;
  for (auto& list : *all)
    for (WithdrawnVersion& w : list)
      if (std::none_of(out.begin(), out.end(), [&](const auto& o) { return o.id == w.id && o.version == w.version; }))
        out.push_back(std::move(w));
  // Every shard hears of a withdrawal, one of them held the versions.
  if (std::any_of(out.begin(), out.end(), [](const auto& w) { return !w.id.empty(); }))
    std::erase_if(out, [](const auto& w) { return w.id.empty(); });
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return std::tie(a.version, a.id) < std::tie(b.version, b.id); });
  return out;
}

Result<std::vector<FamilyMember>> ArchiveCatalogue::family(const std::string& family) {
  auto all = archive_.ask_all<&ShardData::family>(family);
  if (!all) return fail(std::move(all));
  std::vector<FamilyMember> out;
  for (std::size_t s = 0; s < all->size(); ++s)
    for (FamilyMember& m : (*all)[s]) {
      m.row = archive_.global_row(s, m.row);
      out.push_back(std::move(m));
    }
  // Within a shard they stand in order.
  std::stable_sort(out.begin(), out.end(),
                   [](const FamilyMember& a, const FamilyMember& b) { return a.version < b.version; });
  return out;
}

Result<std::vector<Catalogue::GroupMember>> ArchiveCatalogue::group(const std::string& name) {
  auto all = archive_.ask_all<&ShardData::group>(name);
  if (!all) return fail(std::move(all));
  std::vector<Catalogue::GroupMember> out;
  for (std::size_t s = 0; s < all->size(); ++s)
    for (Catalogue::GroupMember& m : (*all)[s]) {
      m.row = archive_.global_row(s, m.row);
      out.push_back(std::move(m));
    }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return out;
}

Result<std::optional<Sketch>> ArchiveCatalogue::sketch(std::int64_t row) {
  return archive_.ask_row<&ShardData::sketch>(row);
}

Result<std::vector<ShardUpkeep>> ArchiveCatalogue::upkeep() { return archive_.ask_all<&ShardData::upkeep>(); }

}  // namespace spalte::query
