// Does --watch index what changes while it runs, and does an archive outlive a drive that is not there?
#include "tests/support.h"

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <signal.h>

namespace spalte::test {
namespace {

struct Watched {
  TempFolder folder;
  std::filesystem::path texts = folder / "tekster", db = folder / "db";

  Outcome ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  /// Asks until the answer is that one; a minute at most, for slow machines.
  bool becomes(const std::string& query, const std::string& expected) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < end) {
      if (ask({"count", query}).out == expected + "\n") return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
};

}  // namespace

TEST_CASE("a folder that is watched") {
  const Watched w;
  write_file(w.texts / "ferge.txt", "Ferga ligger til kai i Vågsund.\n");
  write_file(w.texts / "2016/laks.txt", "Laksen rømmer fra oppdrett.\n");
  const pid_t process = start_spalte({"index", "--db", w.db.string(), "--watch", w.texts.string()});
  CHECK(w.becomes("*", "2"));
  // A new file, one in a new folder below a new folder, a changed one.
  write_file(w.texts / "ny.txt", "Strømmen er borte i hele byen.\n");
  CHECK(w.becomes("strøm", "1"));
  write_file(w.texts / "2017/05/skole.txt", "Skolen blir stengt, sier rektor.\n");
  CHECK(w.becomes("rektor", "1"));
  write_file(w.texts / "2017/05/skole.txt", "Skolen blir likevel ikke stengt, sier ordføreren.\n");
  CHECK(w.becomes("ordfører", "1"));
  CHECK(w.becomes("rektor", "0"));
  // Folders that are moved are followed under their new name.
  std::filesystem::rename(w.texts / "2017", w.texts / "2018");
  CHECK(w.becomes("path:2018", "1"));
  write_file(w.texts / "2018/05/vei.txt", "Veien er rast ut ved fjorden.\n");
  CHECK(w.becomes("path:2018", "2"));
  // More than is counted one by one.
  write_articles(w.texts / "mange", 1100, 5);
  CHECK(w.becomes("path:mange", "1100"));
  std::filesystem::remove_all(w.texts / "mange");
  CHECK(w.becomes("path:mange", "0"));
  std::filesystem::remove(w.texts / "ferge.txt");
  CHECK(w.becomes("*", "4"));
  // An archive that comes, is replaced by another of its name, and goes.
  const auto pack = [&](const std::string& text) {
    const auto inner = w.folder / "pakkes", packed = w.folder / "pakke.tar";
    std::filesystem::remove_all(inner);
    write_file(inner / "sak.txt", text);
    REQUIRE(std::system(("tar -C '" + inner.string() + "' -cf '" + packed.string() + "' .").c_str()) == 0);
    std::filesystem::rename(packed, w.texts / "pakke.tar");
  };
  pack("Broen er åpnet for trafikk.\n");
  CHECK(w.becomes("bro", "1"));
  pack("Tunnelen er stengt for trafikk.\n");
  CHECK(w.becomes("tunnel", "1"));
  CHECK(w.becomes("bro", "0"));
  std::filesystem::rename(w.texts / "pakke.tar", w.texts / "2018/pakke.tar");
  CHECK(w.becomes("path:2018", "3"));
  std::filesystem::remove(w.texts / "2018/pakke.tar");
  CHECK(w.becomes("tunnel", "0"));
  // What is hidden is not read.
  write_file(w.texts / ".utkast.txt", "Dette er hemmelig.\n");
  write_file(w.texts / "slutt.txt", "Det var det hele.\n");
  CHECK(w.becomes("*", "5"));
  ::kill(process, SIGINT);
  CHECK(wait_for(process) == 130);
  CHECK(w.ask({"check"}).status == 0);
  CHECK(w.ask({"index", w.texts.string()}).out.substr(0, 22) == "indexed 0, unchanged 5");
}

TEST_CASE("a drive that is not there keeps its articles, and they say so") {
  const Watched w;
  write_file(w.texts / "ferge.txt", "Ferga ligger til kai i Vågsund.\n");
  REQUIRE(w.ask({"index", w.texts.string()}).status == 0);
  const std::string id = lines(w.ask({"search", "ferge", "--format", "ids"}).out)[0];
  CHECK_THAT(w.ask({"show", id}).out, !Catch::Contains("not there"));
  std::filesystem::rename(w.texts, w.folder / "tatt ut");
  CHECK_THAT(w.ask({"index", w.texts.string()}).err, Catch::Contains("not there"));
  CHECK(w.ask({"count", "ferge"}).out == "1\n");
  CHECK_THAT(w.ask({"show", id}).out, Catch::Contains("not there") && Catch::Contains("Vågsund"));
  CHECK_THAT(w.ask({"status"}).out, Catch::Contains("not there") && Catch::Contains("1 files"));
  std::filesystem::rename(w.folder / "tatt ut", w.texts);
  CHECK_THAT(w.ask({"index", w.texts.string()}).out, Catch::StartsWith("indexed 0, unchanged 1"));
  std::filesystem::remove_all(w.texts);
  w.ask({"index", "--forget-missing", w.texts.string()});
  CHECK(w.ask({"count", "ferge"}).out == "0\n");
}

TEST_CASE("what failed is listed with its reason, and read again when asked to") {
  const Watched w;
  write_file(w.texts / "god.txt", "Ferga ligger til kai i Vågsund.\n");
  write_file(w.texts / "mappe/vond.txt", std::string("Ferga\0\x01\x02\xff\xfe\0", 11));
  const Outcome first = w.ask({"index", w.texts.string()});
  CHECK(first.status == 3);
  const Outcome status = w.ask({"status"});
  CHECK_THAT(status.out, Catch::Contains("1 failed") && Catch::Contains((w.texts / "mappe/vond.txt").string() + ": "));
  // Known already, and said again.
  CHECK(w.ask({"index", w.texts.string()}).status == 3);
  // The same bytes are read anew; what can be read now is.
  CHECK(w.ask({"index", "--retry-failed"}).status == 3);
  const auto time = std::filesystem::last_write_time(w.texts / "mappe/vond.txt");
  write_file(w.texts / "mappe/vond.txt", "Laksen er ny");
  std::filesystem::last_write_time(w.texts / "mappe/vond.txt", time);
  const Outcome again = w.ask({"index", "--retry-failed"});
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Catch::StartsWith("indexed 1, unchanged 1"));
  CHECK_THAT(w.ask({"status"}).out, Catch::Contains("0 failed"));
}

