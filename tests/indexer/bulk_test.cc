// Does an index made in bulk answer as one made article by article, and does a bulk run that was killed go on?
#include "indexer/runs.h"
#include "indexer/toolbox.h"
#include "tests/support.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

constexpr int kArticles = 1600;  ///< from 1,500 on the first run is a bulk run

std::string index(const fs::path& db, const fs::path& articles) {
  const Outcome o = spalte({"index", "--jobs", "2", "--db", db.string(), articles.string()});
  INFO(o.err);
  REQUIRE(o.status == 0);
  return o.out;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("bulk and one by one give the same answers") {
  const TempFolder work;
  const fs::path articles = work / "artikler";
  write_articles(articles, kArticles, 3);
  index(work / "bulk", articles);

  // Half of them later: neither half is enough for a bulk run.
  const std::vector<fs::path> files = files_below(articles);
  for (std::size_t i = 0; i < files.size(); i += 2) fs::rename(files[i], work / std::to_string(i));
  index(work / "single", articles);
  for (std::size_t i = 0; i < files.size(); i += 2) fs::rename(work / std::to_string(i), files[i]);
  index(work / "single", articles);
  CHECK(first_difference(all_answers(work / "single"), all_answers(work / "bulk")) == "");
}

TEST_CASE("a bulk run that was killed goes on: what was stored is not read again") {
  const TempFolder work;
  const fs::path articles = work / "artikler", db = work / "db";
  write_articles(articles, 2 * kArticles, 4);
  const Outcome killed = spalte({"index", "--jobs", "2", "--db", db.string(), articles.string()},
                                {.environment = {{"SPALTE_DIE_AT", "before-catalogue-commit:3"}}});
  REQUIRE(killed.status == 128 + SIGKILL);

  // A file that was stored changes behind our back, its size and time do not: who reads it would find the new word.
  const fs::path first = files_below(articles).front();
  const std::string before = read_file(first);
  const fs::file_time_type time = fs::last_write_time(first);
  std::string after = before;
  const std::size_t word = after.find("nummer");
  REQUIRE(word != std::string::npos);
  after.replace(word, 6, "xyzzyq");
  write_file(first, after);
  fs::last_write_time(first, time);
  const std::string summary = index(db, articles);
  CHECK(spalte({"count", "--db", db.string(), "xyzzyq*"}).out == "0\n");
  CHECK_THAT(summary, !Catch::Contains("unchanged 0,"));

  // And what it read before is in the index as after a run that nobody killed.
  write_file(first, before);
  fs::last_write_time(first, time);
  index(work / "ren", articles);
  CHECK(first_difference(all_answers(db), all_answers(work / "ren")) == "");
}

TEST_CASE("runs are joined before there are too many to merge in one go") {
  const TempFolder work;
  fs::create_directories(work / "runs");
  const indexer::Resources resources = indexer::open_resources().value();
  indexer::Toolbox box(resources);
  const indexer::RunSizes sizes{2, 4, 3, 4};
  constexpr int kMany = 61;  // 16 runs: joined three by three, and again before the last merge
  std::vector<std::string> runs;
  std::size_t quotes = 0;
  for (int worker = 0; worker < 2; ++worker) {
    indexer::RunWriter writer((work / "runs").string(), "w" + std::to_string(worker), sizes);
    for (int i = 0; i < kMany; ++i) {
      Article article;
      article.id = std::to_string(worker) + "-" + std::to_string(i);
      article.text = "Ferga er i rute, sier Torstein Bråthen.\n";
      article.paragraphs = {{0, static_cast<std::uint32_t>(article.text.size() - 1), ParagraphRole::body}};
      box.work_on(article, true);
      quotes += box.annotation().quotes.size();
      REQUIRE(writer.add({article, box.annotation(), box.text(), i + 1, 1, "2024-01-01"}, box.analyser()));
    }
    REQUIRE(writer.finish());
    CHECK(writer.runs().size() < 9);
    runs.insert(runs.end(), writer.runs().begin(), writer.runs().end());
  }
  REQUIRE(indexer::merge_runs({work.path().string()}, "", runs, "index-000001", {"uuid", "analyser", 1, 1, 61}, sizes));
  const Xapian::Database merged((work / "index-000001/articles").string());
  CHECK(merged.get_doccount() == 2 * kMany);
  CHECK(merged.get_termfreq("Q0-0") == 1);
  CHECK(merged.get_termfreq("Q1-60") == 1);
  CHECK(Xapian::Database((work / "index-000001/quotes").string()).get_doccount() == quotes);
  CHECK(quotes > 0);
  // Nothing of the runs stays.
  CHECK(fs::is_empty(work / "runs"));
  CHECK(std::distance(fs::directory_iterator(work / "index-000001"), fs::directory_iterator()) == 2);
}

TEST_CASE("earlier versions that are kept in a bulk run take no new article's place") {
  const TempFolder work;
  const auto write = [&](int first, int last, const std::string& when) {
    for (int i = first; i < last; ++i) {
      const std::string n = std::to_string(i);
      write_file(work / "saker" / (n + ".txt"), "Tittel: Sak " + n + "\nURL: https://havnebladet.example/sak/" + n +
                                                    "\nKilde: Havnebladet\n\nSak" + n + " om ferja som gjekk på grunn " +
                                                    "ved Vågsund, der hundre menneske var om bord, " + when + ".\n");
    }
  };
  const std::vector<std::string> index = {"index", "--db", (work / "db").string(), (work / "saker").string()};
  write(0, 900, "i går");
  REQUIRE(spalte(index).status == 0);
  write(0, 900, "i fjor");
  write(900, 2600, "i dag");
  const Outcome run = spalte(index);
  INFO(run.err);
  CHECK(run.status == 0);
  const Outcome check = spalte({"check", "--db", (work / "db").string()});
  INFO(check.out);
  CHECK(check.status == 0);
  CHECK(spalte({"count", "--db", (work / "db").string(), "*"}).out == "2600\n");
  CHECK(spalte({"count", "--db", (work / "db").string(), "*", "--versions", "all"}).out == "3500\n");
}

}  // namespace spalte::test
