// What do the catalogue's source files share? Its connection and its prepared statements.
#pragma once

#include "schema/catalogue.h"
#include "schema/sqlite.h"

#include <unordered_map>
#include <unordered_set>

namespace spalte {

struct ArticleCopy;

struct Catalogue::Impl {
  Impl(const std::string& path, sqlite::Database::Mode mode) : db(path, mode) {}

  sqlite::Database db;
  bool of_before = false;  ///< of an earlier version, and only read
  std::unique_ptr<sqlite::Transaction> transaction;
  std::unordered_map<const char*, sqlite::Statement> statements;
  std::unordered_map<NameId, std::uint8_t> stored_names;  ///< names known to be stored: most are met again and again

  /// To be called before rows go: their numbers are not given again (`new` tells by them what it has shown).
  void keep_highest_row();
  /// Stores what is new of an article's names and keys.
  void put_names(const ArticleRecord& record);
  /// And the row is unrelated.
  void mark_deleted(std::int64_t row);
  /// Whose article of this id was not shown are read again.
  void free_other_files(const std::string& id);
  /// Articles of a file, but for those in `keep` and their earlier versions.
  std::vector<std::pair<std::int64_t, std::string>> others_of_file(std::int64_t file,
                                                                   const std::vector<std::int64_t>& keep);
  std::int64_t files_freed = 0;
  /// The number here of a file that another catalogue knows; made where there is none.
  std::int64_t adopt_file(Impl& from, std::int64_t file);
  std::shared_ptr<ArticleCopy> article_copy;  ///< made with the first article that is adopted
  std::unordered_set<NameId> adopted_names;          ///< that came with their keys already
  /// Replaces a sketch; what the old one was found by goes. False: it is the same.
  bool put_sketch(std::int64_t row, const Sketch& sketch, bool fresh);
  std::optional<Sketch> read_sketch(std::int64_t row);
  void drop_sketch_keys(std::int64_t row, const Sketch& sketch);

  /// A statement by its literal: prepared once a connection.
  sqlite::Statement& statement(const char* sql) {
    const auto found = statements.find(sql);
    if (found != statements.end()) return found->second;
    return statements.emplace(sql, db.prepare(sql)).first->second;
  }
};

/// Runs the migrations from version `from` to `to`, each in a transaction of its own. Throws SqliteFailure.
void migrate(sqlite::Database& db, std::size_t from, std::size_t to);

/// Runs `f` and turns SqliteFailure into an Error: the catalogue's border.
template <typename F>
auto catalogue_guard(F&& f) -> Result<decltype(f())> {
  try {
    if constexpr (std::is_void_v<decltype(f())>) {
      f();
      return {};
    } else {
      return f();
    }
  } catch (sqlite::SqliteFailure& failure) {
    return tl::unexpected<Error>(std::move(failure.error));
  }
}

}  // namespace spalte
