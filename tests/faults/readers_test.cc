// Does a reader get whole answers while a writer commits a thousand times?
#include "tests/support.h"

#include <atomic>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

/// What readers saw while the writer was at it. Catch2's macros are for one thread.
struct Seen {
  int requests = 0, failures = 0;
  std::string first_failure;

  void expect(bool good, const std::string& what) {
    ++requests;
    if (good) return;
    if (++failures == 1) first_failure = what;
  }
};

std::string told(const Outcome& o) { return std::to_string(o.status) + ": " + o.out.substr(0, 200) + o.err; }

}  // namespace

TEST_CASE("a thousand commits beside readers: no error, no half answer") {
  const TempFolder folder;
  const fs::path articles = folder / "artikler", db = folder / "db", extra = articles / "havn.txt";
  write_articles(articles, 200, 31);
  write_file(articles / "alltid.txt", "Alltid\n\nSolsikkefrøet ble aldri borte, sa Kari Bråthen.\n");
  REQUIRE(spalte({"index", "--db", db.string(), articles.string()}).status == 0);
  std::atomic<bool> done = false;

  // One process a request, as on a command line.
  Seen requests;
  std::thread reader([&] {
    while (!done) {
      const Outcome all = spalte({"count", "--db", db.string(), "*"});
      requests.expect(all.status == 0 && (all.out == "201\n" || all.out == "202\n"), told(all));
      const Outcome one = spalte({"search", "--db", db.string(), "--format", "jsonl", "solsikkefrø"});
      requests.expect(one.status == 0 && lines(one.out).size() == 1, told(one));
      const Outcome quotes = spalte({"quotes", "--db", db.string(), "--by", "Bråthen", "solsikkefrø"});
      requests.expect(quotes.status <= 1, told(quotes));
    }
  });
  // One process that stays, over many commits.
  Seen batches;
  constexpr int kQueries = 2000;
  std::string queries;
  for (int i = 0; i < kQueries; ++i) queries += std::to_string(i) + "\tsolsikkefrø\n";
  write_file(folder / "spørsmål.tsv", queries);
  std::thread long_reader([&] {
    while (!done) {
      const Outcome o = spalte({"search", "--db", db.string(), "--batch", (folder / "spørsmål.tsv").string(),
                                "--format", "trec", "-n", "10"});
      batches.expect(o.status == 0 && lines(o.out).size() == kQueries, told(o));
    }
  });

  constexpr int kCommits = 1000;
  int failed = 0;
  for (int i = 0; i < kCommits; ++i) {
    if (i % 2 == 0) {
      write_file(extra, "Havna\n\nFerge nummer " + std::to_string(i) + " ligger ved kai.\n");
    } else {
      fs::remove(extra);
    }
    if (spalte({"index", "--db", db.string(), articles.string()}).status != 0) ++failed;
  }
  done = true;
  reader.join();
  long_reader.join();
  INFO(requests.first_failure << batches.first_failure);
  CHECK(failed == 0);
  CHECK(requests.failures == 0);
  CHECK(batches.failures == 0);
  CHECK(requests.requests > 100);
  CHECK(batches.requests > 0);
  WARN(kCommits << " commits, " << requests.requests << " requests and " << batches.requests << " batches of "
                << kQueries);
  CHECK(spalte({"check", "--db", db.string()}).status == 0);
}

}  // namespace spalte::test
