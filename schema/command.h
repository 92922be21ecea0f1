// What is a command? The row of the command tables in indexer/ and query/; help, completion, man page and tests walk
// them.
#pragma once

#include "schema/provenance.h"
#include "schema/result.h"

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace spalte {

/// The world as a command sees it; tests hand in their own streams. stdout carries results only.
struct Io {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

/// shards: a writer of one index, or of all that a cluster file names.
enum class Needs : std::uint8_t { nothing, reader, writer, shards };

struct Command;

/// A shard that an answer is without.
struct MissingShard {
  std::string name, at, why;
};

/// What every command is run with.
struct Context {
  Io io;
  std::string db;                  ///< index folder: --db, else SPALTE_DB, else spalte in the XDG data folder
  std::vector<std::string> words;  ///< the query words of a command that takes a query, as typed
  bool color = false;              ///< colour on stdout: decided from --color, the terminal and NO_COLOR
  bool quiet = false;
  std::vector<std::string> command_line;  ///< all of it, for provenance
  std::span<const Command> commands;      ///< all there are, for help
  Provenance provenance = {};             ///< of a command that reads: filled in by who opens the archive
  std::string cluster = {};               ///< --cluster: the file that names the shards; empty: the index at `db` alone
  bool require_all = false;               ///< --require-all: a missing shard is an error
  std::vector<MissingShard> missing_shards = {};  ///< whose articles the answer is without, so far
};

/// A command's options, bound to members by `setup`, and what it does with them.
class CommandRun {
 public:
  virtual ~CommandRun() = default;
  /// The exit status 0, 1 or 3; other statuses come from the Error.
  virtual Result<int> run(Context& context) = 0;
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< for the usage line: "QUERY…"
  std::string_view summary;    ///< one line
  std::string_view examples;   ///< whole command lines, one a line
  Needs needs = Needs::nothing;
  bool takes_query = false;  ///< words, also those beginning with '-' that are no option, go to Context::words
  /// Declares the command's options and positionals on `app`, bound to the object it returns.
  std::unique_ptr<CommandRun> (*setup)(CLI::App& app) = nullptr;
};

/// Declares all options of a command on `app`, those that every command has among them, bound to `context` and to the
/// object it returns.
std::unique_ptr<CommandRun> declare(const Command& command, CLI::App& app, Context& context);

/// Ends the program with a message and its exit status where an exception can no longer be caught: when a disk fills
/// up, Xapian 1.4 throws from destructors. What was committed is consistent, as after a kill. For main, once.
void report_uncaught_exceptions();

/// Parses the arguments (without the program's name) by the tables and runs the command; prints help, version and
/// errors itself. Returns the exit status.
int run_command_line(const std::vector<std::string>& arguments, std::span<const Command> commands, Io io);

/// Writes "spalte: message" and the hint to `err`.
void report(std::ostream& err, const Error& error);

}  // namespace spalte
