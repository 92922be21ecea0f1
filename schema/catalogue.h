// What is known of every article? The SQLite catalogue: the truth from which the Xapian index is derived.
#pragma once

#include "schema/annotation.h"
#include "schema/article.h"
#include "schema/result.h"
#include "schema/sketch.h"
#include "schema/terms.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace spalte {

namespace sqlite {
class Database;
}

/// An article's row without its text.
struct ArticleRow {
  std::int64_t row = 0;
  Article article;  ///< `text` and `paragraphs` empty
  std::string title;
  std::string added;  ///< ISO date-time of the first indexing
  std::uint32_t words = 0;
  std::int64_t row_version = 0;
  bool deleted = false;
  std::uint32_t newest_of = 1;  ///< 0: a newer version of its family stands here; else how many there are
  std::string page;             ///< as ArticleRecord::page
  std::string duplicates;       ///< its group of near-duplicates: the smallest id in it; empty: it stands alone
  std::string superseded_from;  ///< when the embargo of a newer version ends, which then stands here; empty: there is none
};

/// A version of a story.
struct FamilyMember {
  std::int64_t row = 0;
  std::string id;
  std::uint32_t version = 1;   ///< as given
  std::uint32_t newest_of = 1;  ///< as stored
  std::string text_sha256;
  std::string embargo, superseded_from;  ///< as stored
};

/// A version that its source has withdrawn.
struct WithdrawnVersion {
  std::string id;  ///< empty: the archive never held it
  std::uint32_t version = 1;
};

/// A name of the catalogue (design: identity of names).
struct NameRow {
  NameId id = 0;
  ActorKind kind = ActorKind::person;
  std::string text;  ///< the full name
  std::string wikidata;
};

enum class FileOutcome : std::uint8_t { indexed, skipped, failed };

/// What was known of a file when it was last read.
struct FileRow {
  std::int64_t file = 0;
  std::int64_t root = 0;
  std::string path;  ///< below the root
  std::int64_t size = 0;
  std::int64_t mtime = 0;  ///< nanoseconds since 1970
  std::string sha256;      ///< 32 bytes
  FileOutcome outcome = FileOutcome::indexed;
  std::string reason;
};

struct RootRow {
  std::int64_t root = 0;
  std::string path;  ///< absolute
  std::string name;
};

/// What the user has taken out for good.
struct Forgotten {
  std::unordered_set<std::string> ids;
  std::unordered_set<std::string> texts;  ///< SHA-256 of their texts: the same text stays out under a new path, too
};

/// An article ready to be stored. Everything costly (annotation, compression) has been done by the thread that made it.
struct ArticleRecord {
  std::int64_t row =
      0;  ///< 0: the catalogue numbers it; else the number for a new one (bulk: it stands in the run already)
  Article article;
  std::uint32_t words = 0;
  std::string text_packed;        ///< pack(article.text, Packed::text)
  std::string annotation_packed;  ///< pack(encode_annotation(…), Packed::annotation)
  std::string
      text_sha256;  ///< 32 bytes, of article.text: a changed file with the same text is no new version of the row
  std::vector<NameRow> names;
  std::vector<std::pair<std::string, NameId>> name_keys;  ///< what each name can be asked by, folded
  Sketch sketch;
  std::string page;  ///< what source and URL hash to, where the source tells of no family; empty: nothing
};

/// One connection, one thread. Every method may fail with locked, no_space, index_damaged or failed.
class Catalogue {
 public:
  /// read_shown: as read_only, but articles whose embargo lies ahead are not there, until it ends.
  enum class Mode { read_only, read_shown, read_write };
  /// Opens DIR/catalogue.sqlite, migrating it when writing (a newer one is refused: index_version).
  static Result<Catalogue> open(const std::string& path, Mode mode);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;

  // --- state: uuid, generation, analyser, models …
  Result<std::string> state(std::string_view key);  ///< empty: not set
  Status set_state(std::string_view key, std::string_view value);

  // --- reading articles
  Result<std::optional<ArticleRow>> article(std::int64_t row);
  Result<std::optional<ArticleRow>> article_by_id(std::string_view id);
  /// Ids that begin so, at most `limit`; for abbreviations and suggestions.
  Result<std::vector<std::string>> ids_with_prefix(std::string_view prefix, int limit);
  /// Fills `article.text` and `article.paragraphs` of a row.
  Status load_text(std::int64_t row, Article& article);
  Result<Annotation> annotation(std::int64_t row);
  Result<std::int64_t> article_count();  ///< live ones
  /// Rows of every live article in order of row, until `visit` returns false.
  Status each_article(const std::function<bool(const ArticleRow&)>& visit);

