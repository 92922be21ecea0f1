// Which programs are a shard's ends?
#pragma once

#include "schema/result.h"
#include "shards/channel.h"
#include "shards/cluster_file.h"

#include <chrono>
#include <string>
#include <vector>

namespace spalte {

/// A program and its arguments. Xapian cuts the arguments at blanks, so none holds one.
struct ProgramCommand {
  std::string program;
  std::vector<std::string> arguments;
  std::string joined() const;
};

/// What speaks for a service of a shard that lies elsewhere, on its stdin and stdout: ssh with `spalte serve --stdio` on
/// the far side, or for tcp this program's own `spalte link`.
ProgramCommand service_command(const ShardPlace& place, const std::string& service);

/// Starts it; its stdin and stdout are the channel, its stderr is ours.
Result<Channel> start_program(const ProgramCommand& command, std::chrono::milliseconds timeout);

/// Becomes Xapian's own server of a database: its stdin and stdout are Xapian's remote protocol. Returns only where it
/// cannot: failed, with what to install.
Error become_xapian_server(const std::string& database);

/// Passes bytes between stdin/stdout and a channel's descriptor until either ends. For `spalte link`.
void relay(int socket, int in, int out);

/// Blanks, per cents and control characters as %XX, so that a path is one argument; and back.
std::string one_argument(std::string_view text);
std::string from_one_argument(std::string_view argument);

}  // namespace spalte
