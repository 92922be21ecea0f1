// What is held while several shards of a cluster are written together?
#pragma once

#include "indexer/toolbox.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"
#include "shards/cluster_file.h"
#include "shards/routing.h"

#include <memory>
#include <string>
#include <vector>

namespace spalte::indexer {

/// A cluster whose shards are all on this machine, as somewhere to write. Errors: usage (what, and what to do instead).
struct WritableCluster {
  Cluster cluster;
  Routing routing;
  /// Shards that are reached over a line are refused: they are only read.
  static Result<WritableCluster> read(const std::string& file);
};

/// One archive that is open for writing. Its lock is held as long as it lives.
struct OpenShard {
  std::string name;  ///< in the cluster file, else its folder
  IndexFolder folder;
  WriterLock lock;
  std::unique_ptr<Catalogue> catalogue;

  /// Makes the folder where there is none and `create` says so. Errors: locked, index_missing and those of the
  /// catalogue.
  static Result<OpenShard> open(const std::string& name, const std::string& folder, bool create);
};

/// By which rule the articles of an archive were shared out, as Routing::text; "": by none.
inline constexpr const char* kRoutingKey = "routing";

/// The models, with the topics that the cluster file names, else those of the first shard that has its own.
Result<Resources> open_resources_of(const Cluster& cluster);

}  // namespace spalte::indexer