TEST_CASE("a file or folder below a root is looked at alone") {
  const Watched w;
  write_file(w.texts / "a/en.txt", "Ferga ligger til kai i Vågsund.\n");
  write_file(w.texts / "a-b/to.txt", "Laksen rømmer fra oppdrett.\n");
  write_file(w.texts / "b/tre.txt", "Strømmen er borte i hele byen.\n");
  REQUIRE(w.ask({"index", w.texts.string()}).status == 0);
  std::filesystem::remove(w.texts / "a/en.txt");
  write_file(w.texts / "a/fire.txt", "Skolen blir stengt, sier rektor.\n");
  write_file(w.texts / "b/fem.txt", "Veien er rast ut ved fjorden.\n");
  CHECK_THAT(w.ask({"index", (w.texts / "a").string()}).out, Catch::StartsWith("indexed 1, unchanged 0, gone 1"));
  CHECK(w.ask({"count", "*"}).out == "3\n");
  CHECK_THAT(w.ask({"index", (w.texts / "b/fem.txt").string()}).out, Catch::StartsWith("indexed 1, unchanged 0, gone 0"));
  CHECK_THAT(w.ask({"index", w.texts.string()}).out, Catch::StartsWith("indexed 0, unchanged 4, gone 0"));
}

}  // namespace spalte::test
