// How is the catalogue opened and read?
#include "schema/catalogue.h"

#include "schema/annotation_codec.h"
#include "schema/catalogue_impl.h"
#include "schema/date.h"
#include "schema/migrations.h"
#include "schema/packing.h"

#include <filesystem>

#include <fmt/format.h>

namespace spalte {
namespace {

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::index_damaged, fmt::format("the catalogue is damaged: {}", what),
              "run `spalte check`; index the folder again with --full");
}

constexpr const char* kArticleColumns =
    "row, id, family, version, path, source, agency, byline, section, url, title, published, date_guessed, modified, "
    "added, lang, "
    "topics_given, words, row_version, deleted, urn, issue, page, regions, confidence, "
    "newest_of, web_page, duplicates, embargo, superseded_from";

ArticleRow read_article(sqlite::Statement& s) {
  ArticleRow r;
  int c = 0;
  const auto text = [&] { return std::string(s.text(c++)); };
  r.row = s.integer(c++);
  r.article.id = text();
  r.article.family = text();
  r.article.version = static_cast<std::uint32_t>(s.integer(c++));
  r.article.path = text();
  r.article.source = text();
  r.article.agency = text();
  r.article.byline = text();
  r.article.section = text();
  r.article.url = text();
  r.title = text();
  r.article.published = text();
  r.article.date_guessed = s.integer(c++) != 0;
  r.article.modified = text();
  r.added = text();
  r.article.lang = text();
  std::string_view given = s.text(c++);
  while (!given.empty()) {
    const std::size_t end = given.find('\x1f');
    r.article.topics_given.emplace_back(given.substr(0, end));
    given.remove_prefix(end == std::string_view::npos ? given.size() : end + 1);
  }
  r.words = static_cast<std::uint32_t>(s.integer(c++));
  r.row_version = s.integer(c++);
  r.deleted = s.integer(c++) != 0;
  r.article.print.urn = text();
  r.article.print.issue = text();
  r.article.print.page = text();
  r.article.print.regions = text();
  r.article.print.confidence = static_cast<int>(s.integer(c++));
  r.newest_of = static_cast<std::uint32_t>(s.integer(c++));
  r.page = text();
  r.duplicates = text();
  r.article.embargo = text();
  r.superseded_from = text();
  return r;
}

std::optional<ArticleRow> first_article(sqlite::Statement& s) {
  std::optional<ArticleRow> out;
  if (s.step()) out = read_article(s);
  s.reset();
  return out;
}

FileRow read_file(sqlite::Statement& s) {
  FileRow f;
  f.file = s.integer(0);
  f.root = s.integer(1);
  f.path = s.text(2);
  f.size = s.integer(3);
  f.mtime = s.integer(4);
  f.sha256 = s.blob(5);
  f.outcome = static_cast<FileOutcome>(s.integer(6));
  f.reason = s.text(7);
  return f;
}

NameRow read_name(sqlite::Statement& s) {
  return {static_cast<NameId>(s.integer(0)), static_cast<ActorKind>(s.integer(1)), std::string(s.text(2)),
          std::string(s.text(3))};
}

/// A catalogue of this version is read without being brought up to date: what came later is empty there.
constexpr std::size_t kReadable = 6;

/// Every statement of a connection that reads alone sees these views instead of the tables.
void add_views(sqlite::Database& db, bool shown_alone, bool of_before) {
  db.define("local_now", local_now);
  if (of_before) {
    db.execute(
        "create temp view article as select *, '' as embargo, '' as superseded_from from main.article;"
        "create temp view withdrawn_article as select '' as id, '' as family, 0 as version where false");
  } else if (shown_alone) {
    db.execute("create temp view article as select * from main.article where embargo = '' or embargo <= local_now()");
  }
}

}  // namespace

void migrate(sqlite::Database& db, std::size_t from, std::size_t to) {
  const auto steps = migrations();
  for (std::size_t version = from; version < to; ++version) {
    sqlite::Transaction transaction(db);
    db.execute(std::string(steps[version]).c_str());
    db.execute(fmt::format("pragma user_version = {}", version + 1).c_str());
    transaction.commit();
  }
}

