// How does a bulk run get its folder, become the index in use, and how is an index built from the catalogue alone?
#pragma once

#include "indexer/pipeline.h"
#include "indexer/toolbox.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace spalte::indexer {

/// DIR/runs: removed with what is left in it when it goes.
class BulkFolder {
 public:
  static Result<BulkFolder> make(const IndexFolder& folder);
  /// What a killed run left.
  static void remove_leftovers(const IndexFolder& folder);
  ~BulkFolder();
  BulkFolder(BulkFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  BulkFolder& operator=(BulkFolder&&) = delete;
  const std::string& path() const { return path_; }

 private:
  explicit BulkFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Merges the runs and the index in use into a new one, switches to it, and marks the rows in the catalogue.
Status merge_bulk(const IndexFolder& folder, Catalogue& catalogue, const Resources& resources,
                  const std::vector<std::string>& runs, std::int64_t first_row, std::int64_t last_row);

/// A new index of all that the catalogue holds, annotated anew if `annotate`, switched to. The writer's lock is the
/// caller's; the index in use answers meanwhile.
Status index_catalogue(const IndexFolder& folder, Catalogue& catalogue, bool annotate, int jobs,
                       const Resources& resources, const std::atomic<bool>& stop,
                       const std::function<void(const Progress&)>& progress);

/// From so many articles on, and at a tenth of the archive at least, merging beats single updates (measured: 1.5 ms an
/// update, 0.1 ms merged).
inline constexpr std::int64_t kBulkArticles = 1500;

/// A bulk run that was killed, or another archive whose articles came in, leaves articles that are stored, and no index of
/// them; one by one they would take longer than all anew. Where as many as kBulkArticles wait, and a third of the archive at
/// least, the index is built anew; else nothing is done.
Status catch_up(const IndexFolder& folder, Catalogue& catalogue, int jobs, const Resources& resources,
                const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress);

}  // namespace spalte::indexer
