// How is the test archive shared out, and served?
#include "tests/query/cluster_support.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <regex>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spalte::test {

namespace fs = std::filesystem;

Shards::Shards() {
  const fs::path archive = tests_folder() / "data/archive";
  static const std::regex kYear("(19|20)[0-9][0-9]");
  for (const auto& entry : fs::recursive_directory_iterator(archive)) {
    if (!entry.is_regular_file()) continue;
    const std::string below = fs::relative(entry.path(), archive).string();
    std::smatch year;
    const int shard = std::regex_search(below, year, kYear) ? std::stoi(year.str()) % kShards : 0;
    // Ids come from the root's name and the path below it.
    const fs::path copy = folder_ / std::to_string(shard) / "archive" / below;
    fs::create_directories(copy.parent_path());
    fs::copy_file(entry.path(), copy);
    fs::last_write_time(copy, fs::last_write_time(entry.path()));
  }
  for (int i = 0; i < kShards; ++i) {
    const Outcome made = spalte({"index", "--db", index(i).string(), (folder_ / std::to_string(i) / "archive").string()});
    if (made.status != 0) throw std::runtime_error("a shard could not be indexed: " + made.err);
  }
}

std::string Shards::file(const std::string& name, const std::function<std::string(int)>& at, const std::string& head,
                         const std::string& each) const {
  std::string text = head;
  for (int i = 0; i < kShards; ++i)
    text += "\n[[shard]]\nname = \"s" + std::to_string(i) + "\"\nat = \"" + at(i) + "\"\n" + each;
  write_file(folder_ / name, text);
  return (folder_ / name).string();
}

std::string Shards::local() const {
  return file("local.toml", [&](int i) { return index(i).string(); });
}

const Shards& shards() {
  static const Shards all;
  return all;
}

Answer of_cluster(const std::string& file, Words arguments) {
  arguments.insert(arguments.begin() + 1, {"--cluster", file});
  return run(arguments);
}

namespace {

std::string sorted(const std::string& text) {
  Words all = lines(text);
  std::sort(all.begin(), all.end());
  std::string out;
  for (const std::string& line : all) out += line + "\n";
  return out;
}

/// Without what tells where the articles lie, when they were indexed, and how a set of documents is handed to Xapian.
std::string placeless(const std::string& text) {
  static const std::regex kFolder("[^\"<, ]*/archive/"), kAdded("\"added\":\"[^\"]*\"");
  std::string out;
  for (const std::string& line : lines(text))
    if (line.find("Query(") == std::string::npos)
      out += std::regex_replace(std::regex_replace(line, kFolder, "archive/"), kAdded, "") + "\n";
  return out;
}

}  // namespace

void check_same(const std::string& file, const Words& arguments, bool ordered) {
  std::string shown;
  for (const std::string& a : arguments) shown += a + " ";
  INFO(shown);
  const Answer one = ask(arguments), many = of_cluster(file, arguments);
  CHECK(many.status == one.status);
  CHECK(many.err == one.err);
  const std::string a = placeless(many.out), b = placeless(one.out);
  CHECK(first_difference(ordered ? a : sorted(a), ordered ? b : sorted(b)) == "");
}

Server::Server(const fs::path& index, const std::string& address, const Words& more) {
  Words words = {std::getenv("SPALTE_PROGRAM"), "serve", "--db", index.string(), "--listen", address};
  words.insert(words.end(), more.begin(), more.end());
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  process_ = fork();
  if (process_ == 0) {
    setpgid(0, 0);
    dup2(ends[1], STDOUT_FILENO);
    std::vector<char*> argv;
    for (std::string& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  setpgid(process_, process_);
  close(ends[1]);
  std::string line;
  for (char c; read(ends[0], &c, 1) == 1 && c != '\n';) line += c;
  close(ends[0]);
  port_ = line.substr(line.rfind(':') + 1);
  if (line.find("listening on ") != 0) throw std::runtime_error("the server did not start: " + line);
}

Server::~Server() {
  signal(SIGKILL);
  waitpid(process_, nullptr, 0);
}

void Server::signal(int number) const { kill(-process_, number); }

}  // namespace spalte::test
