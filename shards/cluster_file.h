// Which shards does an archive consist of? The file that --cluster names.
#pragma once

#include "schema/result.h"

#include <chrono>
#include <cstdint>
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

  // --- which articles belong here (shards/routing.h)
  /// [from, to], as precise as written; an empty end is open.
  struct DateSpan {
    bool given = false;
    std::string from, to;
  };
  std::string group;                 ///< shards of one group stand where one shard of that name would; empty: its own
  DateSpan dates;                    ///< takes these alone
  std::vector<std::string> sources;  ///< takes these alone, as shown; empty: any

  bool local() const { return way == Way::local; }
  /// As in the file: "/srv/a", "tcp host:port", "ssh host /srv/a".
  std::string at() const;
};

/// By what articles are shared out among shards that would take them alike.
enum class Route : std::uint8_t { month, year, source, source_month };
constexpr std::string_view route_name(Route r) {
  constexpr std::string_view names[] = {"month", "year", "source", "source and month"};
  return names[static_cast<std::size_t>(r)];
}

struct Cluster {
  Route route = Route::month;
  std::vector<ShardPlace> shards;  ///< in order of the file; at least one
  std::string topics;              ///< a topics file of the user's own; empty: that of the first local shard that has one
};

/// Reads the file; relative paths are below its folder. Errors: not_found, usage (what, and in which line).
///
///     timeout = 5                       # seconds for each answer; of one shard too (default 5)
///     route = "month"                   # or year, source, "source and month"
///
///     [[shard]]
///     name = "2019"
///     at = "/srv/spalte/2019"           # or "tcp archive2:7700", or "ssh archive3 /srv/spalte/2017"
///     secret = "/etc/spalte/secret"     # tcp beyond loopback: the file that `spalte serve --secret` has, too
///     dates = "2015..2019"              # takes these alone; also "..2009", "2020-03..", "2019"
///     sources = ["Fjordposten"]         # takes these alone
///     group = "old"                     # shares with others of the group what one shard "old" would take
Result<Cluster> read_cluster(const std::string& path);

/// Has the file say that the shard of that name lies in `folder` on this machine, and changes nothing else of it; it is
/// replaced in one step. Errors: usage, where that cannot be done without changing more (then by hand); failed.
Status point_shard(const std::string& path, const std::string& shard, const std::string& folder);

/// "host:port", "[::1]:port", ":port" (host empty). Errors: usage.
struct HostPort {
  std::string host, port;
};
Result<HostPort> parse_host_port(std::string_view text);

}  // namespace spalte
