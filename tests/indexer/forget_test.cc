// What is taken out for good: is it gone from every file of the archive, and does it stay out?
#include "tests/own_archive.h"

#include <string>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

struct Work : OwnArchive {
  Work() {
    write_articles(articles, 60, 9);
    write_file(articles / "a/sak.txt",
               "Tittel: Omtale av Zakariassenberg\nKilde: Trekkbladet\nDato: 2011-05-04\n\nKvinne sa Birkelundhaugen var her.\n\n"
               "– Jeg heter Birkelundhaugen, sier Oddlaug Zakariassenberg.\n");
    write_file(articles / "a/annen.txt", "Tittel: En annen sak\nKilde: Trekkbladet\n\nSelfangsten gikk bra.\n");
    REQUIRE(index().status == 0);
  }
  std::string id(const std::string& query) const {
    const std::string ids = run({"search", query, "--format", "ids"}).out;
    return ids.substr(0, ids.find('\n'));
  }
  /// Files of the archive that hold these bytes.
  int files_with(const std::string& bytes) const {
    int n = 0;
    for (const auto& entry : fs::recursive_directory_iterator(db))
      if (entry.is_regular_file() && read_file(entry.path()).find(bytes) != std::string::npos) ++n;
    return n;
  }
};

}  // namespace

TEST_CASE("what is forgotten lies in no file of the archive, neither its words nor its names") {
  const Work w;
  REQUIRE(w.files_with("akariassenberg") > 0);
  REQUIRE(w.run({"forget", w.id("Zakariassenberg")}).out == "forgotten 1\n");
  CHECK(w.files_with("akariassenberg") == 0);
  CHECK(w.files_with("irkelundhaugen") == 0);
  CHECK(w.run({"quotes", "--by", "Zakariassenberg"}).out.empty());
  CHECK(w.run({"count", "*"}).out == "61\n");
  CHECK(w.run({"check"}).status == 0);
}

TEST_CASE("it stays out, changed, read in full or under another path; a copy that was there all along stays in") {
  const Work w;
  fs::copy_file(w.articles / "a/sak.txt", w.articles / "a/kopi.txt");
  REQUIRE(w.index().status == 0);
  REQUIRE(w.run({"count", "Zakariassenberg"}).out == "2\n");
  const std::string path = (w.articles / "a/sak.txt").string();
  REQUIRE(w.run({"forget", "--path", path}).out == "forgotten 1\n");
  REQUIRE(spalte({"index", "--full", "--db", w.db.string(), w.articles.string()}).status == 0);
  CHECK(w.run({"count", "Zakariassenberg"}).out == "1\n");
  REQUIRE(w.run({"forget", w.id("Zakariassenberg")}).out == "forgotten 1\n");
  fs::rename(w.articles / "a/kopi.txt", w.articles / "flyttet.txt");
  CHECK_THAT(w.index().out, Catch::Contains("1 forgotten"));
  write_file(path, read_file(path) + "\nNoe mer.\n");
  REQUIRE(w.index().status == 0);
  CHECK(w.run({"count", "Zakariassenberg"}).out == "0\n");
  REQUIRE(w.run({"rebuild"}).status == 0);
  CHECK(w.run({"count", "Zakariassenberg"}).out == "0\n");
}

TEST_CASE("a whole source, a whole folder; what does not exist is said and forgets nothing") {
  const Work w;
  const Outcome none = w.run({"forget", "finnesikke0000"});
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Catch::Contains("finnesikke0000"));
  CHECK(w.run({"forget", "--source", "Ingenting"}).status == 1);
  CHECK(w.run({"count", "*"}).out == "62\n");
  CHECK(w.run({"forget", "--source", "trekkbladet"}).out == "forgotten 2\n");
  CHECK(w.run({"count", "kilde:Trekkbladet"}).out == "0\n");
  CHECK(w.run({"forget", "--path", w.articles.string()}).out == "forgotten 60\n");
  CHECK(w.run({"count", "*"}).out == "0\n");
  CHECK(w.index().status == 0);
  CHECK(w.run({"count", "*"}).out == "0\n");
}

}  // namespace spalte::test
