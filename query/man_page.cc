// How does the command table become man(7)?
#include "query/man_page.h"

#include "query/command_options.h"
#include "query/help_query.h"
#include "schema/field.h"

#include <sstream>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Text for roff: backslashes and hyphens as themselves, no line that begins like a request.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    line_begins = c == '\n';
  }
  return out;
}

/// Lines kept as they are.
std::string verbatim(std::string_view text) {
  std::string out = ".nf\n";
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    out += begin == std::string::npos ? "\n" : roff(line.substr(begin)) + "\n";
  }
  return out + ".fi\n";
}

std::string term(const OptionRow& o) {
  if (o.positional) return "\\fI" + roff(o.names.front()) + "\\fR";
  std::string out;
  for (const std::string& name : o.names) out += (out.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
  return o.value.empty() ? out : out + " \\fI" + roff(o.value) + "\\fR";
}

/// Options that every command has are told once.
bool everywhere(const OptionRow& o) {
  return o.names.back() == "--help" || o.names.back() == "--db" || o.names.back() == "--color" ||
         o.names.back() == "--quiet";
}

struct Status {
  int number;
  std::string_view meaning;
};
constexpr Status kStatuses[] = {
    {0, "found, or done"},
    {1, "nothing found"},
    {2, "usage or query error"},
    {3, "done, but some inputs failed; they are listed"},
    {4, "index missing, damaged or of another version"},
    {75, "locked by another writer: try again"},
    {130, "interrupted; the index is consistent"},
};

}  // namespace

std::string man_page(std::span<const Command> commands) {
  std::string out =
      ".\\\" Made by `spalte help --man` from the command and field tables.\n"
      ".TH SPALTE 1 \"2026-11-24\" \"spalte " SPALTE_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\nspalte \\- full\\-text search over Norwegian news archives\n"
      ".SH SYNOPSIS\n.B spalte\n.I COMMAND\n[\\fIOPTIONS\\fR] \\&...\n"
      ".SH DESCRIPTION\n"
      "Spalte reads folders of news articles in bokmål and nynorsk, splits compounds, finds who is named and quoted\n"
      "and what each article is about, and answers by word, actor, topic and quotation.\n"
      "What is counted is the article.\n";
  out += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const Command& c : commands) {
    if (c.needs == Needs::nothing) continue;
    for (const OptionRow& o : options_of(c))
      if (everywhere(o)) out += ".TP\n" + term(o) + "\n" + roff(o.summary) + "\n";
    break;
  }
  out += ".SH COMMANDS\n";
  for (const Command& c : commands) {
    out += fmt::format(".SS \"spalte {} {}\"\n{}.\n", roff(c.name), roff(c.arguments), roff(c.summary));
    for (const OptionRow& o : options_of(c))
      if (!everywhere(o)) out += ".TP\n" + term(o) + "\n" + roff(o.summary) + "\n";
    if (!c.examples.empty()) out += ".PP\nExamples:\n.RS\n" + verbatim(c.examples) + ".RE\n";
  }
  out += ".SH QUERY LANGUAGE\nWords are joined by AND; operators are written in capital letters.\n";
  for (const QueryExample& e : query_examples()) out += ".TP\n\\fB" + roff(e.query) + "\\fR\n" + roff(e.meaning) + "\n";
  out += ".SH FIELDS\n";
  for (const Field& f : kFields) {
    std::string names(f.name);
    for (std::string_view alias : f.aliases)
      if (!alias.empty()) names += fmt::format(", {}", alias);
    out += fmt::format(".TP\n\\fB{}\\fR\n{}; \\fI{}\\fR\n", roff(names), roff(f.summary), roff(f.example));
  }
  out += ".SH EXIT STATUS\n";
  for (const Status& s : kStatuses) out += fmt::format(".TP\n.B {}\n{}\n", s.number, s.meaning);
  out +=
      ".SH ENVIRONMENT\n.TP\n.B SPALTE_DB\nthe index folder, where \\-\\-db gives none\n"
      ".TP\n.B XDG_DATA_HOME\nwhere the index folder lies by default, below spalte\n"
      ".TP\n.B NO_COLOR\nno colours, whatever the terminal\n";
  return out;
}

}  // namespace spalte::query
