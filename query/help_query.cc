// The page's text, from the examples and the field table.
#include "query/help_query.h"

#include "query/display_width.h"
#include "schema/field.h"

#include <fmt/format.h>

namespace spalte::query {
namespace {

constexpr QueryExample kExamples[] = {
    {"statsminister", "all its forms in bokmål and nynorsk, and compounds that hold it"},
    {"statsminister Kina", "both words, anywhere in the article"},
    {"streik OR lockout", "either (also ELLER)"},
    {"norge -oslo", "the first without the second (also NOT, IKKE, IKKJE, ANDNOT)"},
    {"(fisk OR laks) eksport", "brackets group"},
    {"\"i det hele tatt\"", "exactly these words in this order"},
    {"=Verden", "the word as written, capital letters aside"},
    {"klima*", "words that begin so"},
    {"kutt NEAR/5 skatt", "within five words of each other; ONEAR/5: in this order"},
    {"statsråd SAME/s streik", "in one sentence; SAME/p: in one paragraph"},
    {"sent{skatt -kutt}", "what holds within one sentence; para{…}: within one paragraph"},
    {"quote{speaker:Tillerson Nord-Korea}", "both inside one quotation; `spalte quotes` lists quotations themselves"},
    {"topic=:politikk", "topics that the source itself gave"},
    {"date:\"mars 2017\"", "also 2017, 2017-03, 16.03.2017, \"uke 11 2017\", \"i går\""},
    {"date:2017-03-01..2017-03-31", "from day to day; 3m.. is the last three months"},
    {"*", "every article"},
};

}  // namespace

std::span<const QueryExample> query_examples() { return kExamples; }

std::string help_query() {
  std::string out =
      "How to ask\n\nWords are joined by AND. A word finds all its forms in both standards; capital letters do not "
      "matter. æ, ø and å are letters.\n"
      "Operators are written in capital letters. On the command line, a phrase needs both kinds of quotation marks: "
      "'\"i det hele tatt\"'.\n\n";
  for (const QueryExample& e : kExamples) out += "  " + padded(e.query, 37) + " " + std::string(e.meaning) + "\n";
  out += "\nFields\n\n";
  for (const Field& f : kFields) {
    std::string names(f.name);
    for (std::string_view alias : f.aliases)
      if (!alias.empty()) names += fmt::format(", {}", alias);
    out += "  " + padded(names, 37) + " " + padded(f.summary, 47) + " " + std::string(f.example) + "\n";
  }
  return out;
}

}  // namespace spalte::query
