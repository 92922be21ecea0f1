// `spalte rebuild`, `compact`, `check` and `forget`: how is an archive kept sound?
#include "indexer/interrupt.h"
#include "indexer/pipeline.h"
#include "indexer/progress_bar.h"
#include "indexer/upkeep.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

class RebuildCommand : public CommandRun {
 public:
  explicit RebuildCommand(CLI::App& app) {
    app.add_flag("--annotate", annotate_, "find actors, quotes and topics anew, too");
    app.add_option("--jobs", jobs_, "threads (default: one a core)")->check(CLI::Range(1, 256))->type_name("N");
  }
  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources_of(context.db);
    if (!resources) return fail(std::move(resources));
    ProgressBar bar(context.io.err, context.io.err_is_terminal && !context.quiet);
    const InterruptGuard interrupt;
    if (Status done = rebuild_index({context.db}, annotate_, jobs_, *resources, interrupt.stop(),
                                    [&](const Progress& p) { bar.update(p); });
        !done)
      return fail(std::move(done));
    bar.clear();
    if (!context.quiet) context.io.out << "rebuilt\n";
    return 0;
  }

 private:
  bool annotate_ = false;
  int jobs_ = 0;
};

class CompactCommand : public CommandRun {
 public:
  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources_of(context.db);
    if (!resources) return fail(std::move(resources));
    Result<SizeChange> change = compact_index({context.db}, *resources);
    if (!change) return fail(std::move(change));
    if (!context.quiet)
      context.io.out << fmt::format("compacted from {:.1f} MB to {:.1f} MB\n",
                                    static_cast<double>(change->before) / 1e6,
                                    static_cast<double>(change->after) / 1e6);
    return 0;
  }
};

class CheckCommand : public CommandRun {
 public:
  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources_of(context.db);
    if (!resources) return fail(std::move(resources));
    Result<CheckReport> report = check_index({context.db}, *resources);
    if (!report) return fail(std::move(report));
    for (const std::string& fault : report->faults) context.io.out << printable(fault) << '\n';
    if (report->faults.empty()) {
      context.io.out << fmt::format("sound: {} articles, {} quotations, generation {}\n", grouped(report->articles),
                                    grouped(report->quotes), report->generation);
      return 0;
    }
    return fail(ErrorCode::index_damaged, fmt::format("{} faults found", report->faults.size()),
                "`spalte rebuild` makes the index anew from the catalogue");
  }
};

class ForgetCommand : public CommandRun {
 public:
  explicit ForgetCommand(CLI::App& app) {
    app.add_option("ID", what_.ids, "ids of articles");
    app.add_option("--path", what_.path, "all articles of a file or below a folder")->type_name("P");
    app.add_option("--source", what_.source, "all articles of a source")->type_name("S");
  }
  Result<int> run(Context& context) override {
    if (what_.ids.empty() && what_.path.empty() && what_.source.empty())
      return fail(ErrorCode::usage, "nothing is named", "spalte forget ID, --path P or --source S");
    Result<Resources> resources = open_resources_of(context.db);
    if (!resources) return fail(std::move(resources));
    Result<std::int64_t> n = forget_articles({context.db}, what_, *resources);
    if (!n) return fail(std::move(n));
    if (!context.quiet) context.io.out << fmt::format("forgotten {}\n", grouped(*n));
    return *n == 0 ? 1 : 0;
  }

 private:
  ForgetWhat what_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_rebuild(CLI::App& app) { return std::make_unique<RebuildCommand>(app); }
std::unique_ptr<CommandRun> setup_compact(CLI::App& /*app*/) { return std::make_unique<CompactCommand>(); }
std::unique_ptr<CommandRun> setup_check(CLI::App& /*app*/) { return std::make_unique<CheckCommand>(); }
std::unique_ptr<CommandRun> setup_forget(CLI::App& app) { return std::make_unique<ForgetCommand>(app); }

}  // namespace spalte::indexer
