// How are files, processes and the archive's index made for tests?
#include "tests/support.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spalte::test {

namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set: run the tests through ctest");
  return value;
}

/// May everybody go there?
bool open_to_all(const fs::path& path) {
  for (fs::path p = path.parent_path(); !p.empty() && p != p.root_path(); p = p.parent_path())
    if ((fs::status(p).permissions() & fs::perms::others_exec) == fs::perms::none) return false;
  return true;
}

/// Where the sources lie in a closed folder (/root), nobody gets the program and its data as a copy.
Circumstances reachable(Circumstances c) {
  const fs::path program = environment("SPALTE_PROGRAM"), data = environment("SPALTE_DATA");
  if (!c.as_nobody || geteuid() != 0 || (open_to_all(program) && open_to_all(data / "x"))) return c;
  static const TempFolder copy;
  if (!fs::exists(copy / "spalte")) {
    fs::permissions(copy.path(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    fs::copy(data, copy / "data", fs::copy_options::recursive);
    fs::copy_file(program, copy / "spalte");
  }
  c.environment.emplace("SPALTE_PROGRAM", (copy / "spalte").string());
  c.environment.emplace("SPALTE_DATA", (copy / "data").string());
  return c;
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const Circumstances& c) {
  for (const auto& [name, value] : c.environment) setenv(name.c_str(), value.c_str(), 1);
  if (!c.output.empty()) {
    const int file = open(c.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0) _exit(126);
  }
  if (!c.folder.empty() && chdir(c.folder.c_str()) != 0) _exit(126);
  if (c.as_nobody && geteuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) _exit(126);
  if (c.most_file_bytes != 0) {
    const rlimit limit{c.most_file_bytes, c.most_file_bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || signal(SIGXFSZ, SIG_IGN) == SIG_ERR) _exit(126);
  }
  const std::string program = environment("SPALTE_PROGRAM");
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(int end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
};

/// Feeds `input` and collects both outputs until the process has closed them.
void converse(Pipe& in, Pipe& out, Pipe& err, std::string_view input, Outcome& outcome) {
  fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    if (input.empty()) in.close_end(1);
    pollfd waiting[3] = {{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}, {in.ends[1], POLLOUT, 0}};
    if (poll(waiting, 3, -1) < 0) throw std::system_error(errno, std::generic_category(), "poll");
    const auto take = [](Pipe& pipe, const pollfd& ready, std::string& into) {
      if (ready.fd < 0 || ready.revents == 0) return;
      char buffer[1 << 16];
      const ssize_t n = read(pipe.ends[0], buffer, sizeof buffer);
      if (n > 0) into.append(buffer, static_cast<std::size_t>(n));
      if (n <= 0) pipe.close_end(0);
    };
    take(out, waiting[0], outcome.out);
    take(err, waiting[1], outcome.err);
    if (waiting[2].fd >= 0 && waiting[2].revents != 0) {
      const ssize_t n = write(in.ends[1], input.data(), input.size());
      if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
      if (n < 0 && errno != EAGAIN) input = {};
    }
  }
}

}  // namespace

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "spalte-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  // What a test has made unreadable must go too.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           path_, std::filesystem::directory_options::skip_permission_denied, ignored))
    if (!entry.is_symlink())
      std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all, std::filesystem::perm_options::add,
                                   ignored);
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

std::filesystem::path tests_folder() { return environment("SPALTE_TESTS"); }

Outcome spalte(const std::vector<std::string>& arguments, const Circumstances& asked) {
  const Circumstances circumstances = reachable(asked);
  Pipe in, out, err;
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    dup2(in.ends[0], STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    become(arguments, circumstances);
  }
  in.close_end(0);
  out.close_end(1);
  err.close_end(1);
  signal(SIGPIPE, SIG_IGN);
  Outcome outcome;
  converse(in, out, err, circumstances.input, outcome);
  outcome.status = wait_for(child);
  return outcome;
}

