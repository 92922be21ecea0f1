// Do shards that are served answer as one index does, and is a line that fails at any point noticed?
#include "tests/query/cluster_support.h"
#include "tests/query/generated_queries.h"
#include "tests/support.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::test {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

sockaddr_in loopback(int port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return at;
}

/// Passes bytes on to a port, late, and after so many of them no more: hanging or hanging up.
class Proxy {
 public:
  enum class End { hang, hang_up };
  Proxy(int to, std::chrono::milliseconds delay, std::int64_t most, End end) : to_(to), delay_(delay), left_(most), end_(end) {
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = loopback(0);
    bind(listening_, reinterpret_cast<sockaddr*>(&at), sizeof at);
    listen(listening_, 16);
    socklen_t size = sizeof at;
    getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~Proxy() {
    stop_ = true;
    accepting_.join();
    for (std::thread& t : lines_) t.join();
    close(listening_);
  }
  int port() const { return port_; }
  std::int64_t passed() const { return passed_; }

 private:
  void accept_all() {
    while (!stop_) {
      pollfd p{listening_, POLLIN, 0};
      if (poll(&p, 1, 20) <= 0) continue;
      const int near = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (near >= 0) lines_.emplace_back([this, near] { pass(near); });
    }
  }
  void pass(int near) {
    const int far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(to_);
    bool open = connect(far, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
    while (open && !stop_) {
      std::array<pollfd, 2> ends = {pollfd{near, POLLIN, 0}, pollfd{far, POLLIN, 0}};
      if (poll(ends.data(), 2, 20) <= 0) continue;
      for (std::size_t i = 0; i < 2 && open; ++i) {
        if (ends[i].revents == 0) continue;
        std::array<char, 4096> buffer;
        const ssize_t n = read(ends[i].fd, buffer.data(), buffer.size());
        if (n <= 0) {
          open = false;
          break;
        }
        std::this_thread::sleep_for(delay_);
        const std::int64_t allowed = std::min<std::int64_t>(n, std::max<std::int64_t>(0, left_.fetch_sub(n)));
        passed_ += allowed;
        if (allowed > 0 && send(ends[1 - i].fd, buffer.data(), static_cast<std::size_t>(allowed), MSG_NOSIGNAL) < 0) open = false;
        if (allowed == n) continue;
        while (end_ == End::hang && !stop_) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        open = false;
      }
    }
    close(near);
    close(far);
  }

  int to_, listening_ = -1, port_ = 0;
  std::chrono::milliseconds delay_;
  std::atomic<std::int64_t> left_, passed_{0};
  End end_;
  std::atomic<bool> stop_{false};
  std::thread accepting_;
  std::vector<std::thread> lines_;
};

constexpr std::int64_t kNoEnd = INT64_MAX / 2;

std::vector<std::unique_ptr<Server>> serve_all() {
  std::vector<std::unique_ptr<Server>> out;
  for (int i = 0; i < kShards; ++i) out.push_back(std::make_unique<Server>(shards().index(i)));
  return out;
}

std::string tcp(const std::string& port) { return "tcp 127.0.0.1:" + port; }

/// What the shards but one count.
std::int64_t without(int shard, const std::string& query) {
  std::int64_t sum = 0;
  for (int i = 0; i < kShards; ++i)
    if (i != shard) sum += std::stoll(run({"count", query, "--db", shards().index(i).string()}).out);
  return sum;
}

}  // namespace

TEST_CASE("queries find on three servers what they find in one index", "[cluster]") {
  const auto servers = serve_all();
  const std::string file = shards().file("tcp.toml", [&](int i) { return tcp(servers[i]->port()); });
  // One of them here and two elsewhere.
  const std::string mixed = shards().file("mixed.toml", [&](int i) {
    return i == 0 ? shards().index(0).string() : tcp(servers[i]->port());
  });
  const Vocabulary vocabulary;
  std::mt19937 random(20261126);
  for (int i = 0; i < 12; ++i) {
    const std::string q = vocabulary.query(random), &f = i % 3 == 2 ? mixed : file;
    check_same(f, {"search", "-n", "0", "--format", "jsonl", "--fields", "rank,id,score,snippet,versions,dup", q});
    switch (i % 6) {
      case 0:
        check_same(f, {"facets", "source,year", "--format", "csv", q});
        break;
      case 1:
        check_same(f, {"actors", "--top", "0", "--format", "csv", q});
        break;
      case 2:
        check_same(f, {"topics", "--format", "csv", q});
        break;
      case 3:
        check_same(f, {"quotes", "-n", "0", "--format", "jsonl", q});
        break;
      case 4:
        check_same(f, {"timeline", "--format", "csv", q});
        break;
      default:
        check_same(f, {"search", "-n", "5", "--sort", "date", q});
    }
  }
  check_same(file, {"together", "Kina"});
  check_same(file, {"actors", "--of", "Bråthen"});
  check_same(file, {"kwic", "norge", "-n", "0", "--format", "csv"}, false);
  check_same(file, {"status", "--coverage"});
}

TEST_CASE("a server that is killed, frozen or back again", "[cluster]") {
  auto servers = serve_all();
  const std::string port = servers[1]->port();
  const std::string file = shards().file("faults.toml", [&](int i) { return tcp(servers[i]->port()); }, "timeout = 1\n");
  const std::int64_t part = without(1, "*");
  const auto counted = [&] {
    const Clock::time_point begin = Clock::now();
    Answer a = of_cluster(file, {"count", "*"});
    CHECK(seconds_since(begin) < 4);
    return a;
  };
  CHECK(counted().status == 0);
  servers[1]->signal(SIGSTOP);
  Answer a = counted();
  CHECK(a.status == 3);
  CHECK(std::stoll(a.out) == part);
  CHECK(a.err.find("shard s1 (tcp 127.0.0.1:" + port + ") is missing") != std::string::npos);
  CHECK(of_cluster(file, {"count", "--require-all", "*"}).status == 4);
  servers[1]->signal(SIGCONT);
  CHECK(counted().status == 0);
  servers[1].reset();
  a = counted();
  CHECK(a.status == 3);
  CHECK(std::stoll(a.out) == part);
  servers[1] = std::make_unique<Server>(shards().index(1), "127.0.0.1:" + port);
  CHECK(counted().status == 0);
}

TEST_CASE("a line that ends after any number of bytes makes a whole answer or one that says what is missing", "[cluster]") {
  const auto servers = serve_all();
  const Answer whole = ask({"count", "\"ny avtale\" OR aktør:Kina OR norge"});
  const std::int64_t part = without(1, "\"ny avtale\" OR aktør:Kina OR norge");
  // How many bytes a whole answer takes.
  std::int64_t all = 0;
  {
    Proxy proxy(std::stoi(servers[1]->port()), {}, kNoEnd, Proxy::End::hang_up);
    const std::string file = shards().file("cut.toml", [&](int i) {
      return i == 1 ? tcp(std::to_string(proxy.port())) : tcp(servers[i]->port());
    });
    CHECK(of_cluster(file, {"count", "\"ny avtale\" OR aktør:Kina OR norge"}).out == whole.out);
    all = proxy.passed();
  }
  for (int step = 0; step < 16; ++step) {
    const std::int64_t most = step == 0 ? 0 : all * step / 15 - 1;
    INFO("after " << most << " bytes of " << all);
    Proxy proxy(std::stoi(servers[1]->port()), {}, most, step == 9 ? Proxy::End::hang : Proxy::End::hang_up);
    const std::string file = shards().file("cut.toml", [&](int i) {
      return i == 1 ? tcp(std::to_string(proxy.port())) : tcp(servers[i]->port());
    }, "timeout = 0.5\n");
    const Answer a = of_cluster(file, {"count", "\"ny avtale\" OR aktør:Kina OR norge"});
    INFO(a.err);
    CHECK((a.status == 0 || a.status == 3));
    CHECK(a.out == (a.status == 0 ? whole.out : std::to_string(part) + "\n"));
  }
}

TEST_CASE("a slow line takes longer and changes nothing", "[cluster]") {
  const auto servers = serve_all();
  Proxy proxy(std::stoi(servers[2]->port()), std::chrono::milliseconds(5), kNoEnd, Proxy::End::hang_up);
  const std::string file = shards().file("slow.toml", [&](int i) {
    return i == 2 ? tcp(std::to_string(proxy.port())) : tcp(servers[i]->port());
  });
  check_same(file, {"search", "statsminister OR norge", "-n", "5"});
  check_same(file, {"facets", "source", "--format", "csv"});
}

TEST_CASE("a shard of another version, and what is no shard at all, are missing and named", "[cluster]") {
  // Speaks, but something else.
  const int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at = loopback(0);
  REQUIRE(bind(other, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(listen(other, 4) == 0);
  socklen_t size = sizeof at;
  getsockname(other, reinterpret_cast<sockaddr*>(&at), &size);
  std::thread speaking([other] {
    pollfd called{other, POLLIN, 0};
    if (poll(&called, 1, 10'000) <= 0) return;  // nobody came: what is checked below says so
    const int line = accept(other, nullptr, nullptr);
    const std::string later("\0\0\0\x20spalte-shard/9 0123456789abc open", 36);
    CHECK(write(line, later.data(), later.size()) > 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    close(line);
  });
  const std::string file = shards().file("version.toml", [&](int i) {
    return i == 1 ? tcp(std::to_string(ntohs(at.sin_port))) : shards().index(i).string();
  }, "timeout = 1\n");
  const Answer a = of_cluster(file, {"count", "*"});
  speaking.join();
  close(other);
  CHECK(a.status == 3);
  CHECK(std::stoll(a.out) == without(1, "*"));
  CHECK(a.err.find("speaks another protocol") != std::string::npos);
}

TEST_CASE("what a stranger sends harms neither server nor shard: lengths without measure, lists without end", "[cluster]") {
  const Server server(shards().index(0));
  const auto frame = [](const std::string& bytes) {
    std::string out(4, '\0');
    for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<char>(bytes.size() >> (24 - 8 * i));
    return out + bytes;
  };
  /// Answers to what is sent, as they come within a second; ends when the other side hangs up.
  const auto exchange = [&](const std::vector<std::string>& sent) {
    const int line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(std::stoi(server.port()));
    REQUIRE(connect(line, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
    std::string all;
    for (std::size_t i = 0; i <= sent.size(); ++i) {
      pollfd p{line, POLLIN, 0};
      std::array<char, 65536> buffer;
      const ssize_t n = poll(&p, 1, 1000) > 0 ? read(line, buffer.data(), buffer.size()) : 0;
      if (n > 0) all.append(buffer.data(), static_cast<std::size_t>(n));
      if (i < sent.size() && send(line, sent[i].data(), sent[i].size(), MSG_NOSIGNAL) < 0) break;
    }
    close(line);
    return all;
  };
  const std::string greeting = frame("calls 0123456789abcdef -");
  CHECK_THAT(exchange({std::string("\x0f\xff\xff\xff", 4) + "x"}), !Catch::Contains("ok"));
  CHECK_THAT(exchange({frame(std::string(5000, 'a'))}), !Catch::Contains("ok"));
  CHECK_THAT(exchange({greeting, frame(std::string(2'000'000, '\x81'))}), Catch::Contains("without end"));
  CHECK_THAT(exchange({greeting, frame(std::string(2'000'000, '\x7f'))}), Catch::Contains("no call holds"));
  CHECK_THAT(exchange({greeting, frame("\x9b\xff\xff\xff\xff\xff\xff\xff\xff")}), Catch::Contains("cut short"));
  CHECK_THAT(exchange({greeting, frame("")}), Catch::Contains("cut short"));
  const std::string file = shards().file("stranger.toml", [&](int i) {
    return i == 0 ? tcp(server.port()) : shards().index(i).string();
  });
  CHECK(of_cluster(file, {"count", "*"}).status == 0);
}

TEST_CASE("a shard is reached by ssh, which starts what answers", "[cluster]") {
  // Stands for ssh: takes the options and the host away, and gives the rest to a shell, as the far side does.
  write_file(shards().folder() / "bin/ssh", "#!/bin/sh\nwhile [ \"$1\" = -o ]; do shift 2; done\nshift\nexec sh -c \"$*\"\n");
  chmod((shards().folder() / "bin/ssh").c_str(), 0755);
  const std::string path = std::getenv("PATH");
  setenv("PATH", ((shards().folder() / "bin").string() + ":" + path).c_str(), 1);
  const std::string program = "program = \"" + std::string(std::getenv("SPALTE_PROGRAM")) + "\"\n";
  const std::string file = shards().file("ssh.toml", [&](int i) {
    return i == 0 ? shards().index(0).string() : "ssh arkiv" + std::to_string(i) + " " + shards().index(i).string();
  }, "", program);
  check_same(file, {"search", "norge OR streik", "-n", "0", "--format", "jsonl", "--fields", "id,score,snippet"});
  check_same(file, {"actors", "--format", "csv"});
  const std::string gone = shards().file("ssh_gone.toml", [&](int i) {
    return i == 1 ? "ssh arkiv1 /nowhere" : shards().index(i).string();
  }, "", program);
  const Answer a = of_cluster(gone, {"count", "*"});
  setenv("PATH", path.c_str(), 1);
  CHECK(a.status == 3);
  CHECK(a.err.find("there is no index at /nowhere") != std::string::npos);
}

TEST_CASE("beyond loopback only with a secret, and with the wrong one not at all", "[cluster]") {
  CHECK(spalte({"serve", "--db", shards().index(0).string(), "--listen", "0.0.0.0:0"}).status == 2);
  const auto secret = [&](const std::string& name, const std::string& text, mode_t mode) {
    write_file(shards().folder() / name, text);
    chmod((shards().folder() / name).c_str(), mode);
    return (shards().folder() / name).string();
  };
  const std::string right = secret("with blank", "0123456789abcdef0123\n", 0600);
  const std::string wrong = secret("wrong", "0123456789abcdef9999\n", 0600);
  CHECK(spalte({"serve", "--db", shards().index(0).string(), "--listen", "127.0.0.1:0", "--secret",
                secret("open", "0123456789abcdef0123\n", 0644)})
            .status == 2);
  std::vector<std::unique_ptr<Server>> servers;
  for (int i = 0; i < kShards; ++i)
    servers.push_back(std::make_unique<Server>(shards().index(i), "127.0.0.1:0", Words{"--secret", right}));
  const auto at = [&](int i) { return tcp(servers[i]->port()); };
  check_same(shards().file("secret.toml", at, "", "secret = \"" + right + "\"\n"), {"search", "norge", "-n", "3"});
  const Answer refused = of_cluster(shards().file("wrong.toml", at, "", "secret = \"" + wrong + "\"\n"), {"count", "*"});
  CHECK(refused.status == 4);
  CHECK(refused.out.empty());
  CHECK(refused.err.find("the secret is wrong") != std::string::npos);
  const Answer none = of_cluster(shards().file("none.toml", at), {"count", "*"});
  CHECK(none.status == 4);
  CHECK(none.err.find("it asks for a secret") != std::string::npos);
}

}  // namespace spalte::test
