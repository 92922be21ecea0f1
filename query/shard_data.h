// What does one shard tell of its articles? Every call that a shard is asked, whether it lies here or on another machine
// (query/shard_calls.h lists them for the wire).
#pragma once

#include "language/analyser.h"
#include "query/text_check.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// Which of a shard's two Xapian databases.
enum class Part : std::uint8_t { articles, quotes };

/// Counts what a call means or how it is written (query/shard_calls.h); another number is another version.
inline constexpr int kShardProtocol = 4;

/// What a shard is, and how far it has come.
struct ShardState {
  int protocol = kShardProtocol;
  std::string index;  ///< absolute path of the index that is open; another one has other docids
  std::string uuid, analyser, format, models;
  std::uint64_t generation = 0;
  std::string last_embargo;  ///< of all its articles, as Article::embargo; empty: none has one
  bool superseded = false;   ///< some version is superseded, or will be when an embargo ends
};

struct StoredText {
  std::string text;
  std::vector<Paragraph> paragraphs;
};

/// A root, and how its files fared.
struct RootFiles {
  std::string path;
  std::int64_t files = 0;
  bool there = true;
};
struct FailedFile {
  std::string path, reason;
};
/// What `status` tells of a shard beside its articles.
struct ShardUpkeep {
  std::string folder;
  std::int64_t waiting = 0, bytes = 0;
  std::int64_t held = 0;  ///< articles under embargo
  std::vector<RootFiles> roots;
  std::map<FileOutcome, std::int64_t> files;
  std::vector<FailedFile> failed;
};

/// How many articles have this combination of values.
using ValueTally = std::tuple<std::vector<std::string>, std::int64_t>;
struct NameTally {
  NameId name = 0;
  std::int64_t articles = 0;  ///< that name it
  std::int64_t mentions = 0;
  std::int64_t derived_only = 0;  ///< articles with derived mentions alone

  void add(const NameTally& other) {
    articles += other.articles;
    mentions += other.mentions;
    derived_only += other.derived_only;
  }
};

/// What shards are opened with: the words of this program.
struct ShardProgram {
  std::shared_ptr<language::Analyser> analyser;
  std::string analyser_version;
};

/// One index folder, open for reading. One thread. Calls answer from the snapshot of the last `refresh` (the catalogue
/// from its newest state); they throw Xapian's exceptions. Docids and rows are the shard's own; a document that is gone
/// has empty values.
class ShardData {
 public:
  /// Errors: index_missing, index_damaged, index_version.
  static Result<ShardData> open(const std::string& folder, const ShardProgram& program);

  Xapian::Database& database(Part part) { return part == Part::articles ? *articles_ : *quotes_; }
  const IndexFolder& folder() const { return folder_; }

  // --- calls
  /// Takes a snapshot: of the index that is current, as it stands.
  Result<ShardState> refresh();

  Result<std::string> state(const std::string& key) { return catalogue_->state(key); }
  Result<std::optional<ArticleRow>> article(std::int64_t row) { return catalogue_->article(row); }
  Result<std::optional<ArticleRow>> article_by_id(const std::string& id) { return catalogue_->article_by_id(id); }
  Result<std::vector<std::string>> ids_with_prefix(const std::string& start, int limit) {
    return catalogue_->ids_with_prefix(start, limit);
  }
  Result<StoredText> text(std::int64_t row);
  Result<Annotation> annotation(std::int64_t row) { return catalogue_->annotation(row); }
  Result<std::optional<NameRow>> name(NameId id) { return catalogue_->name(id); }
  Result<std::vector<NameRow>> names_by_key(const std::string& key) { return catalogue_->names_by_key(key); }
  Result<std::vector<std::string>> keys_of_name(NameId id) { return catalogue_->keys_of_name(id); }
  Result<std::vector<std::string>> name_keys_with_prefix(const std::string& start, int limit) {
    return catalogue_->name_keys_with_prefix(start, limit);
  }
  Result<std::vector<Catalogue::Correction>> corrections() { return catalogue_->corrections(); }
  Result<std::vector<Catalogue::SavedQuery>> saved_queries() { return catalogue_->saved_queries(); }
  Result<std::int64_t> newest_indexed_row() { return catalogue_->newest_indexed_row(); }
  Result<std::vector<std::string>> ids_of_rows(std::int64_t first, std::int64_t last) {
    return catalogue_->ids_of_rows(first, last);
  }
  Result<std::vector<FamilyMember>> family(const std::string& family) { return catalogue_->family(family); }
  Result<std::vector<WithdrawnVersion>> withdrawn(const std::string& family_or_id) {
    return catalogue_->withdrawn(family_or_id);
  }
  Result<std::vector<Catalogue::GroupMember>> group(const std::string& name) { return catalogue_->group(name); }
  Result<std::optional<Sketch>> sketch(std::int64_t row) { return catalogue_->sketch(row); }
  Result<ShardUpkeep> upkeep();
  /// The user's own topics as they stand in the folder; empty: none.
  Result<std::string> topics();

