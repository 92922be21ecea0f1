// Is anything lost when writing, syncing or renaming fails, wherever it happens, or when the clock goes back?
#include "tests/support.h"

#include <string>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

/// An archive as it was, the articles as they are now, and what an untroubled run answers.
struct Work {
  TempFolder folder;
  fs::path articles = folder / "artikler", before = folder / "før", db = folder / "db";
  std::string clean;

  Work() {
    write_articles(articles, 60, 11);
    REQUIRE(run(before, {"index", articles.string()}).status == 0);
    REQUIRE(run(before, {"actors", "--alias", "Kina", "Midtens rike"}).status == 0);
    write_articles(articles / "nye", 30, 12);
    fs::copy(before, db, fs::copy_options::recursive);
    REQUIRE(run(db, {"index", articles.string()}).status == 0);
    clean = essence(db);
  }
  static Outcome run(const fs::path& db, std::vector<std::string> arguments,
                     std::map<std::string, std::string> environment = {}) {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    if (!environment.empty()) {
      environment["LD_PRELOAD"] = FAILING_CALLS;
      environment["ASAN_OPTIONS"] = "verify_asan_link_order=0";
    }
    return spalte(arguments, {.environment = std::move(environment)});
  }
  void reset() const {
    fs::remove_all(db);
    fs::copy(before, db, fs::copy_options::recursive);
  }
  /// What matters most of an archive's answers, in three questions: who is there, is it sound, is the user's own data.
  static std::string essence(const fs::path& db) {
    const std::string sound = run(db, {"check"}).out;
    return sound.substr(0, sound.find(", generation")) +
           run(db, {"search", "*", "-n", "0", "--format", "csv", "--fields", "id,date,source,title,lang"}).out +
           run(db, {"count", "aktør:\"Midtens rike\""}).out;
  }
  /// The next run leads to what a clean build answers.
  void next_run_mends() const {
    const Outcome next = run(db, {"index", articles.string()});
    INFO(next.err);
    REQUIRE(next.status == 0);
    CHECK(first_difference(essence(db), clean) == "");
  }
};

const Work& work() {
  static const Work work;
  return work;
}

}  // namespace

TEST_CASE("a disk that dies or hiccups: an error that says so, and the next run mends it") {
  const Work& w = work();
  int failures = 0;
  for (const char* command : {"index", "rebuild", "compact"}) {
    for (const char* call : {"write", "sync", "rename"}) {
      for (const char* mode : {"FAIL_FROM", "FAIL_ONCE"}) {
        for (const int n : {1, 2, 4, 11, 30}) {
          w.reset();
          std::vector<std::string> arguments = {command};
          if (std::string_view(command) == "index") arguments.push_back(w.articles.string());
          const Outcome o = Work::run(w.db, arguments,
                                      {{"FAIL_CALL", call}, {mode, std::to_string(n)}, {"FAIL_BELOW", w.db.string()}});
          INFO(command << ", " << call << ", " << mode << " " << n << ": status " << o.status << ", " << o.err);
          // Success only where no call failed, or one whose failure harms nothing; never a signal.
          CHECK(o.status < 128);
          if (o.status == 0) {
            if (n > 3) break;
            continue;
          }
          ++failures;
          CHECK_FALSE(o.err.empty());
          w.next_run_mends();
        }
      }
    }
  }
  CHECK(failures >= 25);
}

TEST_CASE("a dump onto a failing disk leaves no file that looks whole") {
  const Work& w = work();
  w.reset();
  for (const char* call : {"write", "sync", "rename"}) {
    const fs::path file = w.folder / "arkiv.zst";
    const Outcome o = Work::run(w.db, {"dump", file.string()},
                                {{"FAIL_CALL", call}, {"FAIL_FROM", "1"}, {"FAIL_BELOW", w.folder.path().string()}});
    INFO(call << ": " << o.err);
    CHECK(o.status != 0);
    CHECK_FALSE(o.err.empty());
    CHECK_FALSE(fs::exists(file));
  }
}

TEST_CASE("a clock set back by ten years, and forward again, harms nothing") {
  const Work& w = work();
  w.reset();
  REQUIRE(Work::run(w.db, {"index", w.articles.string()}, {{"CLOCK_OFFSET", "-315360000"}}).status == 0);
  CHECK(first_difference(Work::essence(w.db), w.clean) == "");
  write_file(w.articles / "senere.txt", "Tittel: Senere\nDato: 2019-01-02\n\nNoe kom til.\n");
  REQUIRE(Work::run(w.db, {"index", w.articles.string()}, {{"CLOCK_OFFSET", "-630720000"}}).status == 0);
  CHECK(Work::run(w.db, {"count", "*"}).out == "91\n");
  CHECK(Work::run(w.db, {"check"}).status == 0);
  fs::remove(w.articles / "senere.txt");
}

}  // namespace spalte::test
