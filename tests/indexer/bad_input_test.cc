// Does bad input get a clear message, does the rest of the work go on, and is nothing lost that was indexed?
#include "tests/support.h"

#include <csignal>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::test {
namespace {

constexpr const char* kArticle =
    "Tittel: Streik i Vågsund\nKilde: Havnebladet\nDato: 2011-05-03\n\nFergene ligger til kai.\n";

/// A folder of articles, one of them good, and an index of its own.
struct Work {
  TempFolder folder;
  std::filesystem::path articles = folder / "artikler", db = folder / "db";

  Work() { write_file(articles / "god.txt", kArticle); }

  Outcome index(std::vector<std::string> more = {}, Circumstances c = {}) const {
    std::vector<std::string> arguments = {"index", "--db", db.string(), articles.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spalte(arguments, c);
  }
  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  std::string count(const std::string& query) const { return run({"count", query}).out; }
};

}  // namespace

TEST_CASE("what cannot be read fails with its reason; the rest is indexed") {
  const Work w;
  write_file(w.articles / "lukket.txt", kArticle);
  write_file(w.articles / "lukket-mappe/sak.txt", kArticle);
  std::filesystem::permissions(w.folder.path(), std::filesystem::perms::all);
  std::filesystem::permissions(w.articles / "lukket.txt", std::filesystem::perms::none);
  std::filesystem::permissions(w.articles / "lukket-mappe", std::filesystem::perms::none);
  const Outcome o = w.index({}, {.as_nobody = true});
  INFO(o.err);
  CHECK(o.status == 3);
  CHECK_THAT(o.out, Catch::Contains("indexed 1") && Catch::Contains("failed 2"));
  CHECK_THAT(o.err,
             Catch::Contains("lukket.txt") && Catch::Contains("lukket-mappe") && Catch::Contains("Permission denied"));
  std::filesystem::permissions(w.articles / "lukket.txt",
                               std::filesystem::perms::owner_all | std::filesystem::perms::others_read);
  const Outcome again = w.index({"--retry-failed"}, {.as_nobody = true});
  INFO(again.err);
  CHECK_THAT(again.out, Catch::Contains("indexed 1"));
  CHECK(again.status == 3);
}

TEST_CASE("bytes that are no UTF-8 are read as Windows-1252 where that fits") {
  const Work w;
  write_file(w.articles / "gammel.txt", "Bl\xe5skj\xe6r og br\xf8" "d\n\nDet er \xab" "godt\xbb \x96 sier han.\n");
  write_file(w.articles / "nul.txt", std::string("Tittel\n\nEn tekst med\0 et hull.\n", 31));
  write_file(w.articles / "tom.txt", "");
  write_file(w.articles / "blank.txt", " \n\n \t\n");
  write_file(w.articles / "rester.txt", "Tittel: Ødelagt\n\nEn god start \xc3\x28 \x81\x8d\x8f og slutt.\n");
  const Outcome o = w.index();
  INFO(o.out << o.err);
  CHECK(w.count("blåskjær brød") == "1\n");
  CHECK(w.count("\"sier han\"") == "1\n");
  CHECK(o.status == 3);
  CHECK_THAT(o.err, Catch::Contains("nul.txt") && Catch::Contains("NUL"));
  CHECK(w.count("fergene") == "1\n");
  CHECK(w.run({"check"}).status == 0);
}

TEST_CASE("an article of one long word, and one of a 1 MB paragraph") {
  const Work w;
  std::string word;
  while (word.size() < 10000) word += "ærlighet";
  write_file(w.articles / "lang.txt", "Langt ord\n\nFørst " + word + " sist\n");
  std::string paragraph;
  while (paragraph.size() < (1U << 20U)) paragraph += "Statsministeren og Kina møttes i Vågsund. ";
  write_file(w.articles / "avsnitt.txt", paragraph);
  const Outcome o = w.index();
  INFO(o.err);
  CHECK(o.status == 0);
  CHECK(w.count("\"først\" sist") == "1\n");
  CHECK(w.count("møttes vågsund") == "1\n");
  // A term over what Xapian can hold: an answer, not a crash.
  CHECK(w.run({"count", word}).status != 2);
  CHECK(w.run({"search", "tittel:" + word}).status <= 1);
  CHECK(w.run({"search", "kilde:" + word}).status <= 1);
  CHECK(w.run({"search", "=" + word}).status <= 1);
}

TEST_CASE("a file of 200 MB is refused with its size") {
  const Work w;
  {
    std::ofstream big(w.articles / "stor.txt");
    const std::string line(1U << 20U, 'a');
    for (int i = 0; i < 200; ++i) big << line << '\n';
  }
  const Outcome o = w.index();
  INFO(o.err);
  CHECK(o.status == 3);
  CHECK_THAT(o.err, Catch::Contains("stor.txt") && Catch::Contains("MB"));
  CHECK(w.count("*") == "1\n");
}

TEST_CASE("a date that is none is said and not invented") {
  const Work w;
  write_file(w.articles / "dato.txt", "Tittel: Uten dato\nDato: 32.13.2017\n\nTekst om fiskeri.\n");
  const Outcome o = w.index();
  INFO(o.err);
  CHECK(o.status == 0);
  CHECK_THAT(o.err, Catch::Contains("dato.txt") && Catch::Contains("32.13.2017"));
  CHECK(w.count("fiskeri date:2017") == "0\n");
  CHECK_THAT(w.run({"timeline", "fiskeri", "--format", "csv"}).out, Catch::Contains("undated,1,"));
}

TEST_CASE("loops, links, hidden files and devices are survived") {
  const Work w;
  std::filesystem::create_directory_symlink("..", w.articles / "rundt");
  std::filesystem::create_directory_symlink(".", w.articles / "her");
  std::filesystem::create_symlink("finnes-ikke", w.articles / "brutt.txt");
  write_file(w.articles / ".skjult.txt", kArticle);
  write_file(w.articles / ".git/fil.txt", kArticle);
  write_file(w.articles / "bilde.jpg", "\xff\xd8\xff");
  REQUIRE(mkfifo((w.articles / "rør.txt").c_str(), 0600) == 0);
  const Outcome o = w.index();
  INFO(o.out << o.err);
  CHECK(o.status == 0);
  CHECK_THAT(o.out, Catch::Contains("indexed 1,") && Catch::Contains(".jpg"));
  CHECK(w.count("*") == "1\n");
}

TEST_CASE("an index that is missing, foreign, newer or damaged is refused with what to do") {
  const Work w;
  const Outcome missing = w.run({"search", "streik"});
  CHECK(missing.status == 4);
  CHECK_THAT(missing.err, Catch::Contains("no index") && Catch::Contains("spalte index"));
  write_file(w.folder / "annet/brev.odt", "noe annet");
  const Outcome foreign = spalte({"index", "--db", (w.folder / "annet").string(), w.articles.string()});
  CHECK(foreign.status != 0);
  CHECK(read_file(w.folder / "annet/brev.odt") == "noe annet");
  REQUIRE(w.index().status == 0);

  SECTION("a catalogue from a newer program") {
    // user_version is the big-endian number at byte 60 of an SQLite file.
    std::fstream file(w.db / "catalogue.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(60);
    file.write("\0\0\3\347", 4);
    file.close();
    for (const auto& o : {w.run({"search", "streik"}), w.index()}) {
      INFO(o.err);
      CHECK(o.status == 4);
      CHECK_THAT(o.err, Catch::Contains("newer"));
    }
  }
  SECTION("index files with overwritten pages") {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(w.db)) {
      if (entry.path().extension() != ".glass") continue;
      std::string bytes = read_file(entry.path());
      for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
      write_file(entry.path(), bytes);
    }
    const Outcome o = w.run({"search", "streik"});
    INFO(o.err);
    CHECK(o.status == 4);
    CHECK_THAT(o.err, Catch::Contains("rebuild"));
    CHECK(w.run({"check"}).status == 4);
    CHECK(w.run({"rebuild"}).status == 0);
    CHECK(w.count("streik") == "1\n");
  }
  SECTION("an index that is gone, beside its catalogue") {
    for (const auto& entry : std::filesystem::directory_iterator(w.db))
      if (entry.is_directory()) std::filesystem::remove_all(entry.path());
    CHECK(w.run({"search", "streik"}).status == 4);
    CHECK(w.run({"rebuild"}).status == 0);
    CHECK(w.count("streik") == "1\n");
  }
}

TEST_CASE("a folder that may not be written says so") {
  const Work w;
  REQUIRE(w.index().status == 0);
  std::filesystem::permissions(w.folder.path(), std::filesystem::perms::all);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(w.db))
    std::filesystem::permissions(entry.path(),
                                 entry.is_directory() ? std::filesystem::perms(0555) : std::filesystem::perms(0444));
  std::filesystem::permissions(w.db, std::filesystem::perms(0555));
  write_file(w.articles / "ny.txt", "Ny\n\nMer om fiskeri.\n");
  const Outcome o = w.index({}, {.as_nobody = true});
  INFO(o.err);
  CHECK(o.status != 0);
  CHECK(o.status < 126);
  CHECK_THAT(o.err, Catch::Contains(w.db.string()));
}

