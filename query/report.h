// What do the commands that print a table about the articles of a query share?
#pragma once

#include "query/arguments.h"
#include "query/reader.h"
#include "query/table.h"
#include "schema/command.h"

#include <map>
#include <string>

#include <CLI/CLI.hpp>

namespace spalte::query {

/// A report over the articles of a query: its options, and how it runs.
class Report : public CommandRun {
 public:
  explicit Report(CLI::App& app);
  Result<int> run(Context& context) override;

 protected:
  /// Before the query is taken from the words.
  virtual Status prepare(Context& /*context*/) { return {}; }
  virtual Result<Table> make(Context& context, const Compiled& compiled, Reader& reader) = 0;
  QueryArguments query_;
  TableFormat format_ = TableFormat::text;
};

}  // namespace spalte::query
