// Do searches over the archive of the tests find what a reader of it would, and do all counts agree?
#include "tests/support.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using nlohmann::json;

std::vector<std::string> with_db(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin() + 1, {"--db", archive_index().string()});
  return arguments;
}

std::vector<std::string> answer(const std::vector<std::string>& arguments) {
  const Outcome o = spalte(with_db(arguments));
  INFO(o.err);
  CHECK((o.status == 0 || o.status == 1));
  return lines(o.out);
}

/// Names of the files that a query finds, without folders.
std::set<std::string> found(const std::string& query, const std::vector<std::string>& options = {}) {
  std::vector<std::string> arguments = {"search", query, "-n", "0", "--format", "paths"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  std::set<std::string> out;
  for (const std::string& line : answer(arguments)) out.insert(std::filesystem::path(line).stem().string());
  return out;
}

bool finds(const std::string& query, const std::string& file) { return found(query).count(file) == 1; }

}  // namespace

TEST_CASE("a word finds its forms in both standards, and compounds that hold it") {
  CHECK(finds("statsminister", "statsministrene"));
  CHECK(finds("forsker", "forskarane"));
  CHECK(finds("forskar", "forsker"));
  CHECK(finds("utenriksminister", "utanriksministeren"));
  CHECK(finds("utanriksminister", "utenriksminister-kina"));
  CHECK(finds("Noreg", "utenriksminister-kina"));
  CHECK(finds("våpenprogram", "atomvapen"));
  CHECK(finds("atomvåpen", "atomvapen"));
  CHECK(finds("klubbe", "solheimsvik-statsrad"));  // ordførarklubba
  CHECK(found("klubbe", {"--no-compounds"}).count("solheimsvik-statsrad") == 0);
  CHECK(finds("bøker", "bok"));
}

TEST_CASE("exact words and phrases are as written, case aside") {
  CHECK(found("=utenriksministeren").count("utenriksminister-kina") == 1);
  CHECK(found("=utanriksministeren").count("utenriksminister-kina") == 0);
  CHECK(finds("\"åpen dialog med Kina\"", "utenriksminister-kina"));
  CHECK(found("\"dialog åpen\"").empty());
  CHECK(found("dør", {"--exact"}).count("utenriksminister-kina") == 0);
}

TEST_CASE("the start of a word, letters without their marks, and the split of a count") {
  // The index holds keys; forms that only the lexicon knows count too.
  CHECK(found("statsministren*").count("statsministrene") == 1);
  CHECK(found("forskaran*").count("forskarane") == 1);
  CHECK(found("ingenslik*").empty());
  CHECK(found("statsrad").count("solheimsvik-statsrad") == 0);
  CHECK(found("statsrad", {"--fold"}).count("solheimsvik-statsrad") == 1);
  const auto all = answer({"count", "minister"}), split = answer({"count", "-v", "minister"});
  const auto itself = answer({"count", "minister", "--no-compounds"});
  REQUIRE(split.size() == 3);
  CHECK(split[0] == itself.at(0) + "\tby the word itself");
  CHECK(split[1] == std::to_string(std::stoi(all.at(0)) - std::stoi(itself.at(0))) + "\tby compounds only");
  CHECK(split[2] == all.at(0) + "\tin all");
  CHECK(std::stoi(all.at(0)) > std::stoi(itself.at(0)));
}

TEST_CASE("explain shows a word's forms in both standards") {
  const std::string out = spalte(with_db({"explain", "forsker"})).out;
  CHECK_THAT(out, Catch::Contains("forskerne") && Catch::Contains("forskarane"));
}

TEST_CASE("an actor is found however an article names it") {
  const auto kina = found("actor:Kina");
  CHECK(kina.count("utenriksminister-kina") == 1);
  CHECK(found("aktør:\"Torstein Bråthen\"").count("utenriksminister-kina") == 1);
  CHECK(found("person:Bråthen") == found("aktør:Bråthen"));
  CHECK(found("org:Bråthen").empty());
  CHECK(found("land:Kina") == kina);
  CHECK(found("land:kina") == kina);
}

