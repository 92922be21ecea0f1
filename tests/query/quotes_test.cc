// Can be asked who said what, and does one quotation hold what was asked for together?
#include "tests/support.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using nlohmann::json;

/// Articles written for this test: two speakers, one word that each of them says, and one that is only told.
const std::filesystem::path& quotes_index() {
  static const TempFolder folder;
  static const std::filesystem::path index = [] {
    write_file(folder / "a/grense.txt",
               "Tittel: Strid om grensen\nKilde: Morgenbudet\nDato: 01.02.2015\n\n"
               "Utenriksminister Tor Haugen møtte statsminister Anna Falk på tirsdag.\n"
               "– Grensen må stenges for hvete, sa Haugen.\n"
               "– Vi trenger kornet, sa Falk.\n"
               "Hun sa at havnene er åpne.\n"
               "En nabo så ut på regnet.\n"
               "– Jeg skjønner ingenting, sa en nabo.\n");
    write_file(folder / "a/hamna.txt",
               "Tittel: Hamna vert bygd ut\nKjelde: Fjordposten\nDato: 03.02.2015\n\n"
               "Ordførar Kari Myklebust opna hamna fredag. Anna Falk var til stades.\n"
               "– Kornet kan kome, sa Myklebust.\n"
               "Ho meiner at grensa må vere open.\n"
               "– Dette er ein stor dag for heile fylket. Eg er glad, sa ordføraren.\n");
    write_file(folder / "b/vanleg.txt",
               "Tittel: Kornprisen opp\nKjelde: Fjordposten\nDato: 04.02.2015\n\n"
               "Prisen på korn har auka. Tor Haugen og Anna Falk har lese rapporten om grensa og kornet.\n");
    const Outcome made =
        spalte({"index", "--db", (folder / "index").string(), (folder / "a").string(), (folder / "b").string()});
    REQUIRE(made.status == 0);
    return folder / "index";
  }();
  return index;
}

std::vector<json> quotes(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"quotes", "--db", quotes_index().string(), "--format", "jsonl", "-n", "0"});
  const Outcome o = spalte(arguments);
  INFO(o.err);
  CHECK(o.status == (o.out.empty() ? 1 : 0));
  std::vector<json> out;
  for (const std::string& line : lines(o.out)) out.push_back(json::parse(line));
  return out;
}

std::set<std::string> texts(const std::vector<json>& rows) {
  std::set<std::string> out;
  for (const json& row : rows) out.insert(row["text"].get<std::string>());
  return out;
}

std::set<std::string> articles(const std::string& query) {
  const Outcome o = spalte({"search", "--db", quotes_index().string(), query, "-n", "0", "--format", "paths"});
  std::set<std::string> out;
  for (const std::string& line : lines(o.out)) out.insert(std::filesystem::path(line).stem().string());
  return out;
}

}  // namespace

TEST_CASE("quotes lists what somebody said about something") {
  CHECK(texts(quotes({"korn", "--by", "Falk"})) == std::set<std::string>{"Vi trenger kornet"});
  CHECK(texts(quotes({"korn"})) == std::set<std::string>{"Vi trenger kornet", "Kornet kan kome"});
  CHECK(texts(quotes({"--by", "Tor Haugen"})) == std::set<std::string>{"Grensen må stenges for hvete"});
  CHECK(quotes({"hvete", "--by", "Falk"}).empty());
  CHECK(quotes({"rapporten"}).empty());  // told, not said
  CHECK(quotes({"--by", "Ingensomhelst"}).empty());
}

TEST_CASE("a quotation comes with its speaker, the way it was found, and its place") {
  const std::vector<json> rows = quotes({"havnene"});
  REQUIRE(rows.size() == 1);
  const json& row = rows[0];
  CHECK(row["schema"] == "spalte.quote/1");
  CHECK(row["speaker"] == "Anna Falk");
  CHECK(row["how"] == "pronoun");
  CHECK(row["certain"] == true);
  CHECK(row["verb"] == "sa");
  CHECK(row["style"] == "clause");
  CHECK(row["text"] == "havnene er åpne.");
  CHECK(row["source"] == "Morgenbudet");
  CHECK(row["date"] == "2015-02-01");
  CHECK(row["paragraph"] == 5);
  CHECK(row["start"] < row["text_start"]);
  CHECK(row["text_end"] <= row["end"]);
}

