// Do articles of all formats come through index, catalogue and query with what their sources gave?
#include "tests/support.h"

#include <fstream>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

struct Work {
  TempFolder folder;
  std::filesystem::path articles = folder / "artikler", db = folder / "db";

  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  std::string count(const std::string& query) const { return run({"count", query}).out; }
};

}  // namespace

TEST_CASE("a folder of every format: found, counted, and what failed is listed") {
  const Work w;
  std::filesystem::copy(tests_folder() / "data/formats", w.articles, std::filesystem::copy_options::recursive);
  std::filesystem::remove(w.articles / "captures.warc.gz");
  const Outcome o = w.run({"index", w.articles.string()});
  INFO(o.out << o.err);
  CHECK(o.status == 3);
  CHECK_THAT(o.err, Catch::Contains("articles.jsonl, line 4") && Catch::Contains("articles.csv, line 5"));
  CHECK_THAT(o.out, Catch::Contains("held until their embargo ends 1") && Catch::Contains("failed 2"));
  CHECK(w.count("byrå:NPK") == "1\n");
  CHECK(w.count("laks målform:nynorsk") == "1\n");
  CHECK(w.count("topic=:medtop:20000533") != "0\n");
  CHECK(w.count("person:\"Kari Lundvoll\"") == "2\n");
  // Print: the two articles of the issue and the page that has no METS.
  CHECK(w.count("utgave:1") == "2\n");
  CHECK(w.count("side:2 utgave:1") == "1\n");
  CHECK(w.count("confidence:85") == "3\n");
  CHECK(w.count("confidence:90") == "1\n");
  CHECK(w.count("confidence:95") == "0\n");
  CHECK(w.count("urn:\"URN:NBN:no-nb_digavis_vaagsundtidende_null_null_19200101_12_1_1\"") == "2\n");
  const std::string id = lines(w.run({"search", "utgave:1 skibet", "--format", "ids"}).out).at(0);
  CHECK_THAT(w.run({"show", id}).out, Catch::Contains("issue 1, page 1") && Catch::Contains("88 %"));
  // Under embargo: not there, and looked at again.
  CHECK(w.count("ordførar målform:nynorsk") == "0\n");
  CHECK_THAT(w.run({"index", w.articles.string()}).out, Catch::Contains("held until their embargo ends 1"));
  CHECK(w.run({"check"}).status == 0);
}

TEST_CASE("actors, Wikidata ids and authors that a table gives are found, and marked as given") {
  const Work w;
  write_file(w.articles / "a.jsonl",
             R"({"title":"Snø","text":"Det snødde i natt.","authors":["Mari Fjell","Nils Ås"],)"
             R"x("persons":[{"name":"Tor Fjell","wikidata":"Q4242"}],"organizations":["Vegvesenet (Q4243)"]})x"
             "\n");
  write_file(w.articles / "b.csv",
             "tittel;tekst;forfatter;steder\nFlom;Elva stiger.;Mari Fjell og Pål Elv;Elvedal (Q4244), Havnøy\n");
  REQUIRE(w.run({"index", w.articles.string()}).status == 0);
  for (const char* query : {"aktør:Q4242", "person:\"Tor Fjell\"", "aktør:Q4243", "org:Vegvesenet", "sted:Q4244",
                            "sted:Elvedal", "sted:Havnøy", "av:\"Nils Ås\"", "av:\"Pål Elv\"",
                            "av:\"Mari Fjell, Nils Ås\""}) {
    INFO(query);
    CHECK(w.count(query) == "1\n");
  }
  CHECK(w.count("av:\"Mari Fjell\"") == "2\n");
  const std::string id = lines(w.run({"search", "snø", "--format", "ids"}).out).at(0);
  CHECK_THAT(w.run({"show", id, "--format", "json"}).out,
             Catch::Contains(R"("mentions":0,"role":null,"given":true,"wikidata":"Q4242")"));
  CHECK_THAT(w.run({"show", id}).out, Catch::Contains("Tor Fjell (given)"));
}

TEST_CASE("an embargo that ends lets the article in") {
  const Work w;
  const auto item = [](const std::string& until) {
    return R"({"uri":"urn:x:embargo:1","type":"text","version":"1","versioncreated":"2018-01-09T10:15:00Z","pubstatus":"usable",)"
           R"("headline":"Ny ordfører","body_text":"Kari Lundvoll blir ordfører.","embargoed":")" +
           until + "\"}";
  };
  write_file(w.articles / "sak.json", item("2117-01-01T06:00:00+01:00"));
  CHECK_THAT(w.run({"index", w.articles.string()}).out, Catch::Contains("held until their embargo ends 1"));
  CHECK(w.count("ordfører") == "0\n");
  write_file(w.articles / "sak.json", item("2018-01-10T06:00:00+01:00"));
  CHECK_THAT(w.run({"index", w.articles.string()}).out, Catch::Contains("updated 1") && !Catch::Contains("held"));
  CHECK(w.count("ordfører") == "1\n");
}

TEST_CASE("--map, and what --dry-run tells of the fields") {
  const Work w;
  const auto data = tests_folder() / "data/formats";
  std::filesystem::create_directories(w.articles);
  std::filesystem::copy(data / "foreign.jsonl", w.articles / "foreign.jsonl");
  std::filesystem::copy(data / "articles.csv", w.articles / "articles.csv");
  const Outcome dry = w.run({"index", "--dry-run", w.articles.string()});
  CHECK_THAT(dry.out, Catch::Contains("title = Tittel, text = Tekst, source = Kilde"));
  CHECK_THAT(dry.out, Catch::Contains("nothing known"));
  std::filesystem::remove(w.articles / "articles.csv");
  const Outcome mapped = w.run({"index", "--map", (data / "foreign.toml").string(), w.articles.string()});
  INFO(mapped.err);
  CHECK_THAT(mapped.out, Catch::StartsWith("indexed 2"));
  CHECK(w.count("isen kilde:Elvebladet dato:2016-02-03") == "1\n");
  const Outcome bad = w.run({"index", "--map", (data / "articles.csv").string(), w.articles.string()});
  CHECK(bad.status == 2);
  CHECK_THAT(bad.err, Catch::Contains("articles.csv"));
}

TEST_CASE("one file of thousands of articles, with a line of 100 MB in it, in bounded memory") {
  const Work w;
  {
    std::filesystem::create_directories(w.articles);
    std::ofstream out(w.articles / "stor.jsonl");
    for (int i = 0; i < 1200; ++i)
      out << R"({"title": "Sak )" << i << R"(", "text": "Ferga nummer)" << i << R"( går til Havnøy."})" << '\n';
    out << R"({"title": "Lang", "text": ")";
    const std::string piece(1U << 20U, 'a');
    for (int i = 0; i < 100; ++i) out << piece;
    out << "\"}\n" << R"({"title": "Etter", "text": "Ferga etter den lange."})" << '\n';
  }
  const Outcome o = w.run({"index", w.articles.string()});
  CHECK(o.status == 3);
  CHECK_THAT(o.err, Catch::Contains("line 1201") && Catch::Contains("larger than a line may be"));
  CHECK(w.count("*") == "1201\n");
  CHECK(w.count("nummer1199") == "1\n");
  CHECK(w.count("etter lange") == "1\n");
  CHECK(w.run({"check"}).status == 0);
}

}  // namespace spalte::test
