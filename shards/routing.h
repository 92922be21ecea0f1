// Which shard of a cluster does an article belong to?
#pragma once

#include "schema/result.h"
#include "shards/cluster_file.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// A function of what the article says and of the cluster file alone, so that it is the same on every machine, in every
/// run, and in whatever order the shards stand:
///
/// 1. Shards with conditions (`dates`, `sources`) that all hold come first; where none's do, those without conditions.
/// 2. Among several of them the article's key decides (`route`: its month, unless said otherwise): the shard, or group
/// of
///    shards, with which it hashes highest ("rendezvous hashing"). So a shard that is added takes some of the others'
///    articles, and moves none between them; and shards that bear one `group` share out what the group as one shard
///    had.
///
/// What has no date, or one guessed from the file's time, is undated: no `dates` hold of it, and its id is its key (but
/// where the source is), so that an archive of nothing else is shared out, too.
class Routing {
 public:
  /// Errors: usage, where every shard has conditions (an article of which none hold would belong nowhere).
  static Result<Routing> of(const Cluster& cluster);

  /// Its place in the cluster file. `source` as shown; `published` as in Article, empty where it is guessed; `id` of the
  /// article or of an earlier version of it. About .3 µs a shard.
  std::size_t shard_of(std::string_view source, std::string_view published, std::string_view id) const;

  /// The same text for the same rule, whatever order the shards stand in and wherever they lie. Each shard keeps the
  /// one that its articles were shared out by.
  const std::string& text() const { return text_; }

 private:
  struct Member {
    std::size_t shard;
    std::string name, group;
    bool conditions;
    ShardPlace::DateSpan dates;
    std::vector<std::string> sources;
  };
  static bool fits(const Member& member, std::string_view source, std::string_view published);

  Route route_ = Route::month;
  std::vector<Member> members_;  ///< by name
  std::string text_;
};

}  // namespace spalte