  // --- names
  Result<std::optional<NameRow>> name(NameId id);
  /// Names that can be asked by that folded key.
  Result<std::vector<NameRow>> names_by_key(std::string_view folded_key);
  /// What a name can be asked by, folded; sorted.
  Result<std::vector<std::string>> keys_of_name(NameId id);
  /// Keys that begin so, at most `limit`; for suggestions and completion.
  Result<std::vector<std::string>> name_keys_with_prefix(std::string_view prefix, int limit);

  // --- corrections and saved queries (user data)
  struct Correction {
    std::int64_t id = 0;
    std::string what, a, b, made;
  };
  Result<std::vector<Correction>> corrections();
  Status add_correction(const Correction& correction);
  struct SavedQuery {
    std::string name, query, made;
    std::int64_t seen = 0;  ///< articles of higher rows are new; 0: all are
  };
  Result<std::vector<SavedQuery>> saved_queries();
  Status save_query(const SavedQuery& query);
  Result<bool> drop_query(std::string_view name);
  Status saw_query(std::string_view name, std::int64_t row);
  /// Every article up to that row is in the index, or gone. Rows are never used again, so later articles have higher ones.
  Result<std::int64_t> newest_indexed_row();
  /// Ids of the live articles of rows [first, last].
  Result<std::vector<std::string>> ids_of_rows(std::int64_t first, std::int64_t last);

  // --- files and roots
  Result<RootRow> root(const std::string& absolute_path, const std::string& name);  ///< found or made
  Result<std::vector<RootRow>> roots();
  Result<std::optional<FileRow>> file(std::int64_t root, std::string_view path);
  Status each_file(std::int64_t root, const std::function<void(const FileRow&)>& visit);
  /// The files of a root in order of path (bytes), one after another; those at or below one path of it alone, unless it
  /// is empty. Files put meanwhile may or may not come. Ends before the catalogue does.
  class FilesInOrder {
   public:
    FilesInOrder(Catalogue& catalogue, std::int64_t root, std::string below);
    ~FilesInOrder();
    FilesInOrder(const FilesInOrder&) = delete;
    Result<std::optional<FileRow>> next();

   private:
    struct State;
    std::unique_ptr<State> state_;
  };
  /// Counts by outcome, and every failed file with its reason.
  Result<std::map<FileOutcome, std::int64_t>> file_outcomes();
  Result<std::vector<FileRow>> failed_files();

  // --- writing; each is part of the transaction that is open
  Status begin();
  Status commit();
  void rollback();
  Result<std::int64_t> put_file(const FileRow& file);  ///< inserted or updated by (root, path); its number
  Status forget_file(std::int64_t file);               ///< and marks its articles deleted
  /// Marks the articles of a file deleted that are not in `keep` (rows, sorted), nor kept as earlier versions of one.
  Status drop_articles_of_file(std::int64_t file, const std::vector<std::int64_t>& keep);
  /// Are there such?
  Result<bool> articles_would_go(std::int64_t file, const std::vector<std::int64_t>& keep);
  /// Marks the articles with that id deleted, for good: it stays out on later runs.
  Status forget_article(std::string_view id);
  Result<Forgotten> forgotten();
  /// Before put_article: is the article of this id shown from another file, and does that one stay? The one that was
  /// modified later does, else the one that comes first by root and path, whichever was read first. Either way the file
  /// whose article is not shown is remembered, and read again when the other goes.
  Result<bool> shown_from_another(const Article& article, std::int64_t file);
  /// How many files are to be read again, since this object was opened, as another file of one of their articles went.
  std::int64_t files_freed() const;
  struct Put {
    std::int64_t row = 0;
    std::int64_t row_version = 0;
    bool inserted = false;
  };
  /// Inserts or replaces by id. `added` is kept from the first time.
  Result<Put> put_article(const ArticleRecord& record, std::int64_t file, std::string_view now);
  /// An article annotated anew: annotation and names; neither text nor version change.
  Status put_annotation(std::int64_t row, const ArticleRecord& record);
  /// Before put_article: where an article of this id is there with another text, and both tell the same story on the same
  /// page, the earlier one stays, as `ID@N`; returns the number of the new version (the record's own where nothing is
  /// kept). `as_row`: the number of its row, 0: the next; in a bulk run one that no document has.
  Result<std::uint32_t> keep_earlier_version(const ArticleRecord& record, std::int64_t as_row);
  /// Versions of the family up to this one are taken out, and stay out.
  Status withdraw(std::string_view family, std::uint32_t version);
  /// A moved file: its articles keep their ids.
  Status move_file(std::int64_t file, std::int64_t root, std::string_view path, std::string_view absolute_path);