pid_t start_spalte(const std::vector<std::string>& arguments, const Circumstances& asked) {
  const Circumstances circumstances = reachable(asked);
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
    become(arguments, circumstances);
  }
  return child;
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void write_articles(const std::filesystem::path& folder, int count, std::uint32_t seed) {
  static constexpr const char* kSubjects[] = {"Statsministeren",  "Ordføreren",    "Forskarane",       "Fotballklubben",
                                              "Torstein Bråthen", "Fagforeininga", "Kinas ambassadør", "Rederiet"};
  static constexpr const char* kVerbs[] = {"varsler", "krev", "avviser", "åpner for", "kritiserer", "støttar"};
  static constexpr const char* kObjects[] = {"nye ferjeruter",       "skattekutt",          "ein avtale med Noreg",
                                             "streiken i Vågsund",   "atomvåpenprogrammet", "høyere strømpriser",
                                             "fleire sjukehussenger"};
  std::mt19937 random(seed);
  const auto any = [&](const auto& list) { return std::string(list[random() % std::size(list)]); };
  for (int i = 0; i < count; ++i) {
    const auto year = 2000 + random() % 20, month = 1 + random() % 12, day = 1 + random() % 28;
    char date[32];
    std::snprintf(date, sizeof date, "%04d-%02d-%02d", static_cast<int>(year), static_cast<int>(month),
                  static_cast<int>(day));
    std::string text = "Tittel: " + any(kSubjects) + " " + any(kVerbs) + " " + any(kObjects) +
                       "\nKilde: " + (random() % 2 == 0 ? "Havnebladet" : "Fjordposten") + "\nDato: " + date + "\n\n";
    for (auto sentences = 3 + random() % 6; sentences > 0; --sentences)
      text +=
          any(kSubjects) + " " + any(kVerbs) + " " + any(kObjects) + " nummer" + std::to_string(random() % 500) + ".\n";
    write_file(
        folder / std::string(date).substr(0, 4) / std::string(date).substr(5, 2) / ("sak" + std::to_string(i) + ".txt"),
        text);
  }
}

std::string all_answers(const std::filesystem::path& index) {
  std::string out;
  const auto ask = [&](std::vector<std::string> arguments) {
    for (const std::string& a : arguments) out += a + " ";
    arguments.insert(arguments.begin() + 1, {"--db", index.string()});
    const Outcome o = spalte(arguments);
    out += "→ " + std::to_string(o.status) + "\n" + o.out;
  };
  for (const char* query :
       {"*", "statsminister", "klubb", "ferge OR ferje", "aktør:Bråthen", "aktør:Kina", "emne:politikk",
        "\"nye ferjeruter\"", "kilde:Fjordposten streik", "date:2005..2010", "nummer17", "lang:nn"}) {
    ask({"count", query});
    ask({"search", query, "-n", "0", "--format", "csv", "--fields", "id,date,source,title,lang"});
    ask({"timeline", query, "--format", "csv"});
  }
  ask({"facets", "source,year", "--format", "csv"});
  ask({"actors", "--format", "csv", "--top", "0"});
  ask({"topics", "--format", "csv"});
  ask({"dups", "-n", "0", "--format", "csv"});
  // The revision counts commits, and so tells of the history.
  const Outcome check = spalte({"check", "--db", index.string()});
  out += check.out.substr(0, check.out.find(", generation")) + check.err + "\n";
  return out;
}

std::string first_difference(std::string_view a, std::string_view b) {
  if (a == b) return {};
  const std::vector<std::string> first = lines(a), second = lines(b);
  std::string question;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (first[i].find("→") != std::string::npos) question = first[i];
    if (first[i] != second[i]) return "after `" + question + "`: `" + first[i] + "` and `" + second[i] + "`";
  }
  return "after `" + question + "`: one goes on";
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

const std::filesystem::path& archive_index() {
  struct Index {
    TempFolder folder;
    std::filesystem::path path = folder / "arkiv";
    Index() {
      const Outcome made = spalte({"index", "--db", path.string(), (tests_folder() / "data/archive").string()});
      if (made.status != 0) throw std::runtime_error("the archive could not be indexed: " + made.err);
    }
  };
  static const Index index;
  return index.path;
}

}  // namespace spalte::test
