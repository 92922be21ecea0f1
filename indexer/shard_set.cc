// How are the shards of a cluster opened for writing?
#include "indexer/shard_set.h"

#include "indexer/bulk.h"

#include <fmt/format.h>

namespace spalte::indexer {

Result<WritableCluster> WritableCluster::read(const std::string& file) {
  Result<Cluster> cluster = read_cluster(file);
  if (!cluster) return fail(std::move(cluster));
  for (const ShardPlace& p : cluster->shards)
    if (!p.local())
      return fail(
          ErrorCode::usage, fmt::format("shard {} ({}) can only be read from here", p.name, p.at()),
          "index its articles on the machine where it lies: spalte index --db FOLDER, or --cluster with a file of "
          "the shards there");
  Result<Routing> routing = Routing::of(*cluster);
  if (!routing) return fail(std::move(routing));
  return WritableCluster{std::move(*cluster), std::move(*routing)};
}

Result<OpenShard> OpenShard::open(const std::string& name, const std::string& dir, bool create) {
  const IndexFolder folder{dir};
  if (Status there = create ? create_index_folder(folder) : require_index(folder); !there)
    return fail(std::move(there));
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  BulkFolder::remove_leftovers(folder);
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  return OpenShard{name, folder, std::move(*lock), std::make_unique<Catalogue>(std::move(*catalogue))};
}

Result<Resources> open_resources_of(const Cluster& cluster) {
  annotate::ModelFiles files;
  files.topics = cluster.topics;
  for (const ShardPlace& p : cluster.shards)
    if (files.topics.empty() && p.local()) files.topics = own_topics({p.folder});
  return open_resources(files);
}

}  // namespace spalte::indexer
