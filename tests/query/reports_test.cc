// Do the reports agree with each other and with what was written down, in each format?
#include "tests/query/markup_check.h"
#include "tests/support.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using nlohmann::json;

/// An archive whose numbers can be counted by hand: 2016 has no article at all, 2015 one without the word.
class Fishery {
 public:
  Fishery() {
    const auto article = [&](const char* name, const char* source, const char* date, const char* text) {
      write_file(folder_ / "files" / name, std::string("Tittel: Fra kaia\nKilde: ") + source + "\n" +
                                               (*date != 0 ? std::string("Dato: ") + date + "\n" : "") + "\n" + text +
                                               "\n");
    };
    article("a.txt", "Fjordposten", "29.12.2014", "Mye laks i elva. Ingen torsk.");
    article("b.txt", "Fjordposten", "04.01.2015", "Laksen går opp i elva.");
    article("c.txt", "Havnebladet", "01.06.2015", "Båten kom inn med torsk og sei.");
    article("d.txt", "Havnebladet", "17.05.2017", "Oppdrettslaks til frokost <smak> & salt.");
    article("e.txt", "Fjordposten", "2018", "Årets laks var liten.");
    write_file(folder_ / "files" / "f.txt", "Tittel: Uten dag\n\nLaks uten dato.\n");
    REQUIRE(spalte({"index", "--db", db(), (folder_ / "files").string()}).status == 0);
  }
  std::string db() const { return (folder_ / "db").string(); }

  std::string run(std::vector<std::string> arguments, int status = 0) const {
    arguments.insert(arguments.begin() + 1, {"--db", db()});
    const Outcome o = spalte(arguments);
    INFO(o.err);
    CHECK(o.status == status);
    return o.out;
  }
  std::filesystem::path file(std::string_view name) const { return folder_ / "files" / name; }

 private:
  TempFolder folder_;
};

const Fishery& fishery() {
  static const Fishery f;
  return f;
}

std::string archive(std::vector<std::string> arguments, int status = 0) {
  arguments.insert(arguments.begin() + 1, {"--db", archive_index().string()});
  const Outcome o = spalte(arguments);
  INFO(o.err);
  CHECK(o.status == status);
  return o.out;
}

std::vector<json> objects(const std::string& jsonl) {
  std::vector<json> out;
  for (const std::string& line : lines(jsonl)) out.push_back(json::parse(line));
  return out;
}

std::string id_of(const std::string& file) {
  for (const json& hit : objects(archive({"search", "*", "-n", "0", "--format", "jsonl", "--fields", "id,path"})))
    if (std::filesystem::path(hit.at("path").get<std::string>()).stem() == file) return hit.at("id");
  FAIL("no article " << file);
  return {};
}

}  // namespace

TEST_CASE("a timeline tells gaps of the archive from zero, in every format") {
  CHECK(fishery().run({"timeline", "laks", "--format", "csv"}) ==
        "period,count,total,share\n2014,1,1,1.000000\n2015,1,2,0.500000\n2016,0,0,\n2017,1,1,1.000000\n"
        "2018,1,1,1.000000\nundated,1,1,1.000000\n");
  const auto rows = objects(fishery().run({"timeline", "torsk", "--format", "jsonl", "--whole"}));
  REQUIRE(rows.size() == 6);
  CHECK(rows[2] == json{{"schema", "spalte.timeline/1"},
                        {"period", "2016"},
                        {"count", 0},
                        {"total", 0},
                        {"share", nullptr},
                        {"gap", true}});
  CHECK(rows[3] == json{{"schema", "spalte.timeline/1"},
                        {"period", "2017"},
                        {"count", 0},
                        {"total", 1},
                        {"share", 0.0},
                        {"gap", false}});
  const auto text = lines(fishery().run({"timeline", "laks"}));
  REQUIRE(text.size() == 6);
  CHECK_THAT(text[2], Catch::Contains("–  (no articles"));
  CHECK_THAT(lines(fishery().run({"timeline", "torsk", "--whole"}))[3], Catch::EndsWith("  0"));
  const std::string svg = fishery().run({"timeline", "laks", "--format", "svg"});
  CHECK(occurrences(svg, "class=\"gap\"") == 1);
  CHECK_THAT(svg, Catch::Contains("2016: arkivet har ingen artikler"));
}