  /// The documents of each term.
  Result<std::vector<std::vector<Xapian::docid>>> postings(Part part, const std::vector<std::string>& terms);
  /// The values of each document, slot by slot, one after another; documents ascending. About 0.1 µs each.
  Result<std::vector<std::string>> values(Part part, const std::vector<Xapian::docid>& documents,
                                          const std::vector<std::uint32_t>& slots);
  Result<std::vector<std::string>> data(Part part, const std::vector<Xapian::docid>& documents);
  /// Of each article, in order, where the keys stand; `key` is an index into `keys`. Documents ascending. About 1 µs each.
  Result<std::vector<std::vector<Place>>> places(const std::vector<Xapian::docid>& documents,
                                                 const std::vector<std::string>& keys);
  /// In how many of the documents each word stands: terms without a prefix that begin with no digit.
  Result<std::unordered_map<std::string, std::int64_t>> word_counts(const std::vector<Xapian::docid>& documents);
  /// What articles are counted by, among those that a query (Xapian's serialised form) finds: one answer a value, so that no
  /// match is sent. About .3 µs a match and slot.
  Result<std::vector<ValueTally>> tally(const std::string& query, const std::vector<std::uint32_t>& slots,
                                        const std::vector<std::uint32_t>& cuts) {
    return tally_documents(matching(query), slots, cuts);
  }
  Result<std::vector<NameTally>> tally_names(const std::string& query) {
    return tally_names_of(matching(query));
  }
  Result<std::map<std::uint32_t, std::int64_t>> tally_topics(const std::string& query) {
    return tally_topics_of(matching(query));
  }
  /// Those of the documents that pass, ascending: by their positions about 1 µs each, by their text about 10 µs each.
  Result<std::vector<Xapian::docid>> passing(const TextCheck& check, Part part,
                                             const std::vector<Xapian::docid>& documents);

  // --- the same of articles that are known, ascending: no calls
  /// Of each value the first `cuts` bytes count.
  std::vector<ValueTally> tally_documents(const std::vector<Xapian::docid>& documents,
                                          const std::vector<std::uint32_t>& slots,
                                          const std::vector<std::uint32_t>& cuts);
  /// Each name once, in no order.
  std::vector<NameTally> tally_names_of(const std::vector<Xapian::docid>& documents);
  std::map<std::uint32_t, std::int64_t> tally_topics_of(const std::vector<Xapian::docid>& documents);

 private:
  std::vector<Xapian::docid> matching(const std::string& query);
  /// The text that a document stands for; false: it is gone. `row`: of its article; 0: none.
  Result<bool> text_of(Part part, Xapian::docid document, std::int64_t row, Article& into);
  std::string data_of(Part part, Xapian::docid document);

  IndexFolder folder_;
  ShardState state_;
  std::optional<Xapian::Database> articles_, quotes_;
  std::unique_ptr<Catalogue> catalogue_;
  ShardProgram program_;
};

/// What a call is asked with and what it answers, as values.
template <typename F>
struct CallSignature;
template <typename R, typename... A>
struct CallSignature<Result<R> (ShardData::*)(A...)> {
  using Answer = R;
  using Arguments = std::tuple<std::decay_t<A>...>;
};

template <auto M>
using AnswerOf = typename CallSignature<decltype(M)>::Answer;
template <auto M>
using ArgumentsOf = typename CallSignature<decltype(M)>::Arguments;

}  // namespace spalte::query
