// In which order do the shards of a cluster gain and lose articles?
#include "indexer/cluster_index.h"

#include "indexer/indexing.h"
#include "indexer/writer.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

/// Files are counted by each shard, articles by the one that has them.
void add_shard(IndexReport& all, IndexReport&& one, bool first) {
  all.indexed += one.indexed;
  all.updated += one.updated;
  all.elsewhere += one.elsewhere;
  all.unchanged = first ? one.unchanged : std::min(all.unchanged, one.unchanged);
  all.moved = std::max(all.moved, one.moved);
  all.gone = std::max(all.gone, one.gone);
  all.held = std::max(all.held, one.held);
  for (const auto& [kind, n] : one.skipped) all.skipped[kind] = std::max(all.skipped[kind], n);
  all.interrupted = all.interrupted || one.interrupted;
  // What several say is said once.
  const auto add_new = [](auto& into, auto& from, const auto& key) {
    std::set<std::string> known;
    for (const auto& what : into) known.insert(key(what));
    for (auto& what : from)
      if (known.insert(key(what)).second) into.push_back(std::move(what));
  };
  const auto itself = [](const std::string& what) { return what; };
  add_new(all.failed, one.failed, [](const FailedPath& f) { return f.path + '\0' + f.reason; });
  add_new(all.warnings, one.warnings, itself);
  add_new(all.notes, one.notes, itself);
  add_new(all.would, one.would, [](const auto& what) { return what.first + '\0' + what.second; });
}

class ClusterRun {
 public:
  ClusterRun(const WritableCluster& cluster, const Resources& resources, const std::atomic<bool>& stop,
             const std::function<void(const Progress&)>& progress, std::vector<Catalogue*> catalogues)
      : cluster_(cluster),
        resources_(resources),
        stop_(stop),
        progress_(progress),
        catalogues_(std::move(catalogues)) {}

  Result<IndexReport> run(const IndexOptions& options) {
    if (Status shared = share_roots(options.paths); !shared) return fail(std::move(shared));
    Result<IndexReport> report = once(options);
    if (!report || report->interrupted || options.dry_run) return report;
    // As with one archive: what went may have hidden articles of files that are still there, and pages of an unchanged
    // issue may have changed.
    Result<bool> freed = free_files();
    if (!freed) return fail(std::move(freed));
    if (!*freed && !again_) return report;
    IndexOptions again = options;
    again.changed.clear();
    again.full = false;
    Result<IndexReport> more = once(again);
    if (!more) return more;
    report->add_second_run(std::move(*more));
    return report;
  }

 private:
  /// Every shard knows every root, by the same name: ids are hashed from it.
  Status share_roots(const std::vector<std::string>& paths) {
    const auto spread = [&]() -> Status {
      std::map<std::string, std::string> names;  // path → name
      for (Catalogue* c : catalogues_) {
        Result<std::vector<RootRow>> roots = c->roots();
        if (!roots) return fail(std::move(roots));
        for (const RootRow& r : *roots) names.emplace(r.path, r.name);
      }
      for (Catalogue* c : catalogues_)
        for (const auto& [path, name] : names)
          if (Result<RootRow> made = c->root(path, name); !made) return fail(std::move(made));
      return {};
    };
    if (Status done = spread(); !done) return done;
    if (Result<Places> made = find_roots(*catalogues_[0], paths); !made) return fail(std::move(made));
    return spread();
  }

