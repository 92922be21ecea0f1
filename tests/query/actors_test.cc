// Are names joined to the right actors across articles, whatever the order in which they came, and does the user have
// the last word?
#include "tests/support.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using nlohmann::json;

struct Text {
  const char *name, *title, *date, *body;
};

/// Two bearers of one surname, one whose role changes, a firm that is renamed, a country under three names.
constexpr Text kTexts[] = {
    {"kraft-1", "Møte om kraft", "02.03.2011",
     "Statsråd Kari Lundvoll møtte Havnesund kommune tirsdag.\nLundvoll sier at Nordhavet Kraftlag (NKL) får bygge "
     "ut.\nNordhavet Kraftlag venter på svar fra Kina.\n"},
    {"kraft-2", "Svarer i dag", "04.03.2011",
     "Lundvoll svarer Nordhavet Kraftlag i dag.\n– Vi er snart ferdige, sier Lundvoll.\n"},
    {"kraft-3", "Lån fra utlandet", "05.03.2011",
     "Nordhavet Kraftlag bygger i Havnesund.\nSelskapet har fått lån av en kinesisk bank.\n"},
    {"fotball-1", "Seier", "10.08.2015",
     "Keeperen Per Lundvoll reddet straffen da Brattvoll IL slo Solheim IL.\nTreneren Arne Gjestad roste Lundvoll.\n"},
    {"fotball-2", "Skadd", "12.08.2015",
     "Lundvoll er skadd og mister kampen for Brattvoll IL.\nArne Gjestad sier at laget savner Lundvoll.\n"},
    {"fotball-3", "Ny kamp", "14.08.2015", "Gjestad tar ut laget til Brattvoll IL i dag, sier Gjestad.\n"},
    {"rolle-1", "Ny leder", "03.05.2012", "Ordfører Solveig Mækjan tok imot rådmann Odd Brekkås i Oslo.\n"},
    {"rolle-2", "Ny jobb", "03.05.2016", "Statsråd Solveig Mækjan møtte president Barack Obama i Oslo.\n"},
    {"brekkås", "Pris", "03.05.1989", "Prisen gikk til Brekkås, sier juryen. Brekkås takket for prisen.\n"},
    {"firma-1", "Overskudd", "06.06.2014", "Havkraft øker overskuddet, sier direktør Turid Åsgard i Havkraft.\n"},
    {"firma-2", "Mer overskudd", "06.09.2016", "Direktør Turid Åsgard i Havkraft venter på svar fra Oslo.\n"},
    {"land-1", "Valg i øst", "07.01.2016", "Det er valg i Hviterussland i dag, melder NTB fra Minsk.\n"},
    {"land-2", "Mer om valget", "08.01.2016", "Valget i Belarus er over, melder NTB fra Minsk.\n"},
    {"land-3", "Val i aust", "09.01.2016", "Det var val i Kviterussland i går, seier ho til avisa.\n"},
    {"land-4", "Feiring", "10.01.2016", "Mange hviterussere feirer jul i byen.\n"},
};

void write(const std::filesystem::path& folder, const Text& t) {
  write_file(folder / (std::string(t.name) + ".txt"),
             std::string("Tittel: ") + t.title + "\nKilde: Prøveposten\nDato: " + t.date + "\n\n" + t.body);
}