Catalogue::Catalogue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Result<Catalogue> Catalogue::open(const std::string& path, Mode mode) {
  return catalogue_guard([&] {
           using DbMode = sqlite::Database::Mode;
           std::unique_ptr<Impl> impl;
           if (mode == Mode::read_write) {
             impl = std::make_unique<Impl>(path, DbMode::create);
           } else {
             try {
               impl = std::make_unique<Impl>(path, DbMode::read_only);
               impl->db.prepare("select count(*) from sqlite_master").step();
             } catch (const sqlite::SqliteFailure&) {
               // A folder that cannot be written holds no WAL to share; the file alone can still be read.
               if (std::filesystem::exists(path + "-wal")) throw;
               impl = std::make_unique<Impl>("file:" + path + "?immutable=1", DbMode::read_only);
             }
           }
           return impl;
         })
      .and_then([&](std::unique_ptr<Impl> impl) -> Result<Catalogue> {
        const auto version = catalogue_guard([&] {
          auto s = impl->db.prepare("pragma user_version");
          s.step();
          return static_cast<std::size_t>(s.integer(0));
        });
        if (!version) return fail(version);
        if (*version > migrations().size())
          return fail(ErrorCode::index_version,
                      fmt::format("{} has version {}; this program knows versions up to {}", path, *version,
                                  migrations().size()),
                      "use the newer program that made it");
        if (*version < migrations().size()) {
          if (mode != Mode::read_write && *version < kReadable)
            return fail(ErrorCode::index_version,
                        fmt::format("{} has version {}, this program needs {}", path, *version, migrations().size()),
                        "any writing command brings it up to date: run `spalte index` again");
          if (mode == Mode::read_write)
            if (Status done = catalogue_guard([&] { migrate(impl->db, *version, migrations().size()); }); !done)
              return fail(done);
        }
        impl->of_before = mode != Mode::read_write && *version < migrations().size();
        if (mode != Mode::read_write)
          if (Status done = catalogue_guard([&] { add_views(impl->db, mode == Mode::read_shown, impl->of_before); }); !done)
            return fail(std::move(done));
        return Catalogue(std::move(impl));
      });
}

Result<std::string> Catalogue::state(std::string_view key) {
  return catalogue_guard([&] {
    auto& s = impl_->statement("select value from state where key = ?").bind(key);
    std::string value;
    if (s.step()) value = s.text(0);
    s.reset();
    return value;
  });
}

Status Catalogue::set_state(std::string_view key, std::string_view value) {
  return catalogue_guard(
      [&] { impl_->statement("insert or replace into state values (?, ?)").bind(key, value).run(); });
}

Result<std::optional<ArticleRow>> Catalogue::article(std::int64_t row) {
  static const std::string sql = fmt::format("select {} from article where row = ?", kArticleColumns);
  return catalogue_guard([&] { return first_article(impl_->statement(sql.c_str()).bind(row)); });
}

Result<std::optional<ArticleRow>> Catalogue::article_by_id(std::string_view id) {
  static const std::string sql = fmt::format("select {} from article where id = ? and not deleted", kArticleColumns);
  return catalogue_guard([&] { return first_article(impl_->statement(sql.c_str()).bind(id)); });
}

Result<std::vector<std::string>> Catalogue::ids_with_prefix(std::string_view prefix, int limit) {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto& s = impl_->statement(
        "select id from article where id >= ?1 and substr(id, 1, length(?1)) = ?1 and not deleted order by id limit "
        "?2");
    s.bind(prefix, limit);
    while (s.step()) out.emplace_back(s.text(0));
    s.reset();
    return out;
  });
}

Status Catalogue::load_text(std::int64_t row, Article& article) {
  const auto packed = catalogue_guard([&] {
    auto& s = impl_->statement("select text, paragraphs from body where row = ?").bind(row);
    std::pair<std::string, std::string> out;
    if (s.step()) out = {std::string(s.blob(0)), std::string(s.blob(1))};
    s.reset();
    return out;
  });
  if (!packed) return fail(packed);
  Result<std::string> text = unpack(packed->first);
  if (!text) return fail(std::move(text));
  auto paragraphs = decode_paragraphs(packed->second);
  if (!paragraphs) return fail(std::move(paragraphs));
  for (const Paragraph& p : *paragraphs)
    if (p.begin > p.end || p.end > text->size()) return damaged("a paragraph lies outside its text");
  article.text = std::move(*text);
  article.paragraphs = std::move(*paragraphs);
  return {};
}

