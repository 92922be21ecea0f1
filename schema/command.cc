// How does a command line become a command with its options?
#include "schema/command.h"

#include "schema/nearest.h"
#include "schema/terminal.h"
#include "schema/xapian_guard.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte {
namespace {

std::string default_index_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  if (std::string db = variable("SPALTE_DB"); !db.empty()) return db;
  std::string data = variable("XDG_DATA_HOME");
  if (data.empty()) data = variable("HOME") + "/.local/share";
  return data + "/spalte";
}

/// The option that an argument means, if `app` has it: "--name", "--name=value", "-n", "-n5" (digits only, so that
/// -norge is a word).
const CLI::Option* option_of(const CLI::App& app, const std::string& argument, bool& value_attached) {
  value_attached = false;
  if (argument.starts_with("--")) {
    const std::size_t equals = argument.find('=');
    value_attached = equals != std::string::npos;
    return app.get_option_no_throw(argument.substr(0, equals));
  }
  if (const CLI::Option* exact = app.get_option_no_throw(argument)) return exact;
  if (argument.size() > 2 &&
      std::all_of(argument.begin() + 2, argument.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    value_attached = true;
    return app.get_option_no_throw(argument.substr(0, 2));
  }
  return nullptr;
}

/// What looks like an option and is none is a slip of the keyboard, and no word of a query.
Error unknown_option(const CLI::App& app, const std::string& argument) {
  std::vector<std::string> names;
  for (const CLI::Option* o : app.get_options())
    for (const std::string& name : o->get_lnames()) names.push_back("--" + name);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string typed = argument.substr(0, argument.find('='));
  const std::string_view near = nearest_name(typed, views);
  return {ErrorCode::usage, fmt::format("there is no option {}", typed),
          (near.empty() ? "" : fmt::format("did you mean {}? ", near)) + "`" + app.get_name() +
              " --help` lists them; after `--` everything is a word"};
}

/// `-n` and `-n5` where the command has no such option: hardly a word that is to be left out, and an answer to another
/// question if it were taken for one.
bool is_letter_option(std::string_view argument) {
  if (argument.size() < 2 || argument[0] != '-') return false;
  const char letter = argument[1];
  return ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) &&
         std::all_of(argument.begin() + 2, argument.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes the query words out: everything that is no option of `app` nor an option's value, and all that follows "--".
Status split_query(const CLI::App& app, const std::vector<std::string>& arguments, std::vector<std::string>& options,
                   std::vector<std::string>& words) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      words.insert(words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
      return {};
    }
    bool attached = false;
    const CLI::Option* option =
        argument.size() > 1 && argument[0] == '-' ? option_of(app, argument, attached) : nullptr;
    if (option == nullptr) {
      if ((argument.size() > 2 && argument.starts_with("--")) || is_letter_option(argument))
        return tl::unexpected<Error>(unknown_option(app, argument));
      words.push_back(argument);
      continue;
    }
    options.push_back(argument);
    if (!attached)
      for (int n = option->get_expected_min(); n > 0 && i + 1 < arguments.size(); --n)
        options.push_back(arguments[++i]);
  }
  return {};
}

/// CLI11's help, with the table's own usage line.
class CommandFormatter : public CLI::Formatter {
 public:
  explicit CommandFormatter(std::string usage) : usage_(std::move(usage)) {}
  std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override { return usage_; }
  /// What a validator says (choices, ranges) stands in the summary, in an order that means something.
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name().substr(0, option->get_type_name().find(':'));
    const bool many = option->get_items_expected_max() >= CLI::detail::expected_max_vector_size;
    return (type.empty() || option->get_items_expected_min() == 0 ? "" : " " + type) + (many ? " …" : "");
  }

 private:
  std::string usage_;
};

void print_overview(std::ostream& out, std::span<const Command> commands) {
  out << "spalte " SPALTE_VERSION
         " – full-text search over Norwegian news archives\n\nusage: spalte COMMAND [OPTIONS] …\n\n";
  for (const Command& c : commands) out << fmt::format("  {:<12}{}\n", c.name, c.summary);
  out << "\n`spalte COMMAND --help` tells more of one command, `spalte help query` how to ask.\n";
}

/// Half an answer in a file must not pass for a whole one. Whoever reads a pipe may stop when they like (head).
bool answer_was_lost(const std::ostream& out) {
  struct stat st {};
  return &out == &std::cout && !out && ::fstat(STDOUT_FILENO, &st) == 0 && !S_ISFIFO(st.st_mode) && !S_ISSOCK(st.st_mode);
}

}  // namespace