/// An archive of these texts that goes away with it.
class Archive {
 public:
  Archive() {
    for (const Text& t : kTexts) write(articles(), t);
    index();
  }
  /// The same, some at a time.
  explicit Archive(std::uint32_t seed) {
    std::vector<Text> texts(std::begin(kTexts), std::end(kTexts));
    std::shuffle(texts.begin(), texts.end(), std::mt19937(seed));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      write(articles(), texts[i]);
      if (i % 4 == seed % 4) index();
    }
    index();
  }

  std::filesystem::path articles() const { return folder_ / "articles"; }
  std::filesystem::path db() const { return folder_ / "db"; }
  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", (folder_ / "db").string()});
    return spalte(arguments);
  }
  std::set<std::string> found(const std::string& query, const std::vector<std::string>& options = {}) const {
    std::vector<std::string> arguments{"search", query, "-n", "0", "--format", "paths"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    std::set<std::string> out;
    for (const std::string& line : lines(run(arguments).out)) out.insert(std::filesystem::path(line).stem().string());
    return out;
  }
  /// "WHAT VALUE ARTICLES" of the actors of that name, in order.
  std::vector<std::string> card(const std::string& name) const {
    std::vector<std::string> out;
    const Outcome o = run({"actors", "--of", name, "--format", "jsonl"});
    for (const std::string& line : lines(o.out)) {
      const json j = json::parse(line);
      out.push_back(j["what"].get<std::string>() + " " + j["value"].get<std::string>() + " " +
                    std::to_string(j["articles"].get<int>()));
    }
    return out;
  }
  std::string id(const std::string& name) const {
    return json::parse(lines(run({"actors", "--of", name, "--format", "jsonl"}).out).front())["id"];
  }
  /// Of the name itself, whosever it is.
  std::string name_id(const std::string& name) const {
    for (const std::string& line : lines(run({"actors", "--of", name, "--format", "jsonl"}).out))
      if (const json j = json::parse(line); j["what"] == "name" && j["value"] == name) return j["id"];
    return {};
  }
  void correct(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "actors");
    const Outcome o = run(arguments);
    INFO(o.err);
    REQUIRE(o.status == 0);
  }

  /// All that it says of its actors.
  std::string answers() const {
    std::string out = run({"actors", "--top", "0", "--format", "csv"}).out;
    for (const char* name : {"Lundvoll", "Kari Lundvoll", "Gjestad", "NKL", "Havkraft", "Belarus", "Mækjan", "Oslo"}) {
      for (const char* window : {"sentence", "paragraph", "article"})
        out += run({"together", name, "--within", window, "--format", "csv", "--top", "0"}).out;
      out += run({"actors", "--of", name, "--format", "csv"}).out;
      out += run({"explain", "actor:\"" + std::string(name) + "\""}).out;
    }
    return out;
  }

 private:
  void index() {
    const Outcome o = run({"index", articles().string()});
    INFO(o.err);
    REQUIRE(o.status == 0);
  }
  TempFolder folder_;
};

const Archive& archive() {
  static const Archive one;
  return one;
}

using Names = std::set<std::string>;
bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("a surname with two bearers answers with both, and explain lists them") {
  CHECK(archive().found("actor:Lundvoll") == Names{"kraft-1", "kraft-2", "fotball-1", "fotball-2"});
  const std::string explained = archive().run({"explain", "actor:Lundvoll"}).out;
  CHECK(explained.find("Kari Lundvoll, person, named in") != std::string::npos);
  CHECK(explained.find("Per Lundvoll, person, named in") != std::string::npos);
  CHECK(archive().found("person:\"Kari Lundvoll\"").count("fotball-1") == 0);
  CHECK(archive().found("person:\"Per Lundvoll\"").count("kraft-1") == 0);
  const Outcome many = archive().run({"together", "Lundvoll"});
  CHECK(many.status == 2);
  CHECK(many.err.find(archive().id("Per Lundvoll")) != std::string::npos);
}

TEST_CASE("who is called just so is meant, not those who bear it as a surname") {
  const TempFolder folder;
  for (const char* name : {"a", "b"})
    write_file(folder / "inn" / (std::string(name) + ".txt"),
               "Tittel: Handel\nDato: 03.02.2015\n\nNorge og Kina snakker om handel, sier Kina.\n");
  write_file(folder / "inn/spiss.txt",
             "Tittel: Mål\nDato: 09.02.2015\n\nSpissen Ola Norge scoret for Brann i Bergen.\nTreneren roste Ola Norge.\n");
  const std::string db = (folder / "db").string();
  REQUIRE(spalte({"index", "--db", db, (folder / "inn").string()}).status == 0);
  CHECK(spalte({"explain", "--db", db, "actor:Norge"}).out.find("Ola Norge, person") != std::string::npos);
  const Outcome o = spalte({"together", "--db", db, "Norge"});
  CHECK(o.status == 0);
  CHECK(o.out.find("Kina") != std::string::npos);
  CHECK(o.out.find("Brann") == std::string::npos);
}

TEST_CASE("a surname alone joins the bearer of the same days and company, or stays its own") {
  CHECK(archive().found("person:\"Arne Gjestad\"") == Names{"fotball-1", "fotball-2", "fotball-3"});
  CHECK(holds(archive().card("Arne Gjestad"), "person Arne Gjestad 3"));
  // Twenty-three years and nothing else lie between the two.
  CHECK(archive().found("person:\"Odd Brekkås\"") == Names{"rolle-1"});
  CHECK(archive().found("person:Brekkås") == Names{"rolle-1", "brekkås"});
}

