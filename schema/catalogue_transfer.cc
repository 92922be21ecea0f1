// How does an article pass from one catalogue to another with all that belongs to it?
#include "schema/annotation_codec.h"
#include "schema/catalogue_impl.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte {
namespace {

/// What the catalogue that takes the article says itself of it.
constexpr std::string_view kOwnColumns[] = {
    "row", "file", "indexed_version", "row_version", "content_version", "newest_of", "duplicates", "superseded_from"};

void bind_column(sqlite::Statement& to, int index, const sqlite::Statement& from, int column, bool blob) {
  if (blob) {
    to.bind_at(index, sqlite::Statement::Bytes{from.blob(column)});
  } else if (from.is_integer(column)) {
    to.bind_at(index, from.integer(column));
  } else {
    to.bind_at(index, from.text(column));
  }
}

}  // namespace

/// The statements that copy an article's row, made of the columns that the table has.
struct ArticleCopy {
  std::vector<bool> blobs;
  std::string select, insert;

  explicit ArticleCopy(sqlite::Database& db) {
    std::string columns, places;
    auto s = db.prepare("select name, lower(type) from pragma_table_info('article')");
    while (s.step()) {
      const std::string name(s.text(0));
      if (std::find(std::begin(kOwnColumns), std::end(kOwnColumns), name) != std::end(kOwnColumns)) continue;
      blobs.push_back(s.text(1) == "blob");
      columns += ", " + name;
      places += ", ?";
    }
    select = fmt::format("select file{} from article where row = ? and not deleted", columns);
    // Version 2: a bulk run under way takes rows of version 1 for its own.
    insert = fmt::format(
        "insert into article (row, file, row_version, content_version{}) values (coalesce(nullif(?, 0), 1 + "
        "max((select coalesce(max(row), 0) from article), coalesce((select cast(value as integer) from state where key "
        "= 'highest_row'), 0))), ?, 2, 2{}) returning row",
        columns, places);
  }
};

std::int64_t Catalogue::Impl::adopt_file(Impl& from, std::int64_t file) {
  auto& s = from.statement(
      "select r.path, r.name, f.path, f.size, f.mtime, f.sha256, f.outcome, f.reason from file f join root r on r.root "
      "= f.root where f.file = ?");
  s.bind(file);
  if (!s.step())
    throw sqlite::SqliteFailure{{ErrorCode::index_damaged, "an article's file is not in the catalogue", ""}};
  statement("insert or ignore into root (path, name) values (?, ?)").bind(s.text(0), s.text(1)).run();
  statement(
      "insert or ignore into file (root, path, size, mtime, sha256, outcome, reason) select root, ?2, ?3, ?4, ?5, ?6, "
      "?7 from root where path = ?1")
      .bind(s.text(0), s.text(2), s.integer(3), s.integer(4), sqlite::Statement::Bytes{s.blob(5)}, s.integer(6),
            s.text(7))
      .run();
  auto& own = statement("select f.file from file f join root r on r.root = f.root where r.path = ? and f.path = ?");
  own.bind(s.text(0), s.text(2));
  own.step();
  const std::int64_t number = own.integer(0);
  own.reset();
  s.reset();
  return number;
}

Result<std::optional<std::int64_t>> Catalogue::adopt(Catalogue& from, std::int64_t row, std::int64_t as_row) {
  Result<Annotation> annotation = from.annotation(row);
  if (!annotation) return fail(std::move(annotation));
  ArticleRecord names;
  for (const ArticleActor& actor : annotation->actors) {
    const NameId id = name_id(actor.kind, actor.name);
    if (impl_->adopted_names.contains(id)) continue;
    Result<std::optional<NameRow>> name = from.name(id);
    if (!name) return fail(std::move(name));
    if (!*name) continue;
    Result<std::vector<std::string>> keys = from.keys_of_name(id);
    if (!keys) return fail(std::move(keys));
    names.names.push_back(std::move(**name));
    for (std::string& key : *keys) names.name_keys.emplace_back(std::move(key), id);
  }
  return catalogue_guard([&]() -> std::optional<std::int64_t> {
    for (Impl* side : {impl_.get(), from.impl_.get()})
      if (!side->article_copy) side->article_copy = std::make_shared<ArticleCopy>(side->db);
    const ArticleCopy& copy = *impl_->article_copy;
    auto& source = from.impl_->statement(from.impl_->article_copy->select.c_str()).bind(row);
    if (!source.step()) {
      source.reset();
      return {};
    }
    // The id is the first of the columns that are copied.
    const std::string id(source.text(1));
    auto& there = impl_->statement("select row, deleted from article where id = ?").bind(id);
    const bool live = there.step() && there.integer(1) == 0;
    there.reset();
    if (live) {
      source.reset();
      return {};
    }
    // One that is gone, but stands in the index still: its document is replaced by the new row's.
    impl_->statement("delete from article where id = ? and deleted").bind(id).run();
    const std::int64_t file = impl_->adopt_file(*from.impl_, source.integer(0));
    auto& insert = impl_->statement(copy.insert.c_str());
    insert.clear();
    insert.bind_at(1, as_row);
    insert.bind_at(2, file);
    for (std::size_t i = 0; i < copy.blobs.size(); ++i)
      bind_column(insert, static_cast<int>(i) + 3, source, static_cast<int>(i) + 1, copy.blobs[i]);
    insert.step();
    const std::int64_t made = insert.integer(0);
    insert.run();
    source.reset();
    auto& body = from.impl_->statement("select text, paragraphs, annotation from body where row = ?").bind(row);
    body.step();
    impl_->statement("insert or replace into body (row, text, paragraphs, annotation) values (?, ?, ?, ?)")
        .bind(made, sqlite::Statement::Bytes{body.blob(0)}, sqlite::Statement::Bytes{body.blob(1)},
              sqlite::Statement::Bytes{body.blob(2)})
        .run();
    body.reset();
    if (const std::optional<Sketch> sketch = from.impl_->read_sketch(row)) impl_->put_sketch(made, *sketch, true);
    impl_->statement("insert or ignore into unrelated values (?)").bind(made).run();
    impl_->put_names(names);
    for (const NameRow& n : names.names) impl_->adopted_names.insert(n.id);
    return made;
  });
}