Result<Annotation> Catalogue::annotation(std::int64_t row) {
  const auto packed = catalogue_guard([&] {
    auto& s = impl_->statement("select annotation from body where row = ?").bind(row);
    std::string out;
    if (s.step()) out = s.blob(0);
    s.reset();
    return out;
  });
  if (!packed) return fail(packed);
  Result<std::string> bytes = unpack(*packed);
  if (!bytes) return fail(std::move(bytes));
  return decode_annotation(*bytes);
}

Result<std::int64_t> Catalogue::article_count() {
  return catalogue_guard([&] {
    auto& s = impl_->statement("select count(*) from article where not deleted");
    s.step();
    const std::int64_t n = s.integer(0);
    s.reset();
    return n;
  });
}

Status Catalogue::each_article(const std::function<bool(const ArticleRow&)>& visit) {
  static const std::string sql = fmt::format("select {} from article where not deleted order by row", kArticleColumns);
  return catalogue_guard([&] {
    auto s = impl_->db.prepare(sql);
    while (s.step() && visit(read_article(s))) {
    }
  });
}

Result<std::optional<NameRow>> Catalogue::name(NameId id) {
  return catalogue_guard([&] {
    auto& s =
        impl_->statement("select id, kind, text, wikidata from name where id = ?").bind(static_cast<std::int64_t>(id));
    std::optional<NameRow> out;
    if (s.step()) out = read_name(s);
    s.reset();
    return out;
  });
}

Result<std::vector<NameRow>> Catalogue::names_by_key(std::string_view folded_key) {
  return catalogue_guard([&] {
    std::vector<NameRow> out;
    auto& s = impl_->statement(
        "select n.id, n.kind, n.text, n.wikidata from name_key k join name n on n.id = k.id where k.key = ? order by "
        "n.text, n.kind");
    s.bind(folded_key);
    while (s.step()) out.push_back(read_name(s));
    s.reset();
    return out;
  });
}

Result<std::vector<std::string>> Catalogue::keys_of_name(NameId id) {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto& s =
        impl_->statement("select key from name_key where id = ? order by key").bind(static_cast<std::int64_t>(id));
    while (s.step()) out.emplace_back(s.text(0));
    s.reset();
    return out;
  });
}

Result<std::vector<std::string>> Catalogue::name_keys_with_prefix(std::string_view prefix, int limit) {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto& s = impl_->statement(
        "select distinct key from name_key where key >= ?1 and substr(key, 1, length(?1)) = ?1 order by key limit ?2");
    s.bind(prefix, limit);
    while (s.step()) out.emplace_back(s.text(0));
    s.reset();
    return out;
  });
}

Result<std::vector<Catalogue::Correction>> Catalogue::corrections() {
  return catalogue_guard([&] {
    std::vector<Correction> out;
    auto& s = impl_->statement("select correction, what, a, b, made from correction order by correction");
    s.reset();
    while (s.step())
      out.push_back({s.integer(0), std::string(s.text(1)), std::string(s.text(2)), std::string(s.text(3)),
                     std::string(s.text(4))});
    s.reset();
    return out;
  });
}

Status Catalogue::add_correction(const Correction& c) {
  return catalogue_guard([&] {
    impl_->statement("insert into correction (what, a, b, made) values (?, ?, ?, ?)")
        .bind(c.what, c.a, c.b, c.made)
        .run();
  });
}

Result<std::vector<Catalogue::SavedQuery>> Catalogue::saved_queries() {
  return catalogue_guard([&] {
    std::vector<SavedQuery> out;
    auto& s = impl_->statement("select name, query, made, seen from saved_query order by name");
    s.reset();
    while (s.step())
      out.push_back({std::string(s.text(0)), std::string(s.text(1)), std::string(s.text(2)), s.integer(3)});
    s.reset();
    return out;
  });
}

Status Catalogue::save_query(const SavedQuery& q) {
  return catalogue_guard([&] {
    impl_->statement("insert or replace into saved_query values (?, ?, ?, ?)")
        .bind(q.name, q.query, q.made, q.seen)
        .run();
  });
}

Result<bool> Catalogue::drop_query(std::string_view name) {
  return catalogue_guard([&] {
    auto& s = impl_->statement("delete from saved_query where name = ? returning name").bind(name);
    const bool was = s.step();
    s.run();
    return was;
  });
}

Status Catalogue::saw_query(std::string_view name, std::int64_t row) {
  return catalogue_guard([&] {
    impl_->statement("update saved_query set seen = max(seen, ?) where name = ?").bind(row, name).run();
  });
}