void report(std::ostream& err, const Error& error) {
  err << "spalte: " << printable_lines(error.message) << '\n';
  if (!error.hint.empty()) err << "        " << printable_lines(error.hint) << '\n';
}

void report_uncaught_exceptions() {
  std::set_terminate([] {
    const Error error = error_from_exception("the index");
    report(std::cerr, error);
    std::cerr.flush();
    std::_Exit(exit_status(error.code));
  });
}

std::unique_ptr<CommandRun> declare(const Command& command, CLI::App& app, Context& context) {
  app.allow_windows_style_options(false);
  if (command.needs != Needs::nothing)
    app.add_option("--db", context.db, "index folder (default: SPALTE_DB, else " + context.db + ")")->type_name("DIR");
  if (command.needs == Needs::reader || command.needs == Needs::shards)
    app.add_option("--cluster", context.cluster, "the shards that a TOML file names, as one archive, instead of --db")
        ->type_name("FILE");
  if (command.needs == Needs::reader) {
    app.add_flag("--require-all", context.require_all, "a shard that does not answer is an error");
    app.add_option("--provenance", context.provenance.file,
                   "write a JSON file beside the answer: versions, archive and revision, command, time")
        ->type_name("FILE");
  }
  const bool suits = context.io.out_is_terminal && std::getenv("NO_COLOR") == nullptr;
  context.color = suits;
  app.add_option_function<std::string>(
         "--color",
         [&context, suits](const std::string& when) { context.color = when == "always" || (when == "auto" && suits); },
         "colour: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  app.add_flag("-q,--quiet", context.quiet, "print nothing but results and errors");
  if (!command.examples.empty()) app.footer("Examples:\n" + std::string(command.examples));
  app.formatter(std::make_shared<CommandFormatter>(
      fmt::format("usage: spalte {} [OPTIONS] {}\n", command.name, command.arguments)));
  return command.setup(app);
}

int run_command_line(const std::vector<std::string>& arguments, std::span<const Command> commands, Io io) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      (arguments[0] == "help" && arguments.size() == 1)) {
    print_overview(arguments.empty() ? io.err : io.out, commands);
    return arguments.empty() ? 2 : 0;
  }
  if (arguments[0] == "--version") {
    io.out << "spalte " SPALTE_VERSION "\n";
    return 0;
  }
  const auto command =
      std::find_if(commands.begin(), commands.end(), [&](const Command& c) { return c.name == arguments[0]; });
  if (command == commands.end()) {
    std::vector<std::string_view> names;
    for (const Command& c : commands) names.push_back(c.name);
    const std::string_view near = nearest_name(arguments[0], names);
    report(io.err, {ErrorCode::usage, fmt::format("there is no command `{}`", arguments[0]),
                    (near.empty() ? "" : fmt::format("did you mean `{}`? ", near)) + "`spalte --help` lists them"});
    return 2;
  }

  CLI::App app{std::string(command->summary), std::string("spalte ") + std::string(command->name)};
  Context context{io, default_index_folder(), {}, false, false, arguments, commands};
  const std::unique_ptr<CommandRun> run = declare(*command, app, context);

  std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (command->takes_query) {
    std::vector<std::string> options;
    if (Status split = split_query(app, rest, options, context.words); !split) {
      report(io.err, split.error());
      return 2;
    }
    rest = std::move(options);
  }
  std::reverse(rest.begin(), rest.end());  // CLI11 takes a vector from its back
  try {
    app.parse(std::move(rest));
  } catch (const CLI::CallForHelp&) {
    io.out << app.help();
    return 0;
  } catch (const CLI::ParseError& e) {
    report(io.err, {ErrorCode::usage, e.what(), fmt::format("`spalte {} --help` tells how to call it", command->name)});
    return 2;
  }

  Result<int> status = run->run(context);
  io.out.flush();
  if (status && answer_was_lost(io.out))
    status = fail(ErrorCode::no_space, "the answer could not be written to its end",
                  "look at the disk that it is written to; the archive is as it was");
  // Also with --quiet: a part of the articles must not pass for all of them.
  for (const MissingShard& m : context.missing_shards)
    io.err << fmt::format("spalte: shard {} ({}) is missing, and so are its articles: {}\n", printable(m.name), printable(m.at),
                          printable(m.why));
  if (status && *status < 2 && !context.missing_shards.empty()) status = 3;
  if (status && !context.provenance.file.empty())
    if (Status written = write_provenance(context.provenance, arguments, *status); !written)
      status = fail(std::move(written));
  if (!status) {
    report(io.err, status.error());
    return exit_status(status.error().code);
  }
  return *status;
}

}  // namespace spalte
