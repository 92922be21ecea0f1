// How is the catalogue written, and how does it know what the index lacks?
#include "schema/annotation_codec.h"
#include "schema/catalogue_impl.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte {
namespace {

/// The map of stored names only spares repeated inserts; it is emptied when it grows past this.
constexpr std::size_t kMaxRememberedNames = 400'000;

}  // namespace

void Catalogue::Impl::put_names(const ArticleRecord& r) {
  if (stored_names.size() > kMaxRememberedNames) stored_names.clear();
  for (const NameRow& n : r.names) {
    if (!stored_names.emplace(n.id ^ (n.wikidata.empty() ? 0 : stable_hash(n.wikidata)), 1).second) continue;
    // Sources that do not agree on the id: the smallest number, so that the order of indexing does not matter.
    statement(
        "insert into name (id, kind, text, wikidata) values (?, ?, ?, ?) on conflict (id) do update set wikidata = "
        "excluded.wikidata where excluded.wikidata <> '' and (wikidata = '' or (length(excluded.wikidata), "
        "excluded.wikidata) < (length(wikidata), wikidata))")
        .bind(static_cast<std::int64_t>(n.id), static_cast<int>(n.kind), n.text, n.wikidata)
        .run();
  }
  for (const auto& [key, id] : r.name_keys) {
    if (!stored_names.emplace(stable_hash(key) ^ id, 1).second) continue;
    statement("insert or ignore into name_key (key, id) values (?, ?)").bind(key, static_cast<std::int64_t>(id)).run();
  }
}

void Catalogue::Impl::mark_deleted(std::int64_t row) {
  statement("insert or ignore into unrelated values (?)").bind(row).run();
  statement("update article set deleted = 1, row_version = row_version + 1 where row = ?").bind(row).run();
}

Status Catalogue::begin() {
  return catalogue_guard([&] { impl_->transaction = std::make_unique<sqlite::Transaction>(impl_->db); });
}

Status Catalogue::commit() {
  return catalogue_guard([&] {
    if (impl_->transaction) impl_->transaction->commit();
    impl_->transaction.reset();
  });
}

void Catalogue::rollback() {
  impl_->transaction.reset();
  impl_->stored_names.clear();
  impl_->adopted_names.clear();
}

Result<RootRow> Catalogue::root(const std::string& absolute_path, const std::string& name) {
  return catalogue_guard([&] {
    impl_->statement("insert or ignore into root (path, name) values (?, ?)").bind(absolute_path, name).run();
    auto& s = impl_->statement("select root, path, name from root where path = ?").bind(absolute_path);
    s.step();
    RootRow row{s.integer(0), std::string(s.text(1)), std::string(s.text(2))};
    s.reset();
    return row;
  });
}

Result<std::int64_t> Catalogue::put_file(const FileRow& f) {
  return catalogue_guard([&] {
    auto& s = impl_->statement(
        "insert into file (root, path, size, mtime, sha256, outcome, reason) values (?, ?, ?, ?, ?, ?, ?) "
        "on conflict (root, path) do update set size = excluded.size, mtime = excluded.mtime, sha256 = "
        "excluded.sha256, "
        "outcome = excluded.outcome, reason = excluded.reason returning file");
    s.bind(f.root, f.path, f.size, f.mtime, sqlite::Statement::Bytes{f.sha256}, static_cast<int>(f.outcome), f.reason);
    s.step();
    const std::int64_t number = s.integer(0);
    s.run();
    return number;
  });
}

Result<bool> Catalogue::shown_from_another(const Article& article, std::int64_t file) {
  return catalogue_guard([&] {
    auto& s = impl_->statement(
        "select f.file, f.size >= 0, a.modified, (f.root, f.path) < (n.root, n.path) from article a join file f on "
        "f.file = "
        "a.file join file n on n.file = ?2 where a.id = ?1 and a.file <> ?2 and not a.deleted");
    s.bind(article.id, file);
    if (!s.step()) {
      s.reset();
      return false;
    }
    const std::int64_t other = s.integer(0);
    const std::string modified(s.text(2));
    const bool dated = !modified.empty() && !article.modified.empty() && modified != article.modified;
    const bool stays = s.integer(1) != 0 && (dated ? modified > article.modified : s.integer(3) != 0);
    s.reset();
    impl_->statement("insert or ignore into also_in (id, file) values (?, ?)")
        .bind(article.id, stays ? file : other)
        .run();
    // A bulk run holds a document of either: the row is written anew behind it.
    if (stays) impl_->statement("update article set row_version = row_version + 1 where id = ?").bind(article.id).run();
    return stays;
  });
}