TEST_CASE("weeks are those of ISO 8601; dates too coarse for a period count as undated") {
  const auto weeks = lines(fishery().run({"timeline", "laks", "--by", "week", "--format", "csv"}));
  CHECK(weeks[1] == "2015-W01,2,2,1.000000");
  CHECK(weeks[2] == "2015-W02,0,0,");
  CHECK(weeks[weeks.size() - 2] == "2017-W20,1,1,1.000000");
  CHECK(weeks.back() == "undated,2,2,1.000000");
  // 2015 has 53 weeks.
  CHECK(std::find(weeks.begin(), weeks.end(), "2015-W53,0,0,") != weeks.end());
  CHECK(std::find(weeks.begin(), weeks.end(), "2016-W53,0,0,") == weeks.end());
  const auto months = lines(fishery().run({"timeline", "laks", "--by", "month", "--format", "csv"}));
  CHECK(months[1] == "2014-12,1,1,1.000000");
  CHECK(months.size() == 1 + 30 + 1);
}

TEST_CASE("totals are the articles under the query's source, date and language") {
  const auto of = [&](const char* query) { return lines(fishery().run({"timeline", query, "--format", "csv"})); };
  CHECK(of("laks kilde:Fjordposten")[2] == "2015,1,1,1.000000");
  CHECK(of("laks -kilde:Havnebladet")[2] == "2015,1,1,1.000000");
  CHECK(of("laks (kilde:Fjordposten OR kilde:Havnebladet)")[2] == "2015,1,2,0.500000");
  CHECK(of("laks dato:2015") ==
        std::vector<std::string>{"period,count,total,share", "2015,1,2,0.500000", "undated,0,0,"});
  CHECK(of("laks OR kilde:Fjordposten")[2] == "2015,1,2,0.500000");
}

TEST_CASE("the picture of a timeline is sound, and its bars are the counts of the csv") {
  for (const char* by : {"day", "week", "month", "year"})
    for (const bool relative : {false, true})
      for (const char* width : {"320", "900", "1800"}) {
        INFO(by << " " << relative << " " << width);
        std::vector<std::string> arguments = {"timeline", "*", "--by", by, "--format", "svg", "--width", width};
        if (relative) arguments.push_back("--relative");
        const std::string svg = archive(arguments);
        CHECK(markup_fault(svg) == "");
        CHECK(overlapping_labels(svg) == "");
      }
  const std::string svg = archive({"timeline", "streik", "--format", "svg"});
  std::map<std::string, int> counts;
  for (const std::string& row : lines(archive({"timeline", "streik", "--format", "csv"})))
    if (std::isdigit(static_cast<unsigned char>(row[0])) != 0)
      counts[row.substr(0, 4)] = std::stoi(row.substr(row.find(',') + 1));
  const std::regex bar("<rect class=\"bar\" [^>]*height=\"([0-9.]+)\"><title>([0-9]{4}): ([0-9]+) av");
  double unit = 0;
  std::size_t bars = 0;
  for (std::sregex_iterator i(svg.begin(), svg.end(), bar), end; i != end; ++i, ++bars) {
    const int count = std::stoi((*i)[3]);
    CHECK(counts.at((*i)[2]) == count);
    const double height = std::stod((*i)[1]) / count;
    if (unit > 0) CHECK(height == Approx(unit).epsilon(0.001));
    unit = height;
  }
  CHECK(bars ==
        static_cast<std::size_t>(std::count_if(counts.begin(), counts.end(), [](auto& c) { return c.second > 0; })));
  // A title that is markup stays text.
  CHECK(markup_fault(archive({"timeline", "\"<b>&amp;\" OR streik", "--format", "svg"})) == "");
  CHECK_THAT(archive({"timeline", "ingenslikord", "--format", "svg"}), Catch::Contains("ingen artikler"));
}

