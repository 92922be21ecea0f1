// `spalte shard`: how are the articles of an archive shared out, joined or moved?
#include "indexer/interrupt.h"
#include "indexer/progress_bar.h"
#include "indexer/reshard.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string_view action;
  std::size_t least, most;
  std::string_view what;
};
constexpr Arguments kArguments[] = {{"split", 1, 1, "one folder"},
                                    {"route", 0, 0, "no folder"},
                                    {"merge", 1, SIZE_MAX, "folders"},
                                    {"move", 2, 2, "a shard, or a folder, and a new folder"}};

const Arguments& arguments_of(std::string_view action) {
  return *std::find_if(std::begin(kArguments), std::end(kArguments),
                       [&](const Arguments& a) { return a.action == action; });
}

class ShardCommand : public CommandRun {
 public:
  explicit ShardCommand(CLI::App& app) {
    app.add_option(
           "ACTION", action_,
           "split FOLDER: its articles go to the shards of --cluster, by their rule; route: each article of the "
           "shards to the one it belongs to; merge FOLDER…: into --db; move SHARD FOLDER: another place for it")
        ->required()
        ->check(CLI::IsMember({"split", "route", "merge", "move"}));
    app.add_option("WHAT", what_, "folders of archives; for move a shard of --cluster, or a folder, and a new folder");
    app.add_flag("--remove", remove_, "split and merge: remove the folders when all is in the others");
    app.add_option("--jobs", jobs_, "threads (default: one a core)")->check(CLI::Range(1, 256))->type_name("N");
  }

  Result<int> run(Context& context) override {
    const bool by_rule = action_ == "split" || action_ == "route";
    if (by_rule && context.cluster.empty())
      return fail(ErrorCode::usage, fmt::format("`shard {}` needs --cluster", action_),
                  "a cluster file names the shards and the rule");
    const Arguments& takes = arguments_of(action_);
    if (what_.size() < takes.least || what_.size() > takes.most)
      return fail(ErrorCode::usage, fmt::format("`shard {}` takes {}", action_, takes.what),
                  "`spalte shard --help` shows examples");
    return action_ == "move" ? move(context) : share_out(context);
  }

 private:
  Result<int> share_out(Context& context) {
    Resharding order;
    order.remove = remove_;
    order.jobs = jobs_;
    std::optional<WritableCluster> cluster;
    Result<Resources> resources = open_resources_of(what_.empty() ? context.db : what_[0]);
    if (!resources) return fail(std::move(resources));
    if (action_ == "merge") {
      order.targets.push_back({context.db, context.db});
      order.target_of = [](const ArticleRow&) { return std::size_t{0}; };
    } else {
      Result<WritableCluster> read = WritableCluster::read(context.cluster);
      if (!read) return fail(std::move(read));
      cluster.emplace(std::move(*read));
      for (const ShardPlace& p : cluster->cluster.shards) order.targets.push_back({p.name, p.folder});
      order.rule = cluster->routing.text();
      order.target_of = [&](const ArticleRow& row) {
        const Article& a = row.article;
        return cluster->routing.shard_of(a.source, a.date_guessed ? "" : a.published, a.id);
      };
      if (action_ == "route") order.sources = order.targets;
      for (NamedFolder& t : order.sources)
        if (Status made = create_index_folder({t.folder}); !made) return fail(std::move(made));
    }
    for (const std::string& folder : what_) {
      // A kill while it was removed: the rest goes now.
      std::error_code error;
      if (remove_ && !fs::exists(folder, error) && fs::exists(folder + ".removed", error)) {
        if (Result<bool> gone = remove_archive(folder); !gone) return fail(std::move(gone));
        continue;
      }
      order.sources.push_back({folder, folder});
    }
    ProgressBar bar(context.io.err, context.io.err_is_terminal && !context.quiet);
    const InterruptGuard interrupt;
    Result<ReshardReport> report =
        reshard(order, *resources, interrupt.stop(), [&](const Progress& p) { bar.update(p); });
    bar.clear();
    if (!report) return fail(std::move(report));
    for (const std::string& note : report->notes) context.io.err << "spalte: " << printable(note) << '\n';
    if (context.quiet) return 0;
    context.io.out << fmt::format("moved {}", grouped(report->moved));
    for (const auto& [name, n] : report->now) context.io.out << fmt::format(", {}: {}", printable(name), grouped(n));
    context.io.out << '\n';
    for (const std::string& folder : report->removed) context.io.out << fmt::format("removed {}\n", printable(folder));
    return 0;
  }

  Result<int> move(Context& context) {
    std::string from = fs::absolute(what_[0]).lexically_normal().string(), name;
    const std::string to = fs::absolute(what_[1]).lexically_normal().string();
    if (!context.cluster.empty()) {
      Result<Cluster> cluster = read_cluster(context.cluster);
      if (!cluster) return fail(std::move(cluster));
      for (const ShardPlace& p : cluster->shards)
        if (p.name == what_[0]) {
          if (!p.local())
            return fail(
                ErrorCode::usage, fmt::format("shard {} ({}) lies on another machine", p.name, p.at()),
                "move it there: copy its folder while nobody writes to it, run `spalte check` on the copy, change "
                "`at`, then remove the old one");
          name = p.name;
          from = p.folder;
        }
      if (name.empty())
        return fail(ErrorCode::usage, fmt::format("{} names no shard {}", context.cluster, what_[0]),
                    "a shard of the file, or a folder without --cluster");
    }
    if (from == to) {
      if (!context.quiet) context.io.err << fmt::format("spalte: {} lies there already\n", printable(what_[0]));
      return 0;
    }
    if (Status moved = move_archive(from, to, context.cluster, name); !moved) return fail(std::move(moved));
    if (!context.quiet) context.io.out << fmt::format("moved {} to {}\n", printable(from), printable(to));
    return 0;
  }

  std::string action_;
  std::vector<std::string> what_;
  bool remove_ = false;
  int jobs_ = 0;
};

}  // namespace

std::unique_ptr<CommandRun> setup_shard(CLI::App& app) { return std::make_unique<ShardCommand>(app); }

}  // namespace spalte::indexer
