// What if the program's own data is cut short or damaged: lexicon, models, topics?
#include "tests/support.h"

#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

Outcome annotate(const fs::path& data, const fs::path& article) {
  return spalte({"annotate", "--format", "jsonl", article.string()}, {.environment = {{"SPALTE_DATA", data.string()}}});
}

}  // namespace

TEST_CASE("a truncated or torn file of the program's own: status 2, which file, what to do; never a crash") {
  const TempFolder folder;
  const fs::path whole = std::getenv("SPALTE_DATA"), data = folder / "data", article = folder / "sak.txt";
  write_file(article, "Sak\n\nStatsminister Torstein Bråthen sier at Kina er stort.\n");
  fs::create_directories(data);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(whole)) {
    if (!entry.is_regular_file()) continue;
    files.push_back(entry.path().filename());
    fs::create_symlink(entry.path(), data / files.back());
  }
  REQUIRE(annotate(data, article).status == 0);
  int damaged = 0;
  for (const fs::path& name : files) {
    const std::string bytes = read_file(whole / name);
    const auto with = [&](const std::string& content, bool must_fail) {
      fs::remove(data / name);
      write_file(data / name, content);
      const Outcome o = annotate(data, article);
      INFO(name << " of " << content.size() << " bytes instead of " << bytes.size() << ": " << o.err);
      CHECK(o.status < 128);
      if (must_fail) {
        ++damaged;
        CHECK(o.status == 2);
        CHECK_THAT(o.err, Catch::Contains(name.string()));
      }
    };
    const bool text = name.extension() == ".toml";
    for (const double share : {0.0, 0.001, 0.3, 0.9, 0.9999})
      with(bytes.substr(0, static_cast<std::size_t>(share * static_cast<double>(bytes.size()))), !text);
    for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{17}, bytes.size() / 2, bytes.size() - 5}) {
      std::string torn = bytes;
      for (std::size_t i = at; i < std::min(at + 64, torn.size()); ++i) torn[i] = static_cast<char>(~torn[i]);
      with(torn, at == 0 && !text);
    }
    fs::remove(data / name);
    fs::create_symlink(whole / name, data / name);
  }
  CHECK(damaged >= 12);
  REQUIRE(annotate(data, article).status == 0);
}

TEST_CASE("a damaged topics file of the archive's own: which file, what to do, and what was indexed stays") {
  const TempFolder folder;
  const fs::path articles = folder / "artikler", db = folder / "db", own = folder / "mine.toml";
  write_file(articles / "sak.txt", "Hemmelig\n\nKaptein Tangvik trakk seg.\n");
  REQUIRE(spalte({"index", "--db", db.string(), articles.string()}).status == 0);
  write_file(own, "[[topic]]\nid = \"x:kyst\"\nnb = \"kystkultur\"\nstrong = [\"kaptein\", \"hemmelig\"]\n");
  REQUIRE(spalte({"topics", "--db", db.string(), "--import", own.string()}).status == 0);
  REQUIRE(spalte({"rebuild", "--db", db.string(), "--annotate"}).status == 0);
  CHECK(spalte({"count", "--db", db.string(), "emne:kystkultur"}).out == "1\n");
  const std::string whole = read_file(db / "topics.toml");
  for (const std::string& damaged : {whole.substr(0, whole.size() / 2), std::string("\0\xff\x01", 3), std::string("[[topic]]\n")}) {
    write_file(db / "topics.toml", damaged);
    write_file(articles / "ny.txt", "Hemmelig\n\nKaptein nummer " + std::to_string(damaged.size()) + ".\n");
    const Outcome o = spalte({"index", "--db", db.string(), articles.string()});
    INFO(o.err);
    CHECK(o.status == 2);
    CHECK_THAT(o.err, Catch::Contains("topics.toml"));
    CHECK(spalte({"count", "--db", db.string(), "Tangvik"}).out == "1\n");
  }
  write_file(db / "topics.toml", whole);
  CHECK(spalte({"index", "--db", db.string(), articles.string()}).status == 0);
  CHECK(spalte({"count", "--db", db.string(), "emne:kystkultur"}).out == "2\n");
}

}  // namespace spalte::test
