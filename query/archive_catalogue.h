// What do the catalogues of all shards know? What the query layer reads of schema's Catalogue, whatever lies where.
#pragma once

#include "query/archive.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace spalte::query {

/// Each method means what it means in Catalogue, over all shards that are there; rows are the archive's. What several
/// shards know of one thing is joined: names by their ids, which are the same everywhere; the user's decisions in the order
/// in which they were made; saved queries by name (the first shard's counts). One thread; lives as long as the archive.
class ArchiveCatalogue {
 public:
  explicit ArchiveCatalogue(Archive& archive) : archive_(archive) {}

  /// Of the first shard that has one.
  Result<std::string> state(const std::string& key);
  Result<std::optional<ArticleRow>> article(std::int64_t row);
  Result<std::optional<ArticleRow>> article_by_id(const std::string& id);
  Result<std::vector<std::string>> ids_with_prefix(const std::string& start, int limit);
  Status load_text(std::int64_t row, Article& article);
  Result<Annotation> annotation(std::int64_t row);
  Result<std::optional<NameRow>> name(NameId id);
  Result<std::vector<NameRow>> names_by_key(const std::string& key);
  Result<std::vector<std::string>> keys_of_name(NameId id);
  Result<std::vector<std::string>> name_keys_with_prefix(const std::string& start, int limit);
  Result<std::vector<Catalogue::Correction>> corrections();
  Result<std::vector<Catalogue::SavedQuery>> saved_queries();
  /// By archive's uuid: rows are counted by each shard.
  Result<std::map<std::string, std::int64_t>> newest_indexed_rows();
  /// Ids of the live articles of rows [first, last] of each archive that is named.
  using RowRanges = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;
  Result<std::vector<std::string>> ids_of_rows(const RowRanges& ranges);
  Result<std::vector<FamilyMember>> family(const std::string& family);
  Result<std::vector<WithdrawnVersion>> withdrawn(const std::string& family_or_id);
  Result<std::vector<Catalogue::GroupMember>> group(const std::string& name);
  Result<std::optional<Sketch>> sketch(std::int64_t row);
  /// One a shard.
  Result<std::vector<ShardUpkeep>> upkeep();

 private:
  Archive& archive_;
};

}  // namespace spalte::query