std::int64_t Catalogue::files_freed() const { return impl_->files_freed; }

void Catalogue::Impl::free_other_files(const std::string& id) {
  auto& s = statement("select file from also_in where id = ?").bind(id);
  std::vector<std::int64_t> files;
  while (s.step()) files.push_back(s.integer(0));
  s.reset();
  for (const std::int64_t file : files) {
    statement("update file set mtime = 0, sha256 = x'' where file = ?").bind(file).run();
    ++files_freed;
  }
  if (!files.empty()) statement("delete from also_in where id = ?").bind(id).run();
}

Status Catalogue::forget_file(std::int64_t file) {
  return catalogue_guard([&] {
    impl_->statement("delete from also_in where file = ?").bind(file).run();
    auto& shared =
        impl_->statement("select id from also_in where id in (select id from article where file = ? and not deleted)")
            .bind(file);
    std::vector<std::string> ids;
    while (shared.step()) ids.emplace_back(shared.text(0));
    shared.reset();
    for (const std::string& id : ids) impl_->free_other_files(id);
    impl_->statement("insert or ignore into unrelated select row from article where file = ? and not deleted")
        .bind(file)
        .run();
    impl_->statement("update article set deleted = 1, row_version = row_version + 1 where file = ? and not deleted")
        .bind(file)
        .run();
    // The row stays, marked by size -1 and under a path that no file can have, while articles refer to it; mark_indexed
    // takes it out with the last of them.
    impl_
        ->statement(
            "update file set size = -1, mtime = 0, path = path || char(10) || file where file = ?1 and exists (select "
            "1 from article where file = ?1)")
        .bind(file)
        .run();
    impl_->statement("delete from file where file = ?1 and not exists (select 1 from article where file = ?1)")
        .bind(file)
        .run();
  });
}

std::vector<std::pair<std::int64_t, std::string>> Catalogue::Impl::others_of_file(
    std::int64_t file, const std::vector<std::int64_t>& keep) {
  auto& s = statement("select row, id from article where file = ? and not deleted").bind(file);
  std::vector<std::pair<std::int64_t, std::string>> articles;
  while (s.step()) articles.emplace_back(s.integer(0), s.text(1));
  s.reset();
  std::unordered_set<std::string> kept;
  for (const auto& [row, id] : articles)
    if (std::binary_search(keep.begin(), keep.end(), row)) kept.insert(id);
  std::erase_if(articles, [&](const auto& a) {
    return kept.contains(a.second) || kept.contains(a.second.substr(0, a.second.rfind('@')));
  });
  return articles;
}

Result<bool> Catalogue::articles_would_go(std::int64_t file, const std::vector<std::int64_t>& keep) {
  return catalogue_guard([&] { return !impl_->others_of_file(file, keep).empty(); });
}

Status Catalogue::drop_articles_of_file(std::int64_t file, const std::vector<std::int64_t>& keep) {
  return catalogue_guard([&] {
    for (const auto& [row, id] : impl_->others_of_file(file, keep)) {
      impl_->free_other_files(id);
      impl_->mark_deleted(row);
    }
  });
}

Status Catalogue::forget_article(std::string_view id) {
  return catalogue_guard([&] {
    impl_
        ->statement(
            "insert or replace into forgotten (id, made, sha256) values (?1, datetime('now'), (select sha256 from "
            "article where id = ?1))")
        .bind(id)
        .run();
    impl_->statement("insert or ignore into unrelated select row from article where id = ? and not deleted")
        .bind(id)
        .run();
    impl_->statement("update article set deleted = 1, row_version = row_version + 1 where id = ? and not deleted")
        .bind(id)
        .run();
  });
}

Result<Forgotten> Catalogue::forgotten() {
  return catalogue_guard([&] {
    Forgotten out;
    auto& s = impl_->statement("select id, sha256 from forgotten");
    s.reset();
    while (s.step()) {
      out.ids.emplace(s.text(0));
      if (!s.is_null(1)) out.texts.emplace(s.blob(1));
    }
    s.reset();
    return out;
  });
}

void Catalogue::Impl::keep_highest_row() {
  statement(
      "insert or replace into state select 'highest_row', max(coalesce(max(row), 0), coalesce((select cast(value as "
      "integer) from state where key = 'highest_row'), 0)) from article")
      .bind()
      .run();
}

