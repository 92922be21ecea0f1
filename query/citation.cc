// What does each style want, and in which order?
#include "query/citation.h"

#include "query/article_html.h"
#include "query/period.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == ',' || s.front() == '.')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == ',')) s.remove_suffix(1);
  return s;
}

/// Belongs to the family name: "Ola van der Berg".
bool particle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"af", "av", "da",  "de",  "del", "den", "der", "di", "du",
                                             "la", "le", "ten", "ter", "van", "von", "zu",  "zur"};
  return std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}

Author author(std::string_view name) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t blank = std::min(name.find(' ', at), name.size());
    if (blank > at) words.push_back(name.substr(at, blank - at));
    at = blank + 1;
  }
  if (words.size() < 2) return {std::string(name), {}};
  std::size_t first = words.size() - 1;
  while (first > 1 && particle(words[first - 1])) --first;
  const auto cut = static_cast<std::size_t>(words[first].data() - name.data());
  return {std::string(name.substr(cut)), std::string(trimmed(name.substr(0, cut)))};
}

/// The date that is cited: none where it was guessed.
std::string_view day_of(const Article& a) {
  return a.date_guessed ? std::string_view() : std::string_view(a.published).substr(0, 10);
}

int number(std::string_view digits) { return digits.empty() ? 0 : std::stoi(std::string(digits)); }

/// "14. mars 2014", "mars 2014", "2014".
std::string long_date(std::string_view iso) {
  const std::string text(iso.substr(0, 10));
  return norwegian_period(text, text.size() == 10 ? Period::day : text.size() == 7 ? Period::month : Period::year);
}

/// "2014, 14. mars": the year first, as lists of sources are sorted by it.
std::string dated(std::string_view iso) {
  if (iso.empty()) return "u.å.";
  const std::string all = long_date(iso);
  const std::string year(iso.substr(0, 4));
  return iso.size() < 7 ? year : year + ", " + all.substr(0, all.size() - year.size() - 1);
}

std::string full_stop(std::string text) {
  if (text.empty()) return text;
  constexpr std::string_view kEnds = ".?!]";
  return kEnds.find(text.back()) == std::string_view::npos ? text + "." : text;
}

/// Outside of \url: what TeX takes for its own is escaped, control characters are blanks.
std::string tex(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        out += '\\';
        out += c;
        break;
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

/// In url fields, which are verbatim: only what would unbalance the entry is percent-encoded.
std::string tex_url(std::string_view url) {
  std::string out;
  for (char c : url)
    out += c == '{' || c == '}' || c == '\\' || static_cast<unsigned char>(c) <= 0x20
               ? fmt::format("%{:02X}", static_cast<unsigned char>(c))
               : std::string(1, c);
  return out;
}

std::string language_tag(const Article& a) {
  return a.lang == "nb" ? "nb-NO" : a.lang == "nn" ? "nn-NO" : std::string();
}

Json date_parts(std::string_view iso) {
  Json parts = Json::array();
  for (std::size_t at = 0; at < iso.size() && at < 10; at = at == 0 ? 5 : at + 3)
    parts.push_back(number(iso.substr(at, at == 0 ? 4 : 2)));
  return {{"date-parts", Json::array({parts})}};
}

/// What ties the citation to this archive.
std::string archive_note(const Article& a, const CitationContext& c, std::size_t uuid_letters) {
  return fmt::format("Spalte-arkiv {}, artikkel {}, revisjon {}", c.archive.substr(0, uuid_letters), a.id, c.revision);
}

}  // namespace

std::vector<Author> authors_of(std::string_view byline) {
  std::string s(byline);
  for (std::string_view prefix : {"Av ", "av ", "AV ", "Tekst: ", "Foto: ", "By "})
    if (s.starts_with(prefix)) s.erase(0, prefix.size());
  for (std::string_view word : {" og ", " and ", " & ", ";", "/"})
    for (std::size_t at = s.find(word); at != std::string::npos; at = s.find(word, at)) s.replace(at, word.size(), ",");
  std::vector<Author> out;
  for (std::size_t at = 0; at <= s.size();) {
    const std::size_t comma = std::min(s.find(',', at), s.size());
    const std::string_view name = trimmed(std::string_view(s).substr(at, comma - at));
    if (!name.empty() && name.find('@') == std::string_view::npos) out.push_back(author(name));
    at = comma + 1;
  }
  return out;
}