TEST_CASE("fields, with their Norwegian names") {
  CHECK(finds("kilde:Morgenbudet tittel:utenriksministeren", "utenriksminister-kina"));
  CHECK(found("source:fjordposten") == found("avis:Fjordposten"));
  CHECK(found("målform:nynorsk").count("forskarane") == 1);
  CHECK(found("lang:other") == std::set<std::string>{"dansk", "english", "svensk"});
  CHECK(finds("date:14.03.2014", "utenriksminister-kina"));
  CHECK(finds("dato:\"mars 2014\"", "utenriksminister-kina"));
  CHECK(finds("av:\"Silje Moen\" seksjon:utenriks", "utenriksminister-kina"));
  CHECK(finds("path:2014/03", "utenriksminister-kina"));
  CHECK(finds("emne:politikk", "utenriksminister-kina"));
  CHECK(found("topic:11000000") == found("emne:politikk"));
  CHECK(found("topic:politics") == found("emne:politikk"));
}

TEST_CASE("operators") {
  const auto kina = found("Kina"), norge = found("Norge");
  std::set<std::string> both, either = kina, first;
  for (const std::string& f : norge) either.insert(f);
  for (const std::string& f : kina) (norge.count(f) != 0 ? both : first).insert(f);
  CHECK(found("Kina Norge") == both);
  CHECK(found("Kina OG Norge") == both);
  CHECK(found("Kina ELLER Norge") == either);
  CHECK(found("Kina -Norge") == first);
  CHECK(found("Kina IKKJE Norge") == first);
  CHECK(found("*").size() > 60);
  CHECK(finds("handel NEAR/3 menneskerettigheter", "utenriksminister-kina"));
  CHECK(finds("handel SAME/s menneskerettigheter", "utenriksminister-kina"));
  CHECK(found("handel SAME/s diplomat").empty());
  CHECK(finds("utenriks*", "utenriksminister-kina"));
}

TEST_CASE("whatever is asked: count, ids, timeline and facets agree") {
  for (const std::string query : {"*", "norge", "kina OR norge", "aktør:Kina", "emne:politikk", "lang:nn", "-norge",
                                  "\"i dag\"", "date:2010..2015", "klima*", "ingenslikord"}) {
    INFO(query);
    const std::size_t ids = answer({"search", query, "-n", "0", "--format", "ids"}).size();
    CHECK(answer({"count", query}) == std::vector<std::string>{std::to_string(ids)});
    for (const char* by : {"day", "month", "year"}) {
      std::size_t sum = 0;
      const auto rows = answer({"timeline", query, "--by", by, "--format", "csv"});
      REQUIRE_FALSE(rows.empty());
      CHECK(rows[0] == "period,count,total,share");
      for (std::size_t i = 1; i < rows.size(); ++i) sum += std::stoul(rows[i].substr(rows[i].find(',') + 1));
      CHECK(sum == ids);
    }
    for (const char* field : {"lang", "source"}) {
      std::size_t sum = 0;
      const auto rows = answer({"facets", field, query, "--format", "csv"});
      for (std::size_t i = 1; i < rows.size(); ++i) sum += std::stoul(rows[i].substr(rows[i].rfind(',') + 1));
      CHECK(sum == ids);
    }
  }
}

TEST_CASE("pages of hits are the whole list cut up, in any order") {
  for (const char* sort : {"relevance", "date", "-date", "source", "random"}) {
    INFO(sort);
    const auto all = answer({"search", "norge OR i", "-n", "0", "--format", "ids", "--sort", sort});
    std::vector<std::string> paged;
    for (std::size_t offset = 0; offset < all.size(); offset += 7)
      for (std::string& id : answer({"search", "norge OR i", "-n", "7", "--offset", std::to_string(offset), "--format",
                                     "ids", "--sort", sort}))
        paged.push_back(std::move(id));
    CHECK(paged == all);
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
  }
}