Result<Catalogue::Put> Catalogue::put_article(const ArticleRecord& r, std::int64_t file, std::string_view now) {
  using Bytes = sqlite::Statement::Bytes;
  return catalogue_guard([&] {
    const Article& a = r.article;
    // A story that it leaves has to be looked at again.
    impl_
        ->statement(
            "insert or ignore into unrelated select row from article where family <> '' and family = (select family "
            "from "
            "article where id = ?1) and family <> ?2")
        .bind(a.id, a.family)
        .run();
    std::string given;
    for (const std::string& topic : a.topics_given) given += (given.empty() ? "" : "\x1f") + topic;
    const std::string title(a.title());
    auto& s = impl_->statement(
        "insert into article (id, family, version, file, path, source, agency, byline, section, url, title, published, "
        "date_guessed, "
        "modified, added, lang, topics_given, words, sha256, row, urn, issue, page, regions, confidence, web_page, "
        "embargo, row_version, content_version) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?, coalesce(nullif(?, 0), 1 + "
        "max((select coalesce(max(row), 0) from article), "
        "coalesce((select cast(value as integer) from state where key = 'highest_row'), 0))), ?,?,?,?,?, ?, ?, 1, 1) "
        "on conflict (id) do update set family = excluded.family, version = excluded.version, file = excluded.file, "
        "path = excluded.path, "
        "source = excluded.source, agency = excluded.agency, byline = excluded.byline, section = excluded.section, url "
        "= excluded.url, "
        "title = excluded.title, published = excluded.published, date_guessed = excluded.date_guessed, modified = "
        "excluded.modified, "
        "lang = excluded.lang, topics_given = excluded.topics_given, words = excluded.words, sha256 = excluded.sha256, "
        "urn = excluded.urn, issue = excluded.issue, page = excluded.page, regions = excluded.regions, confidence = "
        "excluded.confidence, web_page = excluded.web_page, embargo = excluded.embargo, deleted = 0, "
        "row_version = row_version + 1, content_version = row_version + 1 returning row, row_version");
    s.bind(a.id, a.family, a.version, file, a.path, a.source, a.agency, a.byline, a.section, a.url, title, a.published,
           a.date_guessed, a.modified, now, a.lang, given, r.words, Bytes{r.text_sha256}, r.row, a.print.urn,
           a.print.issue, a.print.page, a.print.regions, a.print.confidence, r.page, a.embargo);
    s.step();
    Put put{s.integer(0), s.integer(1), s.integer(1) == 1};
    s.run();
    const std::string paragraphs = encode_paragraphs(a.paragraphs);
    impl_->statement("insert or replace into body (row, text, paragraphs, annotation) values (?, ?, ?, ?)")
        .bind(put.row, Bytes{r.text_packed}, Bytes{paragraphs}, Bytes{r.annotation_packed})
        .run();
    impl_->put_names(r);
    impl_->put_sketch(put.row, r.sketch, put.inserted);
    impl_->statement("insert or ignore into unrelated values (?)").bind(put.row).run();
    return put;
  });
}

Status Catalogue::put_annotation(std::int64_t row, const ArticleRecord& r) {
  return catalogue_guard([&] {
    impl_->statement("update body set annotation = ? where row = ?")
        .bind(sqlite::Statement::Bytes{r.annotation_packed}, row)
        .run();
    impl_->statement("update article set lang = ? where row = ?").bind(r.article.lang, row).run();
    impl_->put_names(r);
  });
}

Status Catalogue::move_file(std::int64_t file, std::int64_t root, std::string_view path,
                            std::string_view absolute_path) {
  return catalogue_guard([&] {
    // What lies inside a container keeps its place there.
    impl_
        ->statement(
            "update article set path = ?1 || substr(path, 1 + (select length(root.path || iif(file.path = '', '', '/') "
            "|| file.path) from file join root on root.root = file.root where file.file = ?2)), row_version = "
            "row_version + 1, content_version = row_version + 1 where file = ?2 and not deleted")
        .bind(absolute_path, file)
        .run();
    impl_->statement("update file set root = ?, path = ? where file = ?").bind(root, path, file).run();
  });
}

