// `spalte help`: how is a question asked, and what do shells and man(1) need? Generated from the command and field
// tables.
#include "query/completion.h"
#include "query/help_query.h"
#include "query/man_page.h"
#include "schema/command.h"

#include <ostream>

#include <CLI/CLI.hpp>

namespace spalte::query {
namespace {

class HelpCommand : public CommandRun {
 public:
  explicit HelpCommand(CLI::App& app) {
    app.add_option("TOPIC", topic_, "query: how to ask")->check(CLI::IsMember({"query"}));
    app.add_option("--completion", shell_, "a script for a shell: bash, zsh or fish")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->type_name("SHELL");
    app.add_flag("--man", man_, "the manual page, for man -l");
  }

  Result<int> run(Context& context) override {
    std::ostream& out = context.io.out;
    if (man_) {
      out << man_page(context.commands);
    } else if (!shell_.empty()) {
      out << (shell_ == "bash"  ? bash_completion(context.commands)
              : shell_ == "zsh" ? zsh_completion(context.commands)
                                : fish_completion(context.commands));
    } else if (topic_.empty()) {
      return fail(ErrorCode::usage, "help with what?", "`spalte help query`, or `spalte COMMAND --help`");
    } else {
      out << help_query();
    }
    return 0;
  }

 private:
  std::string topic_, shell_;
  bool man_ = false;
};

}  // namespace

std::unique_ptr<CommandRun> setup_help(CLI::App& app) { return std::make_unique<HelpCommand>(app); }

}  // namespace spalte::query
