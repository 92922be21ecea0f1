// Do names and texts made to do harm do none: on the terminal, outside the folders that were named, to words?
#include "tests/own_archive.h"

#include "indexer/sources/byte_stream.h"
#include "indexer/sources/limits.h"
#include "indexer/sources/source.h"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

/// Nothing that a terminal obeys: no control characters but newlines, none that turn the line around.
bool harmless(const std::string& printed) {
  for (const char* evil : {"\u202e", "\u202d", "\u2066", "\u2067", "\u009b", "\u0085"})
    if (printed.find(evil) != std::string::npos) return false;
  return std::none_of(printed.begin(), printed.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
}

}  // namespace

TEST_CASE("names of files with newlines, escape codes and overrides are shown harmless, and found byte for byte") {
  const OwnArchive w;
  const std::vector<std::string> names = {"a\nspalte: alt er vel.txt", "b\x1b[2J\x1b]0;eid\x07.txt", "c\u202etxt.exe.txt",
                                          "d\u009b31m.txt",            "-rf.txt",                 "e\xff\xfe.txt",
                                          "$(touch ute);`x`|&.txt",    "f'\"\\.txt"};
  for (const std::string& name : names) write_file(w.articles / name, "Ferga " + name.substr(0, 1) + "\n\nFerga står.\n");
  write_file(w.articles / "g\x1b[31m.txt", std::string("Hull\0\n\n", 8));
  write_file(w.articles / "mappe\n\x1b[1m/sak.txt", "Tittel: I mappe\nDato: 32.13.2001\n\nFerga.\n");
  const Outcome indexed = w.index();
  INFO(indexed.err);
  CHECK(indexed.status == 3);
  CHECK_THAT(indexed.out, Catch::StartsWith("indexed 9, "));
  CHECK(harmless(indexed.out + indexed.err));
  const Outcome ids = w.run({"search", "ferge", "-n", "0", "--format", "ids"});
  CHECK(lines(ids.out).size() == names.size() + 1);
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"search", "ferge"},
                                                                     {"search", "ferge", "--format", "paths", "-n", "0"},
                                                                     {"status"},
                                                                     {"explain", "ferge\x1b[2J"},
                                                                     {"search", "tittel:(\x1b[2J"},
                                                                     {"search", "f\u202ee", "OR"},
                                                                     {"show", "\x1b[2J"},
                                                                     {"check"}}) {
    const Outcome o = w.run(arguments);
    INFO(arguments[0] << ": " << o.out << o.err);
    CHECK(harmless(o.out + o.err));
  }
  for (const std::string& id : lines(ids.out)) CHECK(harmless(w.run({"show", id}).out));
  // What is read by machines keeps every byte.
  const std::string paths = w.run({"search", "ferge", "-n", "0", "--format", "paths", "-0"}).out;
  for (const std::string& name : names)
    CHECK_THAT(paths, Catch::Contains((w.articles / name).string() + std::string(1, '\0')));
  CHECK_THAT(w.index().out, Catch::Contains("unchanged 9"));
  CHECK_FALSE(fs::exists("ute"));
}

TEST_CASE("a text of escape codes, right-to-left and zero-width characters: its words are found, its signs obeyed by nobody") {
  const OwnArchive w;
  write_file(w.articles / "tegn.txt",
             "Tittel: Stats\u200bminister\u202e vender\x1b[2J\nKilde: Havne\x1b[31mbladet\nForfatter: Kari\u2066 Moen\n\n"
             "\ufeffUtenriks\u00administer Torstein Br\u00e5\u200dthen sa: «Kina \u202eer\u202c stort\u200d». \u05e9\u05dc\u05d5\u05dd "
             "\u0645\u0631\u062d\u0628\u0627 ble sagt.\n");
  REQUIRE(w.index().status == 0);
  for (const char* query : {"statsminister", "utenriksminister", "\"torstein bråthen\"", "aktør:Kina", "\u05e9\u05dc\u05d5\u05dd",
                            "tittel:vender", "Stats\u200bminister"}) {
    INFO(query);
    CHECK(w.run({"count", query}).out == "1\n");
  }
  const std::string id = lines(w.run({"search", "*", "--format", "ids"}).out).at(0);
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"search", "statsminister"}, {"show", id}, {"kwic", "utenriksminister"}, {"quotes", "*"}, {"actors", "*"},
           {"facets", "kilde,forfatter"}, {"cite", id}, {"explain", "statsminister"}}) {
    const Outcome o = w.run(arguments);
    INFO(arguments[0] << ": " << o.out << o.err);
    CHECK(harmless(o.out + o.err));
  }
}

