// Is everything there when an archive is split, joined or moved, and wherever that is killed?
#include "tests/support.h"

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// The test archive as one index with all that a user can add to it, and a cluster file of shards that are not there
/// yet.
struct World {
  TempFolder folder;
  fs::path articles = folder / "artikler", one = folder / "one", file = folder / "arkiv.toml";
  std::string before;

  World() {
    fs::copy(tests_folder() / "data/archive", articles, fs::copy_options::recursive);
    must({"index", "--db", one.string(), articles.string()});
    must({"save", "valget", "valg OR stortingsvalg", "--db", one.string()});
    must({"actors", "--alias", "Kina", "Midtens_rike", "--db", one.string()});
    must({"forget", "--db", one.string(), ids("sauene OR sau", {"--db", one.string()})[0]});
    write_file(folder / "egne.toml",
               "[[topic]]\nid = \"x:kyst\"\nnb = \"kystkultur\"\nstrong = [\"fyrvokter\", \"rorbu\"]\n");
    must({"topics", "--import", (folder / "egne.toml").string(), "--db", one.string()});
    before = answers({"--db", one.string()});
    cluster({"a", "b", "c"});
  }

  static Outcome must(const Words& words, const std::map<std::string, std::string>& environment = {}) {
    const Outcome o = spalte(words, {.environment = environment});
    INFO(words[0] << ": " << o.out << o.err);
    REQUIRE(o.status == 0);
    return o;
  }
  static Words ids(const std::string& query, const Words& where) {
    Words words = {"search", query, "-n", "0", "--format", "ids", "--versions", "all"};
    words.insert(words.end(), where.begin(), where.end());
    return lines(spalte(words).out);
  }
  Words at_cluster() const { return {"--cluster", file.string()}; }
  Words at_one() const { return {"--db", one.string()}; }

  void cluster(const Words& names, const std::string& head = "# mine\n") const {
    std::string text = head;
    for (const std::string& name : names)
      text += "\n[[shard]]\nname = \"" + name + "\"  # " + name + "\nat = \"" + (folder / name).string() + "\"\n";
    write_file(file, text);
  }
  static std::string answers(const Words& where) {
    std::string out;
    const auto ask = [&](Words words) {
      for (const std::string& w : words) out += w + " ";
      words.insert(words.begin() + 1, where.begin(), where.end());
      const Outcome o = spalte(words);
      out += "→ " + std::to_string(o.status) + "\n" + o.out + o.err;
    };
    for (const char* query :
         {"*", "statsminister", "aktør:Midtens_rike", "query:valget", "aktør:Bråthen", "emne:politikk"})
      ask({"search", query, "-n", "0", "--format", "csv", "--fields", "id,date,source,title,versions,dup", "--versions",
           "all", "--sort", "date"});
    ask({"timeline", "*", "--format", "csv"});
    ask({"facets", "source,year", "--format", "csv"});
    ask({"actors", "--format", "csv", "--top", "0"});
    ask({"topics", "--format", "csv"});
    ask({"dups", "-n", "0", "--format", "csv"});
    ask({"save"});
    return out;
  }
  void check_sound(const Words& names) const {
    for (const std::string& name : names) {
      const Outcome sound = spalte({"check", "--db", (folder / name).string()});
      INFO(name << ": " << sound.out << sound.err);
      CHECK(sound.status == 0);
    }
  }
  /// Nothing is read again, and what was forgotten stays out.
  void check_index_unchanged(const Words& where) const {
    Words words = {"index", articles.string()};
    words.insert(words.end(), where.begin(), where.end());
    CHECK_THAT(must(words).out, Catch::StartsWith("indexed 0, unchanged"));
    words.push_back("--full");
    must(words);
    CHECK(first_difference(answers(where), before) == "");
  }
};

