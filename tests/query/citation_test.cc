// Does a citation say what the article says, in each style, and can its readers read it?
#include "query/citation.h"

#include "tests/support.h"

#include <map>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace spalte::test {
namespace {

using nlohmann::json;

/// A BibTeX entry's fields, quotation marks and outer braces taken off; throws where BibTeX would stop.
std::map<std::string, std::string> bibtex(const std::string& text) {
  std::map<std::string, std::string> out;
  std::size_t at = 0;
  const auto expect = [&](char c) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
    if (at >= text.size() || text[at] != c)
      throw std::runtime_error(std::string("no ") + c + " at " + std::to_string(at));
    ++at;
  };
  const auto word = [&](const std::string& ends) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
    const std::size_t begin = at;
    while (at < text.size() && ends.find(text[at]) == std::string::npos) ++at;
    return text.substr(begin, at - begin);
  };
  expect('@');
  out["@"] = word("{");
  expect('{');
  out["key"] = word(",");
  while (at < text.size() && text[at] == ',') {
    ++at;
    const std::string name = word(" =");
    expect('=');
    while (text[at] == ' ') ++at;
    if (text[at] != '{') {
      out[name] = word(",\n}");
      while (text[at] == '\n') ++at;
      continue;
    }
    const std::size_t begin = ++at;
    for (int depth = 1; depth > 0; ++at) {
      if (at >= text.size()) throw std::runtime_error("braces are not balanced in " + name);
      if (text[at] == '{') ++depth;
      if (text[at] == '}') --depth;
    }
    if (!out.emplace(name, text.substr(begin, at - 1 - begin)).second) throw std::runtime_error(name + " twice");
    while (at < text.size() && text[at] == '\n') ++at;
  }
  expect('}');
  return out;
}

ArticleRow article() {
  ArticleRow row;
  row.title = "Laks & ørret: 50 % {dyrere} på #1_kaia";
  row.article.id = "2tgrp1x9d461";
  row.article.source = "Fjordposten";
  row.article.byline = "Av Silje Moen, Ola van der Berg/NTB";
  row.article.published = "2014-03-14T08:30";
  row.article.url = "https://fjordposten.example/a_b?x=1&y=50%25";
  row.article.lang = "nn";
  return row;
}

const query::CitationContext kContext{"0123456789abcdef0123456789abcdef", "7", "2026-11-24", 4};

}  // namespace

TEST_CASE("bylines are parted into names") {
  const auto names = [](const char* byline) {
    std::string out;
    for (const query::Author& a : query::authors_of(byline)) out += a.family + "|" + a.given + ";";
    return out;
  };
  CHECK(names("Av Silje Moen, Ola van der Berg/NTB") == "Moen|Silje;van der Berg|Ola;NTB|;");
  CHECK(names("Kari Nordmann og Per Ås") == "Nordmann|Kari;Ås|Per;");
  CHECK(names("Anne-Grete Bø Li & NPK") == "Li|Anne-Grete Bø;NPK|;");
  CHECK(names("silje@fjordposten.example, Silje Moen") == "Moen|Silje;");
  CHECK(names("").empty());
  CHECK(names("von Moen") == "Moen|von;");
}

TEST_CASE("a citation in Norwegian") {
  CHECK(query::citation_text(article(), kContext) ==
        "Moen, Silje, Ola van der Berg og NTB (2014, 14. mars). Laks & ørret: 50 % {dyrere} på #1_kaia. Fjordposten, "
        "avsnitt 4. https://fjordposten.example/a_b?x=1&y=50%25 (lest 24. november 2026). Spalte-arkiv 01234567, "
        "artikkel 2tgrp1x9d461, revisjon 7.");
  ArticleRow bare;
  bare.article.id = "x";
  bare.article.text = "Det begynte med at en av dem som var der ropte.\n";
  bare.article.published = "2020-01-01";
  bare.article.date_guessed = true;
  CHECK(
      query::citation_text(bare, {"0123456789", "1", "2026-05-17", 0}) ==
      "[Det begynte med at en av dem som …] (u.å.). Lest 17. mai 2026. Spalte-arkiv 01234567, artikkel x, revisjon 1.");
}