Result<std::vector<std::int64_t>> Catalogue::earlier_versions(std::string_view id) {
  return catalogue_guard([&] {
    std::vector<std::int64_t> out;
    // 'A' follows '@'.
    auto& s = impl_->statement(
        "select row from article where id > ?1 || '@' and id < ?1 || 'A' and not deleted order by row");
    s.bind(id);
    while (s.step()) out.push_back(s.integer(0));
    s.reset();
    return out;
  });
}

Status Catalogue::adopt_files(Catalogue& from) {
  return catalogue_guard([&] {
    auto files = from.impl_->db.prepare("select file from file where size >= 0");
    while (files.step()) impl_->adopt_file(*from.impl_, files.integer(0));
    auto also = from.impl_->db.prepare("select id, file from also_in");
    while (also.step()) {
      const std::string id(also.text(0));
      auto& here = impl_->statement("select 1 from article where id = ? and not deleted").bind(id);
      const bool there = here.step();
      here.reset();
      if (!there) continue;
      impl_->statement("insert or ignore into also_in (id, file) values (?, ?)")
          .bind(id, impl_->adopt_file(*from.impl_, also.integer(1)))
          .run();
    }
  });
}

Status Catalogue::adopt_exclusions(Catalogue& from) {
  return catalogue_guard([&] {
    auto forgotten = from.impl_->db.prepare("select id, made, sha256 from forgotten");
    while (forgotten.step()) {
      auto& s = impl_->statement("insert or ignore into forgotten (id, made, sha256) values (?, ?, ?)");
      s.clear();
      s.bind_at(1, forgotten.text(0));
      s.bind_at(2, forgotten.text(1));
      if (!forgotten.is_null(2)) s.bind_at(3, sqlite::Statement::Bytes{forgotten.blob(2)});
      s.run();
    }
    auto withdrawn = from.impl_->db.prepare("select family, version from withdrawn");
    while (withdrawn.step())
      impl_
          ->statement(
              "insert into withdrawn (family, version) values (?, ?) on conflict (family) do update set version = "
              "max(version, excluded.version)")
          .bind(withdrawn.text(0), withdrawn.integer(1))
          .run();
    auto versions = from.impl_->db.prepare("select id, family, version from withdrawn_article");
    while (versions.step())
      impl_->statement("insert or ignore into withdrawn_article (id, family, version) values (?, ?, ?)")
          .bind(versions.text(0), versions.text(1), versions.integer(2))
          .run();
  });
}

Status Catalogue::replace_corrections(const std::vector<Correction>& all) {
  return catalogue_guard([&] {
    impl_->db.execute("delete from correction");
    for (const Correction& c : all)
      impl_->statement("insert into correction (what, a, b, made) values (?, ?, ?, ?)")
          .bind(c.what, c.a, c.b, c.made)
          .run();
  });
}

Status Catalogue::drop_article(std::int64_t row) {
  return catalogue_guard([&] { impl_->mark_deleted(row); });
}

Status Catalogue::yield_article(std::int64_t row) {
  return catalogue_guard([&] {
    impl_->statement("insert or ignore into also_in (id, file) select id, file from article where row = ?")
        .bind(row)
        .run();
    impl_->mark_deleted(row);
  });
}

Status Catalogue::remember_file_of(std::string_view id, std::int64_t file) {
  return catalogue_guard(
      [&] { impl_->statement("insert or ignore into also_in (id, file) values (?, ?)").bind(id, file).run(); });
}

Result<std::vector<std::string>> Catalogue::ids_in_other_files() {
  return catalogue_guard([&] {
    std::vector<std::string> out;
    auto& s = impl_->statement("select distinct id from also_in");
    s.reset();
    while (s.step()) out.emplace_back(s.text(0));
    s.reset();
    return out;
  });
}

Status Catalogue::free_files_of(const std::string& id) {
  return catalogue_guard([&] { impl_->free_other_files(id); });
}

}  // namespace spalte
