// `spalte help query`: how is a question asked? Generated from the field table; every example is parsed by a test.
#include "query/help_query.h"
#include "schema/command.h"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

class HelpCommand : public CommandRun {
 public:
  explicit HelpCommand(CLI::App& app) {
    app.add_option("TOPIC", topic_, "query")->required()->check(CLI::IsMember({"query"}));
  }
  Result<int> run(Context& context) override {
    context.io.out << help_query();
    return 0;
  }

 private:
  std::string topic_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_help(CLI::App& app) { return std::make_unique<HelpCommand>(app); }

}  // namespace spalte::query
