// How do articles come from some archives into others, with nothing lost?
#pragma once

#include "indexer/pipeline.h"
#include "indexer/shard_set.h"

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace spalte::indexer {

/// An archive by name and folder.
struct NamedFolder {
  std::string name, folder;
};

/// What goes where. An archive may be source and target: then what belongs there stays.
struct Resharding {
  std::vector<NamedFolder> sources;
  std::vector<NamedFolder> targets;  ///< made where they are not there yet
  /// Which of the targets an article belongs to.
  std::function<std::size_t(const ArticleRow&)> target_of;
  std::string rule;     ///< Routing::text, kept by the targets; empty: none
  bool remove = false;  ///< sources that are no targets are removed once all is there
  int jobs = 0;         ///< threads; 0: one a core
};

struct ReshardReport {
  std::int64_t moved = 0;                                 ///< articles that were copied in this run
  std::vector<std::pair<std::string, std::int64_t>> now;  ///< articles of each target
  std::vector<std::string> removed;                       ///< folders
  std::vector<std::string> notes;
};

/// Copies each article, with all that is known of it, into its target's catalogue; brings the target's index up; makes
/// sure that every article is there with its text, and the target sound (as `check`); and only then takes it out of its
/// source. Killed anywhere, the articles are where they were, or in both; doing it again goes on. Corrections, saved
/// queries and topics of the user's own come to the first target, what was forgotten or withdrawn to all, so that it
/// stays out. No text is annotated anew. Locks all archives. Cost: about 3 ms CPU an article that moves. Errors
/// besides: usage, where two archives hold different articles of one id, or differ in their own topics: nothing is
/// taken out then.
Result<ReshardReport> reshard(const Resharding& what, const Resources& resources, const std::atomic<bool>& stop,
                              const std::function<void(const Progress&)>& progress);

/// Copies the archive's folder, compares every byte, has the cluster file (empty: none) name the new place for the
/// shard, and removes the old one. Killed anywhere, the cluster file names a whole archive, and doing it again goes on.
/// Errors: usage, where `to` holds something else; not_permitted, no_space, failed.
Status move_archive(const std::string& from, const std::string& to, const std::string& cluster_file,
                    const std::string& shard);

/// Renames the folder, then removes it: what a kill leaves is no archive any more, and goes with the next call. False:
/// there is none.
Result<bool> remove_archive(const std::string& folder);

}  // namespace spalte::indexer
