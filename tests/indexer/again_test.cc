// Does indexing again do only what is needed, and end as a clean build would?
#include "tests/support.h"

#include <string>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

struct Work {
  TempFolder folder;
  std::filesystem::path a = folder / "a", b = folder / "b", db = folder / "db";

  Work() {
    write_file(a / "ferge.txt", "Ferga står\n\nFerga ligger til kai i Vågsund.\n");
    write_file(a / "2017/03/laks.txt", "Laksen rømmer\n\nOppdrett i Dalafjorden.\n");
    write_file(b / "vedtak.txt", "Vedtak i tinget\n\nOrdføreren er fornøyd.\n");
  }

  Outcome index(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"index", "--db", db.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spalte(arguments);
  }
  std::string summary(std::vector<std::string> more) const {
    const Outcome o = index(std::move(more));
    INFO(o.err);
    CHECK(o.status == 0);
    return o.out;
  }
  std::string count(const std::string& query) const { return spalte({"count", "--db", db.string(), query}).out; }
  std::string id(const std::string& query) const {
    return spalte({"search", "--db", db.string(), query, "--format", "ids"}).out;
  }
};

}  // namespace

TEST_CASE("nothing changed: nothing read") {
  const Work w;
  CHECK_THAT(w.summary({w.a.string()}), Catch::StartsWith("indexed 2, unchanged 0"));
  CHECK_THAT(w.summary({w.a.string()}), Catch::StartsWith("indexed 0, unchanged 2"));
  // A new time with the same bytes is no change.
  std::filesystem::last_write_time(w.a / "ferge.txt", std::filesystem::file_time_type::clock::now());
  CHECK_THAT(w.summary({w.a.string()}), Catch::StartsWith("indexed 0, unchanged 2"));
  CHECK_THAT(w.summary({"--full", w.a.string()}), Catch::Contains("2"));
}

TEST_CASE("new, changed, moved and gone files") {
  const Work w;
  w.summary({w.a.string()});
  const std::string laks = w.id("laks");
  write_file(w.a / "ny.txt", "Nytt\n\nNoe helt nytt om strøm.\n");
  write_file(w.a / "ferge.txt", "Ferga går igjen\n\nFerga er i rute, sier rederiet.\n");
  std::filesystem::create_directories(w.a / "2018/01");
  std::filesystem::rename(w.a / "2017/03/laks.txt", w.a / "2018/01/laks.txt");
  w.summary({w.a.string()});
  CHECK(w.count("strøm") == "1\n");
  CHECK(w.count("kai") == "0\n");
  CHECK(w.count("rederiet") == "1\n");
  CHECK(w.id("laks") == laks);
  CHECK(w.count("path:2018 laks") == "1\n");
  std::filesystem::remove(w.a / "ny.txt");
  CHECK_THAT(w.summary({w.a.string()}), Catch::Contains("gone 1"));
  CHECK(w.count("strøm") == "0\n");
  CHECK(w.count("*") == "2\n");
}

TEST_CASE("what is gone is judged per root, and a missing or empty root drops nothing") {
  const Work w;
  w.summary({w.a.string(), w.b.string()});
  CHECK(w.count("*") == "3\n");
  w.summary({w.b.string()});
  CHECK(w.count("*") == "3\n");
  std::filesystem::rename(w.a, w.folder / "borte");
  const Outcome missing = w.index({w.a.string()});
  CHECK_THAT(missing.err + missing.out, Catch::Contains(w.a.string()));
  CHECK(w.count("*") == "3\n");
  std::filesystem::create_directory(w.a);
  const Outcome empty = w.index({w.a.string()});
  CHECK_THAT(empty.err + empty.out, Catch::Contains("empty"));
  CHECK(w.count("*") == "3\n");
  w.index({"--forget-missing", w.a.string()});
  CHECK(w.count("*") == "1\n");
}

