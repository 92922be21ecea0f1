// Does every reader survive what is cut off, changed, nested, huge or called something else, and say why? And does README
// say rightly what each format gives?
#include "tests/support.h"

#include "indexer/sources/limits.h"
#include "indexer/sources/source.h"

#include <ctime>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

struct Input {
  std::string name, bytes;
};

/// All test files of all formats.
const std::vector<Input>& inputs() {
  static const std::vector<Input> all = [] {
    std::vector<Input> out;
    for (const char* folder : {"data/formats", "data/html"})
      for (const auto& entry : std::filesystem::recursive_directory_iterator(test::tests_folder() / folder))
        if (entry.is_regular_file() && entry.path().extension() != ".toml")
          out.push_back({entry.path().filename().string(), test::read_file(entry.path())});
    return out;
  }();
  return all;
}

/// Reads and holds what comes to what every answer must be.
void survive(const std::string& name, const std::string& bytes) {
  const Result<ReadResult> r = read_all({"/arkiv/" + name, name, "arkiv", 1300000000}, bytes);
  if (!r) {
    CHECK_FALSE(r.error().message.empty());
    CHECK(r.error().message.size() < 500);
    return;
  }
  for (const std::string& f : r->failures) CHECK(f.size() > 3);
  for (const Article& a : r->articles) {
    CHECK_FALSE(a.id.empty());
    std::uint32_t at = 0;
    for (const Paragraph& p : a.paragraphs) {
      REQUIRE(p.begin >= at);
      REQUIRE(p.end > p.begin);
      REQUIRE(p.end < a.text.size());
      at = p.end;
    }
  }
}

std::set<std::string> split(std::string_view list) {
  std::set<std::string> out;
  while (!list.empty()) {
    const std::size_t end = list.find(", ");
    out.emplace(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 2);
  }
  return out;
}

}  // namespace

