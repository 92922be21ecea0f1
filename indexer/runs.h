// How are many articles indexed fast? Each worker fills small fresh databases (runs); all are merged into a new index
// folder.
#pragma once

#include "indexer/document.h"
#include "language/analyser.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <memory>
#include <string>
#include <vector>

namespace spalte::indexer {

struct RunSizes {
  /// Xapian keeps what it has not written yet in maps: written this often they stay in the CPU's cache, which takes an
  /// eighth less work than writing 700 articles at once.
  int flush_articles = 100;
  /// Larger runs make longer lists of postings, so a smaller index, and cost more for each article.
  int run_articles = 4000;
  /// So many runs of a worker are joined into one, by the worker.
  std::size_t joined_runs = 20;
  /// Databases merged in one go, four files each.
  std::size_t most_merged = 60;
};

/// Fills runs below a folder. One object a thread.
class RunWriter {
 public:
  /// `folder` exists; `name` keeps the runs of different workers apart.
  RunWriter(std::string folder, std::string name, const RunSizes& sizes = {});
  ~RunWriter();
  RunWriter(RunWriter&&) noexcept;
  Status add(const DocumentInput& input, language::Analyser& analyser);
  /// Opens a run, so that there is one even without articles.
  Status start();
  /// Closes the open run. Must be called before the merge.
  Status finish();
  /// Paths of the finished runs; each holds `articles` and `quotes`.
  const std::vector<std::string>& runs() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What a merged index is stamped with.
struct MergeStamp {
  std::string uuid;
  std::string analyser;
  std::uint64_t generation = 0;
  std::int64_t first_row = 0, last_row = 0;  ///< of the articles that the runs hold
};

/// Merges the index `base` (empty: none) and the runs into DIR/`name`, stamps it, checks that it holds as many articles
/// as its parts, and removes the runs. The switch is the caller's. Cost: 2 % of indexing, 6 MB of memory (measured in
/// the prototype).
Status merge_runs(const IndexFolder& folder, const std::string& base, const std::vector<std::string>& runs,
                  const std::string& name, const MergeStamp& stamp, const RunSizes& sizes = {});

}  // namespace spalte::indexer
