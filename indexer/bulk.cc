// What are the steps from finished runs to the index in use?
#include "indexer/bulk.h"

#include "annotate/given.h"
#include "indexer/bring_up.h"
#include "indexer/duplicates.h"
#include "indexer/pipeline.h"
#include "indexer/runs.h"
#include "indexer/worker_pool.h"
#include "indexer/writer.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

namespace spalte::indexer {
namespace {

/// Behind by one part in so many of the archive: the index is built anew.
constexpr std::int64_t kDirtyShare = 3;

std::string runs_folder(const IndexFolder& folder) { return folder.dir + "/runs"; }

/// The stamp of the index that follows the one the catalogue knows.
Result<MergeStamp> next_stamp(Catalogue& catalogue, const Resources& resources) {
  Result<std::string> uuid = catalogue.state(state_key::kUuid);
  if (!uuid) return fail(std::move(uuid));
  Result<std::string> generation = catalogue.state(state_key::kGeneration);
  if (!generation) return fail(std::move(generation));
  return MergeStamp{*uuid, language::analyser_version(*resources.lexicon),
                    std::strtoull(generation->c_str(), nullptr, 10) + 1, 0, 0};
}

}  // namespace

Result<BulkFolder> BulkFolder::make(const IndexFolder& folder) {
  remove_leftovers(folder);
  const std::string path = runs_folder(folder);
  if (::mkdir(path.c_str(), 0700) != 0)
    return fail(errno == ENOSPC ? ErrorCode::no_space : ErrorCode::not_permitted,
                fmt::format("{} cannot be made: {}", path, std::strerror(errno)),
                "check space and rights of the index folder");
  return BulkFolder(path);
}

void BulkFolder::remove_leftovers(const IndexFolder& folder) {
  std::error_code error;
  std::filesystem::remove_all(runs_folder(folder), error);
}

BulkFolder::~BulkFolder() {
  std::error_code error;
  if (!path_.empty()) std::filesystem::remove_all(path_, error);
}

Status merge_bulk(const IndexFolder& folder, Catalogue& catalogue, const Resources& resources,
                  const std::vector<std::string>& runs, std::int64_t first_row, std::int64_t last_row) {
  if (runs.empty()) return {};
  {
    // The index in use must be one that can be merged with: opening it for writing checks its stamp and makes the first
    // one.
    Result<IndexWriter> writer = IndexWriter::open(folder, catalogue, resources.lexicon);
    if (!writer) return fail(std::move(writer));
  }
  Result<std::string> base = current_index(folder);
  if (!base) return fail(std::move(base));
  Result<std::string> name = next_index_name(folder);
  if (!name) return fail(std::move(name));
  Result<MergeStamp> stamp = next_stamp(catalogue, resources);
  if (!stamp) return fail(std::move(stamp));
  stamp->first_row = first_row;
  stamp->last_row = last_row;
  if (Status merged = merge_runs(folder, *base, runs, *name, *stamp); !merged) return merged;
  die_here("before-switch");
  if (Status switched = switch_index(folder, *name); !switched) return switched;
  die_here("after-switch");
  return catalogue.mark_rows_indexed(first_row, last_row, stamp->generation);
}

namespace {

/// An article as the catalogue holds it, on its way through a worker and back.
struct StoredArticle {
  ArticleRow row;
  Annotation annotation;
  Sketch sketch;
  std::optional<ArticleRecord> record;  ///< where it was annotated anew
  std::optional<Error> fatal;
};

struct RebuildTools {
  Toolbox box;
  RunWriter run;
};

StoredArticle rebuild_one(StoredArticle&& job, RebuildTools& tools, bool annotate) {
  Article& article = job.row.article;
  // The catalogue keeps what the source said in the annotation alone.
  article.actors_given = annotate::given_actors(job.annotation);
  tools.box.work_on(article, annotate);
  if (!annotate) tools.box.set_annotation(std::move(job.annotation));
  const DocumentInput input{article,       tools.box.annotation(), tools.box.text(),   job.row.row, job.row.row_version,
                            job.row.added, job.row.newest_of,      job.row.duplicates, job.row.superseded_from};
  if (Status added = tools.run.add(input, tools.box.analyser()); !added) job.fatal = std::move(added.error());
  // Keys may be others than when it was indexed.
  job.sketch = make_sketch(article, tools.box.text(), tools.box.analyser());
  if (annotate) job.record = tools.box.record(std::move(article));
  return std::move(job);
}

}  // namespace

Status index_catalogue(const IndexFolder& folder, Catalogue& catalogue, bool annotate, int jobs,
                       const Resources& resources, const std::atomic<bool>& stop,
                       const std::function<void(const Progress&)>& progress) {
  Result<BulkFolder> bulk = BulkFolder::make(folder);
  if (!bulk) return fail(std::move(bulk));
  // What waits to leave its family or group does so first: deleted rows go with the rebuild.
  if (Status related = relate(catalogue, resources); !related) return related;
  Result<std::int64_t> total = catalogue.article_count();
  if (!total) return fail(std::move(total));

  const int threads = jobs > 0 ? jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  WorkerPool<StoredArticle, StoredArticle, RebuildTools> pool(
      threads, 64,
      [&](int number) {
        return RebuildTools{Toolbox(resources), RunWriter(bulk->path(), fmt::format("run{}", number))};
      },
      [annotate](StoredArticle&& job, RebuildTools& tools, auto& workers) {
        workers.deliver(rebuild_one(std::move(job), tools, annotate));
      });
  Status status;
  std::int64_t done = 0;
  const auto take = [&](bool wait) {
    std::optional<StoredArticle> result = pool.pop(wait);
    if (!result) return false;
    if (result->fatal && status) status = tl::unexpected<Error>(std::move(*result->fatal));
    if (status) status = catalogue.put_sketch(result->row.row, result->sketch);
    if (result->record && status) status = catalogue.put_annotation(result->row.row, *result->record);
    progress({"rebuilding", ++done, *total});
    return true;
  };
  if (Status begun = catalogue.begin(); !begun) return begun;
  const Status walked = catalogue.each_article([&](const ArticleRow& row) {
    StoredArticle job;
    job.row = row;
    status = catalogue.load_text(row.row, job.row.article);
    if (status) {
      Result<Annotation> annotation = catalogue.annotation(row.row);
      if (annotation) {
        job.annotation = std::move(*annotation);
      } else {
        status = fail(std::move(annotation));
      }
    }
    if (!status || stop) return false;
    while (pool.full()) take(true);
    pool.push(std::move(job));
    return static_cast<bool>(status);
  });
  while (take(true)) {
  }
  std::vector<RebuildTools> tools = pool.close();
  if (!walked) return walked;
  if (!status) return status;
  if (stop) {
    catalogue.rollback();
    return fail(ErrorCode::interrupted, "interrupted; the old index stays in use", "run the command again");
  }
  // Until the switch the index in use holds the annotations of before: a kill leaves that to the next run.
  if (annotate)
    if (Status marked = catalogue.mark_all_dirty(); !marked) return marked;
  if (Status committed = catalogue.commit(); !committed) return committed;
  std::vector<std::string> runs;
  const auto collect = [&runs](RunWriter& run) -> Status {
    if (Status finished = run.finish(); !finished) return finished;
    runs.insert(runs.end(), run.runs().begin(), run.runs().end());
    return {};
  };
  for (RebuildTools& t : tools)
    if (Status collected = collect(t.run); !collected) return collected;
  // A rebuilt archive without articles is an index without documents.
  if (runs.empty()) {
    if (Status started = tools[0].run.start(); !started) return started;
    if (Status collected = collect(tools[0].run); !collected) return collected;
  }
  progress({"merging", 0, 0});
  Result<MergeStamp> stamp = next_stamp(catalogue, resources);
  if (!stamp) return fail(std::move(stamp));
  Result<std::string> name = next_index_name(folder);
  if (!name) return fail(std::move(name));
  if (Status merged = merge_runs(folder, "", runs, *name, *stamp); !merged) return merged;
  die_here("before-switch");
  // Killed here: every live article stands in the new index in its present version, whatever the catalogue says of the
  // old one.
  if (Status switched = switch_index(folder, *name); !switched) return switched;
  die_here("after-switch");
  if (annotate)
    if (Status set = catalogue.set_state(state_key::kModels, annotate::models_version(*resources.models)); !set)
      return set;
  return catalogue.mark_all_indexed(stamp->generation);
}

Status catch_up(const IndexFolder& folder, Catalogue& catalogue, int jobs, const Resources& resources,
                const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress) {
  Result<std::int64_t> dirty = catalogue.dirty_count();
  if (!dirty) return fail(std::move(dirty));
  if (*dirty < kBulkArticles) return {};
  {
    // A switch that the catalogue has not heard of is made known by opening.
    Result<IndexWriter> writer = IndexWriter::open(folder, catalogue, resources.lexicon);
    if (!writer) return fail(std::move(writer));
  }
  dirty = catalogue.dirty_count();
  if (!dirty) return fail(std::move(dirty));
  Result<std::int64_t> articles = catalogue.article_count();
  if (!articles) return fail(std::move(articles));
  if (*dirty < kBulkArticles || *dirty * kDirtyShare < *articles) return {};
  return index_catalogue(folder, catalogue, false, jobs, resources, stop, progress);
}

Status rebuild_index(const IndexFolder& folder, bool annotate, int jobs, const Resources& resources,
                     const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress) {
  if (Status there = require_index(folder); !there) return there;
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  if (Status done = index_catalogue(folder, *catalogue, annotate, jobs, resources, stop, progress); !done) return done;
  // Where the analyser cuts otherwise than before, sketches and groups are others.
  return bring_up(folder, *catalogue, resources, {});
}

}  // namespace spalte::indexer