  // --- articles on their way to another shard (indexer/shard_*); part of the transaction that is open here, while `from`,
  // another catalogue of this version, is only read
  /// Takes an article over with text, annotation, names, sketch and its file's row, to be indexed and related here; `added`
  /// stays. `as_row`: its number here, 0: the next. Returns the number; nothing where it is gone there, or an article of
  /// its id is here already. About 100 µs.
  Result<std::optional<std::int64_t>> adopt(Catalogue& from, std::int64_t row, std::int64_t as_row);
  /// Rows of the live articles `ID@N`.
  Result<std::vector<std::int64_t>> earlier_versions(std::string_view id);
  /// The rows of all its files that have none here, and which of them hold articles that are shown from another.
  Status adopt_files(Catalogue& from);
  /// What was forgotten and withdrawn there stays out here, too.
  Status adopt_exclusions(Catalogue& from);
  Status replace_corrections(const std::vector<Correction>& all);
  /// Marks one article deleted: another shard has it.
  Status drop_article(std::int64_t row);
  /// The same where it is another file that it is shown from now: this one's is read again when that goes.
  Status yield_article(std::int64_t row);
  Status remember_file_of(std::string_view id, std::int64_t file);
  /// Ids of articles that other files hold, too, than the one they are shown from.
  Result<std::vector<std::string>> ids_in_other_files();
  /// Has those files read again.
  Status free_files_of(const std::string& id);

  // --- relations between articles: families and near-duplicates (indexer/relations). Whatever puts, changes or drops an
  // article marks it unrelated.
  Result<std::vector<std::int64_t>> unrelated(std::int64_t after_row, int limit);  ///< rows, ascending
  Status mark_related(const std::vector<std::int64_t>& rows);
  /// Live versions, oldest first: by number, then by date of change or publication, then by when they were indexed.
  Result<std::vector<FamilyMember>> family(std::string_view family);
  /// Live articles of a page, by id.
  struct PageMember {
    std::int64_t row = 0;
    std::string id, family;
    std::uint32_t newest_of = 1;
  };
  Result<std::vector<PageMember>> page(std::string_view page);
  /// Changes the row, as put_article does, only where the value differs.
  Status set_family(std::int64_t row, std::string_view family);
  /// Marks versions of a withdrawn family deleted, and remembers which; without effect on others.
  Status drop_withdrawn(std::string_view family);
  /// What was withdrawn of the story with that family, or of which that id was a version; oldest first. Where nothing of
  /// it was ever held: up to which version.
  Result<std::vector<WithdrawnVersion>> withdrawn(std::string_view family_or_id);
  /// Changes the row (it becomes dirty) only where a value differs.
  Status set_newest_of(std::int64_t row, std::uint32_t newest_of, std::string_view superseded_from = {});
  /// How many articles are under embargo still (`now`: local_now()); in every mode.
  Result<std::int64_t> held_count(std::string_view now);
  /// Marks those unrelated whose embargo has ended since they were related: only now are they compared with others.
  Status mark_lifted(std::string_view now);
  Status set_duplicates(std::int64_t row, std::string_view group);
  /// Live, newest rows of a group, by id.
  struct GroupMember {
    std::int64_t row = 0;
    std::string id;
  };
  Result<std::vector<GroupMember>> group(std::string_view duplicates);
  /// Nothing: the row has none.
  Result<std::optional<Sketch>> sketch(std::int64_t row);
  /// Replaces it; where it differs, the row counts as unrelated.
  Status put_sketch(std::int64_t row, const Sketch& sketch);
  /// Lets the row be found by its sketch, or no longer.
  Status add_sketch_key(std::uint32_t hash, std::int64_t row);
  Status drop_sketch_keys(std::int64_t row);
  /// Rows that can be found by that hash, at most `limit`, smallest first.
  Status each_with_key(std::uint32_t hash, int limit, const std::function<void(std::int64_t)>& visit);

  // --- the two-store protocol (design: two stores that cannot disagree)
  struct Dirty {
    std::int64_t row = 0;
    std::string id;
    std::int64_t row_version = 0;
    std::int64_t indexed_version = 0;  ///< 0: never indexed
    bool deleted = false;
    bool relations_alone = false;  ///< the index holds what it says; only its relations have changed
  };
  Result<std::vector<Dirty>> dirty(std::int64_t after_row, int limit);
  Result<std::int64_t> dirty_count();
  /// Marks the versions that were read as indexed (purging deleted rows) and stores the generation, in one transaction.
  Status mark_indexed(const std::vector<Dirty>& done, std::uint64_t generation);
  /// The same for a bulk run: every row of [first, last] that is new and unchanged since.
  Status mark_rows_indexed(std::int64_t first, std::int64_t last, std::uint64_t generation);
  /// After a rebuild: every live article stands in the index; deleted rows go.
  Status mark_all_indexed(std::uint64_t generation);
  Result<std::int64_t> highest_row();
  Status mark_all_dirty();
  /// Removes names that no article holds any more, given a test for it; vacuums.
  Status sweep_names(const std::function<bool(NameId)>& in_use);
  Status vacuum();
  /// SQLite's own integrity check; each fault a line.
  Result<std::vector<std::string>> check();

 private:
  struct Impl;
  explicit Catalogue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte
