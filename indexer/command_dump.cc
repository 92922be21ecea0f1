// `spalte dump` and `spalte restore`: how is an archive kept safe and moved?
#include "indexer/dump.h"
#include "indexer/interrupt.h"
#include "indexer/progress_bar.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

class DumpCommand : public CommandRun {
 public:
  explicit DumpCommand(CLI::App& app) {
    app.add_option("FILE", file_, "a new file; -: standard output")->required();
  }
  Result<int> run(Context& context) override {
    if (file_ == "-" && context.io.out_is_terminal)
      return fail(ErrorCode::usage, "a dump is no text for a terminal", "spalte dump FILE, or send it into a pipe");
    Result<std::int64_t> rows = dump_archive({context.db}, file_);
    if (!rows) return fail(std::move(rows));
    if (!context.quiet && file_ != "-")
      context.io.out << fmt::format("dumped {} rows into {}\n", grouped(*rows), printable(file_));
    return 0;
  }

 private:
  std::string file_;
};

class RestoreCommand : public CommandRun {
 public:
  explicit RestoreCommand(CLI::App& app) {
    app.add_option("FILE", file_, "a dump; -: standard input")->required();
    app.add_flag_callback(
        "--no-annotate", [this] { options_.annotate = false; }, "find no actors, quotes and topics");
    app.add_option("--jobs", options_.jobs, "threads (default: one a core)")->check(CLI::Range(1, 256))->type_name("N");
  }
  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources();
    if (!resources) return fail(std::move(resources));
    ProgressBar bar(context.io.err, context.io.err_is_terminal && !context.quiet);
    const InterruptGuard interrupt;
    Result<std::int64_t> n = restore_archive({context.db}, file_, options_, *resources, interrupt.stop(),
                                             [&](const Progress& p) { bar.update(p); });
    bar.clear();
    if (!n) return fail(std::move(n));
    if (!context.quiet) context.io.out << fmt::format("restored {} articles\n", grouped(*n));
    return 0;
  }

 private:
  std::string file_;
  RestoreOptions options_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_dump(CLI::App& app) { return std::make_unique<DumpCommand>(app); }
std::unique_ptr<CommandRun> setup_restore(CLI::App& app) { return std::make_unique<RestoreCommand>(app); }

}  // namespace spalte::indexer
