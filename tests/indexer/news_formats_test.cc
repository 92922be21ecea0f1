// Does each news format give every field that it carries?
#include "tests/support.h"

#include "indexer/sources/field_map.h"
#include "indexer/sources/source.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

const FieldMap* const kGuessed = nullptr;

ReadResult read(const std::string& name, const FieldMap* map = kGuessed) {
  const std::string path = (test::tests_folder() / "data/formats" / name).string();
  Result<ReadResult> result =
      read_all({path, name.substr(name.find_last_of('/') + 1), "arkiv", 1300000000}, test::read_file(path), map);
  if (!result) FAIL(name << ": " << result.error().message);
  return std::move(*result);
}

Article only(const std::string& name) {
  ReadResult r = read(name);
  REQUIRE(r.articles.size() == 1);
  return std::move(r.articles[0]);
}

std::string text(const Article& a, ParagraphRole role) {
  std::string out;
  for (const Paragraph& p : a.paragraphs)
    if (p.role == role) out += std::string(out.empty() ? "" : "\n").append(a.view(p));
  return out;
}

std::string actors(const Article& a) {
  constexpr const char* kKinds[] = {"person", "org", "gpe", "loc"};
  std::string out;
  for (const GivenActor& g : a.actors_given)
    out += fmt::format("{}{} {} {}", out.empty() ? "" : "; ", kKinds[static_cast<int>(g.kind)], g.name, g.wikidata);
  return out;
}

using Topics = std::vector<std::string>;

}  // namespace

TEST_CASE("NITF as NTB sends it: ISO-8859-1, Oslo time, family and version from the id") {
  const Article a = only("ntb-1.xml");
  CHECK(a.id == "NTB8f31c0de_00");
  CHECK(a.family == "NTB8f31c0de");
  CHECK(a.version == 1);
  CHECK(a.title() == "Fergestreik i Vågsund");
  CHECK(text(a, ParagraphRole::lead) ==
        "Ferga mellom Vågsund og Havnøy ligger til kai etter at mannskapet gikk ut i streik.");
  CHECK(text(a, ParagraphRole::subhead) == "Går til Riksmekleren");
  CHECK(text(a, ParagraphRole::body) ==
        "– Dette må løses fort, sier samferdselsminister Torstein Bråthen.\n"
        "Partene møtes hos Riksmekleren fredag klokka 9. Streiken rammer 400 reisende.\n(©NTB)");
  CHECK(a.published == "2017-03-16T14:30");
  CHECK_FALSE(a.date_guessed);
  CHECK(a.agency == "NTB");
  CHECK(a.byline == "Silje Moen");
  CHECK(a.section == "Innenriks");
  CHECK(a.lang == "nb");
  CHECK(a.topics_given == Topics{"medtop:20000533", "streik", "ferge-streik"});
  CHECK(actors(a) ==
        "person Torstein Bråthen Q990001; org Fjordfergene Q990002; gpe Møre og Romsdal ; gpe Vågsund ");
  CHECK(only("ntb-2.xml").family == a.family);
  CHECK(only("ntb-2.xml").version == 2);
  CHECK(only("npk.xml").lang == "nn");
  CHECK(only("npk.xml").agency == "NPK");
  const Article canceled = only("ntb-canceled.xml");
  CHECK(canceled.withdrawn);
  CHECK(canceled.version == 3);
}

TEST_CASE("NewsML-G2: several items a message, XHTML and NITF inside, embargo and withdrawal") {
  const ReadResult r = read("message.newsml.xml");
  REQUIRE(r.articles.size() == 3);
  const Article& a = r.articles[0];
  CHECK(a.id == "urn:newsml:fjordbyraet.example:20170316:ras@2");
  CHECK(a.family == "urn:newsml:fjordbyraet.example:20170316:ras");
  CHECK(a.version == 2);
  CHECK(a.published == "2017-03-16T13:05");
  CHECK(a.modified == "2017-03-16T14:20");
  CHECK(a.title() == "Ras stenger veien til Vågsund");
  CHECK(text(a, ParagraphRole::lead) == "Et ras har stengt veien mellom Vågsund og Havnøy.");
  CHECK(text(a, ParagraphRole::subhead) == "Ingen skadd");
  CHECK(a.text.find("Bildetekst") == std::string::npos);
  CHECK(a.source == "Havnebladet");
  CHECK(a.agency == "Fjordbyrået");
  CHECK(a.byline == "Silje Moen og Pål Ås");
  CHECK(a.section == "Innenriks");
  CHECK(a.topics_given == Topics{"medtop:20000151", "skred", "ras", "ras-vagsund"});
  CHECK(actors(a) == "person Kari Lundvoll Q990004; org Statens havvesen Q990005; gpe Vågsund Q990003");
  CHECK(r.articles[1].embargo == "2117-03-17T06:00");
  CHECK(r.articles[1].lang == "nn");
  CHECK(r.articles[1].title() == "Ny ordførar i Vågsund");
  CHECK(text(r.articles[1], ParagraphRole::body) == "Vågsund får ny ordførar i morgon.");
  CHECK(r.articles[2].withdrawn);
  CHECK(r.articles[2].version == 3);
}

