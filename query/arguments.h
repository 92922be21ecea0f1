// How does a command's query get from the command line to Xapian?
#pragma once

#include "query/compile.h"
#include "query/options.h"
#include "query/reader.h"
#include "schema/command.h"

#include <optional>
#include <string>

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

  MatchOptions match;
};

/// Columns of a result as one line of CSV (RFC 4180), with newline.
std::string csv_line(const std::vector<std::string>& cells);
/// "2017-03-16T12:30" → "16.03.2017"; "2017-03" → "03.2017".
std::string norwegian_date(std::string_view iso);

}  // namespace spalte::query