TEST_CASE("roles are kept over time") {
  const Outcome o = archive().run({"actors", "--of", "Mækjan", "--format", "csv"});
  CHECK(o.out.find("role,ordfører,1,2012-05-03,2012-05-03") != std::string::npos);
  CHECK(o.out.find("role,statsråd,1,2016-05-03,2016-05-03") != std::string::npos);
  CHECK(o.out.find("person,Solveig Mækjan,2,2012-05-03,2016-05-03") != std::string::npos);
}

TEST_CASE("a country is one actor under all its names, and by its people") {
  const Names all{"land-1", "land-2", "land-3"};
  for (const char* name : {"Hviterussland", "Belarus", "Kviterussland", "hviterusserne", "kviterussisk"}) {
    INFO(name);
    CHECK(archive().found("actor:" + std::string(name), {"--no-derived"}) == all);
    CHECK(archive().found("country:" + std::string(name)).count("land-4") == 1);
  }
  // Derived mentions lie below named ones.
  const std::vector<std::string> ranked = lines(archive().run({"search", "actor:Belarus", "--format", "paths"}).out);
  REQUIRE(ranked.size() == 4);
  CHECK(ranked.back().find("land-4") != std::string::npos);
}

TEST_CASE("an actor is asked for by surname, acronym, id, genitive; its kind decides which fields know it") {
  const std::string id = archive().id("Kari Lundvoll");
  CHECK(archive().found("actor:" + id) == archive().found("actor:\"Kari Lundvoll\""));
  CHECK(archive().found("actor:NKL") == archive().found("actor:\"Nordhavet Kraftlag\""));
  CHECK(archive().found("org:nkl") == Names{"kraft-1", "kraft-2", "kraft-3"});
  CHECK(archive().found("person:NKL").empty());
  CHECK(archive().found("actor:Mækjans") == archive().found("actor:Mækjan"));
}

TEST_CASE("the mention as written is marked in a hit, pronouns are not") {
  const Outcome o = archive().run({"search", "actor:\"Per Lundvoll\"", "--format", "jsonl"});
  const json hit = json::parse(lines(o.out).front());
  REQUIRE(!hit["highlights"].empty());
  for (const json& mark : hit["highlights"]) {
    const std::string text = hit["snippet"].get<std::string>().substr(
        mark[0].get<std::size_t>(), mark[1].get<std::size_t>() - mark[0].get<std::size_t>());
    CHECK((text == "Per Lundvoll" || text == "Lundvoll"));
  }
}

TEST_CASE("actors lists kind, articles, mentions and trend") {
  std::map<std::string, json> rows;
  for (const std::string& line : lines(archive().run({"actors", "--top", "0", "--format", "jsonl"}).out)) {
    json j = json::parse(line);
    rows[j["name"].get<std::string>()] = j;
  }
  REQUIRE(rows.count("Arne Gjestad") == 1);
  CHECK(rows["Arne Gjestad"]["articles"] == 3);
  CHECK(rows["Arne Gjestad"]["kind"] == "person");
  CHECK(rows.count("Gjestad") == 0);
  CHECK(rows["Nordhavet Kraftlag"]["trend"].get<double>() < -1);
  CHECK(rows["Minsk"]["trend"].get<double>() > 1);
  CHECK(archive().run({"count", "actor:\"Arne Gjestad\""}).out == "3\n");
}

TEST_CASE("together: strongest first, with a sentence that holds both") {
  const Outcome o = archive().run({"together", "Arne Gjestad", "--within", "article", "--format", "jsonl"});
  const std::vector<std::string> rows = lines(o.out);
  REQUIRE(!rows.empty());
  const json first = json::parse(rows.front());
  CHECK(first["name"] == "Brattvoll IL");
  CHECK(first["articles"] == 3);
  // 3 articles of his and 3 of the club's among 15: 3 · 3 / 15.
  CHECK(first["expected"].get<double>() == Approx(0.6));
  // 2 · 3 · ln(3 / 0.6), the other cell being empty.
  CHECK(first["likelihood"].get<double>() == Approx(9.66).margin(0.01));

  const json minister =
      json::parse(lines(archive().run({"together", "Mækjan", "--format", "jsonl", "--with", "person"}).out).front());
  CHECK(minister["kind"] == "person");
  CHECK(minister["evidence"].get<std::string>().find("Mækjan") != std::string::npos);
  CHECK(minister["evidence"].get<std::string>().find(minister["name"].get<std::string>()) != std::string::npos);

  // Not in one sentence, but in one article.
  const auto with = [](const char* window) {
    return archive().run({"together", "Kari Lundvoll", "--within", window, "--format", "csv"}).out;
  };
  CHECK(with("sentence").find("Kina") == std::string::npos);
  CHECK(with("article").find("Kina") != std::string::npos);

  const std::string graph = archive().run({"together", "Arne Gjestad", "--format", "graphml"}).out;
  CHECK(graph.find("<data key=\"name\">Arne Gjestad</data>") != std::string::npos);
  CHECK(graph.find("target=\"" + archive().id("Brattvoll IL") + "\"") != std::string::npos);
}

