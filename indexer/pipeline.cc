// How does a run of `spalte index` over one archive begin and end?
#include "indexer/pipeline.h"

#include "indexer/writer.h"

#include "indexer/bulk.h"
#include "indexer/indexing.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <fmt/format.h>

namespace spalte::indexer {

namespace fs = std::filesystem;

void IndexReport::add_second_run(IndexReport&& more) {
  indexed += more.indexed;
  updated += more.updated;
  elsewhere += more.elsewhere;
  interrupted = more.interrupted;
  std::move(more.failed.begin(), more.failed.end(), std::back_inserter(failed));
  std::move(more.warnings.begin(), more.warnings.end(), std::back_inserter(warnings));
}

Result<Places> find_roots(Catalogue& catalogue, const std::vector<std::string>& paths) {
  Result<std::vector<RootRow>> known = catalogue.roots();
  if (!known) return fail(std::move(known));
  Places found;
  if (paths.empty()) {
    found.roots = std::move(*known);
    return found;
  }
  std::vector<RootRow>& out = found.roots;
  for (const std::string& typed : paths) {
    std::error_code error;
    std::string path = fs::weakly_canonical(fs::absolute(typed), error).string();
    if (error) return fail(ErrorCode::usage, fmt::format("{}: {}", typed, error.message()), "");
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    // What lies below a known root is looked at alone: the rest of it may be large.
    const RootRow* best = nullptr;
    for (const RootRow& r : *known)
      if (path == r.path || path.starts_with(r.path + "/"))
        if (best == nullptr || r.path.size() > best->path.size()) best = &r;
    if (best == nullptr) {
      if (!fs::exists(path, error))
        return fail(ErrorCode::usage, fmt::format("{} does not exist", typed), "name a folder or file of articles");
      // Ids are hashed from the name, so two roots may not share one: the parent's name is put before it until they
      // differ.
      fs::path whole(path);
      std::string name = whole.filename().string();
      const auto taken = [&] {
        return std::any_of(known->begin(), known->end(), [&](const RootRow& r) { return r.name == name; });
      };
      for (fs::path up = whole.parent_path(); taken() && up.has_relative_path(); up = up.parent_path())
        name = up.filename().string() + "/" + name;
      Result<RootRow> made = catalogue.root(path, name);
      if (!made) return fail(std::move(made));
      known->push_back(*made);
      best = &known->back();
    }
    found.places[best->root].insert(path == best->path ? "" : path.substr(best->path.size() + 1));
    if (std::none_of(out.begin(), out.end(), [&](const RootRow& r) { return r.root == best->root; }))
      out.push_back(*best);
  }
  return found;
}

namespace {

Result<IndexReport> run_roots(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                              const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress,
                              Catalogue& catalogue) {
  Result<Places> places = find_roots(catalogue, options.paths);
  if (!places) return fail(std::move(places));
  Result<std::vector<RootRow>> all = catalogue.roots();
  if (!all) return fail(std::move(all));
  const std::int64_t freed = catalogue.files_freed();
  Indexing indexing(folder, options, resources, stop, progress, catalogue);
  if (Status done = indexing.add(*places, *all); !done) return fail(std::move(done));
  IndexReport report = std::move(indexing.report());
  if (report.interrupted || (catalogue.files_freed() == freed && !indexing.again())) return report;
  // What went had hidden articles of files that are still there; or pages of an unchanged issue have changed.
  IndexOptions again = options;
  again.changed.clear();
  again.full = false;
  Indexing once_more(folder, again, resources, stop, progress, catalogue);
  if (Status done = once_more.add(*places, *all); !done) return fail(std::move(done));
  report.add_second_run(std::move(once_more.report()));
  return report;
}

/// The same up to the first change, which is the rows of new roots: they go again.
Result<IndexReport> dry_run(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                            const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress,
                            Catalogue& catalogue) {
  if (Status begun = catalogue.begin(); !begun) return fail(std::move(begun));
  Result<IndexReport> report = run_roots(folder, options, resources, stop, progress, catalogue);
  catalogue.rollback();
  return report;
}

}  // namespace

Result<IndexReport> index_roots(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                                const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress) {
  if (options.dry_run && !require_index(folder)) {
    Result<Catalogue> empty = Catalogue::open(":memory:", Catalogue::Mode::read_write);
    if (!empty) return fail(std::move(empty));
    return dry_run(folder, options, resources, stop, progress, *empty);
  }
  if (Status made = create_index_folder(folder); !made) return fail(std::move(made));
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  BulkFolder::remove_leftovers(folder);
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  if (options.dry_run) return dry_run(folder, options, resources, stop, progress, *catalogue);
  if (current_index(folder)) {
    // One that cannot be written to (of an older format, torn) is refused before anything is stored.
    Result<IndexWriter> writer = IndexWriter::open(folder, *catalogue, resources.lexicon);
    if (!writer) return fail(std::move(writer));
  }
  Result<std::string> models = catalogue->state(state_key::kModels);
  if (!models) return fail(std::move(models));
  if (models->empty())
    if (Status set = catalogue->set_state(state_key::kModels, annotate::models_version(*resources.models)); !set)
      return fail(std::move(set));
  return run_roots(folder, options, resources, stop, progress, *catalogue);
}

}  // namespace spalte::indexer