Result<std::vector<Catalogue::Dirty>> Catalogue::dirty(std::int64_t after_row, int limit) {
  return catalogue_guard([&] {
    std::vector<Dirty> out;
    auto& s = impl_->statement(
        "select row, id, row_version, indexed_version, deleted, content_version from article where indexed_version <> "
        "row_version and row > ? order by row limit ?");
    s.bind(after_row, limit);
    while (s.step())
      out.push_back({s.integer(0), std::string(s.text(1)), s.integer(2), s.integer(3), s.integer(4) != 0,
                     s.integer(3) > 0 && s.integer(3) >= s.integer(5)});
    s.reset();
    return out;
  });
}

Result<std::int64_t> Catalogue::dirty_count() {
  return catalogue_guard([&] {
    auto& s = impl_->statement("select count(*) from article where indexed_version <> row_version");
    s.reset();
    s.step();
    const std::int64_t n = s.integer(0);
    s.reset();
    return n;
  });
}

Status Catalogue::mark_indexed(const std::vector<Dirty>& done, std::uint64_t generation) {
  return catalogue_guard([&] {
    sqlite::Transaction transaction(impl_->db);
    if (std::any_of(done.begin(), done.end(), [](const Dirty& d) { return d.deleted; })) impl_->keep_highest_row();
    for (const Dirty& d : done) {
      if (d.deleted) {
        auto& s = impl_->statement("delete from article where row = ? and row_version = ? and deleted returning file")
                      .bind(d.row, d.row_version);
        const std::int64_t file = s.step() ? s.integer(0) : -1;
        s.run();
        impl_
            ->statement(
                "delete from file where file = ?1 and size = -1 and not exists (select 1 from article where file = ?1)")
            .bind(file)
            .run();
      } else {
        impl_->statement("update article set indexed_version = ? where row = ?").bind(d.row_version, d.row).run();
      }
    }
    impl_->statement("insert or replace into state values ('generation', ?)").bind(std::to_string(generation)).run();
    transaction.commit();
  });
}

Status Catalogue::mark_rows_indexed(std::int64_t first, std::int64_t last, std::uint64_t generation) {
  return catalogue_guard([&] {
    sqlite::Transaction transaction(impl_->db);
    impl_
        ->statement(
            "update article set indexed_version = 1 where row between ? and ? and row_version = 1 and indexed_version "
            "= 0")
        .bind(first, last)
        .run();
    impl_->statement("insert or replace into state values ('generation', ?)").bind(std::to_string(generation)).run();
    transaction.commit();
  });
}

Status Catalogue::mark_all_indexed(std::uint64_t generation) {
  return catalogue_guard([&] {
    sqlite::Transaction transaction(impl_->db);
    impl_->keep_highest_row();
    impl_->db.execute(
        "delete from article where deleted; delete from file where size = -1;"
        "update article set indexed_version = row_version where indexed_version <> row_version;");
    impl_->statement("insert or replace into state values ('generation', ?)").bind(std::to_string(generation)).run();
    transaction.commit();
  });
}

Result<std::int64_t> Catalogue::highest_row() {
  return catalogue_guard([&] {
    auto& s = impl_->statement(
        "select max(coalesce(max(row), 0), coalesce((select cast(value as integer) from state where key = "
        "'highest_row'), 0)) from article");
    s.reset();
    s.step();
    const std::int64_t row = s.integer(0);
    s.reset();
    return row;
  });
}

Status Catalogue::mark_all_dirty() {
  return catalogue_guard(
      [&] { impl_->db.execute("update article set indexed_version = 0 where indexed_version <> 0"); });
}

Status Catalogue::sweep_names(const std::function<bool(NameId)>& in_use) {
  return catalogue_guard([&] {
    std::vector<std::int64_t> unused;
    {
      auto s = impl_->db.prepare("select id from name");
      while (s.step())
        if (!in_use(static_cast<NameId>(s.integer(0)))) unused.push_back(s.integer(0));
    }
    sqlite::Transaction transaction(impl_->db);
    impl_->db.execute("create temp table if not exists unused_name (id integer primary key); delete from unused_name;");
    for (std::int64_t id : unused) impl_->statement("insert into unused_name values (?)").bind(id).run();
    impl_->db.execute(
        "delete from name where id in (select id from unused_name); delete from name_key where id in (select id from "
        "unused_name);");
    transaction.commit();
    impl_->stored_names.clear();
    impl_->adopted_names.clear();
  });
}

Status Catalogue::vacuum() {
  return catalogue_guard([&] { impl_->db.execute("vacuum; pragma wal_checkpoint(truncate);"); });
}

}  // namespace spalte
