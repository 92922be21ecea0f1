// Which options shape a query?
#include "query/arguments.h"

#include "query/saved_query.h"
#include "query/suggest.h"
#include "query/syntax.h"
#include "schema/terminal.h"

#include <ostream>

namespace spalte::query {
namespace {

/// --any as a tree.
Node any_of_words(std::string_view text) {
  Node any;
  any.kind = NodeKind::disjunction;
  for (std::string& word : plain_words(text)) {
    Node n;
    n.kind = NodeKind::word;
    n.text = std::move(word);
    any.children.push_back(std::move(n));
  }
  if (any.children.empty()) any.kind = NodeKind::all;
  return any;
}

}  // namespace

QueryArguments::QueryArguments(CLI::App& app) {
  app.add_flag("--any", match.any, "plain text: no operators, any word may match, best first");
  app.add_flag("--exact", match.exact, "words as written only");
  app.add_flag_callback(
      "--no-compounds", [this] { match.compounds = false; }, "leave out compounds that hold a word");
  app.add_flag_callback(
      "--no-derived", [this] { match.derived = false; }, "leave out derived mentions (kinesisk for Kina)");
  app.add_flag("--fold", match.fold, "a for å and æ, o for ø");
  add_choice(app, "--versions", match.versions,
             std::map<std::string, Versions>{{"newest", Versions::newest}, {"all", Versions::all}}, "WHICH",
             "newest: of each article only its newest version (default); all");
  add_choice(app, "--collapse", match.collapse,
             std::map<std::string, Collapse>{{"dup", Collapse::dup}, {"none", Collapse::none}}, "WHAT",
             "dup: near-duplicates count once; none (default but in search's text)");
  app.add_flag("--guessed-dates", match.guessed_dates, "let dates guessed from file times count");
}

Result<std::string> QueryArguments::text(const Context& context, bool optional) const {
  std::string out;
  for (const std::string& w : context.words) out += (out.empty() ? "" : " ") + w;
  if (out.find_first_not_of(' ') != std::string::npos) return out;
  if (optional) return std::string("*");
  return fail(ErrorCode::usage, "the query is missing",
              "give words, or '*' for every article; `spalte help query` tells how to ask");
}

void QueryArguments::say_nothing_found(const Context& context, Reader& reader) const {
  if (context.quiet) return;
  std::vector<std::string> lines;
  const Status looked = reader.request([&]() -> Status {
    Result<std::string> q = text(context, true);
    if (!q) return fail(std::move(q));
    Result<Node> parsed = match.any ? any_of_words(*q) : parse(*q);
    if (parsed) parsed = with_saved_queries(std::move(*parsed), reader.catalogue(), {});
    if (!parsed) return fail(std::move(parsed));
    lines = suggestions(*parsed, match, reader);
    return {};
  });
  context.io.err << "spalte: nothing found\n";
  if (looked)
    for (const std::string& line : lines) context.io.err << "        " << printable(line) << '\n';
}

Result<Node> QueryArguments::tree(const Context& context, bool optional) const {
  Result<std::string> q = text(context, optional);
  if (!q) return fail(std::move(q));
  return parse(*q);
}

Result<Compiled> QueryArguments::compile(Context& context, Reader& reader, bool optional) const {
  Result<std::string> q = text(context, optional);
  if (!q) return fail(std::move(q));
  if (context.io.err_is_terminal && !context.quiet && !match.any && context.words.size() == 1 &&
      q->find(' ') != std::string::npos && q->find_first_of("\"«“(:{") == std::string::npos)
    context.io.err << "spalte: hint: for these words as a phrase, put quotation marks inside: '\"" << printable(*q)
                   << "\"'\n";
  Result<Compiled> compiled = [&]() -> Result<Compiled> {
    if (match.any) return compile_any(*q, match, reader);
    Result<Node> parsed = parse(*q);
    if (!parsed) return fail(std::move(parsed));
    return query::compile(*parsed, match, reader, *q);
  }();
  if (compiled && !context.quiet)
    for (const std::string& note : compiled->notes) context.io.err << "spalte: " << printable(note) << '\n';
  return compiled;
}

void add_order(CLI::App& app, SearchOptions& options) {
  static const std::map<std::string, Sort> kSorts = {{"relevance", Sort::relevance},
                                                     {"date", Sort::date},
                                                     {"-date", Sort::date_oldest},
                                                     {"source", Sort::source},
                                                     {"random", Sort::random}};
  add_choice(app, "--sort", options.sort, kSorts, "ORDER",
             "relevance, date (newest first), -date (oldest first), source or random");
  app.add_option("--seed", options.seed, "of the random order")->type_name("N");
}

void add_paging(CLI::App& app, SearchOptions& options, const std::string& what) {
  app.add_option("-n", options.limit, "number of " + what + "; 0: all (default 10)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  app.add_option("--offset", options.offset, "leave out so many first")->check(CLI::NonNegativeNumber)->type_name("N");
  add_order(app, options);
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    if (cells[i].find_first_of(",\"\n\r") == std::string::npos) {
      out += cells[i];
      continue;
    }
    out += '"';
    for (char c : cells[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  }
  return out + "\n";
}

std::string norwegian_date(std::string_view iso) {
  if (iso.size() >= 10)
    return std::string(iso.substr(8, 2)).append(".").append(iso.substr(5, 2)).append(".").append(iso.substr(0, 4));
  if (iso.size() == 7) return std::string(iso.substr(5, 2)).append(".").append(iso.substr(0, 4));
  return std::string(iso);
}

}  // namespace spalte::query
