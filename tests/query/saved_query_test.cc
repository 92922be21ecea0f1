// Are queries kept, put inside others, and what is new since the last time told once?
#include "tests/support.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

class Archive {
 public:
  Archive() {
    write("laks", "Laksen er tilbake i elva, sier fiskerne i bygda.");
    write("torsk", "Torsken er dyr i år, og laksen blir borte fra elva.");
    index();
  }
  void write(const std::string& name, const std::string& text) {
    write_file(folder_ / "saker" / (name + ".txt"), "Tittel: Om " + name + "\nDato: 2017-03-16\n\n" + text + "\n");
  }
  void remove(const std::string& name) { std::filesystem::remove(folder_ / "saker" / (name + ".txt")); }
  void index() { REQUIRE(run({"index", (folder_ / "saker").string()}).status == 0); }
  Outcome run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, {"--db", (folder_ / "arkiv").string()});
    return spalte(arguments);
  }
  std::string count(const std::string& query) { return run({"count", query}).out; }
  /// The titles of what is new, sorted, and the exit status.
  std::string fresh(const std::string& name, const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments = {"new", name, "--format", "csv", "--fields", "title"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Outcome o = run(arguments);
    std::vector<std::string> titles = lines(o.out);
    std::sort(titles.begin(), titles.end());
    std::string out;
    for (const std::string& t : titles)
      if (t != "title") out += t + ", ";
    return out + std::to_string(o.status);
  }

 private:
  TempFolder folder_;
};

}  // namespace

TEST_CASE("a saved query stands inside others, nested too") {
  Archive a;
  REQUIRE(a.run({"save", "fisk", "laks OR torsk"}).status == 0);
  REQUIRE(a.run({"save", "dyrfisk", "query:fisk dyr"}).status == 0);
  CHECK(a.count("query:fisk") == "2\n");
  CHECK(a.count("query:dyrfisk") == "1\n");
  CHECK(a.count("query:fisk -dyr") == "1\n");
  CHECK(a.count("søk:fisk -query:dyrfisk") == "1\n");
  CHECK(a.count("sent{query:fisk elv}") == "2\n");
  CHECK_THAT(a.run({"save"}).out, Catch::Contains("dyrfisk") && Catch::Contains("query:fisk dyr"));
  CHECK(a.run({"save", "--list"}).out == a.run({"save"}).out);
  CHECK_THAT(a.run({"save", "fisk"}).out, Catch::Contains("laks OR torsk") && !Catch::Contains("dyrfisk"));
  CHECK(a.run({"save", "--drop", "dyrfisk"}).status == 0);
  CHECK(a.run({"count", "query:dyrfisk"}).status == 2);
  CHECK(a.run({"save", "--drop", "dyrfisk"}).status == 2);
}

TEST_CASE("what cannot be asked is not saved, and a query that leads back to itself is an error") {
  Archive a;
  CHECK_THAT(a.run({"save", "feil", "laks ("}).err, Catch::Contains("(at character 7)"));
  CHECK(a.run({"save", "feil", "emne:finnesikke"}).status == 2);
  CHECK(a.run({"save", "to ord", "laks"}).status == 2);
  CHECK(a.run({"save", "selv", "query:selv laks"}).status == 2);
  REQUIRE(a.run({"save", "a", "laks"}).status == 0);
  REQUIRE(a.run({"save", "b", "query:a torsk"}).status == 0);
  const Outcome o = a.run({"save", "a", "query:b"});
  CHECK(o.status == 2);
  CHECK_THAT(o.err, Catch::Contains("leads back to itself: a → b → a"));
  CHECK(a.count("query:b") == "1\n");
  const Outcome unknown = a.run({"count", "laks query:c"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, Catch::Contains("no saved query `c` (at character 6)"));
}

TEST_CASE("saved queries that double each other end at the limit of parts, at once") {
  Archive a;
  REQUIRE(a.run({"save", "q0", "laks torsk elv dyr"}).status == 0);
  Outcome last;
  for (int i = 1; i <= 14; ++i) {
    const std::string before = "query:q" + std::to_string(i - 1);
    last = a.run({"save", "q" + std::to_string(i), before + " OR (" + before + " elv)"});
    if (last.status != 0) break;
  }
  CHECK(last.status == 2);
  CHECK_THAT(last.err, Catch::Contains("too many parts"));
}

TEST_CASE("new shows what came in since the last time, once, and its status tells whether there is any") {
  Archive a;
  REQUIRE(a.run({"save", "fisk", "laks OR torsk"}).status == 0);
  CHECK(a.fresh("fisk", {"--keep"}) == "Om laks, Om torsk, 0");
  CHECK(a.fresh("fisk") == "Om laks, Om torsk, 0");
  CHECK(a.fresh("fisk") == "1");
  a.write("sild", "Silda og laksen er her igjen, sier fiskerne.");
  a.write("kveite", "Kveita er stor i år, sier fiskerne i bygda.");
  a.index();
  CHECK(a.fresh("fisk") == "Om sild, 0");
  CHECK(a.fresh("fisk") == "1");
  // Rows that have gone are not given to others: what comes after them is new.
  a.remove("kveite");
  a.remove("sild");
  a.index();
  a.write("sei", "Sei og laks er godt, sier fiskerne i bygda.");
  a.index();
  CHECK(a.fresh("fisk") == "Om sei, 0");
  // Saved again unchanged, it keeps what was seen; changed, all of it is new.
  REQUIRE(a.run({"save", "fisk", "laks OR torsk"}).status == 0);
  CHECK(a.fresh("fisk") == "1");
  REQUIRE(a.run({"save", "fisk", "torsk"}).status == 0);
  CHECK(a.fresh("fisk") == "Om torsk, 0");
  CHECK(a.run({"new", "fikk"}).status == 2);
  CHECK_THAT(a.run({"new", "fisl"}).err, Catch::Contains("did you mean `fisk`?"));
}

}  // namespace spalte::test