TEST_CASE("ninjs 1, 2 and 3") {
  const Article one = only("ninjs-1.json");
  CHECK(one.id == "urn:ninjs:fjordbyraet.example:kai@3");
  CHECK(one.version == 3);
  CHECK(one.published == "2018-01-09T09:00");
  CHECK(one.modified == "2018-01-09T11:15");
  CHECK(text(one, ParagraphRole::lead) == "Havnøy får ny kai til 40 millioner kroner.");
  CHECK(text(one, ParagraphRole::subhead) == "Ferdig i 2020");
  CHECK(text(one, ParagraphRole::body) ==
        "Kommunen har vedtatt å bygge ny kai.\n– Vi gleder oss, sier ordfører Kari Lundvoll.\nPris: 40 millioner\n"
        "Lengde: 80 meter");
  CHECK(one.topics_given == Topics{"medtop:20000238", "havner", "samferdsel", "kai-havnoy"});
  CHECK(actors(one) == "person Kari Lundvoll Q990004; org Havnøy kommune ; gpe Havnøy Q990006");
  CHECK(one.section == "Innenriks");

  const ReadResult two = read("ninjs-2.json");
  REQUIRE(two.articles.size() == 2);
  const Article& a = two.articles[0];
  CHECK(a.title() == "Laksen er attende i Vågselva");
  CHECK(a.lang == "nn");
  CHECK(a.source == "Elvebladet");
  CHECK(text(a, ParagraphRole::body) == "Laksen er attende.\nFiskarane er glade for at det bit att.");
  CHECK(a.actors_given[0].wikidata == "Q990007");
  CHECK(a.actors_given[0].role == "fiskar");
  CHECK(a.topics_given == Topics{"medtop:20000430", "fiske"});
  CHECK(two.articles[1].withdrawn);
  CHECK(two.articles[1].family == "urn:ninjs:fjordbyraet.example:sild");

  const Article three = only("ninjs-3.json");
  CHECK(three.url == "http://fjordbyraet.example/sak/4711");
  CHECK(three.published == "2023-11-24T06:45");
  CHECK(actors(three) == "person Per Værmann Q990008");
  CHECK(text(three, ParagraphRole::body) == "Stormen når land i natt.\nMeteorologene ber folk holde seg inne.");
}

TEST_CASE("JSONL: fields by their names, a bad line fails alone, ids of a table are its own") {
  const ReadResult r = read("articles.jsonl");
  REQUIRE(r.articles.size() == 3);
  const Article& a = r.articles[0];
  CHECK(a.title() == "Bro åpnet");
  CHECK(text(a, ParagraphRole::body) ==
        "Broen til Havnøy er åpnet.\nHundre biler kjørte over den første timen.");
  CHECK(a.published == "2015-06-01T12:00");
  CHECK(a.byline == "Silje Moen, Pål Ås");
  CHECK(a.source == "Havnebladet");
  CHECK(a.topics_given == Topics{"vei", "bro"});
  CHECK(a.id != "1");
  CHECK(r.articles[1].published == "2015-06-02T14:00");
  CHECK(text(r.articles[1], ParagraphRole::body) == "Broen er stengt.\nVinden er for sterk.");
  REQUIRE(r.failures.size() == 1);
  CHECK_THAT(r.failures[0], Catch::StartsWith("line 4: "));
  CHECK(read("gold.jsonl").skipped == std::vector<std::string>{".jsonl"});
  CHECK(read("foreign.jsonl").skipped == std::vector<std::string>{".jsonl"});
}

TEST_CASE("a map names columns and JSON pointers") {
  const Result<FieldMap> map = read_field_map((test::tests_folder() / "data/formats/foreign.toml").string());
  REQUIRE(map);
  CHECK(map->to_string() == "title = /doc/h, text = /doc/p, source = \"Elvebladet\", date = /meta/when");
  const ReadResult r = read("foreign.jsonl", &*map);
  REQUIRE(r.articles.size() == 2);
  CHECK(r.articles[0].title() == "Isen går");
  CHECK(text(r.articles[0], ParagraphRole::body) == "Isen gikk i natt.\nElva er åpen.");
  CHECK(r.articles[0].published == "2016-02-03");
  CHECK(r.articles[0].source == "Elvebladet");

  const test::TempFolder folder;
  const auto refused = [&](const std::string& toml) {
    test::write_file(folder / "m.toml", toml);
    const Result<FieldMap> bad = read_field_map((folder / "m.toml").string());
    return bad ? std::string() : bad.error().message + " " + bad.error().hint;
  };
  CHECK_THAT(refused("titel = \"a\"\n"), Catch::Contains("no field `titel`") && Catch::Contains("title"));
  CHECK_THAT(refused("source = \"a\"\n"), Catch::Contains("neither text nor title"));
  CHECK_THAT(refused("text = \n"), Catch::Contains("line 1"));
}

