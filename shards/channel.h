// How do frames get from one end to the other, and no later than they must?
#pragma once

#include "schema/result.h"
#include "shards/cluster_file.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace spalte {

/// A longer frame is refused: nothing that is asked needs one.
inline constexpr std::size_t kLongestFrame = std::size_t{256} << 20U;
/// Before it is known who speaks: a stranger gets no more memory than this.
inline constexpr std::size_t kLongestGreeting = 1024;

/// Frames over a pair of descriptors: four bytes of length, most significant first, then as many bytes. One thread.
/// What is not there within the timeout is a failure, after which the channel is of no more use. Errors: failed, with
/// what the system says.
class Channel {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kForever{-1};

  /// Takes the descriptors (which may be one) and the process at the other end (0: none), and ends both with itself.
  Channel(int in, int out, std::chrono::milliseconds timeout, pid_t process = 0);
  ~Channel();
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&& other) noexcept;

  Status send(std::string_view frame);
  /// Longer ones than `most` are refused before they are read.
  Result<std::string> receive(std::size_t most = kLongestFrame);
  /// By then, instead of after the timeout: for answers of several channels that are waited for together.
  Result<std::string> receive_until(Clock::time_point deadline, std::size_t most = kLongestFrame);

  std::chrono::milliseconds timeout() const { return timeout_; }
  int in() const { return in_; }

 private:
  void close_all();
  Status read_exactly(char* into, std::size_t size, Clock::time_point deadline);

  int in_ = -1, out_ = -1;
  std::chrono::milliseconds timeout_;
  pid_t process_ = 0;
};

/// A channel to a service ("calls", "articles", "quotes") of a shard that lies elsewhere; greeted, and ready. Errors:
/// not_permitted, index_version, failed.
Result<Channel> open_channel(const ShardPlace& place, const std::string& service);

}  // namespace spalte
