// What was indexed once: does it survive folders that cannot be read for a while, an index that is older, foreign or
// torn, and upkeep that was killed?
#include "tests/own_archive.h"

#include <csignal>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>
#include <xapian.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

struct Work : OwnArchive {
  Work() {
    write_file(articles / "havn/ferge.txt", "Ferga står\n\nFerga ligger til kai i Vågsund.\n");
    write_file(articles / "laks.txt", "Laksen rømmer\n\nOppdrett i Dalafjorden.\n");
  }
  fs::path xapian() const {
    for (const auto& entry : fs::directory_iterator(db))
      if (entry.is_directory()) return entry.path();
    throw std::runtime_error("no index below " + db.string());
  }
};

void copy_all(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

/// What must be said: what happened and what to do, in one message each.
void check_told(const Outcome& o, const std::string& what, const std::string& what_to_do) {
  INFO(o.err);
  CHECK(o.status == 4);
  CHECK_THAT(o.err, Catch::Contains(what) && Catch::Contains(what_to_do));
}

}  // namespace

TEST_CASE("a folder that cannot be read or entered this time loses no article") {
  const Work w;
  REQUIRE(w.index().status == 0);
  fs::permissions(w.folder.path(), fs::perms::all);
  // Both ways a folder is closed: not to be listed, and listed but not entered.
  for (const auto mode : {fs::perms::none, fs::perms(0444)}) {
    fs::permissions(w.articles / "havn", mode);
    if (geteuid() == 0)
      for (const auto& entry : fs::recursive_directory_iterator(w.db))
        REQUIRE(chown(entry.path().c_str(), 65534, 65534) == 0);
    if (geteuid() == 0) REQUIRE(chown(w.db.c_str(), 65534, 65534) == 0);
    const Outcome o = w.index({.as_nobody = true});
    INFO(o.out << o.err);
    CHECK(o.status == 3);
    CHECK_THAT(o.out, Catch::Contains("gone 0") && Catch::Contains("failed 1"));
    CHECK_THAT(o.err, Catch::Contains("havn") && Catch::Contains("Permission denied"));
    CHECK(w.count("ferge") == "1\n");
  }
}

TEST_CASE("a file that cannot be read any more keeps what it gave") {
  const Work w;
  REQUIRE(w.index().status == 0);
  write_file(w.articles / "laks.txt", std::string("Laksen\n\nNoe \0 er galt.\n", 24));
  const Outcome o = w.index();
  INFO(o.err);
  CHECK(o.status == 3);
  CHECK(w.count("oppdrett") == "1\n");
  write_file(w.articles / "laks.txt", "Laksen\n\nAlt er rettet.\n");
  CHECK(w.index().status == 0);
  CHECK(w.count("oppdrett") == "0\n");
  CHECK(w.count("rettet") == "1\n");
}

TEST_CASE("an older index beside a newer catalogue is brought up") {
  const Work w;
  REQUIRE(w.index().status == 0);
  copy_all(w.xapian(), w.folder / "kopi");
  write_file(w.articles / "ny.txt", "Nytt\n\nMer om strøm.\n");
  fs::remove(w.articles / "laks.txt");
  REQUIRE(w.index().status == 0);
  copy_all(w.folder / "kopi", w.xapian());
  CHECK(w.run({"check"}).status == 4);
  REQUIRE(w.index().status == 0);
  CHECK(w.count("strøm") == "1\n");
  CHECK(w.count("laks") == "0\n");
  CHECK(w.count("ferge") == "1\n");
  CHECK(w.run({"check"}).status == 0);
}

TEST_CASE("an index of another archive, of a later format or of another analyser is refused until it is rebuilt") {
  const Work w;
  REQUIRE(w.index().status == 0);
  std::string key, value, told;
  SECTION("another archive") { key = "uuid", value = "ffff", told = "different archives"; }
  SECTION("a later format") { key = "format", value = "99", told = "format 99"; }
  SECTION("another analyser") { key = "analyser", value = "999", told = "analyser 999"; }
  {
    Xapian::WritableDatabase index((w.xapian() / "articles").string(), Xapian::DB_OPEN);
    REQUIRE_FALSE(index.get_metadata(key).empty());
    index.set_metadata(key, value);
    index.commit();
  }
  check_told(w.run({"search", "ferge"}), told, "spalte rebuild");
  check_told(w.index(), told, "spalte rebuild");
  REQUIRE(w.run({"rebuild"}).status == 0);
  CHECK(w.count("ferge") == "1\n");
  CHECK(w.run({"check"}).status == 0);
}