TEST_CASE("nothing outside the folder that was named is read: links, pages of a METS, devices") {
  const OwnArchive w;
  write_file(w.folder / "ute/hemmelig.txt", "Hemmelig\n\nKaptein Tangvik trakk seg.\n");
  fs::create_directories(w.articles);
  fs::create_symlink(w.folder / "ute/hemmelig.txt", w.articles / "fil.txt");
  fs::create_directory_symlink(w.folder / "ute", w.articles / "mappe");
  // A scanned issue whose pages lie elsewhere: one by a link, one below a linked folder, one by its path.
  fs::copy(tests_folder() / "data/formats/issue", w.articles / "avis", fs::copy_options::recursive);
  fs::rename(w.articles / "avis/alto", w.folder / "alto");
  SECTION("a folder that is a link") { fs::create_directory_symlink(w.folder / "alto", w.articles / "avis/alto"); }
  SECTION("files that are links") {
    fs::create_directory(w.articles / "avis/alto");
    for (const auto& page : fs::directory_iterator(w.folder / "alto"))
      fs::create_symlink(page.path(), w.articles / "avis/alto" / page.path().filename());
  }
  SECTION("paths that climb or are absolute") {
    const auto mets = fs::directory_iterator(w.articles / "avis")->path();
    std::string xml = read_file(mets);
    for (const std::string& to : {std::string("../../alto/"), w.folder.path().string() + "/alto/"}) {
      std::string evil = xml;
      for (std::size_t at = evil.find("alto/"); at != std::string::npos; at = evil.find("alto/", at + to.size()))
        evil.replace(at, 5, to);
      REQUIRE(evil != xml);
      write_file(w.articles / "avis" / ("x" + std::to_string(to.size()) + ".xml"), evil);
    }
    fs::remove(mets);
  }
  if (geteuid() == 0 && mknod((w.articles / "enhet.txt").c_str(), S_IFCHR | 0600, makedev(1, 5)) != 0)
    WARN("no device can be made here: left out");
  REQUIRE(mkfifo((w.articles / "rør.xml").c_str(), 0600) == 0);
  const Outcome o = w.index();
  INFO(o.out << o.err);
  CHECK(o.status == 3);
  // The articles' titles stand in the METS itself, their texts on the pages.
  CHECK(w.run({"count", "tittel:ordfører"}).status == 0);
  for (const char* word : {"Tangvik", "Vaagsund", "Havnø"}) CHECK(w.run({"count", word}).out == "0\n");
}

TEST_CASE("an article that points at one block of a page without end does not become as long") {
  const TempFolder folder;
  std::string words;
  while (words.size() < 200'000) words += "<String CONTENT=\"Ferga\"/><SP/>";
  write_file(folder / "side.xml", "<alto><Layout><Page ID=\"P\"><PrintSpace><TextBlock ID=\"B\"><TextLine>" + words +
                                      "</TextLine></TextBlock></PrintSpace></Page></Layout></alto>");
  std::string areas;
  for (int i = 0; i < 5000; ++i) areas += "<fptr><area FILEID=\"A\" BETYPE=\"IDREF\" BEGIN=\"B\"/></fptr>";
  const std::string mets =
      "<mets xmlns:xlink=\"x\"><fileSec><file ID=\"A\"><FLocat xlink:href=\"side.xml\"/></file></fileSec><structMap "
      "TYPE=\"LOGICAL\"><div TYPE=\"ARTICLE\" LABEL=\"Ferga\"><div TYPE=\"BODY\">" +
      areas + "</div></div></structMap></mets>";
  const auto read = indexer::read_all({(folder / "mets.xml").string(), "mets.xml", "arkiv", 1300000000}, mets);
  REQUIRE(read);
  REQUIRE(read->articles.size() == 1);
  CHECK(read->articles[0].text.size() > 100'000);
  CHECK(read->articles[0].text.size() < static_cast<std::size_t>(indexer::limit::kWholeBytes) * 2);
}

TEST_CASE("what has become a link since it was looked at is not followed") {
  using indexer::FileStream;
  const TempFolder folder;
  const std::string inside = (folder / "inne").string();
  write_file(folder / "ute/fil", "ute");
  write_file(folder / "inne/a/b/fil", "inne");
  CHECK(FileStream::open_below(inside, "a/b/fil"));
  CHECK(FileStream::open_below(inside, "./a//b/fil"));
  fs::create_symlink(folder / "ute/fil", folder / "inne/a/lenke");
  fs::create_directory_symlink(folder / "ute", folder / "inne/a/mappe");
  fs::create_directory_symlink(folder / "inne", folder / "navngitt");
  for (const char* below : {"a/lenke", "a/mappe/fil", "../ute/fil", "a/../../ute/fil", "a/b/..", "", "a/", "a/b", "finnes/ikke"}) {
    INFO(below);
    const auto stream = FileStream::open_below(inside, below);
    REQUIRE_FALSE(stream);
    CHECK_FALSE(stream.error().message.empty());
  }
  // The folder itself is the user's word.
  CHECK(FileStream::open_below((folder / "navngitt").string(), "a/b/fil"));
}

TEST_CASE("the index and a dump are their owner's alone") {
  const OwnArchive w;
  write_file(w.articles / "sak.txt", "Sak\n\nFerga står.\n");
  const mode_t before = umask(0);
  REQUIRE(w.index().status == 0);
  REQUIRE(w.run({"dump", (w.folder / "d.zst").string()}).status == 0);
  umask(before);
  CHECK(fs::status(w.db).permissions() == fs::perms::owner_all);
  CHECK((fs::status(w.folder / "d.zst").permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
}

}  // namespace spalte::test
