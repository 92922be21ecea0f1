// How do the files of some roots become articles of the archive?
#pragma once

#include "indexer/scan.h"
#include "indexer/toolbox.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace spalte::indexer {

struct ShardPart;

struct IndexOptions {
  std::vector<std::string> paths;  ///< as typed; may be empty with retry_failed: then every known root
  bool full = false;
  bool dry_run = false;
  bool no_annotate = false;
  bool retry_failed = false;
  bool forget_missing = false;
  std::shared_ptr<const FieldMap> map;  ///< for JSON and CSV; none: guessed
  int jobs = 0;  ///< 0: as many as the machine has cores
  /// For --watch: these files and folders alone are looked at, below roots that are known; absolute, none inside another.
  std::vector<std::string> changed;
  const ShardPart* part = nullptr;  ///< where it is one of several shards that are indexed together
};

/// What happened, for the summary line.
struct IndexReport {
  std::int64_t indexed = 0, updated = 0, unchanged = 0, moved = 0, gone = 0;  ///< articles; unchanged: files
  std::int64_t held = 0;  ///< articles of the archive that are under embargo: they show when it ends
  std::int64_t elsewhere = 0;  ///< articles that are shown from another file that holds them
  std::map<std::string, std::int64_t> skipped;
  std::vector<FailedPath> failed;
  std::vector<std::string> warnings;
  std::vector<std::string> notes;                          ///< "DIR is empty or not there; its 300 articles stay …"
  std::vector<std::pair<std::string, std::string>> would;  ///< --dry-run: what would be done with which file
  bool interrupted = false;

  /// Adds what a second look at files that are shown again has brought.
  void add_second_run(IndexReport&& more);
};

struct Progress {
  std::string_view stage;  ///< "reading", "merging", "indexing"
  std::int64_t done = 0, total = 0;
};

/// Indexes the roots into the folder. `stop` is looked at between files: then what has been read is committed in both
/// stores and the report says interrupted. Errors are those that end the whole run (locked, no_space, index_*); single
/// files only fail in the report.
Result<IndexReport> index_roots(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                                const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress);

/// Builds a new index from the catalogue alone, annotating anew if `annotate`, and switches to it. The one in use
/// answers meanwhile.
Status rebuild_index(const IndexFolder& folder, bool annotate, int jobs, const Resources& resources,
                     const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress);

}  // namespace spalte::indexer
