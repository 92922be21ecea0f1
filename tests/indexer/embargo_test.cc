// Is an article under embargo kept out of every answer until its time, and in them from then on, with no run of `index`
// between? And what is withdrawn, is it gone and told of?
#include "tests/support.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

constexpr const char* kBefore = "2026-11-28T11:59:59";
constexpr const char* kAfter = "2026-11-28T12:00:00";

struct Wire {
  TempFolder folder;
  std::filesystem::path texts = folder / "saker", db = folder / "db";

  Outcome at(const char* now, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments, {.environment = {{"SPALTE_NOW", now}}});
  }
  std::string count(const char* now, const std::string& query, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"count", query});
    const std::string out = at(now, more).out;
    return out.substr(0, out.find('\n'));
  }
  std::string csv(const char* now, std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--format", "csv"});
    return at(now, arguments).out;
  }
  void index(const char* now) const {
    const Outcome o = at(now, {"index", texts.string()});
    INFO(o.err);
    REQUIRE(o.status == 0);
    CHECK(at(now, {"check"}).status == 0);
  }
  /// A ninjs item of the family `name`.
  void write(const std::string& name, int version, const std::string& text, const std::string& embargo,
             const std::string& status = "usable") const {
    write_file(texts / (name + std::to_string(version) + ".json"),
               R"({"uri":"urn:x:)" + name + R"(","type":"text","version":")" + std::to_string(version) +
                   R"(","versioncreated":"2026-11-27T10:15:00Z","pubstatus":")" + status +
                   R"(","headline":"Ny ordfører","language":"nb","body_text":")" + text + "\"" +
                   (embargo.empty() ? "" : R"(,"embargoed":")" + embargo + "\"") +
                   R"(,"person":[{"name":"Kari Lundvoll"}]})");
  }
};

const std::string kLift = "2026-11-28T12:00:00+01:00";

/// Sum of a csv's second column.
std::int64_t sum(const std::string& csv) {
  std::int64_t n = 0;
  const std::vector<std::string> rows = lines(csv);
  for (std::size_t i = 1; i < rows.size(); ++i) n += std::stoll(rows[i].substr(rows[i].find(',') + 1));
  return n;
}

}  // namespace

TEST_CASE("an embargo lifts by the clock, in every answer") {
  const Wire w;
  w.write("valg", 1, "– Kommunen får ny ordfører, sier Kari Lundvoll.", kLift);
  w.write("laks", 1, "Laksen rømmer, sier Kari Lundvoll.", "");
  const Outcome o = w.at(kBefore, {"index", w.texts.string()});
  CHECK_THAT(o.out, Catch::Contains("held until their embargo ends 1"));
  for (const auto& [now, all] : {std::pair{kBefore, "1"}, {kAfter, "2"}}) {
    INFO(now);
    const bool lifted = now == kAfter;
    CHECK(w.count(now, "*") == all);
    CHECK(w.count(now, "kommune") == (lifted ? "1" : "0"));
    CHECK(w.count(now, "NOT laks") == (lifted ? "1" : "0"));
    CHECK(w.count(now, "aktør:\"Kari Lundvoll\"") == all);
    CHECK(w.count(now, "*", {"--versions", "all"}) == all);
    CHECK(w.count(now, "quote{ordfører}") == (lifted ? "1" : "0"));
    CHECK(std::to_string(sum(w.csv(now, {"facets", "lang", "*"}))) == all);
    CHECK(std::to_string(sum(w.csv(now, {"timeline", "*", "--by", "month"}))) == all);
    CHECK_THAT(w.csv(now, {"actors", "*"}), Catch::Contains("\n" + std::string(all) + "," + all + ",,person,Kari Lundvoll,"));
    CHECK(w.at(now, {"quotes", "--by", "Lundvoll", "ordfører"}).status == (lifted ? 0 : 1));
    CHECK(lines(w.at(now, {"search", "*", "--format", "ids"}).out).size() == (lifted ? 2 : 1));
    CHECK(lines(w.at(now, {"export", "*", "--what", "articles", "--format", "jsonl"}).out).size() == (lifted ? 2 : 1));
    CHECK((w.at(now, {"show", "urn:x:valg"}).status == 0) == lifted);
    CHECK((w.at(now, {"show", "urn:x:valg@1"}).status == 0) == lifted);
    CHECK((w.at(now, {"versions", "urn:x:valg"}).status == 0) == lifted);
    const std::string status = w.at(now, {"status"}).out;
    CHECK_THAT(status, Catch::Contains("articles    " + std::string(all)));
    CHECK((status.find("embargo     1 article") != std::string::npos) != lifted);
  }
  // The next run reads nothing anew, before its time and after.
  CHECK_THAT(w.at(kBefore, {"index", w.texts.string()}).out,
             Catch::StartsWith("indexed 0, unchanged 2") && Catch::Contains("held until their embargo ends 1"));
  CHECK_THAT(w.at(kAfter, {"index", w.texts.string()}).out,
             Catch::StartsWith("indexed 0, unchanged 2") && !Catch::Contains("held"));
  REQUIRE(w.at(kBefore, {"rebuild"}).status == 0);
  CHECK(w.count(kBefore, "*") == "1");
  CHECK(w.count(kAfter, "*") == "2");
}