TEST_CASE("corrections join, part, name and type actors; they survive a rebuild") {
  const Archive own;
  const Names old{"kraft-1", "kraft-2", "kraft-3"}, renamed{"firma-1", "firma-2"};
  Names both = old;
  both.insert(renamed.begin(), renamed.end());
  REQUIRE(own.found("actor:Havkraft") == renamed);

  own.correct({"--merge", "Havkraft", "Nordhavet Kraftlag"});
  own.correct({"--alias", "Kari Lundvoll", "Kraftkari"});
  own.correct({"--set-kind", "Minsk", "org"});
  const auto corrected = [&] {
    CHECK(own.found("actor:Havkraft") == both);
    CHECK(own.found("actor:NKL") == both);
    CHECK(own.card("NKL").front() == "org Havkraft 5");
    CHECK(own.found("actor:kraftkari") == own.found("actor:\"Kari Lundvoll\""));
    CHECK(own.found("org:Minsk") == Names{"land-1", "land-2"});
    CHECK(own.found("place:Minsk").empty());
    CHECK(own.run({"actors", "--top", "0"}).out.find("Nordhavet") == std::string::npos);
  };
  corrected();
  REQUIRE(own.run({"rebuild"}).status == 0);
  corrected();

  own.correct({"--split", "Havkraft"});
  CHECK(own.found("actor:Havkraft") == renamed);
  CHECK(own.found("actor:\"Nordhavet Kraftlag\"") == old);
  // What the program joined is parted as well, and can be joined again.
  own.correct({"--split", "Arne Gjestad"});
  CHECK(own.found("actor:\"Arne Gjestad\"") == Names{"fotball-1", "fotball-2"});

  const Outcome again = own.run({"actors", "--merge", "Arne Gjestad", own.name_id("Gjestad")});
  CHECK(again.status == 0);
  CHECK(own.found("actor:\"Arne Gjestad\"") == Names{"fotball-1", "fotball-2", "fotball-3"});

  CHECK(own.run({"actors", "--merge", "Lundvoll", "Oslo"}).status == 2);
  CHECK(own.run({"actors", "--merge", "Oslo", "Oslo"}).status == 2);
  CHECK(own.run({"actors", "--merge", "Ingensteds", "Oslo"}).status == 2);
  CHECK(own.run({"actors", "--split", "Oslo"}).status == 2);
  CHECK(own.run({"actors", "--set-kind", "Oslo", "dyr"}).status == 2);
  CHECK(own.run({"actors", "--alias", "Oslo", " "}).status == 2);
  CHECK(own.run({"actors", "--merge", "Oslo"}).status == 2);
  CHECK(own.run({"actors", "--split", "Oslo", "--of", "Oslo"}).status == 2);
}

TEST_CASE("a correction changes no byte of the index") {
  const Archive own;
  const auto bytes = [&] {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(own.db()))
      if (entry.is_regular_file() && entry.path().string().find("catalogue") == std::string::npos)
        out[entry.path().string()] = read_file(entry.path());
    return out;
  };
  const auto before = bytes();
  REQUIRE(before.size() >= 8);
  own.correct({"--merge", "Havkraft", "Nordhavet Kraftlag"});
  own.correct({"--alias", "Kari Lundvoll", "Kraftkari"});
  own.correct({"--set-kind", "Minsk", "org"});
  own.correct({"--split", "Arne Gjestad"});
  CHECK(bytes() == before);
}

TEST_CASE("actors are the same in whatever order and in however many parts articles came", "[property]") {
  const std::string expected = archive().answers();
  for (std::uint32_t seed : {1U, 2U}) {
    INFO("seed " << seed);
    CHECK(first_difference(expected, Archive(seed).answers()).empty());
  }
}

}  // namespace spalte::test
