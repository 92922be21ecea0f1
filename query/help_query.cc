// The page's text, from the examples and the tables of operators and fields.
#include "query/help_query.h"

#include "query/display_width.h"
#include "query/operators.h"
#include "schema/field.h"

#include <fmt/format.h>

namespace spalte::query {
namespace {

constexpr QueryExample kExamples[] = {
    {"statsminister", "a word in all its forms, bokmål and nynorsk, and compounds that hold it"},
    {"statsminister Kina", "both words, anywhere in the article"},
    {"(fisk OR laks) eksport", "brackets group"},
    {"norge -oslo", "the first without the second; - stands before brackets, phrases and fields too"},
    {"\"i det hele tatt\"", "exactly these words in this order"},
    {"=Verden", "the word as written, capital letters aside"},
    {"klima*", "words that begin so"},
    {"topic=:politikk", "topics that the source itself gave"},
    {"*", "every article"},
};

constexpr QueryExample kDates[] = {
    {"date:2017", "a year; 2017-03 a month, 2017-03-16 or 16.03.2017 a day, 1990-tallet ten years"},
    {"date:\"mars 2017\"", "also \"16. mars 2017\", \"uke 11 2017\", \"1. kvartal 2017\""},
    {"date:2017-03-01..2017-03-31", "from day to day; an end may be left out, and both may be any of these"},
    {"dato:\"januar 2017 til mars 2018\"", "the same in words; also \"siden 2015\", \"før mai 2015\", \"etter 2015\""},
    {"date:3m..", "the last three months; d days, u weeks, å years; also \"siste 3 måneder\""},
    {"date:\"i går\"", "also \"i forgårs\", \"førre veke\", \"denne måneden\", \"i fjor\", \"mars i fjor\""},
    {"date:mandag", "the latest; also mars, \"17. mai\", \"uke 11\"; \"forrige mandag\" is the one before today"},
};

/// What a row shows, its names, and what it means.
void row(std::string& out, std::string_view left, std::string_view right) {
  out += "  " + padded(left, 37) + " " + std::string(right) + "\n";
}

}  // namespace

std::vector<QueryExample> query_examples() {
  std::vector<QueryExample> all(std::begin(kExamples), std::end(kExamples));
  for (const OperatorRow& o : kOperators) all.push_back({o.example, o.summary});
  for (const ScopeRow& s : kScopes) all.push_back({s.example, s.summary});
  all.insert(all.end(), std::begin(kDates), std::end(kDates));
  for (const Field& f : kFields) all.push_back({f.example, f.summary});
  return all;
}

std::string help_query() {
  std::string out =
      "How to ask\n\nWords are joined by AND. A word finds all its forms in both standards; capital letters do not "
      "matter. æ, ø and å are letters.\n"
      "On the command line, a phrase needs both kinds of quotation marks: '\"i det hele tatt\"'.\n\n";
  for (const QueryExample& e : kExamples) row(out, e.query, e.meaning);
  out += "\nOperators, in capital letters: og and or in small letters are words\n\n";
  for (const OperatorRow& o : kOperators) {
    std::string names;
    for (std::string_view name : o.names)
      if (!name.empty()) names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
    row(out, names, fmt::format("{}: {}", o.summary, o.example));
  }
  for (const ScopeRow& s : kScopes)
    row(out, fmt::format("{}{{…}}, {}{{…}}", s.names[0], s.names[1]), fmt::format("{}: {}", s.summary, s.example));
  out += "\nFields\n\n";
  for (const Field& f : kFields) {
    std::string names(f.name);
    for (std::string_view alias : f.aliases)
      if (!alias.empty()) names += fmt::format(", {}", alias);
    out += "  " + padded(names, 37) + " " + padded(f.summary, 47) + " " + std::string(f.example) + "\n";
  }
  out += "\nDates\n\n";
  for (const QueryExample& e : kDates) row(out, e.query, e.meaning);
  out +=
      "\nOptions of every command that takes a query: --any, --exact, --fold, --no-compounds, --no-derived, "
      "--guessed-dates.\n"
      "`spalte explain QUERY` shows what a query is taken for, `spalte save NAME QUERY` keeps one for query:NAME.\n";
  return out;
}

}  // namespace spalte::query
