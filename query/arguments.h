// How does a command's query get from the command line to Xapian?
#pragma once

#include "query/compile.h"
#include "query/options.h"
#include "query/reader.h"
#include "schema/command.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

namespace spalte::query {

/// The options that every command with a query has, and the query made of the words. Lives as long as the command.
class QueryArguments {
 public:
  explicit QueryArguments(CLI::App& app);

  /// The query's text: the words joined by blanks; "*" where there are none and `optional`. Errors: usage.
  Result<std::string> text(const Context& context, bool optional) const;
  /// Parses and compiles; prints notes (and hints, on a terminal) to stderr. Inside Reader::request.
  Result<Compiled> compile(Context& context, Reader& reader, bool optional) const;
  /// The tree alone; with --any there is none.
  Result<Node> tree(const Context& context, bool optional) const;

  /// Says on stderr that nothing was found, and what may have been meant.
  void say_nothing_found(const Context& context, Reader& reader) const;

  MatchOptions match;
};

/// An option whose value is one of the names of a map.
template <typename T>
void add_choice(CLI::App& app, const std::string& option, T& value, const std::map<std::string, T>& names,
                const char* type_name, const std::string& summary) {
  // Not CLI11's own transformer: its help and its errors show the map's insides.
  const auto take = [names](std::string& typed) {
    const auto found = names.find(typed);
    if (found != names.end()) {
      typed = std::to_string(static_cast<int>(found->second));
      return std::string();
    }
    std::string all;
    for (const auto& [name, ignored] : names) all += (all.empty() ? "" : ", ") + name;
    return "`" + typed + "` is none of " + all;
  };
  // Completion reads the choices from here.
  std::string choices;
  for (const auto& [name, ignored] : names) choices += (choices.empty() ? "{" : ",") + name;
  app.add_option(option, value, summary)->transform(CLI::Validator(take, choices + "}"))->type_name(type_name);
}

/// --sort and --seed of a list.
void add_order(CLI::App& app, SearchOptions& options);
/// These, -n and --offset of a ranked list of `what`.
void add_paging(CLI::App& app, SearchOptions& options, const std::string& what);

/// Columns of a result as one line of CSV (RFC 4180), with newline.
std::string csv_line(const std::vector<std::string>& cells);
/// "2017-03-16T12:30" → "16.03.2017"; "2017-03" → "03.2017".
std::string norwegian_date(std::string_view iso);

}  // namespace spalte::query