TEST_CASE("an update under embargo leaves the version before it in place until then") {
  const Wire w;
  w.write("valg", 1, "Kommunen får ny ordfører til våren.", "");
  w.write("valg", 2, "Kommunen får ny ordfører i morgen, sier partiet.", kLift);
  w.index(kBefore);
  for (int round = 0; round < 2; ++round) {
    INFO(round);
    CHECK(w.count(kBefore, "ordfører") == "1");
    CHECK(w.count(kBefore, "vår") == "1");
    CHECK(w.count(kBefore, "parti", {"--versions", "all"}) == "0");
    CHECK(lines(w.csv(kBefore, {"versions", "urn:x:valg"})).size() == 2);
    CHECK(w.count(kAfter, "ordfører") == "1");
    CHECK(w.count(kAfter, "parti") == "1");
    CHECK(w.count(kAfter, "vår", {"--versions", "all"}) == "1");
    CHECK_THAT(w.at(kAfter, {"search", "parti"}).out, Catch::Contains("2 versions"));
    CHECK(lines(w.csv(kAfter, {"versions", "urn:x:valg"})).size() == 3);
    REQUIRE(w.at(kBefore, {"rebuild"}).status == 0);
  }
  // A run after it settles the same for good.
  w.index(kAfter);
  CHECK(w.count(kAfter, "ordfører") == "1");
  CHECK(w.count(kAfter, "vår") == "0");
  CHECK(w.count(kAfter, "ordfører", {"--versions", "all"}) == "2");
}

TEST_CASE("what comes out of an embargo is new to a saved query, once") {
  const Wire w;
  w.write("valg", 1, "Kommunen får ny ordfører.", kLift);
  w.write("laks", 1, "Laksen rømmer.", "");
  w.index(kBefore);
  REQUIRE(w.at(kBefore, {"save", "alt", "*"}).status == 0);
  const auto fresh = [&](const char* now) { return w.at(now, {"new", "alt", "--format", "ids"}).out; };
  CHECK(fresh(kBefore) == "urn:x:laks@1\n");
  CHECK(fresh(kBefore).empty());
  CHECK(fresh(kAfter) == "urn:x:valg@1\n");
  CHECK(fresh(kAfter).empty());
}

TEST_CASE("copies of what is under embargo are told when it has ended") {
  const Wire w;
  const std::string story =
      "Kommunen får ny ordfører fra nyttår, etter at partiene ble enige om det på et møte i går kveld, og hun heter "
      "Kari Lundvoll og kommer fra Vågsund, der hun har vært rektor ved skolen i tolv år.";
  w.write("valg", 1, story, kLift);
  w.write("kopi", 1, story, "");
  w.index(kBefore);
  CHECK(w.at(kBefore, {"dups"}).status == 1);
  w.index(kAfter);
  CHECK_THAT(w.at(kAfter, {"dups"}).out, Catch::Contains("2 near-duplicates"));
}

TEST_CASE("a canceled version takes the story out of every answer, and `versions` says so") {
  const Wire w;
  w.write("valg", 1, "Kommunen får ny ordfører.", "");
  w.write("valg", 2, "Kommunen får ny ordfører, sier Kari Lundvoll.", "");
  w.write("laks", 1, "Laksen rømmer.", "");
  w.index(kBefore);
  REQUIRE(w.count(kBefore, "kommune", {"--versions", "all"}) == "2");
  w.write("valg", 3, "", "", "canceled");
  const Outcome o = w.at(kBefore, {"index", w.texts.string()});
  CHECK_THAT(o.out, Catch::Contains("1 withdrawal"));
  CHECK(w.count(kBefore, "kommune", {"--versions", "all"}) == "0");
  CHECK(w.count(kBefore, "*", {"--versions", "all"}) == "1");
  CHECK(w.count(kBefore, "family:urn:x:valg", {"--versions", "all"}) == "0");
  const Outcome shown = w.at(kBefore, {"show", "urn:x:valg@2"});
  CHECK(shown.status != 0);
  CHECK_THAT(shown.err, Catch::Contains("withdrawn by its source"));
  for (const std::string id : {"urn:x:valg", "urn:x:valg@1", "urn:x:valg@2"}) {
    const Outcome versions = w.at(kBefore, {"versions", id, "--format", "csv"});
    INFO(id);
    CHECK(versions.status == 0);
    CHECK_THAT(versions.out, Catch::Contains("\n1,urn:x:valg@1,") && Catch::Contains("\n2,urn:x:valg@2,"));
    CHECK(lines(versions.out)[1].ends_with(",true"));
  }
  CHECK_THAT(w.at(kBefore, {"versions", "urn:x:valg"}).out, Catch::Contains("withdrawn by its source"));
  // Sent anew it is there, beside what was withdrawn; a dump keeps both.
  w.write("valg", 4, "Kommunen får likevel ny ordfører.", "");
  w.index(kBefore);
  CHECK(w.count(kBefore, "kommune") == "1");
  const std::string told = w.csv(kBefore, {"versions", "urn:x:valg"});
  CHECK(lines(told).size() == 4);
  CHECK_THAT(told, Catch::Contains("\n4,urn:x:valg@4,") && Catch::Contains(",false"));
  const std::string dump = (w.folder / "dump").string(), other = (w.folder / "annet").string();
  REQUIRE(w.at(kBefore, {"dump", dump}).status == 0);
  REQUIRE(spalte({"restore", "--db", other, dump}).status == 0);
  CHECK(lines(spalte({"versions", "--db", other, "urn:x:valg", "--format", "csv"}).out).size() == 4);
}

}  // namespace spalte::test
