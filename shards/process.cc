// How is a program started whose ends are a channel?
#include "shards/process.h"

#include "schema/hex.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace spalte {
namespace {

/// Xapian's server hangs up on a client that asks nothing for so long.
constexpr std::chrono::hours kIdle{24};

std::string own_program() {
  // The tests' own program is not the one to run.
  if (const char* named = std::getenv("SPALTE_PROGRAM"); named != nullptr && *named != '\0') return named;
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "spalte" : self.string();
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& w : words) out.push_back(w.data());
  out.push_back(nullptr);
  return out;
}

/// One direction; false: it has ended.
bool pass(int from, int to) {
  std::array<char, 1 << 16> buffer;
  const ssize_t n = ::read(from, buffer.data(), buffer.size());
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  for (ssize_t done = 0; done < n;) {
    const ssize_t written = ::write(to, buffer.data() + done, static_cast<std::size_t>(n - done));
    if (written > 0) {
      done += written;
    } else if (errno == EAGAIN) {
      pollfd p{to, POLLOUT, 0};
      ::poll(&p, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return n > 0;
}

}  // namespace

std::string ProgramCommand::joined() const {
  std::string out;
  for (const std::string& a : arguments) out += (out.empty() ? "" : " ") + a;
  return out;
}

std::string one_argument(std::string_view text) {
  std::string out;
  for (char c : text)
    out += c == '%' || static_cast<unsigned char>(c) <= ' ' ? "%" + to_hex(std::string_view(&c, 1)) : std::string(1, c);
  return out;
}

std::string from_one_argument(std::string_view argument) {
  std::string out;
  for (std::size_t i = 0; i < argument.size(); ++i) {
    const auto byte = argument[i] == '%' ? from_hex(argument.substr(i + 1, 2)) : std::nullopt;
    if (byte) i += 2;
    out += byte ? *byte : std::string(1, argument[i]);
  }
  return out;
}

ProgramCommand service_command(const ShardPlace& place, const std::string& service) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(place.timeout).count();
  if (place.way == ShardPlace::Way::ssh)
    // Nobody is there to be asked for a password, and a line that is cut must be noticed.
    return {"ssh",
            {"-o", "BatchMode=yes", "-o", fmt::format("ConnectTimeout={}", seconds), "-o", "ServerAliveInterval=5",
             place.host, place.program, "serve", "--stdio", service, "--db", place.folder}};
  ProgramCommand out{own_program(),
                     {"link", "--to", one_argument(place.at().substr(4)), "--service", service, "--timeout",
                      std::to_string(place.timeout.count())}};
  if (!place.secret_file.empty()) {
    out.arguments.emplace_back("--secret");
    out.arguments.push_back(one_argument(place.secret_file));
  }
  return out;
}

Result<Channel> start_program(const ProgramCommand& command, std::chrono::milliseconds timeout) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorCode::failed, std::strerror(errno));
  std::vector<std::string> words = {command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  const std::vector<char*> argv = pointers(words);
  const pid_t child = ::fork();
  if (child < 0) {
    const int error = errno;
    for (int e : ends) ::close(e);
    return fail(ErrorCode::failed, std::strerror(error));
  }
  if (child == 0) {
    ::dup2(ends[1], STDIN_FILENO);
    ::dup2(ends[1], STDOUT_FILENO);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return Channel(ends[0], ends[0], timeout, child);
}

Error become_xapian_server(const std::string& database) {
  std::vector<std::string> words = {
      "xapian-progsrv", fmt::format("--timeout={}", std::chrono::milliseconds(kIdle).count()), database};
  const std::vector<char*> argv = pointers(words);
  for (int d : {STDIN_FILENO, STDOUT_FILENO}) ::fcntl(d, F_SETFL, ::fcntl(d, F_GETFL) & ~O_NONBLOCK);
  ::execvp(argv[0], argv.data());
  return {ErrorCode::failed, fmt::format("xapian-progsrv cannot be started: {}", std::strerror(errno)),
          "apt install xapian-tools"};
}

void relay(int socket, int in, int out) {
  for (;;) {
    std::array<pollfd, 2> ends = {pollfd{socket, POLLIN, 0}, pollfd{in, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) return;
    if (ends[0].revents != 0 && !pass(socket, out)) return;
    if (ends[1].revents != 0 && !pass(in, socket)) return;
  }
}

}  // namespace spalte
