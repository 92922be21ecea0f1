// Does the catalogue keep what it is given, and know what the index still lacks?
#include "schema/catalogue.h"

#include "schema/annotation_codec.h"
#include "schema/packing.h"
#include "tests/support.h"

#include <string>

#include <catch2/catch.hpp>

namespace spalte {
namespace {

ArticleRecord record(const std::string& id, const std::string& text) {
  ArticleRecord r;
  r.article.id = id;
  r.article.text = text;
  r.article.paragraphs = {{0, static_cast<std::uint32_t>(text.size() - 1), ParagraphRole::body}};
  r.article.source = "Havnebladet";
  r.article.published = "2011-05-17";
  r.text_packed = pack(text, Packed::text);
  r.annotation_packed = pack(encode_annotation({}), Packed::annotation);
  r.text_sha256 = text;
  return r;
}

struct Open {
  test::TempFolder folder;
  Catalogue catalogue;
  std::int64_t file = 0;

  Open() : catalogue(open()) {
    const auto root = catalogue.root("/arkiv", "arkiv");
    REQUIRE(root);
    FileRow row;
    row.root = root->root;
    row.path = "a.txt";
    row.sha256 = std::string(32, 'x');
    const auto put = catalogue.put_file(row);
    REQUIRE(put);
    file = *put;
  }
  Catalogue open() const {
    auto c = Catalogue::open((folder / "c.sqlite").string(), Catalogue::Mode::read_write);
    REQUIRE(c);
    return std::move(*c);
  }
};

}  // namespace

TEST_CASE("an article comes back as it was put, and is dirty until it is indexed") {
  Open o;
  REQUIRE(o.catalogue.put_article(record("abc", "Æøå, sier han.\n"), o.file, "2026-01-01T00:00:00"));
  CHECK(*o.catalogue.article_count() == 1);
  const auto row = o.catalogue.article_by_id("abc");
  REQUIRE((row && *row));
  Article text;
  REQUIRE(o.catalogue.load_text((*row)->row, text));
  CHECK(text.text == "Æøå, sier han.\n");
  CHECK(text.paragraphs.size() == 1);
  auto dirty = o.catalogue.dirty(0, 10);
  REQUIRE(dirty);
  REQUIRE(dirty->size() == 1);
  REQUIRE(o.catalogue.mark_indexed(*dirty, 1));
  CHECK(*o.catalogue.dirty_count() == 0);
}

TEST_CASE("the same text again is no new version; another text is, and ends dirty") {
  Open o;
  REQUIRE(o.catalogue.put_article(record("abc", "En.\n"), o.file, "2026-01-01T00:00:00"));
  auto dirty = o.catalogue.dirty(0, 10);
  REQUIRE(o.catalogue.mark_indexed(*dirty, 1));
  REQUIRE(o.catalogue.put_article(record("abc", "To.\n"), o.file, "2026-01-02T00:00:00"));
  CHECK(*o.catalogue.dirty_count() == 1);
  // A version that changed while it was being indexed stays dirty.
  dirty = o.catalogue.dirty(0, 10);
  REQUIRE(o.catalogue.put_article(record("abc", "Tre.\n"), o.file, "2026-01-03T00:00:00"));
  REQUIRE(o.catalogue.mark_indexed(*dirty, 2));
  CHECK(*o.catalogue.dirty_count() == 1);
}

TEST_CASE("a transaction that is rolled back leaves nothing") {
  Open o;
  REQUIRE(o.catalogue.begin());
  REQUIRE(o.catalogue.put_article(record("abc", "En.\n"), o.file, "2026-01-01T00:00:00"));
  o.catalogue.rollback();
  CHECK(*o.catalogue.article_count() == 0);
}

TEST_CASE("what is forgotten stays out") {
  Open o;
  REQUIRE(o.catalogue.put_article(record("abc", "En.\n"), o.file, "2026-01-01T00:00:00"));
  REQUIRE(o.catalogue.forget_article("abc"));
  CHECK(*o.catalogue.article_count() == 0);
  CHECK(o.catalogue.forgotten()->ids.contains("abc"));
}

TEST_CASE("names are found by every key, user data is kept") {
  Open o;
  ArticleRecord r = record("abc", "Torstein Bråthen.\n");
  r.names = {{name_id(ActorKind::person, "Torstein Bråthen"), ActorKind::person, "Torstein Bråthen", ""}};
  r.name_keys = {{"torstein bråthen", r.names[0].id}, {"bråthen", r.names[0].id}};
  REQUIRE(o.catalogue.put_article(r, o.file, "2026-01-01T00:00:00"));
  const auto names = o.catalogue.names_by_key("bråthen");
  REQUIRE(names);
  REQUIRE(names->size() == 1);
  CHECK((*names)[0].text == "Torstein Bråthen");
  REQUIRE(o.catalogue.save_query({"kina", "aktør:Kina", "2026-01-01", 0}));
  CHECK(o.catalogue.saved_queries()->at(0).query == "aktør:Kina");
  CHECK(*o.catalogue.drop_query("kina"));
}

TEST_CASE("damage is noticed") {
  const test::TempFolder folder;
  test::write_file(folder / "c.sqlite", "dette er ingen database, men lang nok til å ligne på en");
  const auto opened = Catalogue::open((folder / "c.sqlite").string(), Catalogue::Mode::read_only);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::index_damaged);
  CHECK_FALSE(unpack("tull"));
}

}  // namespace spalte