TEST_CASE("facets by every field add up to the count; two fields are a table") {
  for (const std::string query : {"*", "streik OR norge", "lang:nn"}) {
    const std::size_t all = std::stoul(archive({"count", query}));
    for (const char* field : {"source", "section", "language", "byline", "agency", "year", "month", "år", "kilde",
                              "source,year", "seksjon,lang", "month,source"}) {
      INFO(query << " " << field);
      std::size_t sum = 0;
      const auto rows = lines(archive({"facets", field, query, "--format", "csv"}));
      CHECK(rows[0] ==
            (std::string_view(field).find(',') == std::string_view::npos ? "value,count" : "value,value2,count"));
      for (std::size_t i = 1; i < rows.size(); ++i) sum += std::stoul(rows[i].substr(rows[i].rfind(',') + 1));
      CHECK(sum == all);
    }
  }
  CHECK(fishery().run({"facets", "kilde,år", "laks"}) ==
        "             2014  2015  2017  2018  undated  total\n"
        "Fjordposten     1     1           1               3\n"
        "(none)                                     1      1\n"
        "Havnebladet                 1                     1\n"
        "total           1     1     1     1        1      5\n");
  CHECK(fishery().run({"facets", "month", "*", "--format", "csv"}) ==
        "value,count\n2014-12,1\n2015-01,1\n2015-06,1\n2017-05,1\n,2\n");
  CHECK(fishery().run({"facets", "source,lang,year", "*"}, 2).empty());
}

TEST_CASE("kwic shows each place of words, phrases and actors, aligned and sorted as Norwegians sort") {
  const std::string out = archive({"kwic", "kutt*", "OR", "streik", "-n", "0", "--width", "30"});
  CHECK(lines(out).size() > 5);
  const auto rows = objects(archive({"kwic", "aktør:Kina", "-n", "0", "--format", "jsonl", "--width", "0"}));
  std::map<std::string, int> matches;
  for (const json& r : rows) {
    CHECK(r.at("schema") == "spalte.kwic/1");
    ++matches[r.at("match")];
    // What is shown is what stands there.
    const json article = json::parse(archive({"show", "--format", "json", r.at("id").get<std::string>()}));
    const std::string text = article.at("text");
    CHECK(text.substr(r.at("start"), r.at("end").get<std::size_t>() - r.at("start").get<std::size_t>()) ==
          r.at("match"));
    const json& paragraph = article.at("paragraphs").at(r.at("paragraph").get<std::size_t>() - 1);
    CHECK(text.substr(paragraph.at("start"),
                      paragraph.at("end").get<std::size_t>() - paragraph.at("start").get<std::size_t>()) ==
          r.at("left").get<std::string>() + r.at("match").get<std::string>() + r.at("right").get<std::string>());
  }
  CHECK(matches["Kina"] > 0);
  CHECK(matches["Kinesiske"] > 0);
  // A phrase is one place, not a place a word; what is negated is none.
  for (const json& r : objects(archive({"kwic", "\"åpen dialog\"", "-laks", "--format", "jsonl"})))
    CHECK(r.at("match") == "åpen dialog");
  for (const json& r : objects(archive({"kwic", "=utenriksministeren", "--format", "jsonl"})))
    CHECK((r.at("match") == "utenriksministeren" || r.at("match") == "Utenriksministeren"));
  CHECK(objects(archive({"kwic", "\"åpen dialog\"", "--format", "jsonl"})).size() == 1);
  CHECK(archive({"kwic", "ingenslikord"}, 1).empty());
  // Parts of the query's own compound are no places of it: utenriksministeren is no statsminister.
  const auto ministers = objects(archive({"kwic", "statsminister", "-n", "0", "--format", "jsonl"}));
  CHECK(!ministers.empty());
  for (const json& r : ministers)
    CHECK_THAT(r.at("match").get<std::string>(), Catch::Contains("tatsminist", Catch::CaseSensitive::No));
  bool compound = false;
  for (const json& r : objects(archive({"kwic", "minister", "-n", "0", "--format", "jsonl"})))
    compound = compound || r.at("match") == "Utenriksminister";
  CHECK(compound);
}

