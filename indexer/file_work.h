// What does a worker do with one file? It reads, and hands articles on in pieces, so that a file may hold any number.
#pragma once

#include "indexer/pipeline.h"
#include "indexer/toolbox.h"
#include "indexer/worker_pool.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace spalte::indexer {

/// A file that is read. The first part is the reading worker's until it hands on the last piece, then the owner's; the
/// second is the owner's.
struct FileReading {
  FileTask task;
  std::string sha256;
  FileOutcome outcome = FileOutcome::indexed;
  std::string reason;
  bool same_content = false;                     ///< touched, not changed
  bool broken_off = false;                       ///< by an interrupt: what is missing is no news of the file
  std::optional<std::int64_t> moved_from;        ///< the number of a file that is gone and had this content
  std::vector<std::string> warnings;
  std::vector<FailedPath> failed;                ///< the file, or parts of it
  std::map<std::string, std::int64_t> skipped;   ///< the file, or members of it, by kind
  std::vector<std::pair<std::string, std::uint32_t>> withdrawn;  ///< family, and up to which version
  std::size_t pieces = 0;

  std::int64_t file = 0;                         ///< its number, once it has a row
  std::vector<std::int64_t> rows;                ///< of its articles
  std::size_t pieces_stored = 0;
  bool ended = false;
  bool leaving = false;                          ///< it is finished only when other shards' articles, or its own, have gone
};

/// Articles of a file, ready to be stored.
struct Piece {
  std::shared_ptr<FileReading> reading;
  std::vector<ArticleRecord> articles;
  bool last = false;           ///< handed on by the reading worker at its end; others may still come after it
  std::optional<Error> fatal;  ///< the run could not be written
};

/// Articles as read, for a worker that has nothing to do.
struct RawPiece {
  std::shared_ptr<FileReading> reading;
  std::vector<Article> articles;
};

using FileJob = std::variant<FileTask, RawPiece>;

/// A worker's own.
struct FileTools {
  Toolbox box;
  std::optional<RunWriter> run;
};

using FilePool = WorkerPool<FileJob, Piece, FileTools>;

/// What the workers know besides their task.
struct FileShared {
  FileShared(const IndexOptions& o, const std::atomic<bool>& s) : options(o), stop(s) {}

  const IndexOptions& options;
  const std::atomic<bool>& stop;
  std::atomic<bool> give_up{false};  ///< the owner has failed: nothing more is wanted
  std::mutex gone_mutex;
  std::unordered_multimap<std::string, std::int64_t> gone;  ///< SHA-256 of files that are gone → their number
  Forgotten forgotten;
  std::string now;
  bool bulk = false;
  std::atomic<std::int64_t> next_row{1};

  /// Each file that is gone can have moved to one place only.
  std::optional<std::int64_t> claim_gone(const std::string& sha);
};

/// Does the job and delivers its pieces to the pool. Thread-safe for different tools.
void work_on_file(FileJob&& job, FileTools& tools, FileShared& shared, FilePool& pool);

}  // namespace spalte::indexer
