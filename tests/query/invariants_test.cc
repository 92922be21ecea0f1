// Do all counts of a query agree, whatever is asked? 200 queries made of what the archive holds, with every operator and
// field, asked of the commands as they are.
#include "query/commands.h"
#include "query/options.h"
#include "query/reader.h"
#include "query/search.h"
#include "query/syntax.h"
#include "schema/command.h"
#include "tests/query/generated_queries.h"
#include "tests/support.h"

#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

std::int64_t sum_of_last_column(const std::string& csv, std::size_t column) {
  std::int64_t sum = 0;
  const Words rows = lines(csv);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::size_t from = 0;
    if (column == 0) {
      from = rows[i].rfind(',') + 1;
    } else {
      for (std::size_t c = 0; c < column; ++c) from = rows[i].find(',', from) + 1;
    }
    sum += std::stoll(rows[i].substr(from));
  }
  return sum;
}

}  // namespace

TEST_CASE("count, ids, timeline and facets of 200 queries agree, and the same query gives the same bytes") {
  const Vocabulary vocabulary;
  std::mt19937 random(20261124);
  static const Words kOptions[] = {{}, {}, {}, {}, {"--exact"}, {"--no-compounds"}, {"--no-derived"}, {"--fold"}, {"--any"}};
  int found = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string query = vocabulary.query(random);
    const Words& options = kOptions[random() % std::size(kOptions)];
    INFO(query << ' ' << (options.empty() ? "" : options[0]));
    const auto run = [&](Words arguments) {
      arguments.insert(arguments.end(), options.begin(), options.end());
      arguments.insert(arguments.end(), {"--", query});
      return ask(arguments);
    };
    const Answer ids = run({"search", "-n", "0", "--format", "ids"});
    INFO(ids.err);
    REQUIRE((ids.status == 0 || ids.status == 1));
    const Words hits = lines(ids.out);
    const auto n = static_cast<std::int64_t>(hits.size());
    found += n > 0 ? 1 : 0;
    REQUIRE(std::set<std::string>(hits.begin(), hits.end()).size() == hits.size());
    REQUIRE(ids.status == (n > 0 ? 0 : 1));
    const Answer counted = run({"count"});
    REQUIRE(counted.out == std::to_string(n) + "\n");
    REQUIRE(counted.status == ids.status);
    const Answer timeline = run({"timeline", "--format", "csv", "--by", i % 3 == 0 ? "month" : i % 3 == 1 ? "year" : "week"});
    REQUIRE(sum_of_last_column(timeline.out, 1) == n);
    Words facets = {"facets", "--format", "csv"};
    facets.insert(facets.end(), options.begin(), options.end());
    facets.insert(facets.end(), {"--", i % 2 == 0 ? "lang" : "source", query});
    REQUIRE(sum_of_last_column(ask(facets).out, 0) == n);
    if (i % 5 == 0) REQUIRE(run({"search", "-n", "0", "--format", "ids"}).out == ids.out);
    if (i % 10 == 0) REQUIRE(run({"search", "--format", "jsonl"}).out == run({"search", "--format", "jsonl"}).out);
  }
  CHECK(found > 80);
}

TEST_CASE("a list that is too long for a page has the same order as one of pages") {
  std::istringstream in;
  std::ostringstream out;
  Context context{{in, out, out}, archive_index().string(), {}, false, false, {}, {}, {}};
  Result<query::Reader> reader = query::Reader::open(context);
  REQUIRE(reader);
  for (const char* text : {"*", "norge OR i", "klubb OR minister OR \"i dag\"", "og"})
    for (const query::Sort sort : {query::Sort::relevance, query::Sort::date, query::Sort::date_oldest,
                                   query::Sort::source, query::Sort::random})
      for (const std::int64_t offset : {0, 7}) {
        const auto all = [&](std::int64_t longest_page) {
          query::SearchOptions options;
          options.limit = 0;
          options.offset = offset;
          options.sort = sort;
          options.seed = 11;
          options.longest_page = longest_page;
          std::vector<std::pair<std::string, double>> hits;
          const Status done = reader->request([&]() -> Status {
            Result<query::Compiled> compiled = query::compile(*query::parse(text), {}, *reader);
            if (!compiled) return fail(std::move(compiled));
            return query::search(*compiled, options, *reader, [&](const query::Hit& h) {
              CHECK(h.rank == offset + static_cast<std::int64_t>(hits.size()) + 1);
              hits.emplace_back(h.data.id, h.score);
              return true;
            });
          });
          CHECK(done);
          return hits;
        };
        INFO(text << ' ' << static_cast<int>(sort) << ' ' << offset);
        CHECK(all(1000).size() > 5);
        CHECK(all(1000) == all(0));
      }
}