TEST_CASE("kwic aligns decomposed and wide letters, and sorts æ ø å last") {
  TempFolder folder;
  const char* follows[] = {"ånd", "zebra", "ærlig", "øre", "aften"};
  for (const char* word : follows)
    write_file(folder / "files" / (std::string(word) + ".txt"),
               std::string("Tittel: Om ord\n\nHer er cafe\u0301 og så kjempeord ") + word + " i teksten.\n");
  const std::string db = (folder / "db").string();
  REQUIRE(spalte({"index", "--db", db, (folder / "files").string()}).status == 0);
  std::vector<std::string> order;
  for (const json& r : objects(spalte({"kwic", "--db", db, "kjempeord", "--sort", "right", "--format", "jsonl"}).out)) {
    const std::string right = r.at("right");
    order.push_back(right.substr(1, right.find(' ', 1) - 1));
  }
  CHECK(order == std::vector<std::string>{"aften", "zebra", "ærlig", "øre", "ånd"});
  for (const std::string& line : lines(spalte({"kwic", "--db", db, "kjempeord", "--width", "12"}).out))
    CHECK_THAT(line, Catch::StartsWith(" café og så kjempeord "));
}

TEST_CASE("compare sets two queries side by side") {
  const auto rows = objects(archive({"compare", "streik", "lang:nn", "--format", "jsonl"}));
  const json& head = rows.at(0);
  CHECK(head.at("schema") == "spalte.compare/1");
  CHECK(head.at("count_a") == json::parse(archive({"count", "streik"})));
  CHECK(head.at("count_b") == json::parse(archive({"count", "lang:nn"})));
  CHECK(head.at("both") == json::parse(archive({"count", "streik", "lang:nn"})));
  std::int64_t a = 0, b = 0;
  for (const json& r : rows)
    if (r.at("schema") == "spalte.compare-period/1") {
      a += r.at("a").get<std::int64_t>();
      b += r.at("b").get<std::int64_t>();
    }
  CHECK(a == head.at("count_a"));
  CHECK(b == head.at("count_b"));
  // Words of one are not words of the other, and a set is no different from itself.
  const std::string words = archive({"compare", "lang:nb", "lang:nn", "--what", "words", "--format", "csv"});
  CHECK_THAT(words, Catch::StartsWith("of,word,likelihood,a,b,sample_a,sample_b\n"));
  CHECK(lines(archive({"compare", "streik", "streik", "--what", "words", "--format", "csv"})).size() == 1);
  CHECK(markup_fault(archive({"compare", "streik", "lang:nn", "--format", "svg"})) == "");
  CHECK_THAT(archive({"compare", "streik", "lang:nn"}), Catch::Contains("A rather than B"));
  archive({"compare", "streik"}, 2);
  archive({"compare", "streik", "a", "b"}, 2);
}

TEST_CASE("export writes every row") {
  const auto articles = objects(archive({"export", "--format", "jsonl"}));
  CHECK(articles.size() == std::stoul(archive({"count", "*"})));
  std::size_t mentions = 0, quotes = 0, topics = 0, actors = 0;
  for (const json& a : articles) {
    CHECK(a.at("schema") == "spalte.article/1");
    quotes += a.at("quotes").size();
    actors += a.at("actors").size();
    for (const json& x : a.at("actors")) mentions += x.at("mentions").get<std::size_t>();
  }
  const auto named = objects(archive({"export", "--what", "mentions", "--format", "jsonl"}));
  CHECK(static_cast<std::size_t>(std::count_if(
            named.begin(), named.end(), [](const json& m) { return !m.at("derived").get<bool>(); })) == mentions);
  CHECK(objects(archive({"export", "--what", "quotes", "--format", "jsonl"})).size() == quotes);
  for (const json& t : objects(archive({"export", "emne:sport", "--what", "topics", "--format", "jsonl"}))) {
    CHECK(t.at("schema") == "spalte.article-topic/1");
    ++topics;
  }
  CHECK(topics >= std::stoul(archive({"count", "emne:sport"})));
  CHECK(actors > 0);
  CHECK_THAT(archive({"export", "streik"}), Catch::StartsWith("id,date,source,agency,section,lang,byline,title,"));
  CHECK(archive({"export", "ingenslikord", "--format", "jsonl"}, 1).empty());
}

