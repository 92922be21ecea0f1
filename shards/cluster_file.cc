// How is a cluster file read?
#include "shards/cluster_file.h"

#include "schema/nearest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace spalte {
namespace {

class Reading {
 public:
  explicit Reading(const std::string& path) : path_(path) {}

  template <typename... A>
  tl::unexpected<Error> wrong(const toml::node& where, std::string message, std::string hint) const {
    return fail(ErrorCode::usage, fmt::format("{}, line {}: {}", path_, where.source().begin.line, message),
                std::move(hint));
  }

  Status known(const toml::table& table, std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, value] : table) {
      if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
      const std::string_view near = nearest_name(key.str(), std::vector<std::string_view>(keys));
      std::string all;
      for (std::string_view k : keys) all += (all.empty() ? "" : ", ") + std::string(k);
      return wrong(value, fmt::format("`{}` is not known", key.str()),
                   near.empty() ? all + " are" : fmt::format("did you mean `{}`?", near));
    }
    return {};
  }

  Result<std::string> text(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::string();
    const auto value = node->value<std::string>();
    if (!value || value->empty()) return wrong(*node, fmt::format("`{}` must be a text", key), "put it in quotation marks");
    return *value;
  }

  Status timeout(const toml::table& table, std::chrono::milliseconds& into) const {
    const toml::node* node = table.get("timeout");
    if (node == nullptr) return {};
    const auto seconds = node->value<double>();
    if (!seconds || !(*seconds >= 0.05) || *seconds > 3600)
      return wrong(*node, "`timeout` must be a number of seconds, .05 to 3600", "timeout = 5");
    into = std::chrono::milliseconds(std::lround(*seconds * 1000));
    return {};
  }

  std::string below(const std::string& path) const {
    return (std::filesystem::absolute(path_).parent_path() / path).lexically_normal().string();
  }

  Result<ShardPlace> shard(const toml::table& table, std::chrono::milliseconds timeout_of_all) const {
    if (Status s = known(table, {"name", "at", "secret", "program", "timeout"}); !s) return fail(std::move(s));
    ShardPlace p;
    p.timeout = timeout_of_all;
    if (Status s = timeout(table, p.timeout); !s) return fail(std::move(s));
    std::string at;
    for (const auto& [key, into] : {std::pair<std::string_view, std::string*>{"name", &p.name},
                                    {"at", &at},
                                    {"secret", &p.secret_file}}) {
      Result<std::string> value = text(table, key);
      if (!value) return fail(std::move(value));
      *into = std::move(*value);
    }
    Result<std::string> program = text(table, "program");
    if (!program) return fail(std::move(program));
    if (!program->empty()) p.program = std::move(*program);
    if (p.name.empty()) return wrong(table, "a shard has no name", "name = \"2019\"");
    if (std::any_of(p.name.begin(), p.name.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
      return wrong(table, fmt::format("the name `{}` holds a blank", p.name), "leave it out");
    if (at.empty())
      return wrong(table, fmt::format("shard {} is nowhere", p.name),
                   "at = \"/srv/a\", \"tcp host:port\" or \"ssh host /srv/a\"");
    if (!p.secret_file.empty()) p.secret_file = below(p.secret_file);
    return reached(table, std::move(p), at);
  }

 private:
  Result<ShardPlace> reached(const toml::table& table, ShardPlace p, const std::string& at) const {
    const std::size_t blank = at.find(' ');
    const std::string way = at.substr(0, blank), rest = blank == std::string::npos ? "" : at.substr(blank + 1);
    if (way == "tcp") {
      p.way = ShardPlace::Way::tcp;
      Result<HostPort> to = parse_host_port(rest);
      if (!to) return wrong(table, to.error().message, to.error().hint);
      p.host = to->host.empty() ? "localhost" : std::move(to->host);
      p.port = std::move(to->port);
      return p;
    }
    if (way == "ssh") {
      p.way = ShardPlace::Way::ssh;
      const std::size_t second = rest.find(' ');
      p.host = rest.substr(0, second);
      p.folder = second == std::string::npos ? "" : rest.substr(second + 1);
      if (p.host.empty() || p.host[0] == '-' || p.folder.empty())
        return wrong(table, fmt::format("`{}` names no host and folder", at), "at = \"ssh host /srv/a\"");
      // Xapian cuts a program's arguments at blanks, and the far side's shell reads them once more.
      if ((p.folder + p.program).find_first_of(" \t'\"\\$`;&|<>()*?[]~#!") != std::string::npos)
        return wrong(table, fmt::format("`{}`: a folder reached by ssh may hold no blank and no sign of the shell's", at),
                     "make a link to it on that machine");
      return p;
    }
    p.folder = below(at);
    return p;
  }

  const std::string& path_;
};

}  // namespace

std::string ShardPlace::at() const {
  switch (way) {
    case Way::tcp:
      return "tcp " + (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
    case Way::ssh:
      return "ssh " + host + " " + folder;
    case Way::local:
      break;
  }
  return folder;
}

Result<HostPort> parse_host_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  HostPort out;
  if (colon != std::string_view::npos) {
    out.host = text.substr(0, colon);
    out.port = text.substr(colon + 1);
  }
  if (out.host.starts_with('[') && out.host.ends_with(']')) out.host = out.host.substr(1, out.host.size() - 2);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(out.port.data(), out.port.data() + out.port.size(), number);
  if (error != std::errc() || end != out.port.data() + out.port.size() || number > 65535)
    return fail(ErrorCode::usage, fmt::format("`{}` is no address", text), "host:port, for instance localhost:7700");
  return out;
}

Result<Cluster> read_cluster(const std::string& path) {
  std::error_code missing;
  if (!std::filesystem::is_regular_file(path, missing))
    return fail(ErrorCode::not_found, fmt::format("there is no cluster file {}", path),
                "`spalte serve --help` shows what one looks like");
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& e) {
    return fail(ErrorCode::usage,
                fmt::format("{}, line {}: {}", path, e.source().begin.line, std::string(e.description())),
                "the file is TOML: [[shard]] before each shard, then name = \"…\" and at = \"…\"");
  }
  const Reading reading(path);
  if (Status s = reading.known(table, {"timeout", "topics", "shard"}); !s) return fail(std::move(s));
  std::chrono::milliseconds timeout = ShardPlace{}.timeout;
  if (Status s = reading.timeout(table, timeout); !s) return fail(std::move(s));
  Cluster out;
  Result<std::string> topics = reading.text(table, "topics");
  if (!topics) return fail(std::move(topics));
  if (!topics->empty()) out.topics = reading.below(*topics);
  const toml::array* shards = table["shard"].as_array();
  std::set<std::string> names;
  if (shards != nullptr)
    for (const toml::node& node : *shards) {
      if (!node.is_table()) return reading.wrong(node, "a shard must be a table", "[[shard]], and its keys below");
      Result<ShardPlace> place = reading.shard(*node.as_table(), timeout);
      if (!place) return fail(std::move(place));
      if (!names.insert(place->name).second)
        return reading.wrong(node, fmt::format("two shards are called {}", place->name), "each needs a name of its own");
      out.shards.push_back(std::move(*place));
    }
  if (out.shards.empty())
    return fail(ErrorCode::usage, fmt::format("{} names no shard", path),
                "[[shard]] before each, then name = \"…\" and at = \"…\"");
  return out;
}

}  // namespace spalte
