// How do the files of some roots become articles of several shards?
#pragma once

#include "indexer/pipeline.h"
#include "indexer/shard_set.h"

#include <atomic>
#include <functional>

namespace spalte::indexer {

/// As index_roots, over all shards of a cluster, which are made where they are not there yet; each article goes where
/// the routing says. Each shard walks the roots and reads what is new or changed, and analyses and stores what is its
/// own: a file is read once a shard, an article is worked on once. Each keeps a row of every file, so that it alone
/// knows what it has seen. An article that another shard has to take is there in both stores before it leaves the one
/// it was in; a kill between leaves it in both, and the next run mends that. Errors besides: usage, where articles of a
/// shard were shared out by another rule (`spalte shard route`).
Result<IndexReport> index_cluster(const WritableCluster& cluster, const IndexOptions& options,
                                  const Resources& resources, const std::atomic<bool>& stop,
                                  const std::function<void(const Progress&)>& progress);

}  // namespace spalte::indexer
