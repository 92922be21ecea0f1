// What if several programs write into one archive at once?
#include "tests/support.h"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <unistd.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

Outcome run(const fs::path& db, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin() + 1, {"--db", db.string()});
  return spalte(arguments);
}

}  // namespace

TEST_CASE("two that index, one that corrects and saves meanwhile: each is done or told to wait, nothing is lost") {
  const TempFolder folder;
  const fs::path articles = folder / "artikler", db = folder / "db";
  write_articles(articles, 100, 51);
  REQUIRE(run(db, {"index", articles.string()}).status == 0);
  write_articles(articles / "nye", 900, 52);
  const std::vector<std::string> index = {"index", "--db", db.string(), articles.string()};
  std::set<std::string> saved;
  bool aliased = false;
  int waited = 0;
  for (int round = 0; round < 3; ++round) {
    const pid_t first = start_spalte(index), second = start_spalte(index);
    for (int i = 0; i < 8; ++i) {
      const std::string name = "q" + std::to_string(round * 100 + i);
      const Outcome o = run(db, {"save", name, "ferje OR streik"});
      INFO(o.err);
      CHECK((o.status == 0 || o.status == 75));
      if (o.status == 0) saved.insert(name);
      const Outcome alias = run(db, {"actors", "--alias", "Kina", "Midtens rike"});
      INFO(alias.err);
      CHECK((alias.status == 0 || alias.status == 75 || aliased));
      aliased = aliased || alias.status == 0;
      const Outcome read = run(db, {"count", "*"});
      INFO(read.err);
      CHECK(read.status == 0);
    }
    const int a = wait_for(first), b = wait_for(second);
    CHECK((a == 0 || a == 75));
    CHECK((b == 0 || b == 75));
    CHECK((a == 0 || b == 0));
    waited += (a == 75 ? 1 : 0) + (b == 75 ? 1 : 0);
    // The next round has something to do.
    write_articles(articles / ("runde" + std::to_string(round)), 300, 60 + static_cast<std::uint32_t>(round));
  }
  CHECK(waited > 0);
  REQUIRE(run(db, {"index", articles.string()}).status == 0);
  CHECK(run(db, {"count", "*"}).out == "1900\n");
  CHECK(run(db, {"check"}).status == 0);
  for (const std::string& name : saved) CHECK(run(db, {"count", "query:" + name}).status <= 1);
  if (aliased) CHECK(run(db, {"count", "aktør:\"Midtens rike\""}).status == 0);
  CHECK(aliased);
}

}  // namespace spalte::test