TEST_CASE("CSV: quotes, semicolons, Windows-1252, several lines a field, a row too short") {
  const ReadResult r = read("articles.csv");
  REQUIRE(r.articles.size() == 2);
  CHECK(r.articles[0].title() == "Sild; nå også i Vågsund");
  CHECK(text(r.articles[0], ParagraphRole::body) == "Silda er kommet.\n– Den er \"feit\", sier Ola.");
  CHECK(r.articles[0].published == "2011-05-03");
  CHECK(r.articles[1].byline == "Pål Ås");
  REQUIRE(r.failures.size() == 1);
  CHECK_THAT(r.failures[0], Catch::StartsWith("line 5: ") && Catch::Contains("2 fields"));
  CHECK(read("numbers.csv").skipped == std::vector<std::string>{".csv"});
}

TEST_CASE("WARC: captures of one page are versions, equal ones and revisits are none") {
  for (const char* name : {"captures.warc", "captures.warc.gz"}) {
    INFO(name);
    const ReadResult r = read(name);
    REQUIRE(r.articles.size() == 3);
    CHECK(r.articles[0].title() == "Ferga står");
    CHECK(r.articles[1].title() == "Ferga går igjen");
    CHECK(r.articles[0].family == r.articles[1].family);
    CHECK(r.articles[0].version < r.articles[1].version);
    CHECK(r.articles[0].id != r.articles[1].id);
    CHECK(r.articles[0].date_guessed);
    CHECK(r.articles[2].title() == "Gammel side om sjøørret");
    CHECK(r.articles[2].url == "https://havnebladet.example/gammel");
    CHECK(r.articles[2].source == "Havnebladet");
  }
}

TEST_CASE("feeds: RSS and Atom, with the link as the story's family") {
  const ReadResult rss = read("feed.rss");
  REQUIRE(rss.articles.size() == 2);
  CHECK(rss.articles[0].title() == "Ferga står & venter");
  CHECK(text(rss.articles[0], ParagraphRole::lead) == "Ferga ligger til kai i Vågsund.");
  CHECK(text(rss.articles[0], ParagraphRole::body) == "Mannskapet streiker.\nIngen vet hvor lenge.");
  CHECK(rss.articles[0].published == "2017-03-16T14:30");
  CHECK(rss.articles[1].published == "2017-03-16T14:30");
  CHECK(rss.articles[0].source == "Havnebladet");
  CHECK(rss.articles[0].byline == "Silje Moen");
  CHECK(rss.articles[0].topics_given == Topics{"Innenriks", "Samferdsel"});
  CHECK(rss.articles[0].lang == "nb");
  // The page itself, captured at the same address, is of the same story.
  CHECK(rss.articles[0].family == read("captures.warc").articles[0].family);
  const Article atom = only("feed.atom");
  CHECK(atom.title() == "Isen går");
  CHECK(atom.url == "https://elvebladet.example/is");
  CHECK(atom.lang == "nn");
  CHECK(atom.byline == "Ola Elvestrand");
  CHECK(text(atom, ParagraphRole::body) == "Isen gjekk i natt.\nElva er open.");
}

TEST_CASE("METS and ALTO: logical articles over pages, hyphens joined, where each block stands") {
  const std::string issue = "digavis_vaagsundtidende_null_null_19200101_12_1_1";
  const ReadResult r = read("issue/" + issue + "_mets.xml");
  CHECK(r.failures.empty());
  REQUIRE(r.articles.size() == 2);
  const Article& a = r.articles[0];
  CHECK(a.title() == "Færgen ligger stille");
  CHECK(text(a, ParagraphRole::body) ==
        "Færgen mellem Vaagsund og Havnø ligger stille paa grund af Nord-Norges verste storm.\n"
        "Skibet Haabet er ventet.\nFortsat fra side 1. Alle er i god behold.");
  CHECK(a.source == "Vaagsund Tidende");
  CHECK(a.published == "1920-01-01");
  CHECK(a.print.issue == "1");
  CHECK(a.print.page == "1");
  CHECK(a.print.urn == "URN:NBN:no-nb_" + issue);
  CHECK(a.print.confidence == 88);
  CHECK(a.print.regions == "100,100,900,200;100,300,900,200;100,600,900,200;100,100,900,200");
  CHECK(r.articles[1].title() == "Ny ordfører");
  CHECK(r.articles[1].print.page == "2");
  CHECK(read("issue/alto/" + issue + "_0001.xml").skipped == std::vector<std::string>{"page of a METS issue"});

  const Article page = only("digavis_vaagsundtidende_null_null_19200108_12_2_1_0003.xml");
  CHECK(page.published == "1920-01-08");
  CHECK(page.print.issue == "2");
  CHECK(page.source == "Vaagsundtidende");
  CHECK(page.paragraphs.size() == 4);
}

}  // namespace spalte::indexer
