// How long is a descriptor waited for?
#include "shards/channel.h"

#include "shards/handshake.h"
#include "shards/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spalte {
namespace {

using Clock = Channel::Clock;

/// Milliseconds left, rounded up; -1: for ever.
int left(Clock::time_point deadline) {
  if (deadline == Clock::time_point::max()) return -1;
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(0, ms));
}

Clock::time_point after(std::chrono::milliseconds timeout) {
  return timeout == Channel::kForever ? Clock::time_point::max() : Clock::now() + timeout;
}

Status wait_for(int descriptor, short events, Clock::time_point deadline) {
  for (;;) {
    pollfd p{descriptor, events, 0};
    const int ready = ::poll(&p, 1, left(deadline));
    if (ready > 0) return {};
    if (ready == 0) return fail(ErrorCode::failed, "no answer in time");
    if (errno != EINTR) return fail(ErrorCode::failed, std::strerror(errno));
  }
}

Result<int> connect_to(const addrinfo& address, Clock::time_point deadline) {
  const int s = ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  if (s < 0) return fail(ErrorCode::failed, std::strerror(errno));
  const auto failed = [s](std::string why) {
    ::close(s);
    return fail(ErrorCode::failed, std::move(why));
  };
  if (::connect(s, address.ai_addr, address.ai_addrlen) != 0) {
    if (errno != EINPROGRESS) return failed(std::strerror(errno));
    if (Status ready = wait_for(s, POLLOUT, deadline); !ready) return failed(ready.error().message);
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
      return failed(std::strerror(error != 0 ? error : errno));
  }
  const int on = 1;
  ::setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return s;
}

Result<int> connect_tcp(const ShardPlace& place) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(place.host.c_str(), place.port.c_str(), &hints, &found); error != 0)
    return fail(ErrorCode::failed, fmt::format("{}: {}", place.host, ::gai_strerror(error)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
  const Clock::time_point deadline = after(place.timeout);
  Result<int> s = fail(ErrorCode::failed, "no address");
  for (const addrinfo* a = found; a != nullptr; a = a->ai_next)
    if (s = connect_to(*a, deadline); s) break;
  return s;
}

}  // namespace

Channel::Channel(int in, int out, std::chrono::milliseconds timeout, pid_t process)
    : in_(in), out_(out), timeout_(timeout), process_(process) {
  for (int d : {in_, out_}) ::fcntl(d, F_SETFL, ::fcntl(d, F_GETFL) | O_NONBLOCK);
}

Channel::~Channel() { close_all(); }

Channel::Channel(Channel&& other) noexcept
    : in_(std::exchange(other.in_, -1)),
      out_(std::exchange(other.out_, -1)),
      timeout_(other.timeout_),
      process_(std::exchange(other.process_, 0)) {}

Channel& Channel::operator=(Channel&& other) noexcept {
  if (this == &other) return *this;
  close_all();
  in_ = std::exchange(other.in_, -1);
  out_ = std::exchange(other.out_, -1);
  timeout_ = other.timeout_;
  process_ = std::exchange(other.process_, 0);
  return *this;
}

void Channel::close_all() {
  if (out_ >= 0 && out_ != in_) ::close(out_);
  if (in_ >= 0) ::close(in_);
  if (process_ > 0) {
    ::kill(process_, SIGKILL);  // it may be stopped, and holds nothing
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  in_ = out_ = -1;
  process_ = 0;
}

Status Channel::send(std::string_view frame) {
  if (frame.size() > kLongestFrame) return fail(ErrorCode::failed, "a frame is too long");
  const auto size = static_cast<std::uint32_t>(frame.size());
  std::string whole = {static_cast<char>(size >> 24U), static_cast<char>(size >> 16U), static_cast<char>(size >> 8U),
                       static_cast<char>(size)};
  whole += frame;
  const Clock::time_point deadline = after(timeout_);
  for (std::string_view rest = whole; !rest.empty();) {
    const ssize_t n = ::write(out_, rest.data(), rest.size());
    if (n > 0) {
      rest.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {
      if (Status ready = wait_for(out_, POLLOUT, deadline); !ready) return ready;
    } else if (errno != EINTR) {
      return fail(ErrorCode::failed, std::strerror(errno));
    }
  }
  return {};
}

Status Channel::read_exactly(char* into, std::size_t size, Clock::time_point deadline) {
  while (size > 0) {
    const ssize_t n = ::read(in_, into, size);
    if (n > 0) {
      into += n;
      size -= static_cast<std::size_t>(n);
    } else if (n == 0) {
      return fail(ErrorCode::failed, "the connection was closed");
    } else if (errno == EAGAIN) {
      if (Status ready = wait_for(in_, POLLIN, deadline); !ready) return ready;
    } else if (errno != EINTR) {
      return fail(ErrorCode::failed, std::strerror(errno));
    }
  }
  return {};
}

Result<std::string> Channel::receive(std::size_t most) { return receive_until(after(timeout_), most); }

Result<std::string> Channel::receive_until(Clock::time_point deadline, std::size_t most) {
  std::array<char, 4> head{};
  if (Status got = read_exactly(head.data(), head.size(), deadline); !got) return fail(std::move(got));
  std::size_t size = 0;
  for (char c : head) size = size << 8U | static_cast<unsigned char>(c);
  if (size > most) return fail(ErrorCode::failed, "what arrives is no frame");
  std::string out(size, '\0');
  if (Status got = read_exactly(out.data(), size, deadline); !got) return fail(std::move(got));
  return out;
}

Result<Channel> open_channel(const ShardPlace& place, const std::string& service) {
  if (place.way == ShardPlace::Way::ssh) return start_program(service_command(place, service), place.timeout);
  std::string secret;
  if (!place.secret_file.empty()) {
    Result<std::string> read = read_secret(place.secret_file);
    if (!read) return fail(std::move(read));
    secret = std::move(*read);
  }
  Result<int> s = connect_tcp(place);
  if (!s) return fail(std::move(s));
  Channel channel(*s, *s, place.timeout);
  if (Status greeted = greet(channel, service, secret); !greeted) return fail(std::move(greeted));
  return channel;
}

}  // namespace spalte
