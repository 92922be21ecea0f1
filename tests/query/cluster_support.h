// What do tests of clusters need? The test archive as three shards, and servers of them.
#pragma once

#include "tests/query/generated_queries.h"
#include "tests/support.h"

#include <filesystem>
#include <functional>
#include <string>

#include <sys/types.h>

namespace spalte::test {

inline constexpr int kShards = 3;

/// The test archive, its files shared out by year among three indexes: versions and copies of a story stay together, as
/// they do where articles are routed by month.
class Shards {
 public:
  Shards();
  std::filesystem::path index(int i) const { return folder_ / ("shard" + std::to_string(i)); }
  std::filesystem::path folder() const { return folder_.path(); }
  /// A cluster file of all of them, each at `at(i)`; `each` goes below each, `head` above all.
  std::string file(const std::string& name, const std::function<std::string(int)>& at, const std::string& head = "",
                   const std::string& each = "") const;
  /// All on this machine.
  std::string local() const;

 private:
  TempFolder folder_;
};

const Shards& shards();

Answer of_cluster(const std::string& file, Words arguments);

/// Does the cluster print what the index prints? `ordered`: in the same order, too (rows that the catalogue numbers come
/// shard by shard).
void check_same(const std::string& file, const Words& arguments, bool ordered = true);

/// `spalte serve`, ended with itself.
class Server {
 public:
  explicit Server(const std::filesystem::path& index, const std::string& address = "127.0.0.1:0",
                  const Words& more = {});
  ~Server();
  Server(const Server&) = delete;
  const std::string& port() const { return port_; }
  /// To it and to all that answer for it.
  void signal(int number) const;

 private:
  pid_t process_ = 0;
  std::string port_;
};

}  // namespace spalte::test
