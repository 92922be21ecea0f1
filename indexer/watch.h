// What changes in a folder while we look?
#pragma once

#include "schema/result.h"

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace spalte::indexer {

/// Follows folders with all below them, new ones included, by inotify. One thread. What is hidden, a link or the index is
/// not followed, as in scan().
class FolderWatch {
 public:
  /// `paths` as typed; a file is followed through its folder. Errors: usage (it is not there), failed (the system allows no
  /// more watches; with what to do).
  static Result<FolderWatch> open(const std::vector<std::string>& paths, const std::string& index_folder);
  ~FolderWatch();
  FolderWatch(FolderWatch&&) noexcept;

  struct Changes {
    /// So much has changed that the system lost count, or a root itself came or went: look at all of it.
    bool everything = false;
    std::set<std::string> paths;  ///< absolute; folders mean all below them; none lies inside another
  };
  /// Waits until something has changed and then been quiet for a moment (kQuiet, kLongest at most); returns early and with
  /// nothing when `stop` is set.
  Result<Changes> wait(const std::atomic<bool>& stop);

 private:
  struct Impl;
  explicit FolderWatch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::indexer