TEST_CASE("one torn page anywhere: an answer or status 4, check finds it, rebuild mends it") {
  const Work w;
  write_articles(w.articles, 400, 7);
  REQUIRE(w.index().status == 0);
  const std::string ferries = w.count("ferje");
  copy_all(w.db, w.folder / "hel");
  constexpr std::size_t kPage = 8192;
  int found = 0, torn = 0;
  for (const char* table : {"articles/postlist", "articles/termlist", "articles/docdata", "quotes/postlist",
                            "quotes/termlist", "quotes/docdata"}) {
    copy_all(w.folder / "hel", w.db);
    const fs::path file = w.xapian() / (std::string(table) + ".glass");
    std::string bytes = read_file(file);
    INFO(file);
    REQUIRE(bytes.size() >= kPage);
    const std::size_t page = bytes.size() / kPage / 2 * kPage;
    for (std::size_t i = 0; i < kPage && page + i < bytes.size(); ++i) bytes[page + i] = static_cast<char>(i * 37);
    write_file(file, bytes);
    ++torn;
    for (const auto& o : {w.run({"search", "ferje"}), w.run({"count", "*"}), w.run({"facets", "source"}),
                          w.run({"show", "ukjent"}), w.run({"quotes", "ferje"}), w.run({"count", "quote:ferje"})}) {
      INFO(o.err);
      CHECK((o.status <= 2 || o.status == 4));
      CHECK((o.status == 0 || o.status == 1 || !o.err.empty()));
    }
    const Outcome check = w.run({"check"});
    if (check.status == 4) ++found;
    CHECK_THAT(check.err, Catch::Contains("spalte rebuild"));
    REQUIRE(w.run({"rebuild"}).status == 0);
    CHECK(w.count("ferje") == ferries);
    CHECK(w.run({"check"}).status == 0);
  }
  CHECK(found == torn);
}

TEST_CASE("one torn page anywhere in the catalogue: an answer or a message, and check finds it") {
  const Work w;
  write_articles(w.articles, 400, 7);
  REQUIRE(w.index().status == 0);
  REQUIRE(w.run({"actors", "--alias", "Kina", "Midtens rike"}).status == 0);
  const std::string whole = read_file(w.db / "catalogue.sqlite");
  const std::size_t page = static_cast<unsigned char>(whole[16]) << 8U | static_cast<unsigned char>(whole[17]);
  REQUIRE(page >= 512);
  const std::size_t pages = whole.size() / page;
  constexpr std::size_t kTorn = 16;
  for (std::size_t i = 0; i < kTorn; ++i) {
    const std::size_t at = (1 + i * (pages - 1) / kTorn) * page;
    INFO("page " << at / page + 1 << " of " << pages);
    std::string bytes = whole;
    for (std::size_t k = 0; k < page && at + k < bytes.size(); ++k) bytes[at + k] = static_cast<char>(k * 37 + 11);
    for (const char* beside : {"catalogue.sqlite-wal", "catalogue.sqlite-shm"}) fs::remove(w.db / beside);
    write_file(w.db / "catalogue.sqlite", bytes);
    for (const auto& o : {w.run({"search", "ferje"}), w.run({"show", "ukjent"}), w.run({"actors", "Kina"}),
                          w.run({"quotes", "*"}), w.run({"status"})}) {
      INFO(o.err);
      CHECK((o.status <= 2 || o.status == 4));
      CHECK((o.status == 0 || o.status == 1 || !o.err.empty()));
    }
    const Outcome check = w.run({"check"});
    INFO(check.out << check.err);
    CHECK(check.status == 4);
    const Outcome again = w.index();
    INFO(again.err);
    CHECK(again.status < 128);
  }
}

TEST_CASE("a damaged catalogue is said, by reading and by writing commands") {
  const Work w;
  REQUIRE(w.index().status == 0);
  std::string bytes = read_file(w.db / "catalogue.sqlite");
  for (std::size_t i = 100; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  write_file(w.db / "catalogue.sqlite", bytes);
  check_told(w.run({"search", "ferge"}), "catalogue is damaged", "index the folders again");
  check_told(w.index(), "catalogue is damaged", "index the folders again");
  CHECK(w.run({"check"}).status == 4);
}

TEST_CASE("rebuild and compact that were killed leave an index that answers") {
  const Work w;
  write_articles(w.articles, 300, 8);
  REQUIRE(w.index().status == 0);
  const std::string clean = all_answers(w.db);
  for (const char* step : {"before-switch", "after-switch"}) {
    INFO(step);
    const Outcome killed = w.run({"rebuild", "--annotate"}, {.environment = {{"SPALTE_DIE_AT", step}}});
    REQUIRE(killed.status == 128 + SIGKILL);
    CHECK(w.count("*") == "302\n");
    REQUIRE(w.index().status == 0);
    CHECK(first_difference(all_answers(w.db), clean) == "");
  }
  for (const int milliseconds : {30, 100, 300}) {
    const pid_t child = start_spalte({milliseconds == 100 ? "compact" : "rebuild", "--db", w.db.string()});
    usleep(static_cast<useconds_t>(milliseconds) * 1000);
    kill(child, SIGKILL);
    wait_for(child);
    CHECK(w.count("*") == "302\n");
    REQUIRE(w.index().status == 0);
  }
  CHECK(first_difference(all_answers(w.db), clean) == "");
}

TEST_CASE("a path that does not exist, and no path at all, are usage errors that make no index") {
  const Work w;
  for (const auto& o : {spalte({"index", "--db", w.db.string(), (w.folder / "finnes-ikke").string()}),
                        spalte({"index", "--db", w.db.string()}),
                        spalte({"index", "--db", w.db.string(), "--jobs", "0", w.articles.string()})}) {
    INFO(o.err);
    CHECK(o.status == 2);
    CHECK_FALSE(o.err.empty());
  }
  CHECK(w.run({"count", "*"}).status == 4);
}

}  // namespace spalte::test
