// How does each connection get a process of its own?
#include "shards/listener.h"

#include "shards/channel.h"
#include "shards/cluster_file.h"
#include "shards/handshake.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <ostream>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spalte {
namespace {

/// So many connections at once; a client has three.
constexpr std::size_t kMostConnections = 256;
constexpr std::chrono::seconds kGreetingTime{10};

volatile std::sig_atomic_t stop_asked = 0;
void ask_to_stop(int /*signal*/) { stop_asked = 1; }

bool is_loopback(const addrinfo& a) {
  if (a.ai_family == AF_INET)
    return (ntohl(reinterpret_cast<const sockaddr_in*>(a.ai_addr)->sin_addr.s_addr) >> 24U) == IN_LOOPBACKNET;
  return a.ai_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6*>(a.ai_addr)->sin6_addr);
}

std::string shown(int socket, const std::string& host) {
  sockaddr_storage at{};
  socklen_t size = sizeof at;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size);
  std::array<char, 32> port{};
  ::getnameinfo(reinterpret_cast<sockaddr*>(&at), size, nullptr, 0, port.data(), port.size(), NI_NUMERICSERV);
  return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port.data();
}

/// A client that is cut off says nothing: the line itself is asked now and then.
void watch_line(int socket) {
  const int on = 1, idle = 60, between = 20, times = 3;
  ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &between, sizeof between);
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Result<int> bound_socket(const HostPort& at, bool has_secret) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(at.host.c_str(), at.port.c_str(), &hints, &found); error != 0)
    return fail(ErrorCode::usage, fmt::format("{}: {}", at.host, ::gai_strerror(error)), "host:port");
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
  if (!is_loopback(*found) && !has_secret)
    return fail(ErrorCode::usage, fmt::format("{} can be reached from other machines, and there is no secret", at.host),
                "--secret FILE (which hides nothing from who can read the line), or reach the shard by ssh");
  const int s = ::socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
  const int on = 1;
  if (s >= 0) ::setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (s < 0 || ::bind(s, found->ai_addr, found->ai_addrlen) != 0 || ::listen(s, 64) != 0) {
    const int error = errno;
    if (s >= 0) ::close(s);
    return fail(error == EACCES ? ErrorCode::not_permitted : ErrorCode::failed,
                fmt::format("{}:{} cannot be listened on: {}", at.host, at.port, std::strerror(error)),
                "name another port, or end what listens there");
  }
  return s;
}

[[noreturn]] void answer(int connection, const Listening& listening, const std::string& secret) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  for (int signal : {SIGTERM, SIGINT, SIGCHLD}) ::signal(signal, SIG_DFL);
  std::string service;
  {
    // The channel closes what it is given; the connection goes on.
    const int copy = ::fcntl(connection, F_DUPFD_CLOEXEC, 0);
    Channel channel(copy, copy, kGreetingTime);
    Result<std::string> asked = receive_greeting(channel, secret);
    if (!asked) ::_exit(1);
    service = std::move(*asked);
  }
  ::_exit(listening.answer(service, connection));
}

}  // namespace

Status listen_and_serve(const Listening& listening, std::ostream& out, std::ostream& err) {
  Result<HostPort> at = parse_host_port(listening.address);
  if (!at) return fail(std::move(at));
  if (at->host.empty()) at->host = "localhost";
  std::string secret;
  if (!listening.secret_file.empty()) {
    Result<std::string> read = read_secret(listening.secret_file);
    if (!read) return fail(std::move(read));
    secret = std::move(*read);
  }
  Result<int> socket = bound_socket(*at, !secret.empty());
  if (!socket) return fail(std::move(socket));
  struct sigaction stopping {};
  stopping.sa_handler = ask_to_stop;  // without SA_RESTART: poll must end
  stop_asked = 0;
  ::sigaction(SIGTERM, &stopping, nullptr);
  ::sigaction(SIGINT, &stopping, nullptr);
  out << "listening on " << shown(*socket, at->host) << std::endl;
  std::set<pid_t> children;
  while (stop_asked == 0) {
    pollfd p{*socket, POLLIN, 0};
    const int ready = ::poll(&p, 1, 1000);
    for (pid_t gone = ::waitpid(-1, nullptr, WNOHANG); gone > 0; gone = ::waitpid(-1, nullptr, WNOHANG))
      children.erase(gone);
    if (ready <= 0) continue;
    const int connection = ::accept4(*socket, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    if (children.size() >= kMostConnections) {
      err << "spalte: a connection was turned away: " << children.size() << " are open\n";
      ::close(connection);
      continue;
    }
    watch_line(connection);
    out.flush();
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(*socket);
      answer(connection, listening, secret);
    }
    if (child > 0) children.insert(child);
    ::close(connection);
  }
  ::close(*socket);
  for (pid_t child : children) ::kill(child, SIGKILL);  // a stopped one, too; they only read
  for (pid_t child : children) ::waitpid(child, nullptr, 0);
  return {};
}

}  // namespace spalte