TEST_CASE("files that are cut off anywhere, and files with changed bytes") {
  std::uint32_t seed = 7;
  const auto random = [&seed] { return (seed = seed * 1664525 + 1013904223) >> 8; };
  for (const Input& in : inputs()) {
    INFO(in.name);
    for (std::size_t i = 1; i < 12; ++i) survive(in.name, in.bytes.substr(0, in.bytes.size() * i / 12));
    for (int i = 0; i < 12; ++i) {
      std::string bytes = in.bytes;
      for (int n = 0; n < 8; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
      survive(in.name, bytes);
    }
  }
}

TEST_CASE("files that are called something else") {
  for (const Input& in : inputs())
    for (const char* name : {"a.txt", "a.html", "a.xml", "a.json", "a.jsonl", "a.csv", "a.zip", "a"}) {
      INFO(in.name << " as " << name);
      survive(name, in.bytes);
    }
}

TEST_CASE("what is nested or long without end is refused with its reason") {
  const auto repeated = [](std::string_view piece, std::size_t n) {
    std::string out;
    while (n-- > 0) out += piece;
    return out;
  };
  const auto reason = [](const std::string& name, const std::string& bytes) {
    const Result<ReadResult> r = read_all({"/arkiv/" + name, name, "arkiv", 1300000000}, bytes);
    return !r ? r.error().message : r->failures.empty() ? std::string() : r->failures[0];
  };
  constexpr std::size_t kMany = 100000;
  CHECK_THAT(reason("a.xml", "<nitf>" + repeated("<p>", kMany) + repeated("</p>", kMany) + "</nitf>"),
             Catch::Contains("nested deeper"));
  CHECK_THAT(reason("a.json", R"({"uri":"x","body_html":)" + repeated("[", kMany) + repeated("]", kMany) + "}"),
             Catch::Contains("nested deeper"));
  CHECK_THAT(reason("a.xml", "<nitf><head><title>Aldri slutt"), Catch::Contains("no sound XML: line 1"));
  CHECK_THAT(reason("a.jsonl", "{\"title\": \"" + std::string(limit::kLineBytes + 10, 'a') + "\"}\n"),
             Catch::Contains("larger than a line may be"));
  CHECK_THAT(reason("a.html", "<html>" + std::string(limit::kHtmlBytes + 10, 'a')), Catch::Contains("larger than"));
  CHECK_THAT(reason("a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nkort"),
             Catch::Contains("ends within record 1"));
  // Ends that close nothing do not make it shallow; elements that are opened anew in each paragraph, attributes that are
  // compared with all before them: 20 kB for which a parser would want gigabytes or minutes.
  CHECK_THAT(reason("a.html", "<html>" + repeated("<div></zz>", kMany)), Catch::Contains("nested deeper") || Catch::Contains("memory or time"));
  std::string open, attributes;
  for (int i = 0; i < 1500; ++i) open += fmt::format("<b class=k{}>", i);
  for (int i = 0; i < 200'000; ++i) attributes += fmt::format(" a{}", i);
  CHECK_THAT(reason("a.html", "<html><p>" + open + repeated("<p>Ferga", 20'000)), Catch::Contains("memory or time"));
  CHECK_THAT(reason("a.html", "<html><p" + attributes + ">Ferga"), Catch::Contains("memory or time"));
  // Long pages whose parts are looked at once, however they are arranged: seconds at most.
  for (const std::string& page :
       {"<body>" + repeated("<h2>Rute</h2><h2>Priser</h2><p>Ferga står ved kai i dag.</p>", 20'000),
        "<body><p>" + repeated("Ferga står<br><br>", kMany),
        "<title>" + repeated("Ferga står i dag - ", 800) + "</title><body>" + repeated("<p>Ferga står ved kai i dag.</p>", 20'000),
        "<body>" + repeated("<span>", 1500) + repeated("<i>Ferga</i> ", kMany) + "<p>Ferga.</p>",
        "<body>" + repeated("<div class=lead>", 1500) + repeated("<p>Ferga står ved kai i dag.</p>", 20'000)}) {
    const clock_t begun = std::clock();
    survive("a.html", "<html>" + page);
    CHECK(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC < 20);
  }
  // A hundred thousand topics, people and authors, each held against those before it.
  std::string categories;
  for (std::size_t i = 0; i < kMany; ++i)
    categories += fmt::format("<category>t{}</category><author><name>n{}</name></author>", i, i);
  const auto feed = read_all({"/arkiv/a.atom", "a.atom", "arkiv", 1300000000},
                             "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><entry><id>urn:x</id><title>Ferga</title>"
                             "<content>Ferga står.</content>" + categories + "</entry></feed>");
  REQUIRE(feed);
  REQUIRE(feed->articles.size() == 1);
  CHECK(feed->articles[0].topics_given.size() == limit::kGiven);
  CHECK(feed->articles[0].byline.size() <= limit::kByline);
  // Rows that look finished at each of a million lines and are not: each byte is looked at once.
  CHECK_THAT(reason("a.csv", "title,text\na\"b,\"c\n" + repeated("\"\"\n", 10 * kMany)), Catch::Contains("never closed"));
  // An entity that would grow without end is not expanded.
  CHECK(reason("a.xml", "<!DOCTYPE nitf [<!ENTITY a \"&b;&b;&b;\"><!ENTITY b \"&a;&a;&a;\">]><nitf><body><body.content>"
                        "<p>&a;</p></body.content></body></nitf>") == "");
}

TEST_CASE("README says what each format gives, and the readers give it") {
  const std::string path = (test::tests_folder() / "../README.md").string();
  const std::string readme = test::read_file(path);
  CHECK_THAT(readme, Catch::Contains(sources_table()));

  const std::map<std::string_view, std::vector<std::string_view>> files = {
      {"NITF", {"ntb-1.xml", "ntb-2.xml", "ntb-canceled.xml"}},
      {"NewsML-G2", {"message.newsml.xml"}},
      {"METS", {"digavis_vaagsundtidende_null_null_19200101_12_1_1_mets.xml"}},
      {"ALTO", {"digavis_vaagsundtidende_null_null_19200108_12_2_1_0003.xml"}},
      {"RSS, Atom", {"feed.rss", "feed.atom"}},
      {"ninjs", {"ninjs-1.json", "ninjs-2.json", "ninjs-3.json"}},
      {"HTML", {"modern.html", "recipe.html"}},
  };
  for (const ArticleSource& source : sources()) {
    const auto known = files.find(source.name);
    if (known == files.end()) continue;
    INFO(source.name);
    std::set<std::string> filled;
    for (std::string_view name : known->second)
      for (const auto& entry : std::filesystem::recursive_directory_iterator(test::tests_folder() / "data"))
        if (entry.path().filename() == name) {
          const auto r = read_all({entry.path().string(), std::string(name), "arkiv", 0}, test::read_file(entry.path()));
          REQUIRE(r);
          for (const Article& a : r->articles)
            for (const std::string& f : split(filled_fields(a))) filled.insert(f);
        }
    std::set<std::string> declared = split(source.fields);
    // These may carry an embargo; none of the files does, archive_formats_test has one.
    if (source.name == "ninjs" || source.name == "NITF") declared.erase("embargo");
    CHECK(filled == declared);
  }
}

}  // namespace spalte::indexer
