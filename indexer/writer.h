// How does the index learn what the catalogue knows? The two-store protocol (design: two stores that cannot disagree).
#pragma once

#include "language/analyser.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <functional>
#include <memory>
#include <string>

namespace spalte::indexer {

/// Articles of a batch between two commits: keeps memory and the work that a kill undoes small.
inline constexpr int kBatch = 500;

/// Called after each batch with the number of articles done; false: stop after it (ErrorCode::interrupted).
using OnProgress = std::function<bool(std::int64_t done)>;

/// Writes into the index in use. One thread. A failing batch drops Xapian's handles and is done again article by
/// article, so that one bad article cannot take others with it.
class IndexWriter {
 public:
  /// Opens the index in use, or makes the first one. Errors: locked, index_version (run rebuild), index_damaged.
  static Result<IndexWriter> open(const IndexFolder& folder, Catalogue& catalogue,
                                  std::shared_ptr<const language::Lexicon> lexicon);
  ~IndexWriter();
  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;

  /// Brings every dirty article into the index, in batches of kBatch, each committed in both stores.
  Status index_dirty(const OnProgress& progress);

 private:
  struct Impl;
  explicit IndexWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Makes the process end at a named step of the commit when SPALTE_DIE_AT names it (STEP:N: the Nth time): the tests'
/// fault injection, nothing else. For the thread that owns the catalogue.
void die_here(const char* step);

}  // namespace spalte::indexer