TEST_CASE("sorting by date: newest first, -date oldest first, undated last") {
  const auto dates = [](const char* sort) {
    std::vector<std::string> out;
    for (const std::string& line :
         answer({"search", "*", "-n", "0", "--format", "csv", "--fields", "date", "--sort", sort}))
      if (line != "date") out.push_back(line);
    return out;
  };
  auto newest = dates("date"), oldest = dates("-date");
  const auto undated = std::find(newest.begin(), newest.end(), "") - newest.begin();
  REQUIRE(undated > 50);
  CHECK(std::is_sorted(newest.begin(), newest.begin() + undated, std::greater<>()));
  CHECK(std::is_sorted(oldest.begin(), oldest.begin() + undated));
  CHECK(newest.size() == oldest.size());
}

TEST_CASE("a line of jsonl holds what the contract names") {
  const auto rows = answer({"search", "Kina", "-n", "3", "--format", "jsonl"});
  REQUIRE(rows.size() == 3);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json hit = json::parse(rows[i]);
    CHECK(hit.at("schema") == "spalte.hit/1");
    CHECK(hit.at("rank") == i + 1);
    for (const char* key : {"id", "path", "title", "date", "source", "lang", "score", "snippet"})
      CHECK(hit.contains(key));
  }
  const json article = json::parse(answer({"show", "--format", "json", json::parse(rows[0]).at("id")}).at(0));
  CHECK(article.at("schema") == "spalte.article/1");
  CHECK(article.at("id") == json::parse(rows[0]).at("id"));
}

TEST_CASE("--any takes plain text, --batch a file of it, trec for the evaluators") {
  const Outcome o = spalte(with_db({"search", "--any", "--batch", "-", "--format", "trec", "-n", "2"}),
                           {.input = "q1\thva sa (Bråthen om Kina?\nq2\t\"laks\n"});
  CHECK(o.status == 0);
  for (const std::string& line : lines(o.out)) {
    INFO(line);
    CHECK((line.rfind("q1 Q0 ", 0) == 0 || line.rfind("q2 Q0 ", 0) == 0));
    CHECK_THAT(line, Catch::EndsWith(" spalte"));
  }
  CHECK(lines(o.out).size() == 4);
}

TEST_CASE("exit statuses and messages") {
  const auto run = [](std::vector<std::string> arguments) { return spalte(with_db(std::move(arguments))); };
  CHECK(run({"search", "ingenslikord"}).status == 1);
  CHECK(run({"count", "ingenslikord"}).status == 1);
  CHECK(run({"count", "ingenslikord"}).out == "0\n");
  CHECK(run({"search", "\"uklar"}).status == 2);
  CHECK(run({"search", "norge", "--sort", "tull"}).status == 2);
  CHECK(run({"show", "finnesikke"}).status == 2);
  CHECK(spalte({"tull"}).status == 2);
  CHECK(spalte({}).status == 2);
  CHECK(spalte({"--help"}).status == 0);
  CHECK(spalte({"search", "--db", "/finnes/ikke", "norge"}).status == 4);
  const Outcome unknown = run({"search", "akør:Kina"});
  CHECK(unknown.status == 2);
  CHECK(unknown.out.empty());
  CHECK_THAT(unknown.err, Catch::Contains("akør") && Catch::Contains("aktør:"));
  // A letter that is an option elsewhere is no word to leave out.
  const Outcome no_such = run({"actors", "Kina", "-n", "5"});
  CHECK(no_such.status == 2);
  CHECK_THAT(no_such.err, Catch::Contains("there is no option -n") && Catch::Contains("--help"));
  CHECK(run({"count", "--", "Kina", "-n"}).status <= 1);
  // A word beginning with '-' is a query word, before and after others.
  CHECK(run({"search", "Kina", "-Norge", "-n", "0", "--format", "ids"}).out ==
        run({"search", "-n", "0", "--format", "ids", "--", "Kina", "-Norge"}).out);
}

TEST_CASE("the same answers in any locale") {
  for (const char* locale : {"C", "nb_NO.UTF-8", "tull"}) {
    const Outcome o =
        spalte(with_db({"search", "ærlig OR åpen OR Kina", "-n", "0"}), {.environment = {{"LC_ALL", locale}}});
    CHECK(o.out == spalte(with_db({"search", "ærlig OR åpen OR Kina", "-n", "0"})).out);
  }
}

}  // namespace spalte::test