TEST_CASE("random order is told by its seed, and differs between seeds") {
  const auto order = [](const char* seed) {
    return ask({"search", "--sort", "random", "--seed", seed, "-n", "0", "--format", "ids", "*"}).out;
  };
  CHECK(order("1") == order("1"));
  CHECK(order("1") != order("2"));
}

TEST_CASE("a phrase whose quotation marks the shell has eaten gets a hint, on a terminal alone") {
  CHECK_THAT(ask({"search", "åpen dialog"}).err, Catch::Contains("'\"åpen dialog\"'"));
  CHECK(ask({"search", "åpen", "dialog"}).err.empty());
  CHECK(ask({"search", "\"åpen dialog\""}).err.empty());
  CHECK(spalte({"search", "--db", archive_index().string(), "åpen dialog"}).err.empty());
}

TEST_CASE("queries without measure end at once with what is too much") {
  const auto batch = [](const std::string& query) {
    return spalte({"search", "--db", archive_index().string(), "--batch", "-"}, {.input = query + "\n"});
  };
  struct Case {
    std::string query, says;
  };
  std::string many = "a1";
  for (int i = 0; i < 5000; ++i) many += " OR a" + std::to_string(i);
  std::string nots;
  for (int i = 0; i < 500; ++i) nots += "NOT ";
  for (const Case& c : {Case{std::string(1 << 20, 'a'), "1048576 bytes"}, Case{many, "too many parts"},
                        Case{std::string(5000, '(') + "a" + std::string(5000, ')'), "nested too deeply"},
                        Case{nots + "a", "nested too deeply"}}) {
    const Outcome o = batch(c.query);
    CHECK(o.status == 3);
    CHECK_THAT(o.err, Catch::Contains("line 1: ") && Catch::Contains(c.says));
    CHECK(o.err.size() < 2000);
  }
  std::string near = "norge";
  for (int i = 0; i < 400; ++i) near += " NEAR/1000 norge";
  CHECK(batch(near).status < 2);
  // Wildcards of which each could stand for the whole vocabulary, and words that look like regular expressions.
  std::string wild = "a*";
  for (int i = 0; i < 1000; ++i) wild += std::string(" OR ") + static_cast<char>('a' + i % 26) + "*";
  for (const std::string& query :
       {wild, std::string("a* NEAR/1000 e* NEAR/1000 s* NEAR/1000 k*"), std::string("sent{a* e* s* k* -t*}"),
        "\"" + std::string(2000, 'a') + "*\"", std::string("(a+)+$ .*.*.*.* [^x]{1000}"), std::string("title:(a* b* c* d*)"),
        std::string("quote{a* OR e*} aktør:a*"), std::string("a*b*c*d*e*f*"), std::string(30000, '*')}) {
    INFO(query.substr(0, 60));
    const Outcome o = batch(query);
    CHECK(o.status < 4);
    CHECK(o.err.size() < 3000);
  }
}

TEST_CASE("every command that reads writes its provenance beside the answer") {
  TempFolder folder;
  REQUIRE(ask({"save", "kina", "Kina"}).status == 0);
  const std::vector<std::string> ids = lines(ask({"search", "Kina", "-n", "2", "--format", "ids"}).out);
  const std::string id = ids.at(0), other = ids.at(1);
  for (const Command& c : query::commands()) {
    if (c.needs != Needs::reader) continue;
    INFO(c.name);
    const std::string file = (folder / std::string(c.name)).string();
    Words arguments = {std::string(c.name), "--provenance", file};
    const std::string_view takes = c.arguments;
    if (c.name == "new") arguments.push_back("kina");
    else if (c.name == "diff") arguments.insert(arguments.end(), {id, other});
    else if (takes.starts_with("ID")) arguments.push_back(id);
    else if (takes.starts_with("FIELD")) arguments.push_back("source");
    else if (takes.starts_with("A ")) arguments.insert(arguments.end(), {"Kina", "Norge"});
    else if (c.name != "save" && takes.find_first_of("QN") != std::string_view::npos) arguments.push_back("Kina");
    const Answer a = ask(arguments);
    INFO(a.err);
    CHECK(a.status <= (c.name == "dups" ? 1 : 0));  // these articles have no copies
    REQUIRE(std::filesystem::exists(file));
    const std::string json = read_file(file);
    for (const char* key : {"spalte.provenance/1", "\"program\"", "\"command\"", "\"time\"", "\"archive\"", "\"revision\": ",
                            "\"analyser\"", "\"lexicon\"", "\"models\""})
      CHECK_THAT(json, Catch::Contains(key));
  }
  CHECK(ask({"search", "Kina", "--provenance", "/finnes/ikke/fil"}).status == 2);
  REQUIRE(ask({"save", "--drop", "kina"}).status == 0);
}

}  // namespace spalte::test