Result<std::int64_t> Catalogue::newest_indexed_row() {
  return catalogue_guard([&] {
    auto& s = impl_->statement(
        "select coalesce((select min(row) - 1 from article where indexed_version <> row_version and indexed_version = 0), "
        "(select max(row) from article), 0)");
    s.reset();
    s.step();
    const std::int64_t row = s.integer(0);
    s.reset();
    return row;
  });
}

Result<std::vector<std::string>> Catalogue::ids_of_rows(std::int64_t first, std::int64_t last) {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto& s = impl_->statement("select id from article where row between ? and ? and not deleted order by row");
    s.bind(first, last);
    while (s.step()) out.emplace_back(s.text(0));
    s.reset();
    return out;
  });
}

Result<std::vector<RootRow>> Catalogue::roots() {
  return catalogue_guard([&] {
    std::vector<RootRow> out;
    auto& s = impl_->statement("select root, path, name from root order by path");
    s.reset();
    while (s.step()) out.push_back({s.integer(0), std::string(s.text(1)), std::string(s.text(2))});
    s.reset();
    return out;
  });
}

Result<std::optional<FileRow>> Catalogue::file(std::int64_t root, std::string_view path) {
  return catalogue_guard([&] {
    auto& s =
        impl_
            ->statement(
                "select file, root, path, size, mtime, sha256, outcome, reason from file where root = ? and path = ?")
            .bind(root, path);
    std::optional<FileRow> out;
    if (s.step()) out = read_file(s);
    s.reset();
    return out;
  });
}

Status Catalogue::each_file(std::int64_t root, const std::function<void(const FileRow&)>& visit) {
  return catalogue_guard([&] {
    auto s = impl_->db.prepare(
        "select file, root, path, size, mtime, sha256, outcome, reason from file where root = ? and size >= 0");
    s.bind(root);
    while (s.step()) visit(read_file(s));
  });
}

struct Catalogue::FilesInOrder::State {
  Catalogue& catalogue;
  std::int64_t root;
  std::string below, beyond;
  std::optional<sqlite::Statement> statement;
};

Catalogue::FilesInOrder::FilesInOrder(Catalogue& catalogue, std::int64_t root, std::string below)
    // '0' follows '/': the range holds the path itself, what lies below it, and names that only begin so.
    : state_(std::make_unique<State>(State{catalogue, root, below, below.empty() ? "" : below + "0", {}})) {}
Catalogue::FilesInOrder::~FilesInOrder() = default;

Result<std::optional<FileRow>> Catalogue::FilesInOrder::next() {
  return catalogue_guard([&]() -> std::optional<FileRow> {
    State& s = *state_;
    if (!s.statement) {
      s.statement.emplace(s.catalogue.impl_->db.prepare(
          "select file, root, path, size, mtime, sha256, outcome, reason from file where root = ?1 and path >= ?2 and "
          "(?3 = '' or path < ?3) and size >= 0 order by path"));
      s.statement->bind(s.root, s.below, s.beyond);
    }
    while (s.statement->step()) {
      FileRow row = read_file(*s.statement);
      if (s.below.empty() || row.path == s.below || row.path.starts_with(s.below + "/")) return row;
    }
    return {};
  });
}

Result<std::map<FileOutcome, std::int64_t>> Catalogue::file_outcomes() {
  return catalogue_guard([&] {
    std::map<FileOutcome, std::int64_t> out;
    auto& s = impl_->statement("select outcome, count(*) from file where size >= 0 group by outcome");
    s.reset();
    while (s.step()) out[static_cast<FileOutcome>(s.integer(0))] = s.integer(1);
    s.reset();
    return out;
  });
}

Result<std::vector<FileRow>> Catalogue::failed_files() {
  return catalogue_guard([&] {
    std::vector<FileRow> out;
    auto& s = impl_->statement(
        "select file, root, path, size, mtime, sha256, outcome, reason from file where outcome = 2 and size >= 0 order "
        "by root, path");
    s.reset();
    while (s.step()) out.push_back(read_file(s));
    s.reset();
    return out;
  });
}

Result<std::vector<std::string>> Catalogue::check() {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto s = impl_->db.prepare("pragma integrity_check(20)");
    while (s.step())
      if (s.text(0) != "ok") out.emplace_back(s.text(0));
    return out;
  });
}

}  // namespace spalte
