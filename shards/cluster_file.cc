// How is a cluster file read?
#include "shards/cluster_file.h"

#include "schema/nearest.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
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

  Result<Route> route(const toml::table& table) const {
    const toml::node* node = table.get("route");
    if (node == nullptr) return Route::month;
    const auto value = node->value<std::string>();
    for (Route r : {Route::month, Route::year, Route::source, Route::source_month})
      if (value && *value == route_name(r)) return r;
    return wrong(*node, "`route` must be month, year, source or \"source and month\"", "route = \"month\"");
  }

  Status dates(const toml::table& table, ShardPlace::DateSpan& into) const {
    const toml::node* node = table.get("dates");
    if (node == nullptr) return {};
    const std::string text = node->value<std::string>().value_or("");
    const std::size_t dots = text.find("..");
    into.given = true;
    into.from = text.substr(0, dots);
    into.to = dots == std::string::npos ? text : text.substr(dots + 2);
    const auto is_date = [](std::string_view d) {  // YYYY, YYYY-MM or YYYY-MM-DD
      if (d.empty()) return true;
      constexpr std::string_view kForm = "0000-00-00";
      if (d.size() != 4 && d.size() != 7 && d.size() != 10) return false;
      for (std::size_t i = 0; i < d.size(); ++i)
        if (kForm[i] == '-' ? d[i] != '-' : d[i] < '0' || d[i] > '9') return false;
      return true;
    };
    if (is_date(into.from) && is_date(into.to) && !(into.from.empty() && into.to.empty()) &&
        (into.to.empty() || into.from.substr(0, into.to.size()) <= into.to))
      return {};
    return wrong(*node, fmt::format("`{}` is no span of dates", text),
                 "dates = \"2015..2019\", \"..2009\", \"2020-03..\" or \"2019\"");
  }

  Status sources(const toml::table& table, std::vector<std::string>& into) const {
    const toml::node* node = table.get("sources");
    if (node == nullptr) return {};
    if (const toml::array* all = node->as_array())
      for (const toml::node& one : *all)
        if (const auto value = one.value<std::string>(); value && !value->empty()) into.push_back(*value);
    if (node->is_array() && !into.empty() && into.size() == node->as_array()->size()) return {};
    return wrong(*node, "`sources` must be a list of names", "sources = [\"Fjordposten\", \"Dalatidende\"]");
  }

  std::string below(const std::string& path) const {
    return (std::filesystem::absolute(path_).parent_path() / path).lexically_normal().string();
  }

  Result<ShardPlace> shard(const toml::table& table, std::chrono::milliseconds timeout_of_all) const {
    const Status keys = known(table, {"name", "at", "secret", "program", "timeout", "group", "dates", "sources"});
    if (!keys) return fail(keys);
    ShardPlace p;
    p.timeout = timeout_of_all;
    if (Status s = timeout(table, p.timeout); !s) return fail(std::move(s));
    std::string at;
    for (const auto& [key, into] : {std::pair<std::string_view, std::string*>{"name", &p.name},
                                    {"at", &at},
                                    {"group", &p.group},
                                    {"secret", &p.secret_file}}) {
      Result<std::string> value = text(table, key);
      if (!value) return fail(std::move(value));
      *into = std::move(*value);
    }
    if (Status s = dates(table, p.dates); !s) return fail(std::move(s));
    if (Status s = sources(table, p.sources); !s) return fail(std::move(s));
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
      // Xapian cuts a program's arguments at blanks, and the far side's shell reads them once more. What no shell reads
      // as anything but itself is listed, not what one does.
      const auto plain = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || std::isalnum(byte) != 0 || std::string_view("/._-+:@,=").find(c) != std::string_view::npos;
      };
      const std::string all = p.host + p.folder + p.program;
      if (!std::all_of(all.begin(), all.end(), plain))
        return wrong(table, fmt::format("`{}`: what is reached by ssh may hold no blank and no sign of the shell's", at),
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
  if (Status s = reading.known(table, {"timeout", "topics", "route", "shard"}); !s) return fail(std::move(s));
  std::chrono::milliseconds timeout = ShardPlace{}.timeout;
  if (Status s = reading.timeout(table, timeout); !s) return fail(std::move(s));
  Cluster out;
  Result<Route> route = reading.route(table);
  if (!route) return fail(std::move(route));
  out.route = *route;
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

Status point_shard(const std::string& path, const std::string& shard, const std::string& folder) {
  Result<Cluster> before = read_cluster(path);
  if (!before) return fail(std::move(before));
  const auto by_hand = [&] {
    return fail(ErrorCode::usage, fmt::format("{} cannot be changed without changing more of it", path),
                fmt::format("write at = \"{}\" for shard {} yourself, then run the command again", folder, shard));
  };
  std::size_t line = 0;
  std::string value;
  const toml::table table = toml::parse_file(path);
  for (const toml::node& node : *table["shard"].as_array())
    if (const toml::table& t = *node.as_table(); t["name"].value_or(std::string()) == shard) {
      line = t.get("at")->source().begin.line;
      value = t["at"].value_or(std::string());
    }
  if (line == 0) return fail(ErrorCode::usage, fmt::format("{} names no shard {}", path, shard), "its [[shard]] name it");
  std::string text, out;
  {
    std::ifstream in(path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::size_t begin = 0;
  for (std::size_t n = 1; n < line; ++n) begin = text.find('\n', begin) + 1;
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  const std::size_t at = text.find(value, begin);
  if (at == std::string::npos || at + value.size() > end || folder.find_first_of("\"\\'\n") != std::string::npos)
    return by_hand();
  text.replace(at, value.size(), folder);
  const std::string next = path + ".new";
  {
    std::ofstream file(next, std::ios::binary | std::ios::trunc);
    file << text;
    if (!file.flush()) return fail(ErrorCode::failed, fmt::format("{} cannot be written", next), "check space and rights");
  }
  // Read again, it must say the same of all others.
  Result<Cluster> after = read_cluster(next);
  bool as_meant = after && after->shards.size() == before->shards.size();
  for (std::size_t i = 0; as_meant && i < after->shards.size(); ++i) {
    const ShardPlace &was = before->shards[i], &is = after->shards[i];
    as_meant = is.name == was.name && is.at() == (is.name == shard ? folder : was.at());
  }
  std::error_code error;
  if (!as_meant) {
    std::filesystem::remove(next, error);
    return by_hand();
  }
  const int descriptor = ::open(next.c_str(), O_RDONLY | O_CLOEXEC);
  const bool durable = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  std::filesystem::permissions(next, std::filesystem::status(path, error).permissions(), error);
  if (!durable || ::rename(next.c_str(), path.c_str()) != 0)
    return fail(ErrorCode::failed, fmt::format("{} cannot be replaced", path), "check space and rights");
  return {};
}

}  // namespace spalte
