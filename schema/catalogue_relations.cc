// How does the catalogue keep what articles are to each other: versions of one story, near-duplicates?
#include "schema/catalogue_impl.h"

#include <algorithm>

namespace spalte {

std::optional<Sketch> Catalogue::Impl::read_sketch(std::int64_t row) {
  auto& s = statement("select shingles, hashes from sketch where row = ?").bind(row);
  std::optional<Sketch> out;
  if (s.step()) {
    const auto shingles = static_cast<std::uint32_t>(s.integer(0));
    out = Sketch{shingles, unpack_hashes(s.blob(1), shingles)};
  }
  s.reset();
  return out;
}

void Catalogue::Impl::drop_sketch_keys(std::int64_t row, const Sketch& sketch) {
  for (std::size_t i = 0; i < std::min(kSketchKeys, sketch.hashes.size()); ++i)
    statement("delete from sketch_key where hash = ? and row = ?")
        .bind(static_cast<std::int64_t>(sketch.hashes[i]), row)
        .run();
}

bool Catalogue::Impl::put_sketch(std::int64_t row, const Sketch& sketch, bool fresh) {
  if (!fresh)
    if (const std::optional<Sketch> old = read_sketch(row)) {
      if (old->shingles == sketch.shingles && old->hashes == sketch.hashes) return false;
      drop_sketch_keys(row, *old);
    }
  const std::string hashes = pack_hashes(sketch);
  statement("insert or replace into sketch (row, shingles, hashes) values (?, ?, ?)")
      .bind(row, sketch.shingles, sqlite::Statement::Bytes{hashes})
      .run();
  return true;
}

Result<std::uint32_t> Catalogue::keep_earlier_version(const ArticleRecord& r, std::int64_t as_row) {
  return catalogue_guard([&] {
    const Article& a = r.article;
    auto& s = impl_->statement(
        "select row, version, sha256 from article where id = ? and not deleted and web_page = ? and web_page <> '' and version >= "
        "?");
    s.bind(a.id, r.page, a.version);
    const bool there = s.step();
    const std::int64_t row = there ? s.integer(0) : 0;
    const auto version = there ? static_cast<std::uint32_t>(s.integer(1)) : a.version;
    const bool same = !there || s.blob(2) == r.text_sha256;
    s.reset();
    if (same) return version;
    const std::optional<Sketch> sketch = impl_->read_sketch(row);
    if (!sketch || !same_story(*sketch, r.sketch)) return a.version;
    auto& copied = impl_->statement(
        "insert into article (row, id, family, version, file, path, source, agency, byline, section, url, title, published, "
        "date_guessed, modified, added, lang, topics_given, words, sha256, urn, issue, page, regions, confidence, web_page, embargo, row_version, content_version) "
        "select nullif(?2, 0), id || '@' || version, family, version, file, path, source, agency, byline, section, url, title, "
        "published, date_guessed, modified, added, lang, topics_given, words, sha256, urn, issue, page, regions, confidence, web_page, embargo, 2, 2 from article where row = ?1 "
        "returning row");
    copied.bind(row, as_row);
    copied.step();
    const std::int64_t copy = copied.integer(0);
    copied.run();
    impl_
        ->statement(
            "insert into body (row, text, paragraphs, annotation) select ?, text, paragraphs, annotation from body where "
            "row = ?")
        .bind(copy, row)
        .run();
    impl_->statement("insert into unrelated values (?)").bind(copy).run();
    return version + 1;
  });
}

Status Catalogue::withdraw(std::string_view family, std::uint32_t version) {
  return catalogue_guard([&] {
    impl_
        ->statement(
            "insert into withdrawn (family, version) values (?, ?) on conflict (family) do update set version = "
            "max(version, excluded.version)")
        .bind(family, version)
        .run();
    impl_->statement("insert or ignore into unrelated select row from article where family = ? and not deleted")
        .bind(family)
        .run();
  });
}

Result<std::vector<std::int64_t>> Catalogue::unrelated(std::int64_t after_row, int limit) {
  return catalogue_guard([&] {
    std::vector<std::int64_t> out;
    auto& s = impl_->statement("select row from unrelated where row > ? order by row limit ?").bind(after_row, limit);
    while (s.step()) out.push_back(s.integer(0));
    s.reset();
    return out;
  });
}

Status Catalogue::mark_related(const std::vector<std::int64_t>& rows) {
  return catalogue_guard([&] {
    for (std::int64_t row : rows) impl_->statement("delete from unrelated where row = ?").bind(row).run();
  });
}

Result<std::vector<FamilyMember>> Catalogue::family(std::string_view family) {
  return catalogue_guard([&] {
    std::vector<FamilyMember> out;
    auto& s = impl_->statement(
        "select row, id, version, newest_of, sha256, embargo, superseded_from from article where family = ? and family <> '' and not deleted "
        "order by version, case when modified <> '' then modified else published end, added, id");
    s.bind(family);
    while (s.step())
      out.push_back({s.integer(0), std::string(s.text(1)), static_cast<std::uint32_t>(s.integer(2)),
                     static_cast<std::uint32_t>(s.integer(3)), std::string(s.blob(4)), std::string(s.text(5)),
                     std::string(s.text(6))});
    s.reset();
    return out;
  });
}

Result<std::vector<Catalogue::PageMember>> Catalogue::page(std::string_view page) {
  return catalogue_guard([&] {
    std::vector<PageMember> out;
    auto& s = impl_->statement(
        "select row, id, family, newest_of from article where web_page = ? and web_page <> '' and not deleted order by id");
    s.bind(page);
    while (s.step())
      out.push_back({s.integer(0), std::string(s.text(1)), std::string(s.text(2)),
                     static_cast<std::uint32_t>(s.integer(3))});
    s.reset();
    return out;
  });
}

Status Catalogue::set_family(std::int64_t row, std::string_view family) {
  return catalogue_guard([&] {
    impl_
        ->statement(
            "update article set family = ?1, row_version = row_version + 1, content_version = row_version + 1 where row = "
            "?2 and family <> ?1")
        .bind(family, row)
        .run();
  });
}

Status Catalogue::drop_withdrawn(std::string_view family) {
  return catalogue_guard([&] {
    std::vector<std::int64_t> gone;
    auto& s = impl_->statement(
        "select a.row from withdrawn w join article a on a.family = w.family where w.family = ? and a.version <= "
        "w.version and not a.deleted");
    s.bind(family);
    while (s.step()) gone.push_back(s.integer(0));
    s.reset();
    for (std::int64_t row : gone) {
      impl_
          ->statement(
              "insert or replace into withdrawn_article (id, family, version) select id, family, version from article "
              "where row = ?")
          .bind(row)
          .run();
      impl_->mark_deleted(row);
    }
  });
}

Result<std::vector<WithdrawnVersion>> Catalogue::withdrawn(std::string_view family_or_id) {
  return catalogue_guard([&] {
    std::vector<WithdrawnVersion> out;
    const auto take = [&](sqlite::Statement& s) {
      s.bind(family_or_id);
      while (s.step()) out.push_back({std::string(s.text(0)), static_cast<std::uint32_t>(s.integer(1))});
      s.reset();
    };
    take(impl_->statement(
        "select id, version from withdrawn_article where family = coalesce((select family from withdrawn_article where id "
        "= ?1), ?1) order by version, id"));
    if (out.empty()) take(impl_->statement("select '', version from withdrawn where family = ?"));
    return out;
  });
}

Status Catalogue::set_newest_of(std::int64_t row, std::uint32_t newest_of, std::string_view superseded_from) {
  return catalogue_guard([&] {
    impl_
        ->statement(
            "update article set newest_of = ?1, superseded_from = ?3, row_version = row_version + 1 where row = ?2 and "
            "(newest_of, superseded_from) <> (?1, ?3)")
        .bind(newest_of, row, superseded_from)
        .run();
  });
}

Result<std::int64_t> Catalogue::held_count(std::string_view now) {
  return catalogue_guard([&] {
    if (impl_->of_before) return std::int64_t{0};
    auto& s = impl_->statement(
        "select count(*) from main.article where embargo <> '' and embargo > ? and not deleted");
    s.bind(now);
    s.step();
    const std::int64_t n = s.integer(0);
    s.reset();
    return n;
  });
}

Status Catalogue::mark_lifted(std::string_view now) {
  return catalogue_guard([&] {
    constexpr const char* kSince = "coalesce((select value from state where key = 'lifted'), '')";
    static const std::string rows =
        std::string("from article where embargo <> '' and embargo <= ?1 and embargo > ") + kSince;
    static const std::string any = "select 1 " + rows + " limit 1", mark = "insert or ignore into unrelated select row " + rows;
    auto& s = impl_->statement(any.c_str()).bind(now);
    const bool some = s.step();
    s.reset();
    // A run without such writes nothing.
    if (!some) return;
    sqlite::Transaction transaction(impl_->db);
    impl_->statement(mark.c_str()).bind(now).run();
    impl_->statement("insert or replace into state values ('lifted', ?)").bind(now).run();
    transaction.commit();
  });
}

Status Catalogue::set_duplicates(std::int64_t row, std::string_view group) {
  return catalogue_guard([&] {
    impl_
        ->statement("update article set duplicates = ?1, row_version = row_version + 1 where row = ?2 and duplicates <> ?1")
        .bind(group, row)
        .run();
  });
}

Result<std::vector<Catalogue::GroupMember>> Catalogue::group(std::string_view duplicates) {
  return catalogue_guard([&] {
    std::vector<GroupMember> out;
    auto& s = impl_->statement(
        "select row, id from article where duplicates = ? and duplicates <> '' and not deleted and newest_of > 0 order by "
        "id");
    s.bind(duplicates);
    while (s.step()) out.push_back({s.integer(0), std::string(s.text(1))});
    s.reset();
    return out;
  });
}

Result<std::optional<Sketch>> Catalogue::sketch(std::int64_t row) {
  return catalogue_guard([&] { return impl_->read_sketch(row); });
}

Status Catalogue::put_sketch(std::int64_t row, const Sketch& sketch) {
  return catalogue_guard([&] {
    if (impl_->put_sketch(row, sketch, false))
      impl_->statement("insert or ignore into unrelated values (?)").bind(row).run();
  });
}

Status Catalogue::add_sketch_key(std::uint32_t hash, std::int64_t row) {
  return catalogue_guard([&] {
    impl_->statement("insert or ignore into sketch_key values (?, ?)").bind(static_cast<std::int64_t>(hash), row).run();
  });
}

Status Catalogue::drop_sketch_keys(std::int64_t row) {
  return catalogue_guard([&] {
    if (const std::optional<Sketch> sketch = impl_->read_sketch(row)) impl_->drop_sketch_keys(row, *sketch);
  });
}

Status Catalogue::each_with_key(std::uint32_t hash, int limit, const std::function<void(std::int64_t)>& visit) {
  return catalogue_guard([&] {
    auto& s = impl_->statement("select row from sketch_key where hash = ? order by row limit ?")
                  .bind(static_cast<std::int64_t>(hash), limit);
    while (s.step()) visit(s.integer(0));
    s.reset();
  });
}

}  // namespace spalte
