// Are versions of one story kept, told apart, counted once, and withdrawn?
#include "tests/support.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

struct Stories {
  TempFolder folder;
  std::filesystem::path texts = folder / "tekster", db = folder / "db";

  void write(const std::string& name, const std::string& headers, const std::string& text) const {
    write_file(texts / (name + ".txt"), headers + "\n" + text + "\n");
  }
  void index(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"index", texts.string()});
    const Outcome o = ask(more);
    INFO(o.err);
    REQUIRE(o.status == 0);
    CHECK(ask({"check"}).status == 0);
  }
  Outcome ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  std::string count(const std::string& query, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"count", query});
    const std::string out = ask(more).out;
    return out.substr(0, out.find('\n'));
  }
  std::string id(const std::string& query) const {
    const std::string out = ask({"search", query, "--format", "ids"}).out;
    return out.substr(0, out.find('\n'));
  }
};

const char* const kFirst = "Ferga gikk på grunn ved Vågsund. To personer er skadet, sier politiet.";
const char* const kSecond = "Ferga gikk på grunn ved Vågsund. Fire personer er skadet, sier politiet.";
const char* const kThird = "Ferga som gikk på grunn ved Vågsund, er trukket av. Fire personer er skadet.";

void numbered(const Stories& s, int version, const std::string& text, const std::string& more = "") {
  s.write("v" + std::to_string(version),
          "Id: NTBferge_0" + std::to_string(version) + "\nFamilie: NTBferge\nVersjon: " + std::to_string(version) +
              "\nKilde: NTB\nDato: 2016-05-0" + std::to_string(version) + "\n" + more,
          text);
}

}  // namespace

TEST_CASE("the newest of numbered versions is found, in any order of coming") {
  for (const std::vector<int>& order : {std::vector{1, 2, 3}, {3, 1, 2}, {2, 3, 1}}) {
    const Stories s;
    const std::string texts[] = {kFirst, kSecond, kThird};
    s.write("annet", "", "Laksen rømmer fra oppdrett i Dalafjorden.");
    for (int version : order) {
      numbered(s, version, texts[version - 1]);
      s.index();
    }
    CHECK(s.count("ferge") == "1");
    CHECK(s.count("trukket") == "1");
    CHECK(s.count("\"to personer\"") == "0");
    CHECK(s.count("\"to personer\"", {"--versions", "all"}) == "1");
    CHECK(s.count("ferge", {"--versions", "all"}) == "3");
    CHECK(s.count("*") == "2");
    CHECK(s.id("ferge") == "NTBferge_03");
    CHECK(s.count("family:NTBferge", {"--versions", "all"}) == "3");
    CHECK(s.count("family:NTBferge_01") == "1");
    CHECK_THAT(s.ask({"search", "ferge"}).out, Catch::Contains("3 versions") && Catch::Contains("1–1 of 1"));
    CHECK_THAT(s.ask({"search", "ferge", "--format", "jsonl"}).out, Catch::Contains("\"versions\":3"));
    CHECK_THAT(s.ask({"timeline", "ferge", "--format", "csv"}).out, Catch::Contains("2016,1,"));
    CHECK_THAT(s.ask({"timeline", "ferge", "--versions", "all", "--format", "csv"}).out, Catch::Contains("2016,3,"));
    CHECK_THAT(s.ask({"versions", "NTBferge", "--format", "csv"}).out,
               Catch::Contains("\n1,NTBferge_01,") && Catch::Contains("\n2,NTBferge_02,") &&
                   Catch::Contains("\n3,NTBferge_03,"));
    CHECK_THAT(s.ask({"show", "NTBferge@1"}).out, Catch::Contains("To personer"));
    CHECK_THAT(s.ask({"show", "NTBferge_03@2"}).out, Catch::Contains("Fire personer"));
    CHECK_THAT(s.ask({"show", "NTBferge"}).out, Catch::Contains("trukket"));
    CHECK(s.ask({"show", "NTBferge@4"}).status != 0);
    // What was said in a version that is superseded is not quoted either.
    CHECK(s.ask({"quotes", "skadet"}).status == 1);
    CHECK(s.ask({"quotes", "skadet", "--versions", "all"}).status == 0);
    REQUIRE(s.ask({"rebuild"}).status == 0);
    CHECK(s.count("ferge") == "1");
    CHECK(s.count("ferge", {"--versions", "all"}) == "3");
    // Without the newest the one before it is the newest.
    std::filesystem::remove(s.texts / "v3.txt");
    s.index();
    CHECK(s.id("ferge") == "NTBferge_02");
    CHECK_THAT(s.ask({"search", "ferge"}).out, Catch::Contains("2 versions"));
  }
}

TEST_CASE("many versions in one bulk run") {
  const Stories s;
  write_articles(s.texts, 1600, 3);
  for (int version = 1; version <= 9; ++version) numbered(s, version, kFirst + std::string(" Utgave ") + std::to_string(version) + ".");
  s.index();
  CHECK(s.count("kilde:NTB") == "1");
  CHECK(s.id("kilde:NTB") == "NTBferge_09");
  CHECK(s.count("*", {"--versions", "all"}) == "1609");
}

