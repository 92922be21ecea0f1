// Does an archive come back from its dump with all that cannot be made again, and does a damaged dump restore nothing?
#include "schema/catalogue_dump.h"
#include "schema/index_format.h"
#include "schema/migrations.h"
#include "schema/sqlite.h"
#include "tests/support.h"

#include <algorithm>
#include <csignal>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>
#include <zstd.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

std::string packed(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string unpacked(const std::string& frame) {
  std::string out;
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{frame.data(), frame.size(), 0};
  std::string buffer(1 << 16, '\0');
  while (in.pos < in.size) {
    ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
    REQUIRE(ZSTD_isError(ZSTD_decompressStream(context, &piece, &in)) == 0U);
    out.append(buffer, 0, piece.pos);
  }
  ZSTD_freeDCtx(context);
  return out;
}

struct Work {
  TempFolder folder;
  fs::path articles = folder / "artikler", db = folder / "db", dump = folder / "arkiv.jsonl.zst",
           back = folder / "nytt";

  Work() {
    write_articles(articles, 120, 5);
    write_file(articles / "hemmelig.txt", "Hemmelig\n\nKaptein Sørskjærgaard Tangvik trakk seg.\n");
    write_file(articles / "rart\xff.txt", "Rart navn\n\nFila har et navn som ikke er UTF-8.\n");
    REQUIRE(spalte({"index", "--db", db.string(), articles.string()}).status == 0);
    for (const auto& correction : std::vector<std::vector<std::string>>{
             {"actors", "--alias", "Kina", "Midtens rike"}, {"actors", "--set-kind", "Fagforeininga", "org"}})
      (void)run(db, correction);
  }
  static Outcome run(const fs::path& db, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  Outcome take() const { return run(db, {"dump", dump.string()}); }
  Outcome restore() const { return run(back, {"restore", dump.string()}); }
};

}  // namespace

TEST_CASE("a restored archive answers as the one that was dumped, and goes on from there") {
  const Work w;
  REQUIRE(w.run(w.db, {"count", "aktør:\"Midtens rike\""}).status == 0);
  const std::string hidden = w.run(w.db, {"search", "Tangvik", "--format", "ids"}).out;
  REQUIRE(w.run(w.db, {"forget", hidden.substr(0, hidden.find('\n'))}).status == 0);
  const Outcome taken = w.take();
  INFO(taken.err);
  REQUIRE(taken.status == 0);
  CHECK_THAT(unpacked(read_file(w.dump)), !Catch::Contains("Tangvik"));
  const Outcome restored = w.restore();
  INFO(restored.err);
  REQUIRE(restored.status == 0);
  CHECK(first_difference(all_answers(w.back), all_answers(w.db)) == "");
  for (const char* query : {"aktør:\"Midtens rike\"", "org:Fagforeininga", "navn"})
    CHECK(w.run(w.back, {"count", query}).out == w.run(w.db, {"count", query}).out);
  CHECK(fs::status(w.back).permissions() == fs::perms::owner_all);
  // Files that have not changed are known, what was forgotten stays out.
  const Outcome again = spalte({"index", "--db", w.back.string(), w.articles.string()});
  CHECK_THAT(again.out, Catch::StartsWith("indexed 0, unchanged 122, gone 0"));
  CHECK(w.run(w.back, {"count", "Tangvik"}).out == "0\n");
  // A dump of the restored archive is the same dump, but for when it was made and the order of rows' versions.
  REQUIRE(w.run(w.back, {"dump", (w.folder / "igjen").string()}).status == 0);
  const std::vector<std::string> first = lines(unpacked(read_file(w.dump)));
  const std::vector<std::string> second = lines(unpacked(read_file(w.folder / "igjen")));
  REQUIRE(first.size() == second.size());
  CHECK(std::equal(first.begin() + 1, first.end(), second.begin() + 1));
}

TEST_CASE("a damaged, foreign or later dump restores nothing and says why") {
  const Work w;
  REQUIRE(w.take().status == 0);
  const std::string whole = read_file(w.dump), text = unpacked(whole);
  const auto refused = [&](const std::string& bytes, int status, const std::string& why) {
    write_file(w.dump, bytes);
    const Outcome o = w.restore();
    INFO(why << ": " << o.err);
    CHECK(o.status == status);
    CHECK_THAT(o.err, Catch::Contains(why));
    CHECK_FALSE(fs::exists(w.back));
    CHECK_FALSE(fs::exists(w.back.string() + ".restoring"));
  };
  refused(whole.substr(0, whole.size() / 2), 2, "cut short");
  std::string torn = whole;
  torn[torn.size() / 2] = static_cast<char>(torn[torn.size() / 2] ^ 0x55);
  refused(torn, 2, "take another dump");  // by a line that makes no sense, or by the checksum at its end
  refused("Tittel: Dette er en artikkel\n", 2, "no dump");
  refused("", 2, "cut short");
  refused(packed("{\"schema\":\"noe annet/1\"}\n"), 2, "no dump of spalte");
  refused(packed("{\"schema\":\"spalte.dump/1\",\"catalogue\":999}\n"), 4, "version 999");
  const std::size_t head = text.find('\n') + 1, last = text.rfind('\n', text.size() - 2) + 1;
  refused(packed(text.substr(0, last)), 2, "cut short");
  refused(packed(text.substr(0, head) + text.substr(last)), 2, "should hold");
  const auto with_line = [&](const std::string& line) {
    return packed(text.substr(0, head) + line + "\n" + text.substr(head));
  };
  refused(with_line("{\"table\":\"sqlite_master\",\"row\":{\"a\":1}}"), 2, "line 2");
  refused(with_line("{\"table\":\"root\",\"row\":{\"path) values (1); drop table root; --\":1}}"), 2, "no column");
  refused(with_line("{\"table\":\"root\",\"row\":{\"path\":{\"hex\":\"zz\"}}}"), 2, "root.path");
  refused(with_line("{\"table\":\"article\",\"row\":{\"row\":1}}"), 2, "line 2");
  refused(with_line("[]"), 2, "line 2");
}

TEST_CASE("an archive's own topics come along, and are given to what is restored") {
  const Work w;
  write_file(w.folder / "mine.toml",
             "[[topic]]\nid = \"x:skip\"\nnb = \"skipsførere\"\nstrong = [\"kaptein\", \"hemmelig\"]\n");
  REQUIRE(w.run(w.db, {"topics", "--import", (w.folder / "mine.toml").string()}).status == 0);
  REQUIRE(w.take().status == 0);
  const Outcome restored = w.restore();
  INFO(restored.err);
  REQUIRE(restored.status == 0);
  CHECK(read_file(w.back / "topics.toml") == read_file(w.db / "topics.toml"));
  const std::string captains = w.run(w.back, {"search", "emne:skipsførere", "--format", "ids"}).out;
  CHECK_FALSE(captains.empty());
  CHECK(captains ==
        w.run(w.back, {"search", "Tangvik", "--format", "ids"}).out);
}

TEST_CASE("dumping overwrites nothing; restoring replaces no archive") {
  const Work w;
  REQUIRE(w.take().status == 0);
  const std::string before = read_file(w.dump);
  CHECK(w.take().status == 2);
  CHECK(read_file(w.dump) == before);
  const Outcome over = w.run(w.db, {"restore", w.dump.string()});
  CHECK(over.status == 2);
  CHECK_THAT(over.err, Catch::Contains("holds something already"));
  CHECK(w.run(w.db, {"count", "*"}).out == "122\n");
  CHECK(w.run(w.folder / "ingen", {"dump", (w.folder / "x").string()}).status == 4);
  CHECK_FALSE(fs::exists(w.folder / "x"));
}

TEST_CASE("restoring that was killed leaves nothing that the next run does not mend") {
  const Work w;
  REQUIRE(w.take().status == 0);
  const std::string clean = all_answers(w.db);
  for (const int milliseconds : {5, 40, 90}) {
    const pid_t child = start_spalte({"restore", "--db", w.back.string(), w.dump.string()});
    usleep(static_cast<useconds_t>(milliseconds) * 1000);
    kill(child, SIGKILL);
    wait_for(child);
    if (fs::exists(w.back)) continue;  // it was quicker
    REQUIRE(w.run(w.back, {"count", "*"}).status == 4);
  }
  fs::remove_all(w.back);
  REQUIRE(w.restore().status == 0);
  CHECK(first_difference(all_answers(w.back), clean) == "");
}

TEST_CASE("dumps of earlier versions are restored") {
  std::set<std::string> versions;
  for (const auto& entry : fs::directory_iterator(tests_folder() / "data/dumps")) {
    INFO(entry.path());
    const TempFolder folder;
    REQUIRE(Work::run(folder / "db", {"restore", entry.path().string()}).status == 0);
    CHECK(Work::run(folder / "db", {"check"}).status == 0);
    CHECK(Work::run(folder / "db", {"count", "aktør:\"Midtens rike\""}).out == "2\n");
    CHECK(Work::run(folder / "db", {"count", "statsminister"}).status == 0);
    versions.insert(entry.path().filename().string());
  }
  CHECK(versions.contains(std::to_string(migrations().size()) + ".jsonl.zst"));
}

TEST_CASE("each table of the catalogue is dumped, or known to be derived") {
  const Work w;
  sqlite::Database db((w.db / "catalogue.sqlite").string(), sqlite::Database::Mode::read_only);
  auto s = db.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");
  const auto derived = derived_tables();
  const auto dumped = dumped_tables();
  while (s.step()) {
    INFO("table " << s.text(0) << ": add it to schema/catalogue_dump.cc");
    CHECK(std::count(derived.begin(), derived.end(), s.text(0)) + std::count(dumped.begin(), dumped.end(), s.text(0)) ==
          1);
  }
}

}  // namespace spalte::test
