// Is everything there after 200 kills at random moments, whatever the program was doing?
#include "tests/support.h"

#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

struct Archive {
  TempFolder folder;
  fs::path articles = folder / "artikler", before = folder / "før", ready = folder / "ferdig", dump = folder / "dump.zst";
  std::string clean;

  Archive() {
    write_articles(articles, 1600, 21);
    REQUIRE(run(before, {"index", articles.string()}).status == 0);
    REQUIRE(run(before, {"actors", "--alias", "Kina", "Midtens rike"}).status == 0);
    write_articles(articles / "nye", 300, 22);
    fs::copy(before, ready, fs::copy_options::recursive);
    REQUIRE(run(ready, {"index", articles.string()}).status == 0);
    REQUIRE(run(ready, {"dump", dump.string()}).status == 0);
    clean = all_answers(ready);
  }
  static Outcome run(const fs::path& db, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
};

}  // namespace

TEST_CASE("killed at 200 random moments of everything that writes") {
  const Archive archive;
  struct Job {
    const char* name;
    std::vector<std::string> arguments;
    const fs::path* from;  ///< the archive it starts from; none: a new one
  };
  const std::vector<Job> jobs = {
      {"index", {"index", archive.articles.string()}, &archive.before},
      {"bulk index", {"index", archive.articles.string()}, nullptr},
      {"rebuild", {"rebuild", "--annotate"}, &archive.ready},
      {"compact", {"compact"}, &archive.ready},
      {"restore", {"restore", archive.dump.string()}, nullptr},
      {"merge of actors", {"actors", "--merge", "Kina", "Bråthen"}, &archive.ready},
  };
  std::vector<double> whole;
  for (const Job& job : jobs) {
    const TempFolder work;
    if (job.from != nullptr) fs::copy(*job.from, work / "db", fs::copy_options::recursive);
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(Archive::run(work / "db", job.arguments).status == 0);
    whole.push_back(Seconds(std::chrono::steady_clock::now() - begun).count());
  }
  std::mt19937 random(200);
  int killed = 0;
  for (int moment = 0; moment < 200; ++moment) {
    const std::size_t which = static_cast<std::size_t>(moment) % jobs.size();
    const Job& job = jobs[which];
    const TempFolder work;
    const fs::path db = work / "db";
    if (job.from != nullptr) fs::copy(*job.from, db, fs::copy_options::recursive);
    std::vector<std::string> arguments = job.arguments;
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    const double share = static_cast<double>(random() % 1000) / 1000;
    const pid_t child = start_spalte(arguments);
    std::this_thread::sleep_for(Seconds(whole[which] * share));
    kill(child, SIGKILL);
    if (wait_for(child) == 128 + SIGKILL) ++killed;
    INFO(job.name << " after " << share);
    if (std::string_view(job.name) == "restore") {
      // All of it or nothing.
      if (!fs::exists(db)) REQUIRE(Archive::run(db, job.arguments).status == 0);
      CHECK(first_difference(all_answers(db), archive.clean) == "");
      continue;
    }
    if (std::string_view(job.name) == "merge of actors") {
      CHECK(Archive::run(db, {"check"}).status == 0);
      CHECK(Archive::run(db, {"count", "aktør:\"Midtens rike\""}).status == 0);
      continue;
    }
    const Outcome next = Archive::run(db, {"index", archive.articles.string()});
    INFO(next.err);
    REQUIRE(next.status == 0);
    if (job.from != nullptr) CHECK(Archive::run(db, {"count", "aktør:\"Midtens rike\""}).status == 0);
    CHECK(first_difference(all_answers(db), archive.clean) == "");
  }
  WARN("killed " << killed << " of 200");
  CHECK(killed > 100);
}

}  // namespace spalte::test
