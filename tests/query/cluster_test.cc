// Do shards answer as one index does?
#include "tests/query/cluster_support.h"
#include "tests/query/generated_queries.h"
#include "tests/support.h"

#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch.hpp>
#include <xapian.h>

namespace spalte::test {

TEST_CASE("200 queries find in three shards what they find in one index, with equal scores", "[cluster]") {
  const std::string file = shards().local();
  const Vocabulary vocabulary;
  std::mt19937 random(20261125);
  for (int i = 0; i < 200; ++i) {
    const std::string q = vocabulary.query(random);
    check_same(file, {"count", q});
    check_same(file, {"search", "-n", "0", "--format", "jsonl", "--fields", "rank,id,score,snippet,versions,dup", q});
    check_same(file, {"timeline", "--format", "csv", q});
    check_same(file, {"facets", "source,year", "--format", "csv", q});
    switch (i % 10) {
      case 0:
        check_same(file, {"actors", "--top", "0", "--format", "csv", q});
        break;
      case 1:
        check_same(file, {"topics", "--format", "csv", q});
        break;
      case 2:
        check_same(file, {"quotes", "-n", "0", "--format", "jsonl", q});
        break;
      case 3:
        check_same(file, {"kwic", "-n", "0", "--format", "csv", q}, false);
        break;
      case 4:
        check_same(file, {"search", "-n", "7", "--offset", "2", "--sort", "source", q});
        break;
      case 5:
        check_same(file, {"search", "-n", "7", "--sort", "random", "--seed", "5", q});
        break;
      case 6:
        check_same(file, {"export", "--what", "mentions", q}, false);
        break;
      case 7:
        check_same(file, {"compare", q, "norge"});
        break;
      case 8:
        check_same(file, {"explain", q});
        break;
      default:
        check_same(file, {"search", "--collapse", "dup", "--sort", "date", "-n", "0", "--format", "ids", q});
    }
  }
}

TEST_CASE("every report on shards is the one index's", "[cluster]") {
  const std::string file = shards().local();
  for (const char* query : {"*", "statsminister", "aktør:Kina", "emne:politikk"}) {
    for (const char* what : {"articles", "mentions", "quotes", "topics"})
      check_same(file, {"export", query, "--what", what, "--format", "jsonl"}, false);
    check_same(file, {"actors", query, "--format", "jsonl"});
    check_same(file, {"topics", query});
    check_same(file, {"quotes", query});
    check_same(file, {"quotes", query, "--sort", "date", "-n", "0", "--format", "csv"});
    check_same(file, {"search", query, "--batch", "/dev/null"});
  }
  for (const char* name : {"Bråthen", "Kina", "NKL", "Torstein Bråthen", "Vågsund"}) {
    check_same(file, {"actors", "--of", name});
    check_same(file, {"together", name});
    check_same(file, {"together", name, "--within", "article", "--format", "csv"});
  }
  check_same(file, {"status", "--coverage"});
  check_same(file, {"status", "--format", "csv"});
  for (const char* misspelt : {"statsministr", "aktør:Bråten", "kilde:Fjordpost", "mysgel"})
    check_same(file, {"search", misspelt});
  for (const std::string& id : lines(ask({"search", "*", "-n", "0", "--format", "ids", "--versions", "all"}).out)) {
    check_same(file, {"show", id});
    check_same(file, {"show", "--format", "json", id});
  }
}

TEST_CASE("what is decided in one shard counts for all", "[cluster]") {
  const std::string file = shards().local();
  CHECK(of_cluster(file, {"save", "valget", "valg"}).status == 2);
  CHECK(of_cluster(file, {"actors", "--alias", "Kina", "Midtens_rike"}).status == 2);
  REQUIRE(run({"save", "valget", "valg", "--db", shards().index(1).string()}).status == 0);
  CHECK(of_cluster(file, {"count", "query:valget"}).out == ask({"count", "valg"}).out);
  REQUIRE(run({"save", "--drop", "valget", "--db", shards().index(1).string()}).status == 0);
}

TEST_CASE("what is new in any shard is told once, to each reader of a cluster", "[cluster]") {
  const TempFolder folder;
  const auto index = [&](int i) { return folder / ("shard" + std::to_string(i)); };
  std::string text;
  for (int i = 0; i < kShards; ++i) {
    std::filesystem::copy(shards().index(i), index(i), std::filesystem::copy_options::recursive);
    text += "[[shard]]\nname = \"s" + std::to_string(i) + "\"\nat = \"" + index(i).string() + "\"\n";
  }
  const std::string file = (folder / "c.toml").string(), other = (folder / "other.toml").string();
  write_file(file, text);
  write_file(other, text);
  const auto come = [&](int shard, const std::string& name) {
    write_file(folder / "nye" / std::to_string(shard) / (name + ".txt"), "Valget " + name + "\n\nValget ble avgjort i natt.\n");
    const Outcome made = spalte({"index", "--db", index(shard).string(), (folder / "nye" / std::to_string(shard)).string()});
    REQUIRE(made.status == 0);
  };
  const auto fresh = [](const std::string& of, const Words& more = {}) {
    Words words = {"new", "valget", "--format", "ids"};
    words.insert(words.end(), more.begin(), more.end());
    const Answer a = of_cluster(of, words);
    CHECK(a.status == (a.out.empty() ? 1 : 0));
    return lines(a.out).size();
  };
  REQUIRE(run({"save", "valget", "valg", "--db", index(1).string()}).status == 0);
  const auto all = static_cast<std::size_t>(std::stoll(of_cluster(file, {"count", "valg"}).out));
  CHECK(fresh(file, {"--keep"}) == all);
  CHECK(fresh(file) == all);
  CHECK(fresh(file) == 0);
  come(0, "a");
  come(2, "b");
  CHECK(fresh(file, {"--keep"}) == 2);
  CHECK(fresh(file) == 2);
  CHECK(fresh(file) == 0);
  CHECK(fresh(other) == all + 2);
  // A shard that is not there keeps what is new of it.
  come(0, "c");
  come(1, "d");
  std::filesystem::rename(index(0), folder / "away");
  const Answer part = of_cluster(file, {"new", "valget", "--format", "ids"});
  CHECK(part.status == 3);
  CHECK(lines(part.out).size() == 1);
  std::filesystem::rename(folder / "away", index(0));
  CHECK(fresh(file) == 1);
  // Saved anew, it has not been shown.
  REQUIRE(run({"save", "valget", "valg OR stemme", "--db", index(1).string()}).status == 0);
  CHECK(fresh(file) >= all + 4);
  write_file(file + ".seen", "{");
  CHECK(of_cluster(file, {"new", "valget"}).status == 2);
}

TEST_CASE("a shard that another analyser made is missing and named", "[cluster]") {
  const TempFolder folder;
  std::filesystem::copy(shards().index(1), folder / "other", std::filesystem::copy_options::recursive);
  for (const auto& entry : std::filesystem::directory_iterator(folder / "other"))
    if (entry.path().filename().string().starts_with("index-")) {
      Xapian::WritableDatabase articles((entry.path() / "articles").string(), Xapian::DB_OPEN);
      articles.set_metadata("analyser", "1900-01-01");
      articles.commit();
    }
  const std::string file = shards().file("analyser.toml", [&](int i) {
    return i == 1 ? (folder / "other").string() : shards().index(i).string();
  });
  const Answer a = of_cluster(file, {"count", "*"});
  CHECK(a.status == 3);
  CHECK(a.err.find("shard s1 (" + (folder / "other").string() + ") is missing") != std::string::npos);
  CHECK(a.err.find("1900-01-01") != std::string::npos);
  CHECK(of_cluster(file, {"count", "--require-all", "*"}).status == 4);
}

TEST_CASE("an article is cited from the archive that holds it", "[cluster]") {
  const std::string file = shards().local();
  for (int i = 0; i < kShards; ++i) {
    const std::string db = shards().index(i).string();
    const Words ids = lines(run({"search", "*", "--format", "ids", "-n", "2", "--db", db}).out);
    REQUIRE(ids.size() == 2);
    for (const std::string& id : ids)
      CHECK(of_cluster(file, {"cite", id}).out == run({"cite", id, "--db", db}).out);
  }
}

TEST_CASE("an answer without a shard says so, in text and in JSON, and not with status 0", "[cluster]") {
  const std::string file = shards().file("one_gone.toml", [&](int i) {
    return i == 1 ? std::string("/nowhere/at/all") : shards().index(i).string();
  });
  const Answer counted = of_cluster(file, {"count", "-q", "*"});
  CHECK(counted.status == 3);
  CHECK(counted.err.find("shard s1 (/nowhere/at/all) is missing") != std::string::npos);
  std::int64_t there = 0;
  for (int i : {0, 2}) there += std::stoll(run({"count", "*", "--db", shards().index(i).string()}).out);
  CHECK(std::stoll(counted.out) == there);
  const Answer rows = of_cluster(file, {"search", "norge", "--format", "jsonl"});
  CHECK(rows.status == 3);
  for (const std::string& line : lines(rows.out))
    CHECK(line.find("\"missing_shards\":[\"s1\"]") != std::string::npos);
  for (const Words& command : {Words{"actors", "*", "--format", "jsonl"}, {"facets", "source", "--format", "jsonl"},
                               {"quotes", "*", "--format", "jsonl"}, {"status", "--format", "jsonl"},
                               {"timeline", "*", "--format", "jsonl"}, {"compare", "norge", "kina", "--format", "jsonl"},
                               {"kwic", "norge", "--format", "jsonl"}, {"export", "*", "--format", "jsonl"}}) {
    INFO(command[0]);
    const Answer a = of_cluster(file, command);
    CHECK(a.status == 3);
    for (const std::string& line : lines(a.out))
      CHECK(line.find("\"missing_shards\":[\"s1\"]") != std::string::npos);
  }
  const Answer all = of_cluster(file, {"count", "--require-all", "*"});
  CHECK(all.status == 4);
  CHECK(all.out.empty());
  CHECK(all.err.find("s1") != std::string::npos);
}

TEST_CASE("a cluster file that cannot be meant is refused with its line", "[cluster]") {
  TempFolder folder;
  const auto refused = [&](const std::string& text, const std::string& why) {
    write_file(folder / "c.toml", text);
    const Answer a = of_cluster((folder / "c.toml").string(), {"count", "*"});
    INFO(a.err);
    CHECK(a.status == 2);
    CHECK(a.err.find(why) != std::string::npos);
  };
  refused("timeout = 5\n", "names no shard");
  refused("[[shard]]\nname = \"a\"\n", "line 1: shard a is nowhere");
  refused("[[shard]]\nnam = \"a\"\n", "did you mean `name`?");
  refused("[[shard]]\nname = \"a\"\nat = \"tcp arkiv2\"\n", "`arkiv2` is no address");
  refused("[[shard]]\nname = \"a\"\nat = \"ssh arkiv2\"\n", "names no host and folder");
  refused("[[shard]]\nname = \"a\"\nat = \"ssh -oProxyCommand=x /srv\"\n", "names no host and folder");
  for (const char* evil : {"a /srv/$(x)", "a /srv/x;y", "a /srv/a b", "a /srv/{x,y}", "a /srv/x\\ny", "a&b /srv", "a /srv\\u0000"})
    refused(std::string("[[shard]]\nname = \"a\"\nat = \"ssh ") + evil + "\"\n", "no sign of the shell's");
  refused("[[shard]]\nname = \"a\"\nat = \"ssh a /srv\"\nprogram = \"x;y\"\n", "no sign of the shell's");
  refused("[[shard]]\nname = \"a\"\nat = \"/x\"\n[[shard]]\nname = \"a\"\nat = \"/y\"\n", "two shards are called a");
  refused("timeout = 0\n", "`timeout` must be");
  const std::string twice = shards().index(0).string();
  refused("[[shard]]\nname = \"a\"\nat = \"" + twice + "\"\n[[shard]]\nname = \"b\"\nat = \"" + twice + "\"\n",
          "are the same archive");
}

}  // namespace spalte::test