TEST_CASE("BibTeX: balanced, escaped, with every field") {
  const auto entry = bibtex(query::citation_bibtex(article(), kContext));
  CHECK(entry.at("@") == "article");
  CHECK(entry.at("key") == "spalte:2tgrp1x9d461");
  CHECK(entry.at("author") == "Moen, Silje and van der Berg, Ola and {NTB}");
  CHECK(entry.at("title") == "{Laks \\& ørret: 50 \\% \\{dyrere\\} på \\#1\\_kaia}");
  CHECK(entry.at("journal") == "Fjordposten");
  CHECK(entry.at("date") == "2014-03-14");
  CHECK(entry.at("year") == "2014");
  CHECK(entry.at("month") == "mar");
  CHECK(entry.at("day") == "14");
  CHECK(entry.at("url") == "https://fjordposten.example/a_b?x=1&y=50%25");
  CHECK(entry.at("urldate") == "2026-11-24");
  CHECK(entry.at("langid") == "nynorsk");
  CHECK(entry.at("pages") == "avsnitt 4");
  CHECK(entry.at("note") == "Spalte-arkiv 0123456789abcdef0123456789abcdef, artikkel 2tgrp1x9d461, revisjon 7");
  // BibTeX counts braces even where TeX does not: what stands alone must not end the field.
  ArticleRow odd = article();
  odd.title = "En } og \\ og ~^ alene {";
  odd.article.url = "https://x.example/{a}\\b c";
  CHECK_NOTHROW(bibtex(query::citation_bibtex(odd, kContext)));
  CHECK(bibtex(query::citation_bibtex(odd, kContext)).at("url") == "https://x.example/%7Ba%7D%5Cb%20c");
}

TEST_CASE("CSL-JSON by its schema") {
  const json item = json::parse(query::citation_csl(article(), kContext));
  CHECK(item.at("type") == "article-newspaper");
  CHECK(item.at("issued") == json{{"date-parts", {{2014, 3, 14}}}});
  CHECK(item.at("accessed") == json{{"date-parts", {{2026, 11, 24}}}});
  CHECK(item.at("author") == json{{{"family", "Moen"}, {"given", "Silje"}},
                                  {{"family", "van der Berg"}, {"given", "Ola"}},
                                  {{"literal", "NTB"}}});
  CHECK(item.at("container-title") == "Fjordposten");
  CHECK(item.at("title") == "Laks & ørret: 50 % {dyrere} på #1_kaia");
  CHECK(item.at("URL") == "https://fjordposten.example/a_b?x=1&y=50%25");
  CHECK(item.at("language") == "nn-NO");
  CHECK(item.at("archive_location") == "2tgrp1x9d461");
  CHECK(item.at("note") == "avsnitt 4; revisjon 7");
  // What CSL 1.0.2 allows, and nothing else.
  for (const auto& [key, value] : item.items()) {
    INFO(key);
    CHECK(std::string(" id type title author container-title section issued accessed URL language archive "
                      "archive_location note custom ")
              .find(" " + key + " ") != std::string::npos);
  }
  ArticleRow year = article();
  year.article.published = "2014";
  CHECK(json::parse(query::citation_csl(year, kContext)).at("issued") == json{{"date-parts", {{2014}}}});
}

TEST_CASE("cite on the command line") {
  const std::string db = archive_index().string();
  const auto ids =
      lines(spalte({"search", "--db", db, "tittel:utenriksministeren", "kilde:Morgenbudet", "--format", "ids"}).out);
  REQUIRE(!ids.empty());
  CHECK_THAT(spalte({"cite", "--db", db, "--accessed", "17.05.2026", "--para", "2", ids[0]}).out,
             Catch::Contains(
                 "(2014, 14. mars). Utenriksministeren besøker Kina. Morgenbudet, avsnitt 2. Lest 17. mai 2026.") &&
                 Catch::StartsWith("Moen, Silje (") && Catch::Contains(ids[0]));
  const json items = json::parse(spalte({"cite", "--db", db, "--format", "csl-json", ids[0], ids[0]}).out);
  CHECK(items.size() == 2);
  CHECK_NOTHROW(bibtex(spalte({"cite", "--db", db, "--format", "bibtex", ids[0]}).out));
  CHECK(spalte({"cite", "--db", db, "--para", "99", ids[0]}).status == 2);
  CHECK(spalte({"cite", "--db", db, "--accessed", "tull", ids[0]}).status == 2);
  CHECK(spalte({"cite", "--db", db, "finnesikke"}).status == 2);
}

}  // namespace spalte::test