  Result<IndexReport> once(const IndexOptions& options) {
    const std::size_t n = catalogues_.size();
    std::vector<ShardPart> parts;
    std::vector<IndexOptions> each(n, options);
    std::vector<std::unique_ptr<Indexing>> indexing;
    Forgotten forgotten;
    freed_before_.clear();
    for (Catalogue* c : catalogues_) {
      Result<Forgotten> f = c->forgotten();
      if (!f) return fail(std::move(f));
      forgotten.ids.merge(f->ids);
      forgotten.texts.merge(f->texts);
      freed_before_.push_back(c->files_freed());
    }
    std::vector<IndexFolder> folders;
    for (const ShardPlace& p : cluster_.cluster.shards) folders.push_back({p.folder});
    for (std::size_t i = 0; i < n; ++i) {
      parts.push_back({cluster_.routing, i, {}, {}, forgotten});
      for (std::size_t j = 0; j < n; ++j)
        if (j != i) {
          parts[i].others.push_back(catalogues_[j]);
          parts[i].folders.push_back(fs::weakly_canonical(folders[j].dir).string());
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
      each[i].part = &parts[i];
      indexing.push_back(
          std::make_unique<Indexing>(folders[i], each[i], resources_, stop_, progress_, *catalogues_[i]));
      Result<Places> places = find_roots(*catalogues_[i], options.paths);
      if (!places) return fail(std::move(places));
      Result<std::vector<RootRow>> all = catalogues_[i]->roots();
      if (!all) return fail(std::move(all));
      if (Status added = indexing[i]->add(*places, *all); !added) return fail(std::move(added));
      if (stop_) break;
    }
    // A run that was cut short has not seen where everything went.
    if (!stop_) {
      die_here("between-shards");
      for (const auto& one : indexing)
        if (Status out = take_out(one->outvoted()); !out) return fail(std::move(out));
      for (const auto& one : indexing)
        if (Status removed = one->remove(); !removed) return fail(std::move(removed));
    }
    IndexReport report;
    for (const auto& one : indexing) again_ = again_ || one->again();
    for (std::size_t i = 0; i < indexing.size(); ++i) add_shard(report, std::move(indexing[i]->report()), i == 0);
    report.interrupted = report.interrupted || stop_;
    return report;
  }

  static Status take_out(const std::vector<Indexing::Outvoted>& outvoted) {
    for (const Indexing::Outvoted& o : outvoted) {
      if (Status begun = o.catalogue->begin(); !begun) return begun;
      if (Status out = o.catalogue->yield_article(o.row); !out) return out;
      if (Status committed = o.catalogue->commit(); !committed) return committed;
    }
    return {};
  }

  /// Files are read again whose articles were shown from another file, in whatever shard, that is gone.
  Result<bool> free_files() {
    bool freed = false;
    for (std::size_t i = 0; i < catalogues_.size(); ++i) {
      Catalogue& c = *catalogues_[i];
      Result<std::vector<std::string>> ids = c.ids_in_other_files();
      if (!ids) return fail(std::move(ids));
      for (const std::string& id : *ids) {
        bool shown = false;
        for (Catalogue* other : catalogues_) {
          Result<std::optional<ArticleRow>> there = other->article_by_id(id);
          if (!there) return fail(std::move(there));
          shown = shown || there->has_value();
        }
        if (shown) continue;
        if (Status done = c.begin(); !done) return fail(std::move(done));
        if (Status done = c.free_files_of(id); !done) return fail(std::move(done));
        if (Status done = c.commit(); !done) return fail(std::move(done));
      }
      freed = freed || c.files_freed() != freed_before_[i];
    }
    return freed;
  }

  const WritableCluster& cluster_;
  const Resources& resources_;
  const std::atomic<bool>& stop_;
  const std::function<void(const Progress&)>& progress_;
  std::vector<Catalogue*> catalogues_;  ///< in order of the cluster file
  std::vector<std::int64_t> freed_before_;
  bool again_ = false;  ///< as Indexing::again
};

/// Its articles were shared out by this rule, or there are none.
Status check_rule(const std::string& name, Catalogue& catalogue, const Routing& routing) {
  Result<std::string> rule = catalogue.state(kRoutingKey);
  if (!rule) return fail(std::move(rule));
  if (*rule == routing.text()) return {};
  Result<std::int64_t> articles = catalogue.article_count();
  if (!articles) return fail(std::move(articles));
  if (*articles == 0) return catalogue.set_state(kRoutingKey, routing.text());
  return fail(ErrorCode::usage,
              fmt::format("the articles of shard {} {}", name,
                          rule->empty() ? "have not been shared out by the rule of the cluster file"
                                        : "were shared out by another rule: " + *rule),
              "`spalte shard route --cluster FILE` moves each to its shard; then index");
}

Status begin_shard(const ShardPlace& place, Catalogue& catalogue, const WritableCluster& cluster,
                   const Resources& resources) {
  if (Status same = check_rule(place.name, catalogue, cluster.routing); !same) return same;
  Result<std::string> models = catalogue.state(state_key::kModels);
  if (!models) return fail(std::move(models));
  if (!models->empty()) return {};
  return catalogue.set_state(state_key::kModels, annotate::models_version(*resources.models));
}

}  // namespace

Result<IndexReport> index_cluster(const WritableCluster& cluster, const IndexOptions& options,
                                  const Resources& resources, const std::atomic<bool>& stop,
                                  const std::function<void(const Progress&)>& progress) {
  std::vector<OpenShard> shards;
  std::vector<std::unique_ptr<Catalogue>> pretended;
  std::vector<Catalogue*> catalogues;
  for (const ShardPlace& p : cluster.cluster.shards) {
    if (options.dry_run && !require_index({p.folder})) {
      Result<Catalogue> empty = Catalogue::open(":memory:", Catalogue::Mode::read_write);
      if (!empty) return fail(std::move(empty));
      pretended.push_back(std::make_unique<Catalogue>(std::move(*empty)));
      catalogues.push_back(pretended.back().get());
    } else {
      Result<OpenShard> shard = OpenShard::open(p.name, p.folder, true);
      if (!shard) return fail(std::move(shard));
      shards.push_back(std::move(*shard));
      catalogues.push_back(shards.back().catalogue.get());
    }
    if (options.dry_run)
      if (Status begun = catalogues.back()->begin(); !begun) return fail(std::move(begun));
    if (Status begun = begin_shard(p, *catalogues.back(), cluster, resources); !begun) return fail(std::move(begun));
  }
  Result<IndexReport> report = ClusterRun(cluster, resources, stop, progress, catalogues).run(options);
  if (options.dry_run)
    for (Catalogue* c : catalogues) c->rollback();
  return report;
}

}  // namespace spalte::indexer