TEST_CASE("what differs, word by word") {
  const Stories s;
  numbered(s, 1, kFirst);
  numbered(s, 2, kSecond);
  numbered(s, 3, kThird);
  s.index();
  const Outcome text = s.ask({"diff", "NTBferge@1", "NTBferge@2"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("Ferga gikk på grunn ved Vågsund. [-To-] {+Fire+} personer er skadet, sier politiet."));
  CHECK_THAT(s.ask({"diff", "NTBferge@1", "NTBferge@2", "--color", "always"}).out,
             Catch::Contains("\x1b[31;9mTo\x1b[0m \x1b[32mFire\x1b[0m personer"));
  CHECK_THAT(s.ask({"diff", "NTBferge@1", "NTBferge@2", "--format", "json"}).out,
             Catch::Contains("{\"change\":\"removed\",\"text\":\"To\"},{\"change\":\"added\",\"text\":\"Fire\"}"));
  CHECK_THAT(s.ask({"diff", "NTBferge@1", "NTBferge@2", "--format", "html"}).out,
             Catch::Contains("<del>To</del> <ins>Fire</ins> personer"));
  // One id: its last two versions.
  CHECK_THAT(s.ask({"diff", "NTBferge"}).out, Catch::Contains("NTBferge_02") && Catch::Contains("NTBferge_03") &&
                                                  Catch::Contains("trukket"));
  const Outcome none = s.ask({"diff", "NTBferge@1"});
  CHECK(none.status != 0);
  CHECK_THAT(none.err, Catch::Contains("no version"));
}

TEST_CASE("one URL with changed text is one story; the same text is no version; a host alone names none") {
  const Stories s;
  const std::string head = "Kilde: Fjordposten\nURL: https://www.fjordposten.test/sak/12\n";
  s.write("a", head + "Dato: 2016-05-01\n", kFirst);
  s.write("b", head + "Dato: 2016-05-02\n", kSecond);
  s.write("c", "Kilde: Fjordposten\nURL: http://fjordposten.test/sak/12/#toppen\nDato: 2016-05-02\n", kSecond);
  s.write("d", "Kilde: Morgenbudet\nURL: https://www.fjordposten.test/sak/12\nDato: 2016-05-03\n", kThird);
  s.write("e", "Kilde: Fjordposten\nURL: https://www.fjordposten.test/\n", "Laksen rømmer fra oppdrett.");
  s.write("f", "Kilde: Fjordposten\nURL: https://www.fjordposten.test\n", "Ordføreren er fornøyd med vedtaket.");
  // The parts of a long story lie on one page.
  s.write("h", head + "Dato: 2016-05-04\n", "Ordføreren i Dalafjord vil bygge skole, og rektor er glad for det.");
  s.index();
  CHECK(s.count("skole") == "1");
  CHECK(s.count("*") == "5");
  CHECK(s.count("kilde:Fjordposten ferge") == "1");
  CHECK(s.count("\"to personer\"") == "0");
  CHECK_THAT(s.ask({"search", "kilde:Fjordposten ferge"}).out, Catch::Contains("2 versions"));

  // A page that is fetched again into the same file is a new version; a text that names no page is corrected.
  const std::string id = s.id("kilde:Morgenbudet");
  s.write("d", "Kilde: Morgenbudet\nURL: https://www.fjordposten.test/sak/12\nDato: 2016-05-03\n", kSecond);
  s.write("g", "", "Skolen blir stengt, sier rektor.");
  s.index();
  s.write("g", "", "Skolen blir ikke stengt, sier rektor.");
  s.index();
  CHECK(s.id("kilde:Morgenbudet") == id);
  CHECK(s.count("trukket") == "0");
  CHECK(s.count("trukket", {"--versions", "all"}) == "1");
  CHECK_THAT(s.ask({"show", id + "@1"}).out, Catch::Contains("trukket"));
  CHECK_THAT(s.ask({"diff", id}).out, Catch::Contains("{+") && Catch::Contains("trukket"));
  CHECK(s.count("rektor", {"--versions", "all"}) == "2");  // this text once, and a part of the story's page
  s.index({"--full"});
  CHECK(s.count("trukket", {"--versions", "all"}) == "1");
  CHECK_THAT(s.ask({"versions", id, "--format", "csv"}).out, Catch::Contains("\n1,") && Catch::Contains("\n2,"));
  // Forgetting an article takes all that it ever said.
  REQUIRE(s.ask({"forget", id}).status == 0);
  CHECK(s.count("trukket", {"--versions", "all"}) == "0");
}

TEST_CASE("a story that is withdrawn goes, and stays out until it is sent anew") {
  for (const bool notice_first : {false, true}) {
    const Stories s;
    s.write("annet", "", "Laksen rømmer fra oppdrett i Dalafjorden.");
    const auto notice = [&] { numbered(s, 3, "", "Status: trukket\n"); };
    if (notice_first) notice();
    numbered(s, 1, kFirst);
    numbered(s, 2, kSecond);
    s.index();
    if (!notice_first) {
      CHECK(s.count("ferge") == "1");
      notice();
      s.index();
    }
    CHECK(s.count("ferge", {"--versions", "all"}) == "0");
    CHECK(s.count("*") == "1");
    s.index({"--full"});
    CHECK(s.count("ferge", {"--versions", "all"}) == "0");
    numbered(s, 4, kThird);
    s.index();
    CHECK(s.count("ferge") == "1");
  }
}

}  // namespace spalte::test