Words split_words(const World& w, const Words& more = {}) {
  Words words = {"shard", "split", w.one.string(), "--cluster", w.file.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("an archive is split by the rule and joined again, with all that its user decided", "[reshard]") {
  const World w;
  const Outcome split = World::must(split_words(w));
  CHECK_THAT(split.err, Catch::Contains("is as it was"));
  CHECK(first_difference(World::answers(w.at_one()), w.before) == "");
  CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
  World::must(split_words(w, {"--remove"}));
  CHECK(!fs::exists(w.one));
  w.check_sound({"a", "b", "c"});
  CHECK(read_file(w.folder / "b/topics.toml") == read_file(w.folder / "a/topics.toml"));
  w.check_index_unchanged(w.at_cluster());

  World::must({"shard", "merge", (w.folder / "a").string(), (w.folder / "b").string(), (w.folder / "c").string(),
               "--db", w.one.string(), "--remove"});
  CHECK(!fs::exists(w.folder / "b"));
  w.check_sound({"one"});
  CHECK(first_difference(World::answers(w.at_one()), w.before) == "");
  w.check_index_unchanged(w.at_one());
}

TEST_CASE("shards that come, go or follow another rule take what is theirs", "[reshard]") {
  const World w;
  World::must(split_words(w, {"--remove"}));
  const auto routed = [&](const Words& names, const std::string& head) {
    w.cluster(names, head);
    const Outcome refused = spalte({"index", "--cluster", w.file.string(), w.articles.string()});
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err, Catch::Contains("shard route"));
    World::must({"shard", "route", "--cluster", w.file.string()});
    w.check_sound(names);
    CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
    CHECK_THAT(World::must({"shard", "route", "--cluster", w.file.string()}).out, Catch::StartsWith("moved 0,"));
    w.check_index_unchanged(w.at_cluster());
  };
  routed({"a", "b", "c", "d"}, "# mine\n");
  routed({"a", "b", "c", "d"}, "route = \"year\"\n");
  routed({"d", "b", "c", "a"},
         "[[shard]]\nname = \"old\"\ndates = \"..2010\"\nat = \"" + (w.folder / "old").string() + "\"\n");
}

TEST_CASE("killed at any step of a split: nothing is lost, and doing it again ends it", "[reshard]") {
  const World w;
  fs::copy(w.one, w.folder / "saved", fs::copy_options::recursive);
  int killed = 0;
  for (const char* step :
       {"shard-copied:1", "shard-copied:2", "shard-copied:3", "before-relations-commit:2", "before-index-commit:1",
        "between-index-commits:2", "between-stores:3", "shard-verified", "shard-removing", "shard-renamed"}) {
    INFO(step);
    for (const char* name : {"one", "one.removed", "a", "b", "c"}) fs::remove_all(w.folder / name);
    fs::copy(w.folder / "saved", w.one, fs::copy_options::recursive);
    const Outcome run = spalte(split_words(w, {"--remove"}), {.environment = {{"SPALTE_DIE_AT", step}}});
    INFO(run.err);
    REQUIRE(run.status == 128 + SIGKILL);
    ++killed;
    if (std::string_view(step) == "shard-renamed") {
      CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
    } else {
      CHECK(first_difference(World::answers(w.at_one()), w.before) == "");
    }
    World::must(split_words(w, {"--remove"}));
    CHECK(!fs::exists(w.one));
    CHECK(!fs::exists(w.folder / "one.removed"));
    w.check_sound({"a", "b", "c"});
    CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
  }
  CHECK(killed == 10);
}

TEST_CASE("killed at any step of a routing: every article is in one shard at least", "[reshard]") {
  const World w;
  World::must(split_words(w, {"--remove"}));
  const Words all = World::ids("*", w.at_cluster());
  const Words names = {"a", "b", "c", "d"};
  fs::create_directories(w.folder / "saved");
  for (const char* name : {"a", "b", "c"})
    fs::copy(w.folder / name, w.folder / "saved" / name, fs::copy_options::recursive);
  w.cluster(names);
  const Words route = {"shard", "route", "--cluster", w.file.string()};
  int killed = 0;
  for (const char* step :
       {"shard-copied:1", "shard-copied:4", "before-index-commit:1", "between-stores:1", "shard-verified",
        "shard-dropped:1", "shard-dropped:3", "between-index-commits:2", "between-stores:2", "between-stores:3"}) {
    INFO(step);
    for (const std::string& name : names) {
      fs::remove_all(w.folder / name);
      if (name != "d") fs::copy(w.folder / "saved" / name, w.folder / name, fs::copy_options::recursive);
    }
    const Outcome run = spalte(route, {.environment = {{"SPALTE_DIE_AT", step}}});
    INFO(run.err);
    REQUIRE(run.status == 128 + SIGKILL);
    ++killed;
    std::string held;
    for (const std::string& name : names)
      for (const std::string& id : World::ids("*", {"--db", (w.folder / name).string()})) held += id + "\n";
    for (const std::string& id : all) CHECK(held.find(id + "\n") != std::string::npos);
    World::must(route);
    w.check_sound(names);
    CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
  }
  CHECK(killed == 10);
}

TEST_CASE("a shard moves to another folder, and the cluster file says so and nothing else new", "[reshard]") {
  const World w;
  World::must(split_words(w, {"--remove"}));
  const std::string file = read_file(w.file);
  const Words move = {"shard", "move", "b", (w.folder / "ny disk/b").string(), "--cluster", w.file.string()};
  for (const char* step : {"shard-copied", "shard-placed", "shard-switched", "shard-renamed"}) {
    INFO(step);
    const TempFolder saved;
    fs::copy(w.folder.path(), saved / "all", fs::copy_options::recursive);
    REQUIRE(spalte(move, {.environment = {{"SPALTE_DIE_AT", step}}}).status == 128 + SIGKILL);
    CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
    World::must(move);
    CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
    fs::remove_all(w.folder / "ny disk");
    fs::remove_all(w.folder / "b");
    fs::remove_all(w.folder / "b.removed");
    fs::copy(saved / "all/b", w.folder / "b", fs::copy_options::recursive);
    write_file(w.file, file);
  }
  World::must(move);
  CHECK(!fs::exists(w.folder / "b"));
  std::string wanted = file;
  const std::string old = (w.folder / "b").string() + "\"";
  wanted.replace(wanted.find(old), old.size(), (w.folder / "ny disk/b").string() + "\"");
  CHECK(read_file(w.file) == wanted);
  CHECK(first_difference(World::answers(w.at_cluster()), w.before) == "");
  // Without a cluster, and onto something that is there.
  World::must({"shard", "move", (w.folder / "a").string(), (w.folder / "a2").string()});
  const Outcome onto = spalte({"shard", "move", (w.folder / "a2").string(), (w.folder / "c").string()});
  CHECK(onto.status == 2);
  CHECK_THAT(onto.err, Catch::Contains("holds something already"));
  CHECK(fs::exists(w.folder / "a2/catalogue.sqlite"));
}

TEST_CASE("archives that hold different articles of one id are not joined", "[reshard]") {
  const TempFolder folder;
  write_file(folder / "x/artikler/sak.txt", "Ferga\n\nFerga går ikke i dag, sier rederiet til avisa.\n");
  write_file(folder / "y/artikler/sak.txt", "Laksen\n\nLaksen rømte fra merden i natt, sier røkteren.\n");
  for (const char* name : {"x", "y"})
    World::must(
        {"index", "--db", (folder / ("db" + std::string(name))).string(), (folder / name / "artikler").string()});
  const Outcome merged = spalte({"shard", "merge", (folder / "dbx").string(), (folder / "dby").string(), "--db",
                                 (folder / "both").string(), "--remove"});
  CHECK(merged.status == 2);
  CHECK_THAT(merged.err, Catch::Contains("1 articles have an id that another article has"));
  CHECK(fs::exists(folder / "dbx/catalogue.sqlite"));
  CHECK(spalte({"count", "laks", "--db", (folder / "dby").string()}).out == "1\n");
}

}  // namespace spalte::test
