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

/// Articles of one run: small maps stay near the CPU's cache (measured: bigger flushes are slower), and memory stays
/// bounded.
inline constexpr int kRunArticles = 700;

/// Fills runs below a folder. One object a thread.
class RunWriter {
 public:
  /// `folder` exists; `name` keeps the runs of different workers apart.
  RunWriter(std::string folder, std::string name);
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
                  const std::string& name, const MergeStamp& stamp);

}  // namespace spalte::indexer
