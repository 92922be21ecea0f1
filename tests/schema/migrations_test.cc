// Does a catalogue that an earlier program made open with all it held, and is one from the future left alone?
#include "schema/migrations.h"

#include "schema/annotation_codec.h"
#include "schema/catalogue.h"
#include "schema/sqlite.h"
#include "tests/support.h"

#include <string>

#include <catch2/catch.hpp>

namespace spalte {
namespace {

/// A catalogue as the program of that version left it.
void make_version(const std::string& path, std::size_t version) {
  sqlite::Database db(path, sqlite::Database::Mode::create);
  for (std::size_t v = 0; v < version; ++v) db.execute(std::string(migrations()[v]).c_str());
  db.execute(("pragma user_version = " + std::to_string(version)).c_str());
}

std::size_t version_of(const std::string& path) {
  sqlite::Database db(path, sqlite::Database::Mode::read_write);
  auto s = db.prepare("pragma user_version");
  s.step();
  return static_cast<std::size_t>(s.integer(0));
}

}  // namespace

TEST_CASE("catalogues of every version are brought up to today's by a writer, and refused by a reader below 6") {
  for (std::size_t version = 0; version <= migrations().size(); ++version) {
    INFO("version " << version);
    const test::TempFolder folder;
    const std::string path = (folder / "c.sqlite").string();
    make_version(path, version);
    if (version < migrations().size()) {
      for (const auto mode : {Catalogue::Mode::read_only, Catalogue::Mode::read_shown}) {
        auto reader = Catalogue::open(path, mode);
        REQUIRE(reader.has_value() == (version >= 6));
        if (reader) {
          CHECK(*reader->article_count() == 0);
          CHECK(!reader->article_by_id("x")->has_value());
          CHECK(reader->withdrawn("x")->empty());
          CHECK(*reader->held_count("2026") == 0);
          continue;
        }
        CHECK(reader.error().code == ErrorCode::index_version);
        CHECK_FALSE(reader.error().hint.empty());
      }
    }
    {
      auto writer = Catalogue::open(path, Catalogue::Mode::read_write);
      REQUIRE(writer);
      CHECK(writer->check()->empty());
      REQUIRE(writer->set_state("uuid", "abc"));
      CHECK(*writer->article_count() == 0);
    }
    CHECK(version_of(path) == migrations().size());
    CHECK(Catalogue::open(path, Catalogue::Mode::read_only));
  }
}

TEST_CASE("a version that is not known is refused and not touched") {
  const test::TempFolder folder;
  const std::string path = (folder / "c.sqlite").string();
  make_version(path, migrations().size());
  {
    sqlite::Database db(path, sqlite::Database::Mode::read_write);
    db.execute(("pragma user_version = " + std::to_string(migrations().size() + 1)).c_str());
  }
  for (const auto mode : {Catalogue::Mode::read_only, Catalogue::Mode::read_write}) {
    const auto opened = Catalogue::open(path, mode);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::index_version);
    CHECK_THAT(opened.error().hint, Catch::Contains("newer"));
  }
  CHECK(version_of(path) == migrations().size() + 1);
}

TEST_CASE("version 1 as it was released opens with its articles") {
  // The SQL of a released version never changes; tests/data/catalogue_1.sql is a copy of it, with rows.
  const test::TempFolder folder;
  const std::string path = (folder / "c.sqlite").string();
  {
    sqlite::Database db(path, sqlite::Database::Mode::create);
    db.execute(test::read_file(test::tests_folder() / "data/catalogue_1.sql").c_str());
  }
  auto catalogue = Catalogue::open(path, Catalogue::Mode::read_write);
  REQUIRE(catalogue);
  CHECK(*catalogue->state("uuid") == "5bd4f1f2a3c0e6d7895b4a3c2d1e0f99");
  const auto row = catalogue->article_by_id("fergesak");
  REQUIRE((row && *row));
  CHECK((*row)->article.source == "Havnebladet");
  CHECK((*row)->article.published == "2011-05-17");
  Article article;
  REQUIRE(catalogue->load_text((*row)->row, article));
  CHECK(article.text == "Ferga står.\n");
  REQUIRE(article.paragraphs.size() == 1);
  CHECK(article.paragraphs[0].role == ParagraphRole::body);
  const auto annotation = catalogue->annotation((*row)->row);
  REQUIRE(annotation);
  REQUIRE(annotation->actors.size() == 1);
  CHECK(annotation->actors[0].name == "Torstein Bråthen");
  CHECK(catalogue->forgotten()->ids.contains("glemt"));
  CHECK(catalogue->saved_queries()->at(0).query == "ferge kilde:Havnebladet");
}

}  // namespace spalte
