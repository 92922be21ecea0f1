// What are the stages of indexing one archive, and which thread does what?
#pragma once

#include "indexer/file_work.h"
#include "indexer/pipeline.h"
#include "schema/catalogue.h"
#include "schema/result.h"
#include "shards/routing.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace spalte::indexer {

/// What is asked for.
struct Places {
  std::vector<RootRow> roots;
  std::map<std::int64_t, std::set<std::string>> places;  ///< of a root: what below it; "" is all of it
};

/// The roots that the paths mean: known ones, ones that lie below a known root (then that part of it), or new ones.
Result<Places> find_roots(Catalogue& catalogue, const std::vector<std::string>& paths);

/// A shard's part where several are indexed together: which articles are its own, and what the others have. All
/// catalogues belong to the thread that indexes.
struct ShardPart {
  const Routing& routing;
  std::size_t shard = 0;             ///< its place in the cluster file
  std::vector<Catalogue*> others;    ///< of the other shards
  std::vector<std::string> folders;  ///< of the other shards, canonical: not walked into
  Forgotten forgotten;               ///< what any of them has forgotten
};

/// Indexes roots into one archive. The owner of the catalogue (the calling thread) walks, feeds the workers and stores
/// what they hand back; workers read, analyse, annotate, compress and, in bulk, fill runs. Many new articles go through
/// runs, few through the live index.
///
/// Where it is one of several shards, an article that leaves it (for another shard, or because its file is gone) stays
/// until `remove`, which the caller calls when all shards have what they gain in both stores: so a reader, or a kill,
/// finds it in two shards perhaps, and never in none. Until then its file counts as unfinished, and the next run reads
/// it again.
class Indexing {
 public:
  Indexing(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
           const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress, Catalogue& catalogue)
      : folder_(folder),
        options_(options),
        resources_(resources),
        stop_(stop),
        progress_(progress),
        catalogue_(catalogue),
        shared_(options, stop) {}

  /// All that comes and changes; of a single archive also what goes. Then `report` tells.
  Status add(const Places& asked, const std::vector<RootRow>& all_roots);
  /// What goes.
  Status remove();
  IndexReport& report() { return report_; }
  /// Did something turn up that asks for files to be read which this run took for unchanged?
  bool again() const { return again_; }

  /// Articles of other shards that from now on are shown from a file of this one: the caller takes them out between
  /// `add` and `remove`.
  struct Outvoted {
    Catalogue* catalogue;
    std::int64_t row;
  };
  const std::vector<Outvoted>& outvoted() const { return outvoted_; }

 private:
  /// A file that has been stored, and that articles leave.
  struct Leaving {
    FileRow row;
    std::optional<std::vector<std::int64_t>> kept;  ///< rows; none: all stay
  };

  /// What has changed of the root, the roots within it aside; "" is the root itself.
  std::vector<std::string> changed_below(const RootRow& root, const std::vector<RootRow>& all_roots) const;

  /// Counts of one root's scan; a root that is missing or suddenly empty drops nothing, unless asked to.
  Status take_scan(const RootRow& root, const Result<ScanResult>& found, bool whole);

  Status read_files(const std::vector<std::pair<RootRow, ScanOptions>>& roots);

  /// Issues of which a page has changed, and which were not read beside it, are read again.
  Status mark_issues(const std::vector<std::pair<RootRow, ScanOptions>>& roots);

  Status store_next(FilePool& pool, bool wait);

  Status store(Piece& piece);

  /// Before an article is stored: what other shards hold of it. One that they have from this same file is taken over
  /// first, with its earlier versions. True: it stays in another shard, whose file of it counts.
  Result<bool> stays_elsewhere(const ArticleRecord& record, FileReading& r);

  static FileRow unfinished_row(const FileTask& task);

  static FileRow finished_row(const FileReading& r);

  /// All of the file has been stored.
  Status finish_file(FileReading& r);

  Status finish_leaving();

  Status drop_gone();

  Status bring_index_up();

  const IndexFolder& folder_;
  const IndexOptions& options_;
  const Resources& resources_;
  const std::atomic<bool>& stop_;
  const std::function<void(const Progress&)>& progress_;
  Catalogue& catalogue_;
  FileShared shared_;
  IndexReport report_;
  std::vector<FileRow> gone_;
  std::vector<Leaving> leaving_;
  std::vector<Outvoted> outvoted_;
  std::vector<FileTask> tasks_;             ///< at most one more than are kept (indexing.cc): then there are more
  std::unordered_set<std::int64_t> moved_;  ///< gone files that turned out to have moved
  std::int64_t first_row_ = 0, total_ = 0, done_ = 0, in_batch_ = 0;
  std::set<std::string> folders_of_pages_;  ///< of pages of METS issues that are new or have changed
  std::set<std::string> issues_read_;       ///< METS files that were read
  bool drained_ = false, again_ = false;
  std::chrono::steady_clock::time_point batch_start_;
};

}  // namespace spalte::indexer
