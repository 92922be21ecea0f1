// `spalte index`: what may be asked of it, and what does it tell?
#include "indexer/cluster_index.h"
#include "indexer/interrupt.h"
#include "indexer/pipeline.h"
#include "indexer/progress_bar.h"
#include "indexer/sources/field_map.h"
#include "indexer/watch.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <chrono>
#include <optional>
#include <ostream>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// "indexed 596, unchanged 0, gone 0, skipped 12 .pdf" – one line, whatever happened.
std::string summary_line(const IndexReport& r) {
  std::string line = fmt::format("indexed {}", grouped(r.indexed));
  if (r.updated > 0) line += fmt::format(", updated {}", grouped(r.updated));
  if (r.moved > 0) line += fmt::format(", moved {}", grouped(r.moved));
  line += fmt::format(", unchanged {}, gone {}", grouped(r.unchanged), grouped(r.gone));
  if (r.elsewhere > 0) line += fmt::format(", shown from another file {}", grouped(r.elsewhere));
  if (r.held > 0) line += fmt::format(", held until their embargo ends {}", grouped(r.held));
  std::string kinds;
  for (const auto& [kind, n] : r.skipped) kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", grouped(n), kind);
  line += kinds.empty() ? ", skipped 0" : fmt::format(", skipped {}", kinds);
  return line + fmt::format(", failed {}", grouped(static_cast<std::int64_t>(r.failed.size())));
}

class IndexCommand : public CommandRun {
 public:
  explicit IndexCommand(CLI::App& app) {
    app.add_option("PATH", options_.paths, "folders and files");
    app.add_flag("--full", options_.full, "read every file again, changed or not");
    app.add_flag("--dry-run", options_.dry_run, "say what would be done, and do nothing");
    app.add_option("--map", map_, "which column or JSON pointer is which field, for JSON and CSV (TOML)")
        ->type_name("FILE");
    app.add_option("--jobs", options_.jobs, "threads (default: one a core)")->check(CLI::Range(1, 256))->type_name("N");
    app.add_flag("--no-annotate", options_.no_annotate, "find no actors, quotes and topics");
    app.add_flag("--retry-failed", options_.retry_failed, "read the files that failed before again");
    app.add_flag("--watch", watch_, "go on, and index what changes in the folders, until it is stopped");
    app.add_flag("--forget-missing", options_.forget_missing, "take out the articles of roots that are not there");
  }

  Result<int> run(Context& context) override {
    if (watch_ && (options_.paths.empty() || options_.dry_run))
      return fail(ErrorCode::usage, "--watch needs folders to follow, and does what it says",
                  "spalte index --watch FOLDER");
    if (options_.paths.empty() && !options_.retry_failed)
      return fail(ErrorCode::usage, "no folder or file is named",
                  "spalte index FOLDER; or --retry-failed for those known already");
    if (!map_.empty()) {
      Result<FieldMap> map = read_field_map(map_);
      if (!map) return fail(std::move(map));
      options_.map = std::make_shared<const FieldMap>(std::move(*map));
    }
    if (!context.cluster.empty()) return run_cluster(context);
    Result<Resources> resources = open_resources_of(context.db);
    if (!resources) return fail(std::move(resources));
    ProgressBar bar(context.io.err, context.io.err_is_terminal && !context.quiet);
    const InterruptGuard interrupt;
    // Watched before it is walked: what changes meanwhile is not missed.
    std::optional<FolderWatch> watch;
    if (watch_) {
      Result<FolderWatch> opened = FolderWatch::open(options_.paths, context.db);
      if (!opened) return fail(std::move(opened));
      watch.emplace(std::move(*opened));
    }
    Result<IndexReport> report =
        index_roots({context.db}, options_, *resources, interrupt.stop(), [&](const Progress& p) { bar.update(p); });
    bar.clear();
    if (!report) return fail(std::move(report));
    const int status = tell(*report, context);
    return watch ? follow(*watch, *resources, interrupt.stop(), context) : Result<int>(status);
  }

 private:
  Result<int> run_cluster(Context& context) {
    if (watch_)
      return fail(ErrorCode::usage, "--watch follows one index", "run `spalte index --cluster` from time to time instead");
    Result<WritableCluster> cluster = WritableCluster::read(context.cluster);
    if (!cluster) return fail(std::move(cluster));
    Result<Resources> resources = open_resources_of(cluster->cluster);
    if (!resources) return fail(std::move(resources));
    ProgressBar bar(context.io.err, context.io.err_is_terminal && !context.quiet);
    const InterruptGuard interrupt;
    Result<IndexReport> report =
        index_cluster(*cluster, options_, *resources, interrupt.stop(), [&](const Progress& p) { bar.update(p); });
    bar.clear();
    if (!report) return fail(std::move(report));
    return tell(*report, context);
  }

  /// Indexes what the watch tells of, until it is stopped.
  Result<int> follow(FolderWatch& watch, const Resources& resources, const std::atomic<bool>& stop, Context& context) {
    constexpr auto kAgain = std::chrono::milliseconds(500);
    IndexOptions options;
    options.jobs = options_.jobs;
    options.no_annotate = options_.no_annotate;
    while (!stop) {
      Result<FolderWatch::Changes> changes = watch.wait(stop);
      if (!changes) return fail(std::move(changes));
      if (!changes->everything && changes->paths.empty()) continue;
      options.paths = options_.paths;
      options.changed.clear();
      if (!changes->everything) options.changed.assign(changes->paths.begin(), changes->paths.end());
      Result<IndexReport> report = index_roots({context.db}, options, resources, stop, [](const Progress&) {});
      // Another command writes: its turn first.
      while (!report && report.error().code == ErrorCode::locked && !stop) {
        std::this_thread::sleep_for(kAgain);
        report = index_roots({context.db}, options, resources, stop, [](const Progress&) {});
      }
      if (!report && report.error().code == ErrorCode::locked) break;
      if (!report) return fail(std::move(report));
      if (report->indexed + report->updated + report->moved + report->gone > 0 || !report->failed.empty())
        tell(*report, context);
      context.io.out.flush();
    }
    if (!context.quiet) context.io.err << "spalte: stopped; the index holds all that was read\n";
    return 130;
  }

  int tell(const IndexReport& r, Context& context) const {
    std::ostream& err = context.io.err;
    for (const std::string& w : r.warnings) err << "spalte: warning: " << printable(w) << '\n';
    for (const std::string& n : r.notes) err << "spalte: " << printable(n) << '\n';
    for (const FailedPath& f : r.failed)
      err << "spalte: failed: " << printable(f.path) << ": " << printable(f.reason) << '\n';
    for (const auto& [what, path] : r.would) context.io.out << what << '\t' << printable(path) << '\n';
    if (!context.quiet) context.io.out << summary_line(r) << '\n';
    if (r.interrupted) {
      err << "spalte: interrupted; what has been read is indexed, run the command again for the rest\n";
      return 130;
    }
    return r.failed.empty() ? 0 : 3;
  }

  IndexOptions options_;
  std::string map_;
  bool watch_ = false;
};

}  // namespace

std::unique_ptr<CommandRun> setup_index(CLI::App& app) { return std::make_unique<IndexCommand>(app); }

}  // namespace spalte::indexer
