// Do shards that are indexed together hold what one index holds, each article once, whatever changes and whenever the
// run is killed?
#include "shards/routing.h"
#include "tests/support.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Cluster cluster_of(const std::vector<std::string>& names) {
  Cluster c;
  for (const std::string& name : names) {
    c.shards.emplace_back();
    c.shards.back().name = name;
    c.shards.back().folder = "/" + name;
  }
  return c;
}

std::string name_of(const Cluster& c, const std::string& source, const std::string& date,
                    const std::string& id = "0123") {
  const Result<Routing> routing = Routing::of(c);
  REQUIRE(routing);
  return c.shards[routing->shard_of(source, date, id)].name;
}

std::vector<std::string> months() {
  std::vector<std::string> out;
  for (int year = 1990; year < 2024; ++year)
    for (int month = 1; month <= 12; ++month)
      out.push_back(std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month));
  return out;
}

/// Articles, one index of them, and a cluster file of three shards of the same.
struct World {
  TempFolder folder;
  fs::path articles = folder / "artikler", one = folder / "one", file = folder / "arkiv.toml";

  World() { write_cluster(); }

  void write_cluster(const std::string& head = "", const std::vector<std::string>& names = {"a", "b", "c"}) const {
    std::string text = head;
    for (const std::string& name : names)
      text += "\n[[shard]]\nname = \"" + name + "\"\nat = \"" + (folder / name).string() + "\"\n";
    write_file(file, text);
  }
  /// Articles with other words are not alike: what they say is made of the last word.
  void article(const std::string& path, const std::string& date, const std::string& words,
               const std::string& more = "") const {
    const std::string last = words.substr(words.rfind(' ') + 1);
    std::string text = words + ".";
    for (int i = 0; i < 8; ++i) text += " " + last + std::to_string(i);
    write_file(articles / path,
               "Tittel: " + words + "\nKilde: Havnebladet\nDato: " + date + "\n" + more + "\n\n" + text + ".\n");
  }
  Words index_words(Words more = {}) const {
    Words words = {"index", "--cluster", file.string(), "--jobs", "2", articles.string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Outcome index(Words more = {}) const { return spalte(index_words(std::move(more))); }
  /// Both, and they must agree; without `relations` but for near-duplicates, which articles of one shard alone can be.
  void index_both(Words more = {}, bool relations = true) const {
    Words words = {"index", "--db", one.string(), articles.string()};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(spalte(words).status == 0);
    const Outcome many = index(std::move(more));
    INFO(many.err);
    REQUIRE(many.status == 0);
    check_same(relations);
  }
  /// What the cluster, or the one index, answers to many questions.
  std::string answers(const Words& where, bool relations = true) const {
    std::string out;
    const auto ask = [&](Words words) {
      for (const std::string& w : words) out += w + " ";
      words.insert(words.begin() + 1, where.begin(), where.end());
      const Outcome o = spalte(words);
      out += "→ " + std::to_string(o.status) + "\n" + o.out + o.err;
    };
    for (const char* query :
         {"*", "statsminister", "ferge OR ferje", "aktør:Bråthen", "kilde:Havnebladet", "dato:2010.."})
      ask({"search", query, "-n", "0", "--format", "csv", "--fields",
           relations ? "id,date,source,title,versions,dup" : "id,date,source,title", "--versions", "all"});
    ask({"timeline", "*", "--format", "csv"});
    ask({"facets", "source,year", "--format", "csv"});
    ask({"actors", "--format", "csv", "--top", "0"});
    if (relations) ask({"dups", "-n", "0", "--format", "csv"});
    return out;
  }
  void check_same(bool relations = true) const {
    CHECK(first_difference(answers({"--cluster", file.string()}, relations),
                           answers({"--db", one.string()}, relations)) == "");
  }
  /// The shards that hold it.
  std::set<std::string> shards_with(const std::string& query) const {
    std::set<std::string> out;
    for (const char* name : {"a", "b", "c"})
      if (fs::exists(folder / name) &&
          spalte({"count", "--db", (folder / name).string(), "--versions", "all", query}).out != "0\n")
        out.insert(name);
    return out;
  }
  /// Ids of all articles, one shard after another: one that two shards hold stands there twice.
  Words ids() const {
    Words out;
    for (const char* name : {"a", "b", "c"})
      for (const std::string& id : lines(spalte({"search", "*", "-n", "0", "--format", "ids", "--versions", "all",
                                                 "--db", (folder / name).string()})
                                             .out))
        out.push_back(id);
    return out;
  }
  void check_sound() const {
    for (const char* name : {"a", "b", "c"}) {
      const Outcome sound = spalte({"check", "--db", (folder / name).string()});
      INFO(name << ": " << sound.out << sound.err);
      CHECK(sound.status == 0);
    }
  }
};

/// Two months that three shards a, b and c keep in different ones.
std::pair<std::string, std::string> months_apart() {
  const Cluster c = cluster_of({"a", "b", "c"});
  const std::string first = "2011-01";
  for (const std::string& m : months())
    if (name_of(c, "", m) != name_of(c, "", first)) return {first, m};
  return {};
}

}  // namespace

TEST_CASE("an article's shard is a function of the rule and the names", "[routing]") {
  const Cluster abc = cluster_of({"a", "b", "c"}), cab = cluster_of({"c", "a", "b"});
  CHECK(Routing::of(abc)->text() == Routing::of(cab)->text());
  std::map<std::string, int> of_shard;
  for (const std::string& m : months()) {
    CHECK(name_of(abc, "Fjordposten", m + "-03") == name_of(cab, "Fjordposten", m + "-28T12:00"));
    // Copies of a story by several papers meet.
    CHECK(name_of(abc, "Fjordposten", m) == name_of(abc, "Havnebladet", m));
    ++of_shard[name_of(abc, "", m)];
    // A further shard takes from the others, and moves nothing between them.
    const std::string after = name_of(cluster_of({"a", "b", "c", "d"}), "", m);
    CHECK((after == "d" || after == name_of(abc, "", m)));
  }
  for (const auto& [name, n] : of_shard) CHECK(n > 408 / 3 * .7);

  Cluster halved = cluster_of({"a", "b", "c1", "c2"});
  halved.shards[2].group = halved.shards[3].group = "c";
  for (const std::string& m : months()) {
    const std::string before = name_of(abc, "", m), after = name_of(halved, "", m);
    CHECK((before == "c" ? after == "c1" || after == "c2" : after == before));
  }
}

TEST_CASE("undated articles are shared out by their ids, earlier versions with the newest", "[routing]") {
  const Cluster abc = cluster_of({"a", "b", "c"});
  std::map<std::string, int> of_shard;
  for (int i = 0; i < 900; ++i) {
    const std::string id = "id" + std::to_string(i), shard = name_of(abc, "Fjordposten", "", id);
    ++of_shard[shard];
    CHECK(name_of(abc, "Fjordposten", "", id + "@2") == shard);
    CHECK(name_of(abc, "Fjordposten", "2011-01-05", id) == name_of(abc, "", "2011-01"));
  }
  REQUIRE(of_shard.size() == 3);
  for (const auto& [name, n] : of_shard) CHECK(n > 300 * .8);
  Cluster by_source = abc;
  by_source.route = Route::source;
  CHECK(name_of(by_source, "Fjordposten", "", "x") == name_of(by_source, "Fjordposten", "2011", "y"));
}

TEST_CASE("conditions come before the hash, and something must take the rest", "[routing]") {
  Cluster c = cluster_of({"old", "sport", "rest"});
  c.shards[0].dates = {true, "", "2009"};
  c.shards[1].sources = {"Sportsbladet"};
  CHECK(name_of(c, "Fjordposten", "1998-03-01") == "old");
  CHECK(name_of(c, "Fjordposten", "2009-12-31T23:59") == "old");
  CHECK(name_of(c, "Fjordposten", "2010-01-01") == "rest");
  CHECK(name_of(c, "Sportsbladet", "2010-01-01") == "sport");
  CHECK(name_of(c, "Fjordposten", "") == "rest");
  c.shards[2].dates = {true, "2010", ""};
  CHECK(!Routing::of(c));
  c = cluster_of({"a", "b", "c", "d"});
  c.route = Route::source;
  CHECK(name_of(c, "Fjordposten", "1998") == name_of(c, "Fjordposten", "2020"));
}

TEST_CASE("three shards that are indexed together hold what one index holds", "[cluster_index]") {
  World w;
  fs::copy(tests_folder() / "data/archive", w.articles, fs::copy_options::recursive);
  w.index_both();
  CHECK(w.shards_with("*").size() == 3);
  // Again: nothing is read.
  const Outcome again = w.index();
  CHECK_THAT(again.out, Catch::StartsWith("indexed 0, unchanged"));
  const Outcome plain = spalte({"index", "--db", w.one.string(), w.articles.string()});
  CHECK(again.out == plain.out);
  CHECK(again.err == plain.err);
  // A part of a known root, a file that moves, one that goes, one that comes.
  fs::rename(w.articles / "havnebladet/2018", w.articles / "havnebladet/2018b");
  fs::remove(w.articles / "fjordposten/2003/03/irak.txt");
  w.article("havnebladet/ny/sak.txt", "2016-04-01", "Ny sak om ferjer");
  w.index_both();
  w.index_both({"--full"});
  w.check_sound();
}

TEST_CASE("a run of many articles goes to the shards in bulk", "[cluster_index]") {
  World w;
  write_articles(w.articles, 5200, 3);
  w.index_both({}, false);
  CHECK(w.shards_with("*").size() == 3);
  w.check_sound();
}

TEST_CASE("an article whose month changes moves to its shard, with what it said before", "[cluster_index]") {
  const auto [first, second] = months_apart();
  World w;
  w.article("sak.txt", first + "-02", "Ferga grunnstøtte", "URL: https://havnebladet.example/nyhet/ferga");
  w.article("annen.txt", second + "-02", "Laksen rømte");
  w.index_both();
  const auto before = w.shards_with("ferga");
  w.article("sak.txt", second + "-05", "Ferga igjen grunnstøtte", "URL: https://havnebladet.example/nyhet/ferga");
  w.index_both();
  const auto after = w.shards_with("ferga");
  CHECK(before.size() == 1);
  CHECK(after.size() == 1);
  CHECK(before != after);
  CHECK(spalte({"count", "--cluster", w.file.string(), "--versions", "all", "ferga"}).out == "2\n");
  w.check_sound();
}

TEST_CASE("two files give one article in different months: the later one is shown, and the other when that goes",
          "[cluster_index]") {
  const auto [first, second] = months_apart();
  World w;
  w.article("b.txt", first + "-02", "Ferga grunnstøtte", "ID: sak-1");
  w.article("d.txt", second + "-02", "Ferga grunnstøtte ikke", "ID: sak-1");
  w.index_both();
  // One that comes later and counts more than the one that is shown.
  w.article("a.txt", second + "-03", "Ferga er flott", "ID: sak-1");
  w.index_both();
  CHECK(spalte({"count", "--cluster", w.file.string(), "id:sak-1"}).out == "1\n");
  fs::remove(w.articles / "a.txt");
  w.index_both();
  CHECK(spalte({"count", "--cluster", w.file.string(), "grunnstøtte"}).out == "1\n");
  fs::remove(w.articles / "b.txt");
  w.index_both();
  CHECK(spalte({"count", "--cluster", w.file.string(), "ikke"}).out == "1\n");
  w.check_sound();
}

TEST_CASE("copies of a story by several papers meet in a shard by month, and are one hit", "[cluster_index]") {
  const auto [first, second] = months_apart();
  const std::string story =
      "Ferga Vågsund grunnstøtte ved Havnøy i natt med hundre mennesker om bord, og alle ble reddet i land av "
      "redningsskøyta før det lysnet. Kapteinen sier at roret sviktet i den kraftige strømmen under brua. Rederiet "
      "beklager, og setter inn buss for dem som skal til byen i dag og i morgen. Politiet avhører mannskapet.\n";
  World w;
  int papers = 0;
  for (const char* paper : {"Havnebladet", "Fjordposten", "Dalatidende", "Morgenbudet"}) {
    for (const std::string& month : {first, second})
      write_file(w.articles / paper / (month + ".txt"),
                 "Tittel: Ferge på grunn\nKilde: " + std::string(paper) + "\nDato: " + month + "-14\n\n" +
                     (month == first ? story
                                     : "Laksen rømte. " + story.substr(0, 90) +
                                           " Slik var det den gangen, "
                                           "mens laks for en million kroner svømmer fritt i fjorden etter at en not "
                                           "røk under arbeid.\n"));
    ++papers;
  }
  w.index_both();
  CHECK(w.shards_with("redningsskøyta dato:" + first).size() == 1);
  const Outcome shown = spalte({"search", "redningsskøyta dato:" + first, "--cluster", w.file.string()});
  CHECK_THAT(shown.out, Catch::Contains(std::to_string(papers - 1)));
  const auto hits = [&](const std::string& query) {
    return lines(spalte({"search", query, "--cluster", w.file.string(), "--collapse", "dup", "--format", "ids"}).out)
        .size();
  };
  CHECK(hits("redningsskøyta") == 1);
  CHECK(hits("laks") == 1);
  // The price: the same text on both sides of the end of a month is two hits. By year it is one.
  write_file(w.articles / "sent.txt",
             "Tittel: Ferge på grunn\nKilde: Søndagsbladet\nDato: " + second + "-01\n\n" + story);
  REQUIRE(w.index().status == 0);
  CHECK(hits("redningsskøyta") == 2);
}

TEST_CASE("what was forgotten stays out of every shard", "[cluster_index]") {
  const auto [first, second] = months_apart();
  World w;
  w.article("sak.txt", first + "-02", "Ferga grunnstøtte");
  w.article("annen.txt", second + "-02", "Laksen rømte");
  REQUIRE(w.index().status == 0);
  const std::string shard = *w.shards_with("ferga").begin();
  const std::string id =
      lines(spalte({"search", "--db", (w.folder / shard).string(), "ferga", "--format", "ids"}).out)[0];
  REQUIRE(spalte({"forget", "--db", (w.folder / shard).string(), id}).status == 0);
  w.article("sak.txt", second + "-02", "Ferga grunnstøtte");
  REQUIRE(w.index().status == 0);
  CHECK(w.shards_with("ferga").empty());
}

TEST_CASE("killed at any step of a move: in one shard at least, and the next run leaves it in one", "[cluster_index]") {
  const auto [first, second] = months_apart();
  World w;
  const auto url = [](int i) { return "URL: https://havnebladet.example/sak/" + std::to_string(i); };
  const auto number = [](int i) { return "zork" + std::string(1, static_cast<char>('a' + i)); };
  for (int i = 0; i < 8; ++i)
    w.article(number(i) + ".txt", (i % 2 == 0 ? first : second) + "-02", "Ferga grunnstøtte " + number(i), url(i));
  w.article("to/b.txt", first + "-02", "Skuta gikk ned", "ID: sak-1");
  w.index_both();
  for (const char* name : {"a", "b", "c"}) {
    fs::create_directories(w.folder / "saved");
    fs::copy(w.folder / name, w.folder / "saved" / name, fs::copy_options::recursive);
  }
  for (int i = 0; i < 8; i += 3)
    w.article(number(i) + ".txt", (i % 2 == 0 ? second : first) + "-05", "Ferga grunnstøtte igjen " + number(i),
              url(i));
  w.article("to/a.txt", second + "-02", "Skuta gikk ned", "ID: sak-1");
  REQUIRE(spalte({"index", "--db", w.one.string(), w.articles.string()}).status == 0);
  const std::string wanted = w.answers({"--db", w.one.string()});
  const Words before = w.ids();
  int killed = 0;
  for (const char* step : {"before-catalogue-commit", "before-relations-commit", "before-index-commit",
                           "between-index-commits", "between-stores", "between-shards", "before-leaving-commit"})
    for (int pass = 1; pass <= 6; ++pass) {
      for (const char* name : {"a", "b", "c"}) {
        fs::remove_all(w.folder / name);
        fs::copy(w.folder / "saved" / name, w.folder / name, fs::copy_options::recursive);
      }
      INFO(step << ", " << pass);
      const Outcome run =
          spalte(w.index_words(), {.environment = {{"SPALTE_DIE_AT", std::string(step) + ":" + std::to_string(pass)}}});
      if (run.status == 0) break;
      REQUIRE(run.status == 128 + SIGKILL);
      ++killed;
      const Words held = w.ids();
      for (const std::string& id : before) CHECK(std::find(held.begin(), held.end(), id) != held.end());
      const Outcome next = w.index();
      INFO(next.err);
      REQUIRE(next.status == 0);
      const Words after = w.ids();
      CHECK(std::set<std::string>(after.begin(), after.end()).size() == after.size());
      CHECK(first_difference(w.answers({"--cluster", w.file.string()}), wanted) == "");
      w.check_sound();
    }
  CHECK(killed >= 15);
}

TEST_CASE("what cannot be written, or was shared out otherwise, is refused with what to do", "[cluster_index]") {
  World w;
  w.article("sak.txt", "2011-01-02", "Ferga grunnstøtte");
  REQUIRE(w.index().status == 0);
  w.write_cluster("route = \"source\"\n");
  const Outcome other = w.index();
  CHECK(other.status == 2);
  CHECK_THAT(other.err, Catch::Contains("shared out by another rule: by month, undated ones by their ids; a; b; c"));
  w.write_cluster();
  write_file(w.file, read_file(w.file) + "\n[[shard]]\nname = \"d\"\nat = \"tcp arkiv2:7700\"\n");
  const Outcome remote = w.index();
  CHECK(remote.status == 2);
  CHECK_THAT(remote.err, Catch::Contains("shard d (tcp arkiv2:7700) can only be read from here"));
  CHECK_THAT(remote.err, Catch::Contains("on the machine where it lies"));
  w.write_cluster("route = \"week\"\n");
  CHECK_THAT(w.index().err, Catch::Contains("line 1: `route` must be month"));
  // To say what would be done makes nothing.
  w.write_cluster("", {"x", "y"});
  const Outcome would = w.index({"--dry-run"});
  CHECK(would.status == 0);
  CHECK(lines(would.out)[0] == "index\t" + (w.articles / "sak.txt").string());
  CHECK(!fs::exists(w.folder / "x"));
}

}  // namespace spalte::test