TEST_CASE("one article in two files is one, the same whichever was read first, and stays while one of them is there") {
  const Work w;
  const auto item = [](const std::string& headline, const std::string& more = "") {
    return R"({"uri":"urn:x:1","type":"text","headline":")" + headline + R"(","body_text":"Brøytebilen kom fram."})" +
           more;
  };
  write_file(w.a / "en.json", item("Første"));
  write_file(w.a / "to.json", item("Andre"));
  const auto shown = [&] {
    return spalte({"search", "--db", w.db.string(), "--format", "csv", "--fields", "title", "brøytebil"}).out;
  };
  const std::string said = w.summary({w.a.string()});
  INFO(said);
  CHECK(w.count("brøytebil") == "1\n");
  CHECK_THAT(shown(), Catch::Contains("Første"));
  std::filesystem::remove(w.a / "en.json");
  w.summary({w.a.string()});
  CHECK(w.count("brøytebil") == "1\n");
  CHECK_THAT(shown(), Catch::Contains("Andre"));
  write_file(w.a / "en.json", item("Første"));
  w.summary({w.a.string()});
  CHECK_THAT(shown(), Catch::Contains("Første"));
  std::filesystem::remove(w.a / "to.json");
  w.summary({w.a.string()});
  CHECK_THAT(shown(), Catch::Contains("Første"));
  // A file that no longer holds it lets the other be seen, too.
  write_file(w.a / "to.json", item("Andre"));
  w.summary({w.a.string()});
  write_file(w.a / "en.json",
             R"({"uri":"urn:x:2","type":"text","headline":"Noe annet","body_text":"Helt annen tekst."})");
  w.summary({w.a.string()});
  CHECK_THAT(shown(), Catch::Contains("Andre"));
  CHECK(spalte({"check", "--db", w.db.string()}).status == 0);
}

TEST_CASE("a page that has changed changes the articles of its issue, whose METS file has not") {
  const Work w;
  std::filesystem::copy(tests_folder() / "data/formats/issue", w.a / "avis", std::filesystem::copy_options::recursive);
  w.summary({w.a.string()});
  CHECK(w.count("Haabet") == "1\n");
  const auto page = w.a / "avis/alto/digavis_vaagsundtidende_null_null_19200101_12_1_1_0001.xml";
  std::string text = read_file(page);
  for (std::size_t at = text.find("Haabet"); at != std::string::npos; at = text.find("Haabet")) text.replace(at, 6, "Maagen");
  write_file(page, text);
  w.summary({w.a.string()});
  CHECK(w.count("Haabet") == "0\n");
  CHECK(w.count("Maagen") == "1\n");
  CHECK(w.count("*") == "4\n");
  CHECK_THAT(w.summary({w.a.string()}), Catch::StartsWith("indexed 0"));
}

TEST_CASE("--dry-run says what it would do and does nothing") {
  const Work w;
  const std::string would = w.summary({"--dry-run", w.a.string()});
  CHECK_THAT(would, Catch::Contains("ferge.txt") && Catch::Contains("laks.txt"));
  CHECK(spalte({"count", "--db", w.db.string(), "*"}).status == 4);
  w.summary({w.a.string()});
  std::filesystem::remove(w.a / "ferge.txt");
  CHECK_THAT(w.summary({"--dry-run", w.a.string()}), Catch::Contains("ferge.txt"));
  CHECK(w.count("ferge") == "1\n");
}

TEST_CASE("ids are the same on every machine, for any number of threads, and after a rebuild") {
  const Work w;
  write_articles(w.a, 1700, 9);
  w.summary({"--jobs", "1", w.a.string()});
  const std::string one = all_answers(w.db);
  std::filesystem::remove_all(w.db);
  w.summary({"--jobs", "4", w.a.string()});
  CHECK(first_difference(all_answers(w.db), one) == "");
  REQUIRE(spalte({"rebuild", "--db", w.db.string()}).status == 0);
  CHECK(first_difference(all_answers(w.db), one) == "");
  REQUIRE(spalte({"compact", "--db", w.db.string()}).status == 0);
  CHECK(first_difference(all_answers(w.db), one) == "");
}

TEST_CASE("articles that were forgotten stay out") {
  const Work w;
  w.summary({w.a.string()});
  const std::string id = w.id("laks");
  REQUIRE(spalte({"forget", "--db", w.db.string(), id.substr(0, id.size() - 1)}).status == 0);
  CHECK(w.count("laks") == "0\n");
  w.index({"--full", w.a.string()});
  CHECK(w.count("laks") == "0\n");
}

TEST_CASE("the index does not index itself, and a root within a root is judged on its own") {
  const Work w;
  w.summary({w.folder.path().string()});
  CHECK(w.count("*") == "3\n");
  w.summary({w.folder.path().string()});
  CHECK(w.count("*") == "3\n");
}

}  // namespace spalte::test