TEST_CASE("show as a page: sound, escaped, paragraphs with ids, names and quotations marked") {
  const std::string page = archive({"show", "--format", "html", id_of("utenriksminister-kina")});
  CHECK(markup_fault(page) == "");
  CHECK_THAT(page,
             Catch::StartsWith("<!DOCTYPE html>") && Catch::Contains("<h1 id=\"p1\">Utenriksministeren besøker") &&
                 Catch::Contains("<p id=\"p4\"") && Catch::Contains("class=\"actor person\"") &&
                 Catch::Contains("class=\"quote\" title=\"Torstein Bråthen sier\"") && !Catch::Contains("<script"));
  const std::string id = lines(fishery().run({"search", "oppdrettslaks", "--format", "ids"})).at(0);
  const std::string escaped = fishery().run({"show", "--format", "html", id});
  CHECK(markup_fault(escaped) == "");
  CHECK_THAT(escaped, Catch::Contains("&lt;smak&gt; &amp; salt"));
  CHECK(markup_fault(fishery().run({"show", "--format", "html", id, id})) == "");
  CHECK_THAT(fishery().run({"show", "--format", "html", "--para", "1", id}), !Catch::Contains("smak"));
  CHECK(fishery().run({"show", "--para", "2", id}) == "Oppdrettslaks til frokost <smak> & salt.\n");
  fishery().run({"show", "--para", "9", id}, 2);
  // The text of the page is the article's.
  const std::string text = json::parse(archive({"show", "--format", "json", id_of("atomvapen")})).at("text");
  CHECK(text_within(archive({"show", "--format", "html", id_of("atomvapen")}), "h1|h2|p id") == text);
}

TEST_CASE("status tells of each source, and of each month where it has gaps") {
  CHECK_THAT(fishery().run({"status"}), Catch::Contains("Fjordposten") && Catch::Contains("29.12.2014"));
  CHECK(fishery().run({"status", "--format", "csv"}) ==
        "source,articles,first,last,undated,nb,nn,other,unknown\n"
        "Fjordposten,3,2014-12-29,2018,0,3,0,0,0\nHavnebladet,2,2015-06-01,2017-05-17,0,2,0,0,0\n,1,,,1,1,0,0,0\n");
  const auto months = lines(fishery().run({"status", "--coverage", "--format", "csv"}));
  CHECK(months[0] == "source,month,count,gap");
  CHECK(months[1] == "Fjordposten,2014-12,1,false");
  CHECK(months[2] == "Fjordposten,2015-01,1,false");
  CHECK(months[3] == "Fjordposten,undated,1,false");
  CHECK(months[4] == "Havnebladet,2015-06,1,false");
  CHECK(months[5] == "Havnebladet,2015-07,0,true");
  CHECK(months.size() == 1 + 3 + 24 + 1);
  std::size_t sum = 0;
  for (std::size_t i = 1; i < months.size(); ++i) {
    const std::size_t comma = months[i].find(',', months[i].find(',') + 1);
    sum += std::stoul(months[i].substr(comma + 1));
  }
  CHECK(sum == 6);
  CHECK_THAT(fishery().run({"status", "--coverage"}),
             Catch::Contains("22 months without any") && Catch::Contains("  2016  ············"));
  const auto rows = objects(fishery().run({"status", "--format", "jsonl"}));
  CHECK(rows.at(0).at("articles") == 6);
  CHECK(rows.size() == 4);
}

}  // namespace spalte::test