TEST_CASE("a second writer is told to wait, with status 75") {
  const Work w;
  write_articles(w.articles, 3000, 5);
  const pid_t first = start_spalte({"index", "--db", w.db.string(), w.articles.string()});
  Outcome second;
  for (int i = 0; i < 200 && second.status != 75; ++i) {
    usleep(10000);
    if (std::filesystem::exists(w.db / "catalogue.sqlite")) second = w.index();
  }
  CHECK(second.status == 75);
  CHECK_THAT(second.err, Catch::Contains("another process"));
  CHECK(wait_for(first) == 0);
  CHECK(w.count("*") == "3001\n");
}

TEST_CASE("a disk that fills up: a clear message, and what was indexed stays") {
  const Work w;
  REQUIRE(w.index().status == 0);
  write_articles(w.articles, 2500, 6);

  SECTION("writes that fail beyond a size") {
    const Outcome o = w.index({}, {.most_file_bytes = 512U << 10U});
    INFO(o.err);
    CHECK(o.status != 0);
    CHECK(o.status < 126);
    CHECK_FALSE(o.err.empty());
  }
  SECTION("a small disk of its own") {
    if (geteuid() != 0 || mount("tmpfs", w.db.c_str(), "tmpfs", 0, "size=64k") != 0) {
      WARN("not root, or may not mount: the small disk was left out");
      return;
    }
    umount(w.db.c_str());
    const auto small = w.folder / "liten";
    std::filesystem::create_directory(small);
    REQUIRE(mount("tmpfs", small.c_str(), "tmpfs", 0, "size=3m") == 0);
    std::filesystem::copy(w.db, small / "db", std::filesystem::copy_options::recursive);
    const Outcome o = spalte({"index", "--db", (small / "db").string(), w.articles.string()});
    INFO(o.err);
    CHECK(o.status != 0);
    CHECK_THAT(o.err, Catch::Contains("space"));
    CHECK(spalte({"count", "--db", (small / "db").string(), "fergene kilde:havnebladet"}).status == 0);
    std::filesystem::remove_all(w.db);
    std::filesystem::copy(small / "db", w.db, std::filesystem::copy_options::recursive);
    REQUIRE(umount(small.c_str()) == 0);
  }
  CHECK(w.count("\"ligger til kai\"") == "1\n");
  const Outcome next = w.index();
  INFO(next.err);
  CHECK(next.status == 0);
  CHECK(w.count("*") == "2501\n");
  CHECK(w.run({"check"}).status == 0);
}

}  // namespace spalte::test