TEST_CASE("an anonymous speaker stays anonymous, and an inferred one is marked") {
  const std::vector<json> neighbour = quotes({"skjønner"});
  REQUIRE(neighbour.size() == 1);
  CHECK(neighbour[0]["speaker"].is_null());
  CHECK(neighbour[0]["described"] == "en nabo");
  CHECK(neighbour[0]["certain"] == false);
  const std::vector<json> mayor = quotes({"fylket"});
  REQUIRE(mayor.size() == 1);
  CHECK(mayor[0]["speaker"] == "Kari Myklebust");
  CHECK(mayor[0]["how"] == "role");
  CHECK(mayor[0]["certain"] == false);
  const Outcome text = spalte({"quotes", "--db", quotes_index().string(), "fylket"});
  CHECK(text.out.find("Kari Myklebust?  sa  (role)") != std::string::npos);
}

TEST_CASE("an article shown has its quotations, inferred speakers marked") {
  const std::string id = quotes({"fylket"}).at(0)["id"];
  const Outcome shown = spalte({"show", "--db", quotes_index().string(), id});
  CHECK(shown.out.find("Kari Myklebust?: Dette er ein stor dag") != std::string::npos);
  CHECK(shown.out.find("Kari Myklebust: Kornet kan kome") != std::string::npos);
}

TEST_CASE("speakers that are certain come before inferred ones, and those before none") {
  int last = 0;
  for (const json& row : quotes({})) {
    const int order = row["speaker"].is_null() ? 2 : row["certain"] == true ? 0 : 1;
    CHECK(order >= last);
    last = order;
  }
  CHECK(last == 2);
}

TEST_CASE("quote{} holds speaker and words inside one quotation") {
  CHECK(articles("quote{speaker:Haugen grense}") == std::set<std::string>{"grense"});
  CHECK(articles("quote{speaker:Falk grense}").empty());  // she says something else in an article that has both
  CHECK(articles("speaker:Falk quote:grense") == std::set<std::string>{"grense"});
  CHECK(articles("quote{speaker:Myklebust grense}") == std::set<std::string>{"hamna"});
  CHECK(articles("quote{korn}") == std::set<std::string>{"grense", "hamna"});
  CHECK(articles("sitat:korn") == articles("quote:korn"));
  CHECK(articles("sitert:Falk") == std::set<std::string>{"grense"});
  CHECK(articles("korn -quote{speaker:Myklebust korn}") == std::set<std::string>{"grense", "vanleg"});
}

TEST_CASE("quotations can be limited by what their articles are") {
  CHECK(texts(quotes({"korn", "kilde:Fjordposten"})) == std::set<std::string>{"Kornet kan kome"});
  CHECK(texts(quotes({"korn", "tittel:grensen"})) == std::set<std::string>{"Vi trenger kornet"});
  CHECK(texts(quotes({"korn", "lang:nn"})) == std::set<std::string>{"Kornet kan kome"});
  CHECK(texts(quotes({"korn", "date:2015-02-03.."})) == std::set<std::string>{"Kornet kan kome"});
  CHECK(texts(quotes({"=kornet", "-trenger"})) == std::set<std::string>{"Kornet kan kome"});
  CHECK(texts(quotes({"\"må stenges\""})) == std::set<std::string>{"Grensen må stenges for hvete"});
  CHECK(texts(quotes({"--any", "hvete havnene"})) ==
        std::set<std::string>{"Grensen må stenges for hvete", "havnene er åpne."});
}

TEST_CASE("a hit of a query for quotations shows speaker and verb") {
  const Outcome o = spalte({"search", "--db", quotes_index().string(), "quote{hvete}", "--format", "jsonl"});
  const json row = json::parse(lines(o.out).at(0));
  CHECK(row["speaker"] == "Tor Haugen");
  CHECK(row["verb"] == "sa");
  CHECK(row["snippet"].get<std::string>().find("stenges for hvete") != std::string::npos);
  const Outcome plain = spalte({"search", "--db", quotes_index().string(), "hvete", "--format", "jsonl"});
  CHECK_FALSE(json::parse(lines(plain.out).at(0)).contains("speaker"));
}

TEST_CASE("an article taken out takes its quotations with it") {
  const TempFolder folder;
  write_file(folder / "a/en.txt", "Tittel: En\n\nOla Nordli kom. – Jeg spiser pærer, sa Nordli.\n");
  write_file(folder / "a/to.txt", "Tittel: To\n\nEva Berg kom. – Jeg spiser plommer, sa Berg.\n");
  const std::string db = (folder / "index").string();
  const auto ask = [&](const std::string& query) {
    return spalte({"quotes", "--db", db, query, "--format", "jsonl"}).status;
  };
  REQUIRE(spalte({"index", "--db", db, (folder / "a").string()}).status == 0);
  CHECK(ask("pærer") == 0);
  CHECK(ask("plommer") == 0);
  std::filesystem::remove(folder / "a/en.txt");
  REQUIRE(spalte({"index", "--db", db, (folder / "a").string()}).status == 0);
  CHECK(ask("pærer") == 1);
  CHECK(ask("plommer") == 0);
}

}  // namespace spalte::test
