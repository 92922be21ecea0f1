// How is a reader's place in a cluster kept?
#include "query/seen_rows.h"

#include "query/shard.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

namespace spalte::query {
namespace {

using Json = nlohmann::json;

constexpr const char* kSchema = "spalte.seen/1";

std::string place_of(const Context& context) { return context.cluster + ".seen"; }

Result<Json> read_file(const std::string& path) {
  std::ifstream in(path);
  if (!in) return Json{{"schema", kSchema}, {"queries", Json::object()}};
  Json all = Json::parse(in, nullptr, false);
  if (all.is_object() && all.value("schema", Json()) == kSchema && all.contains("queries") &&
      all["queries"].is_object())
    return all;
  return fail(ErrorCode::bad_input, fmt::format("{} does not say what has been shown", path),
              "remove it: then all is new once more");
}

/// A query that was saved anew under its old name has not been shown.
SeenRows rows_in(const Json& all, const Catalogue::SavedQuery& query) {
  SeenRows out;
  const auto found = all["queries"].find(query.name);
  if (found == all["queries"].end() || !found->is_object() || found->value("query", "") != query.query) return out;
  const Json rows = found->value("rows", Json::object());
  for (const auto& [uuid, row] : rows.items())
    if (row.is_number_integer()) out[uuid] = row.get<std::int64_t>();
  return out;
}

}  // namespace

Result<SeenRows> read_seen(const Context& context, const Catalogue::SavedQuery& query, Reader& reader) {
  if (context.cluster.empty()) {
    SeenRows out;
    if (query.seen > 0) out[reader.archive().shards()[0]->uuid()] = query.seen;
    return out;
  }
  Result<Json> all = read_file(place_of(context));
  if (!all) return fail(std::move(all));
  return rows_in(*all, query);
}

std::string seen_time_key(const Catalogue::SavedQuery& query) { return "shown " + query.name; }

Result<std::string> read_seen_time(const Context& context, const Catalogue::SavedQuery& query, Reader& reader) {
  if (context.cluster.empty()) return reader.catalogue().state(seen_time_key(query));
  Result<Json> all = read_file(place_of(context));
  if (!all) return fail(std::move(all));
  return rows_in(*all, query).empty() ? std::string() : (*all)["queries"][query.name].value("shown", "");
}

Status write_seen(const Context& context, const Catalogue::SavedQuery& query, const SeenRows& rows,
                  const std::string& now) {
  const std::string path = place_of(context), next = path + ".new";
  const auto failure = [&](const std::string& what) {
    return fail(errno == EACCES || errno == EROFS ? ErrorCode::not_permitted : ErrorCode::failed,
                fmt::format("{} cannot be written: {}", what, std::strerror(errno)),
                "what was shown will be new again; give the cluster file a folder that you may write to");
  };
  struct Descriptor {
    int number;
    ~Descriptor() {
      if (number >= 0) ::close(number);
    }
  };
  // Locked until the end: two commands at a time must not lose each other's rows.
  const Descriptor lock{::open(context.cluster.c_str(), O_RDONLY | O_CLOEXEC)};
  if (lock.number < 0 || ::flock(lock.number, LOCK_EX) != 0) return failure(context.cluster);
  Result<Json> all = read_file(path);
  if (!all) return fail(std::move(all));
  SeenRows known = rows_in(*all, query);
  for (const auto& [uuid, row] : rows) known[uuid] = std::max(known[uuid], row);
  (*all)["queries"][query.name] = {{"query", query.query}, {"rows", known}, {"shown", now}};
  const std::string text = all->dump(1) + "\n";
  const Descriptor file{::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (file.number < 0 || ::write(file.number, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      ::fsync(file.number) != 0 || ::rename(next.c_str(), path.c_str()) != 0)
    return failure(path);
  return {};
}

}  // namespace spalte::query
