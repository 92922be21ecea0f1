// Do a user's own topics, and those that a source gave, work from import to query?
#include "tests/support.h"

#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

namespace spalte::test {

TEST_CASE("topics of one's own: imported, given to articles, found by name, code and what lies above") {
  const TempFolder folder;
  const std::string db = (folder / "index").string(), own = (folder / "mine.toml").string();
  write_file(folder / "a/fyr.txt",
             "Tittel: Fyrvokteren på rorbua\nKilde: Fjordposten\nDato: 01.02.2015\nEmne: medtop:20001065\n\n"
             "Fyrvokteren la sjarken til kaiplassen ved rorbua og gikk hjem til rorbua si.\n");
  write_file(folder / "a/regn.txt", "Tittel: Stille uke\nKilde: Fjordposten\nDato: 02.02.2015\n\nIngenting skjedde.\n");
  REQUIRE(spalte({"index", "--db", db, (folder / "a").string()}).status == 0);

  write_file(own,
             "[[topic]]\nid = \"x:sjø\"\nnb = \"sjøliv\"\nen = \"sea life\"\n"
             "[[topic]]\nid = \"x:kyst\"\nparent = \"x:sjø\"\nnb = \"kystkultur\"\n"
             "strong = [\"fyrvokter\", \"sjark\", \"kaiplass\", \"rorbu\", \"husene\"]\n");
  const Outcome imported = spalte({"topics", "--db", db, "--import", own});
  INFO(imported.err);
  REQUIRE(imported.status == 0);
  CHECK_THAT(imported.out,
             Catch::Contains("imported 2 topics, 2 of them new") && Catch::Contains("rebuild --annotate"));
  CHECK_THAT(imported.err, Catch::Contains("`husene` is taken for `hus`"));
  CHECK(spalte({"count", "--db", db, "emne:kystkultur"}).out == "0\n");

  REQUIRE(spalte({"rebuild", "--db", db, "--annotate"}).status == 0);
  for (const std::string query : {"emne:kystkultur", "emne:x:kyst", "emne:sjøliv", "topic:\"sea life\""}) {
    INFO(query);
    CHECK(spalte({"count", "--db", db, query}).out == "1\n");
  }
  CHECK_THAT(spalte({"topics", "--db", db}).out, Catch::Contains("x:kyst") && Catch::Contains("kystkultur"));
  CHECK_THAT(spalte({"annotate", "--topics", own, (folder / "a/fyr.txt").string()}).out, Catch::Contains("kystkultur"));

  // The source gave football: found by football's name and by what lies above it, and as given.
  CHECK(spalte({"count", "--db", db, "emne:fotball"}).out == "1\n");
  CHECK(spalte({"count", "--db", db, "emne:sport"}).out == "1\n");
  CHECK(spalte({"count", "--db", db, "emne=:fotball"}).out == "1\n");
  CHECK(spalte({"count", "--db", db, "emne=:kystkultur"}).out == "0\n");

  // A file that is wrong changes nothing.
  write_file(own, "[[topic]]\nid = \"kyst kultur\"\nnb = \"a\"\n");
  const Outcome wrong = spalte({"topics", "--db", db, "--import", own});
  CHECK(wrong.status != 0);
  CHECK_THAT(wrong.err, Catch::Contains("kyst kultur") && Catch::Contains("x:kyst"));
  CHECK(spalte({"topics", "--db", db, "--import", (folder / "none.json").string()}).status != 0);
  CHECK(spalte({"count", "--db", db, "emne:sjøliv"}).out == "1\n");
}

}  // namespace spalte::test
