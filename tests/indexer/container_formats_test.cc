// Are the files inside a file read like any others, however many they are, and is a bad one refused alone?
#include "tests/support.h"

#include "indexer/sources/limits.h"
#include "indexer/sources/source.h"

#include <algorithm>
#include <filesystem>

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <locale.h>

namespace spalte::test {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string article(const std::string& title, const std::string& words) {
  return "Tittel: " + title + "\nKilde: Havnebladet\nDato: 2011-05-03\n\n" + words + "\n";
}

enum class Kind { zip, tar_gzip, tar_zstd, gzip };

/// What libarchive's own writer makes of the members.
std::string packed(Kind kind, const Members& members) {
  const locale_t before = uselocale(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr));
  std::string out(std::size_t{1} << 24U, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  if (kind == Kind::zip) archive_write_set_format_zip(a);
  if (kind == Kind::tar_gzip || kind == Kind::tar_zstd) archive_write_set_format_pax_restricted(a);
  if (kind == Kind::gzip) archive_write_set_format_raw(a);
  if (kind == Kind::tar_gzip || kind == Kind::gzip) archive_write_add_filter_gzip(a);
  if (kind == Kind::tar_zstd) archive_write_add_filter_zstd(a);
  archive_write_set_options(a, "hdrcharset=UTF-8");
  REQUIRE(archive_write_open_memory(a, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, bytes] : members) {
    archive_entry* e = archive_entry_new();
    archive_entry_set_pathname_utf8(e, name.c_str());
    archive_entry_set_size(e, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, 1300000000, 0);
    REQUIRE(archive_write_header(a, e) >= ARCHIVE_WARN);
    REQUIRE(archive_write_data(a, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()));
    archive_entry_free(e);
  }
  REQUIRE(archive_write_close(a) == ARCHIVE_OK);
  archive_write_free(a);
  freelocale(uselocale(before));
  out.resize(used);
  return out;
}

indexer::ReadResult read(const std::string& name, const std::string& bytes) {
  const indexer::SourceFile file{"/arkiv/" + name, name, "arkiv", 1300000000};
  Result<indexer::ReadResult> result = indexer::read_all(file, bytes);
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

std::string failure(const std::string& name, const std::string& bytes) {
  const indexer::SourceFile file{"/arkiv/" + name, name, "arkiv", 1300000000};
  const Result<indexer::ReadResult> result = indexer::read_all(file, bytes);
  return result ? "" : result.error().message;
}

}  // namespace

TEST_CASE("members of archives are articles at their place, whatever the file is called") {
  const Members members = {{"2011/første.txt", article("Ferga står", "Ferga ligger til kai.")},
                           {"2011/bilde.jpg", "\xff\xd8\xff"},
                           {".skjult/x.txt", article("Skjult", "Skjult.")},
                           {"andre.txt", article("Ferga går", "Ferga er i rute.")}};
  for (const auto& [kind, name] : {std::pair(Kind::zip, "avis.zip"), std::pair(Kind::tar_gzip, "avis.tgz"),
                                   std::pair(Kind::tar_zstd, "avis"), std::pair(Kind::zip, "avis.txt")}) {
    INFO(name);
    const auto r = read(name, packed(kind, members));
    REQUIRE(r.articles.size() == 2);
    CHECK(r.articles[0].path == fmt::format("/arkiv/{}/2011/første.txt", name));
    CHECK(r.articles[0].title() == "Ferga står");
    CHECK(r.articles[0].id != r.articles[1].id);
    CHECK(r.skipped == std::vector<std::string>{".jpg", "hidden"});
    CHECK(r.failures.empty());
  }
}

TEST_CASE("a compressed file is the article that it was") {
  const std::string text = article("Ferga står", "Ferga ligger til kai.");
  const auto plain = read("sak.txt", text), gz = read("sak.txt.gz", packed(Kind::gzip, {{"x", text}}));
  REQUIRE(gz.articles.size() == 1);
  CHECK(gz.articles[0].text == plain.articles[0].text);
  CHECK(gz.articles[0].id == plain.articles[0].id);
  // Several gzip streams one after the other are one file.
  CHECK(read("sak.txt.gz", packed(Kind::gzip, {{"x", text}}) + packed(Kind::gzip, {{"x", "\nMer tekst.\n"}}))
            .articles[0]
            .text.ends_with("Mer tekst.\n"));
}

TEST_CASE("archives in archives, down to a limit") {
  std::string bytes = article("Innerst", "Ferga ligger til kai.");
  std::string name = "sak.txt";
  for (int i = 0; i < indexer::limit::kContainers; ++i) {
    bytes = packed(Kind::zip, {{name, bytes}});
    name = fmt::format("lag{}.zip", i);
    const auto r = read(name, bytes);
    CHECK(r.articles.size() == 1);
  }
  const auto r = read("for dypt.zip", packed(Kind::zip, {{name, bytes}, {"god.txt", article("God", "Ferga går.")}}));
  CHECK(r.articles.size() == 1);
  REQUIRE(r.failures.size() == 1);
  CHECK_THAT(r.failures[0], Catch::Contains("lag2.zip") && Catch::Contains("nested deeper"));
}

TEST_CASE("a bad member fails alone, a truncated archive keeps what came before") {
  const std::string bad("Tittel\n\nEn tekst med\0 et hull.\n", 31);
  const auto r = read("avis.zip", packed(Kind::zip, {{"god.txt", article("God", "Ferga.")}, {"nul.txt", bad}, {"tom.txt", ""}}));
  CHECK(r.articles.size() == 1);
  REQUIRE(r.failures.size() == 1);
  CHECK_THAT(r.failures[0], Catch::StartsWith("nul.txt: ") && Catch::Contains("NUL"));
  CHECK(r.skipped == std::vector<std::string>{"empty"});

  std::string noise;
  std::uint32_t seed = 1;
  for (int i = 0; i < 200000; ++i) noise += static_cast<char>('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 26);
  const std::string whole = packed(Kind::tar_gzip, {{"en.txt", article("En", "Ferga.")}, {"to.txt", article("To", noise)}});
  const std::string message = failure("avis.tar.gz", whole.substr(0, whole.size() / 2));
  CHECK_THAT(message, Catch::Contains("to.txt") || Catch::Contains("unpacked"));
}

TEST_CASE("an archive that unpacks to far more than it is goes no further") {
  std::string bytes = packed(Kind::gzip, {{"x", std::string(std::size_t{8} << 20U, 'a')}});
  std::string many;
  for (int i = 0; i < 40; ++i) many += bytes;
  CHECK_THAT(failure("bombe.txt.gz", many), Catch::Contains("200 times") || Catch::Contains("larger than"));
}

TEST_CASE("a bomb of many members, alone or in another archive, is put down before it goes off") {
  const std::string line = "Ferga står. ";
  std::string text;
  while (text.size() < (std::size_t{4} << 20U)) text += line;
  Members members;
  for (int i = 0; i < 60; ++i) members.emplace_back(fmt::format("{:02}.txt", i), text);
  const std::string bomb = packed(Kind::zip, members);
  REQUIRE(bomb.size() < (std::size_t{2} << 20U));
  for (const auto& [name, bytes] : Members{{"bombe.zip", bomb}, {"ytre.zip", packed(Kind::zip, {{"bombe.zip", bomb}})}}) {
    INFO(name);
    const indexer::SourceFile file{"/arkiv/" + name, name, "arkiv", 1300000000};
    const Result<indexer::ReadResult> r = indexer::read_all(file, bytes);
    const std::string why = !r ? r.error().message : r->failures.empty() ? "" : r->failures.back();
    CHECK_THAT(why, Catch::Contains("200 times"));
    if (r) CHECK(r->articles.size() < 40);
  }
  // Each level expands by less than the limit, both together by more.
  std::uint32_t seed = 1;
  std::string noise;
  for (int i = 0; i < 30000; ++i) noise += static_cast<char>('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 26);
  const std::string mild = packed(Kind::zip, {{"sak.txt", noise + text.substr(0, std::size_t{3} << 20U)}});
  Members copies;
  for (int i = 0; i < 60; ++i) copies.emplace_back(fmt::format("{:02}.zip", i), mild);
  const std::string tar = packed(Kind::tar_gzip, copies);
  const indexer::SourceFile file{"/arkiv/to.tgz", "to.tgz", "arkiv", 1300000000};
  const Result<indexer::ReadResult> r = indexer::read_all(file, packed(Kind::tar_zstd, {{"x.tgz", tar}}));
  const std::string why = !r ? r.error().message : r->failures.empty() ? "" : r->failures.back();
  CHECK_THAT(why, Catch::Contains("200 times"));
}

TEST_CASE("office documents are no archives of articles") {
  const auto r = read("brev.docx", packed(Kind::zip, {{"word/document.xml", "<x/>"}}));
  CHECK(r.articles.empty());
  CHECK(r.skipped == std::vector<std::string>{".docx"});
}

TEST_CASE("an archive of thousands is indexed by many hands, read again when it changes, and moved whole") {
  const TempFolder folder;
  const auto articles = folder / "artikler", db = folder / "db";
  Members members;
  for (int i = 0; i < 2000; ++i)
    members.emplace_back(fmt::format("{:04}.txt", i), article(fmt::format("Sak {}", i), fmt::format("Ferga nummer{} går.", i)));
  write_file(articles / "avis.zip", packed(Kind::zip, members));
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  };
  const Outcome first = run({"index", articles.string()});
  INFO(first.err);
  CHECK_THAT(first.out, Catch::StartsWith("indexed 2,000, "));
  CHECK(run({"count", "nummer1999"}).out == "1\n");
  CHECK_THAT(run({"index", articles.string()}).out, Catch::Contains("unchanged 1,"));

  members.pop_back();
  members[0].second = article("Sak 0", "Ferga er solgt.");
  write_file(articles / "avis.zip", packed(Kind::zip, members));
  CHECK(run({"index", articles.string()}).status == 0);
  CHECK(run({"count", "*"}).out == "1999\n");
  CHECK(run({"count", "solgt"}).out == "1\n");
  CHECK(run({"count", "nummer1999"}).status == 1);

  std::filesystem::rename(articles / "avis.zip", articles / "flyttet.zip");
  CHECK_THAT(run({"index", articles.string()}).out, Catch::Contains("moved 1"));
  CHECK_THAT(run({"search", "solgt", "--format", "paths"}).out, Catch::EndsWith("flyttet.zip/0000.txt\n"));
  CHECK(run({"check"}).status == 0);
  std::filesystem::remove(articles / "flyttet.zip");
  write_file(articles / "en.txt", article("En", "Ferga."));
  run({"index", articles.string()});
  CHECK(run({"count", "*"}).out == "1\n");
}

TEST_CASE("an issue's articles are put together from its pages in an archive, too") {
  const TempFolder folder;
  const auto issue = tests_folder() / "data/formats/issue";
  Members members;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(issue))
    if (entry.is_regular_file())
      members.emplace_back("1920/" + std::filesystem::relative(entry.path(), issue).string(), read_file(entry.path()));
  for (const auto& [kind, name] : {std::pair(Kind::zip, "avis.zip"), std::pair(Kind::tar_gzip, "avis.tar.gz")}) {
    INFO(name);
    write_file(folder / "inn" / name, packed(kind, members));
    const std::string db = (folder / name).string() + ".db";
    const Outcome indexed = spalte({"index", "--db", db, (folder / "inn" / name).string()});
    INFO(indexed.out + indexed.err);
    CHECK(indexed.status == 0);
    CHECK(spalte({"count", "--db", db, "*"}).out == "2\n");
    // Words of one article that stand on two pages.
    CHECK(spalte({"count", "--db", db, "tittel:Færgen storm behold"}).out == "1\n");
  }
  // A page that the archive lacks is said, and the rest is read.
  members.erase(std::find_if(members.begin(), members.end(),
                             [](const auto& m) { return m.first.find("_0002.xml") != std::string::npos; }));
  write_file(folder / "inn/halv.zip", packed(Kind::zip, members));
  const std::string db = (folder / "halv.db").string();
  const Outcome half = spalte({"index", "--db", db, (folder / "inn/halv.zip").string()});
  CHECK(half.status == 3);
  CHECK_THAT(half.err + half.out, Catch::Contains("_0002.xml") && Catch::Contains("is not in the archive"));
  CHECK(spalte({"count", "--db", db, "storm"}).out == "1\n");
}

TEST_CASE("an issue of METS and its pages is read as one, however deep its archive lies, and large ones too") {
  const TempFolder folder;
  const std::filesystem::path issue = tests_folder() / "data/formats/issue";
  Members members;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(issue))
    if (entry.is_regular_file())
      members.emplace_back(std::filesystem::relative(entry.path(), issue).string(), read_file(entry.path()));
  REQUIRE(members.size() == 3);
  std::sort(members.begin(), members.end());  // the pages come before the METS that names them
  const std::string inner = packed(Kind::zip, members);
  Members large = members;
  large.emplace_back("bilde.jpg", std::string());
  std::uint32_t noise = 1;
  for (std::int64_t i = 0; i < indexer::limit::kSpoolHeld + 10; ++i)
    large.back().second += static_cast<char>((noise = noise * 1664525U + 1013904223U) >> 24U);
  const std::pair<const char*, std::string> archives[] = {
      {"avis.zip", inner},
      {"avis.tar.gz", packed(Kind::tar_gzip, {{"1920/avis.zip", inner}})},
      {"avis.zip", packed(Kind::zip, {{"1920/avis.tar.gz", packed(Kind::tar_gzip, members)}})},
      {"avis.zip", packed(Kind::zip, {{"a.tar.zst", packed(Kind::tar_zstd, {{"b.zip", inner}})}})},
      {"avis.tar.gz", packed(Kind::tar_gzip, {{"1920/avis.zip", packed(Kind::zip, large)}})},
  };
  for (const auto& [name, bytes] : archives) {
    INFO(name << ", " << bytes.size() << " bytes");
    const std::filesystem::path path = folder / name;
    write_file(path, bytes);
    const Result<indexer::ReadResult> r = indexer::read_all({path.string(), name, "arkiv", 1300000000}, bytes);
    REQUIRE(r);
    CHECK(r->failures.empty());
    REQUIRE(r->articles.size() == 2);
    CHECK(r->articles[0].print.issue == "1");
    CHECK(!r->articles[0].title().empty());
    CHECK(std::count(r->skipped.begin(), r->skipped.end(), "page of a METS issue") == 2);
  }
}

}  // namespace spalte::test
