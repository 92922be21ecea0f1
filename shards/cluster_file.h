// Which shards does an archive consist of? The file that --cluster names.
#pragma once

#include "schema/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// Where a shard lies and how it is reached.
struct ShardPlace {
  enum class Way : std::uint8_t { local, tcp, ssh };
  std::string name;
  Way way = Way::local;
  std::string folder;       ///< index folder: here (local), or on the far side (ssh)
  std::string host, port;   ///< tcp; of ssh the host alone, as ssh takes it (user@host)
  std::string secret_file;  ///< tcp: a file whose first line both sides share; empty: none
  std::string program = "spalte";  ///< ssh: what is run there
  std::chrono::milliseconds timeout{5000};  ///< for each answer; connecting and a first answer together as well

  bool local() const { return way == Way::local; }
  /// As in the file: "/srv/a", "tcp host:port", "ssh host /srv/a".
  std::string at() const;
};

struct Cluster {
  std::vector<ShardPlace> shards;  ///< in order of the file; at least one
  std::string topics;              ///< a topics file of the user's own; empty: that of the first local shard that has one
};

/// Reads the file; relative paths are below its folder. Errors: not_found, usage (what, and in which line).
///
///     timeout = 5                       # seconds for each answer; of one shard too (default 5)
///
///     [[shard]]
///     name = "2019"
///     at = "/srv/spalte/2019"           # or "tcp archive2:7700", or "ssh archive3 /srv/spalte/2017"
///     secret = "/etc/spalte/secret"     # tcp beyond loopback: the file that `spalte serve --secret` has, too
Result<Cluster> read_cluster(const std::string& path);

/// "host:port", "[::1]:port", ":port" (host empty). Errors: usage.
struct HostPort {
  std::string host, port;
};
Result<HostPort> parse_host_port(std::string_view text);

}  // namespace spalte