std::string citation_text(const ArticleRow& row, const CitationContext& c) {
  const Article& a = row.article;
  const std::vector<Author> authors = authors_of(a.byline);
  std::string out;
  for (std::size_t i = 0; i < authors.size(); ++i) {
    if (i > 0) out += i + 1 == authors.size() ? " og " : ", ";
    // The list is sorted by the first one's family name.
    const Author& x = authors[i];
    out += x.given.empty() ? x.family : i == 0 ? x.family + ", " + x.given : x.given + " " + x.family;
  }
  const std::string date = dated(day_of(a)), title = full_stop(shown_title(row));
  out += out.empty() ? title + " (" + date + ")." : " (" + date + "). " + title;
  std::string place = a.source;
  if (c.paragraph > 0) place += (place.empty() ? "Avsnitt " : ", avsnitt ") + std::to_string(c.paragraph);
  if (!place.empty()) out += " " + full_stop(place);
  if (!a.url.empty()) out += " " + a.url;
  out += (a.url.empty() ? " Lest " : " (lest ") + long_date(c.accessed) + (a.url.empty() ? "." : ").");
  return out + " " + archive_note(a, c, 8) + ".";
}

std::string citation_bibtex(const ArticleRow& row, const CitationContext& c) {
  const Article& a = row.article;
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  std::string out = fmt::format("@article{{spalte:{}", a.id);
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format(",\n  {} = {{{}}}", name, value);
  };
  std::string authors;
  for (const Author& x : authors_of(a.byline))
    // Braces keep one name whole, and its "og" from parting it.
    authors += (authors.empty() ? "" : " and ") +
               (x.given.empty() ? "{" + tex(x.family) + "}" : tex(x.family) + ", " + tex(x.given));
  field("author", authors);
  // Braces keep capital letters as they are.
  field("title", "{" + tex(shown_title(row)) + "}");
  field("journal", tex(a.source));
  const std::string_view day = day_of(a);
  field("date", std::string(day));
  field("year", std::string(day.substr(0, 4)));
  if (day.size() >= 7)
    out += fmt::format(",\n  month = {}", kMonths[static_cast<std::size_t>(number(day.substr(5, 2)) + 11) % 12]);
  if (day.size() == 10) field("day", std::to_string(number(day.substr(8, 2))));
  field("url", tex_url(a.url));
  field("urldate", c.accessed);
  field("langid", a.lang == "nb" ? "norsk" : a.lang == "nn" ? "nynorsk" : "");
  if (c.paragraph > 0) field("pages", fmt::format("avsnitt {}", c.paragraph));
  field("note", tex(archive_note(a, c, c.archive.size())));
  return out + "\n}\n";
}

std::string citation_csl(const ArticleRow& row, const CitationContext& c) {
  const Article& a = row.article;
  Json out{{"id", "spalte:" + a.id}, {"type", "article-newspaper"}, {"title", shown_title(row)}};
  Json authors = Json::array();
  for (const Author& x : authors_of(a.byline)) {
    if (x.given.empty())
      authors.push_back({{"literal", x.family}});
    else
      authors.push_back({{"family", x.family}, {"given", x.given}});
  }
  if (!authors.empty()) out["author"] = std::move(authors);
  if (!a.source.empty()) out["container-title"] = a.source;
  if (!a.section.empty()) out["section"] = a.section;
  if (!day_of(a).empty()) out["issued"] = date_parts(day_of(a));
  out["accessed"] = date_parts(c.accessed);
  if (!a.url.empty()) out["URL"] = a.url;
  if (!language_tag(a).empty()) out["language"] = language_tag(a);
  out["archive"] = "Spalte-arkiv " + c.archive;
  out["archive_location"] = a.id;
  out["note"] = (c.paragraph > 0 ? fmt::format("avsnitt {}; ", c.paragraph) : "") + "revisjon " + c.revision;
  Json custom{{"revision", c.revision}};
  if (c.paragraph > 0) custom["paragraph"] = c.paragraph;
  out["custom"] = std::move(custom);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace spalte::query
