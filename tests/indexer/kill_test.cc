// Is everything there after `spalte index` was killed, wherever it was?
#include "tests/support.h"

#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

std::vector<std::string> index_command(const std::filesystem::path& db, const std::filesystem::path& articles) {
  return {"index", "--jobs", "2", "--db", db.string(), articles.string()};
}

/// Enough articles for a first run in bulk, and what a clean build of them answers.
struct Archive {
  TempFolder folder;
  std::filesystem::path articles = folder / "artikler";
  std::filesystem::path before = folder / "før";  ///< an index of the articles as they were earlier
  std::string clean;
  double first_seconds = 0, update_seconds = 0;

  Archive() {
    // Earlier, some said something else, some were not there yet, one is gone since.
    write_articles(articles, 1600, 1);
    write_file(articles / "2001/05/borte.txt", "Borte\n\nDenne er borte neste gang.\n");
    std::vector<std::pair<std::filesystem::path, std::string>> now;
    int n = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(articles))
      if (entry.is_regular_file() && ++n % 8 == 0) now.emplace_back(entry.path(), read_file(entry.path()));
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (i % 2 == 0) write_file(now[i].first, "Noe annet sto her\n\nFør.\n");
      if (i % 2 == 1) std::filesystem::remove(now[i].first);
    }
    REQUIRE(spalte(index_command(before, articles)).status == 0);
    for (const auto& [path, content] : now) write_file(path, content);
    std::filesystem::remove(articles / "2001/05/borte.txt");
    first_seconds = timed(folder / "ren");
    clean = all_answers(folder / "ren");
    REQUIRE_THAT(clean, Catch::Contains("sound: 1"));
    std::filesystem::copy(before, folder / "oppdatert", std::filesystem::copy_options::recursive);
    update_seconds = timed(folder / "oppdatert");
    REQUIRE(first_difference(all_answers(folder / "oppdatert"), clean) == "");
  }

  double timed(const std::filesystem::path& db) const {
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(spalte(index_command(db, articles)).status == 0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  }

  /// What the next run must lead to.
  void next_run_mends(const std::filesystem::path& db) const {
    const Outcome next = spalte(index_command(db, articles));
    INFO(next.err);
    REQUIRE(next.status == 0);
    REQUIRE(first_difference(all_answers(db), clean) == "");
  }
};

const Archive& archive() {
  static const Archive archive;
  return archive;
}

}  // namespace

TEST_CASE("killed at 20 random moments: the next run ends as a clean build") {
  std::mt19937 random(20);
  for (int moment = 0; moment < 20; ++moment) {
    const bool update = moment % 2 == 1;
    const TempFolder work;
    if (update) std::filesystem::copy(archive().before, work / "db", std::filesystem::copy_options::recursive);
    const double whole = update ? archive().update_seconds : archive().first_seconds;
    const double share = static_cast<double>(random() % 1000) / 1000;
    const pid_t child = start_spalte(index_command(work / "db", archive().articles));
    std::this_thread::sleep_for(std::chrono::duration<double>(whole * share));
    kill(child, SIGKILL);
    wait_for(child);
    INFO("after " << share << " of " << (update ? "an update" : "a first run"));
    archive().next_run_mends(work / "db");
  }
}

TEST_CASE("killed at each step of a commit: the next run ends as a clean build") {
  const auto killed_at = [](const char* step, const std::filesystem::path& db) {
    INFO(step);
    const Outcome killed = spalte(index_command(db, archive().articles), {.environment = {{"SPALTE_DIE_AT", step}}});
    REQUIRE(killed.status == 128 + SIGKILL);
    archive().next_run_mends(db);
  };
  for (const char* step : {"before-catalogue-commit", "before-merge", "before-switch", "after-switch"}) {
    const TempFolder work;
    killed_at(step, work / "db");
  }
  for (const char* step : {"before-index-commit", "between-index-commits", "between-stores",
                           "before-relations-commit"}) {
    const TempFolder work;
    std::filesystem::copy(archive().before, work / "db", std::filesystem::copy_options::recursive);
    killed_at(step, work / "db");
  }
}

TEST_CASE("Ctrl-C ends after the batch, consistent, with status 130; the next run goes on") {
  const TempFolder work;
  write_articles(work / "flere", 6000, 2);
  const pid_t child = start_spalte(index_command(work / "db", work / "flere"));
  std::this_thread::sleep_for(std::chrono::milliseconds(900));
  kill(child, SIGINT);
  REQUIRE(wait_for(child) == 130);
  const Outcome check = spalte({"check", "--db", (work / "db").string()});
  INFO(check.err);
  CHECK(check.status == 0);
  REQUIRE(spalte(index_command(work / "db", work / "flere")).status == 0);
  CHECK(spalte({"count", "--db", (work / "db").string(), "*"}).out == "6000\n");
}

}  // namespace spalte::test
