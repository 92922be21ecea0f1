// How are IPTC's JSON and tables with tabs read, and a topics file written?
#include "annotate/topic_import.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::annotate {
namespace {

using Json = nlohmann::json;

constexpr const char* kForms =
    "it must be IPTC's published JSON, a table with tabs whose first line names its columns (qcode, parent, nb, nn, "
    "en), or a topics file (TOML)";

struct Row {
  TopicEntry entry;
  bool retired = false;
  std::string where;
};

tl::unexpected<Error> wrong(const std::string& where, const std::string& what, const char* hint = kForms) {
  return fail(ErrorCode::bad_data, fmt::format("{}: {}", where, what), hint);
}

/// "http://cv.iptc.org/newscodes/mediatopic/20000002" → "medtop:20000002".
std::string code_of(std::string_view id) {
  constexpr std::string_view kMediaTopics = "/newscodes/mediatopic/";
  if (const std::size_t at = id.find(kMediaTopics); at != std::string_view::npos)
    id.remove_prefix(at + kMediaTopics.size());
  return id.empty() ? std::string() : with_topic_scheme(id);
}

std::string label(const Json& labels, std::initializer_list<const char*> languages) {
  for (const char* language : languages)
    if (const auto found = labels.find(language); found != labels.end() && found->is_string())
      return found->get<std::string>();
  return {};
}

Result<std::vector<Row>> read_json(const std::string& path, const std::string& text) {
  const Json root = Json::parse(text, nullptr, false);
  if (root.is_discarded()) return wrong(path, "is no whole JSON");
  const auto concepts = root.is_object() ? root.find("conceptSet") : root.end();
  if (!root.is_object() || concepts == root.end() || !concepts->is_array())
    return wrong(path, "has no list `conceptSet`");
  std::vector<Row> out;
  for (const Json& c : *concepts) {
    Row row;
    row.where = fmt::format("{}: concept {}", path, out.size() + 1);
    if (!c.is_object()) return wrong(row.where, "is no object");
    std::string id = c.value("qcode", Json()).is_string() ? c["qcode"].get<std::string>() : std::string();
    if (id.empty() && c.value("uri", Json()).is_string()) id = c["uri"].get<std::string>();
    if (id.empty()) return wrong(row.where, "has neither `qcode` nor `uri`");
    Topic& t = row.entry.topic;
    t.id = code_of(id);
    const Json labels = c.value("prefLabel", Json::object());
    if (!labels.is_object()) return wrong(row.where, fmt::format("`prefLabel` of {} holds no languages", t.id));
    t.name_nb = label(labels, {"nb", "nb-NO", "no", "no-NO"});
    t.name_nn = label(labels, {"nn", "nn-NO"});
    t.name_en = label(labels, {"en-GB", "en", "en-US"});
    if (const auto broader = c.find("broader"); broader != c.end()) {
      const Json& first = broader->is_array() && !broader->empty() ? broader->front() : *broader;
      if (first.is_string()) t.parent = code_of(first.get<std::string>());
    }
    const Json retired = c.value("retired", Json());
    row.retired = !retired.is_null() && retired != Json(false);
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<std::string> cells_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    out.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

Result<std::vector<Row>> read_table(const std::string& path, const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> head = cells_of(line);
  const auto column = [&](std::initializer_list<std::string_view> names) {
    for (std::string_view name : names)
      if (const auto at = std::find(head.begin(), head.end(), name); at != head.end())
        return static_cast<std::size_t>(at - head.begin());
    return head.size();
  };
  const std::size_t id = column({"qcode", "id", "code"}), parent = column({"parent", "broader"}),
                    nb = column({"nb", "name_nb", "name"}), nn = column({"nn", "name_nn"}),
                    en = column({"en", "name_en"}), active = column({"is_active", "active"});
  if (id == head.size()) return wrong(path + ":1", "names no column `qcode`");
  if (std::min({nb, nn, en}) == head.size()) return wrong(path + ":1", "names no column with names (nb, nn or en)");
  std::vector<Row> out;
  for (std::size_t number = 2; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::vector<std::string> cells = cells_of(line);
    Row row;
    row.where = fmt::format("{}:{}", path, number);
    if (cells.size() > head.size())
      return wrong(row.where, fmt::format("has {} cells, and the first line names {}", cells.size(), head.size()));
    cells.resize(head.size() + 1);  // a column that is not there is empty
    if (cells[id].empty()) return wrong(row.where, "has no code");
    row.entry.topic = {code_of(cells[id]), code_of(cells[parent]), cells[nb], cells[nn], cells[en]};
    row.retired = cells[active] == "False" || cells[active] == "false" || cells[active] == "0";
    out.push_back(std::move(row));
  }
  return out;
}

/// Codes once, names filled, the retired left out.
Result<std::vector<TopicEntry>> sifted(std::vector<Row> rows, const std::string& path,
                                       std::span<const TopicEntry> known) {
  std::unordered_map<std::string_view, const Row*> by_id;
  for (const Row& r : rows)
    if (const auto [first, added] = by_id.emplace(r.entry.topic.id, &r); !added)
      return wrong(r.where, fmt::format("{} stands there twice, first at {}", r.entry.topic.id, first->second->where),
                   "each code may stand there once");
  std::unordered_set<std::string_view> used;
  for (const Row& r : rows) {
    if (r.retired) continue;
    for (const Row* at = &r; used.insert(at->entry.topic.id).second;) {
      const auto above = by_id.find(at->entry.topic.parent);
      if (above == by_id.end()) break;
      at = above->second;
    }
  }
  std::unordered_map<std::string_view, const Topic*> own;
  for (const TopicEntry& t : known) own.emplace(t.topic.id, &t.topic);
  std::vector<TopicEntry> out;
  for (const Row& r : rows) {
    if (used.count(r.entry.topic.id) == 0) continue;
    TopicEntry entry = r.entry;
    Topic& t = entry.topic;
    if (const auto same = own.find(t.id); same != own.end() && t.name_nb.empty()) t.name_nb = same->second->name_nb;
    for (const std::string* name : {&t.name_nn, &t.name_en})
      if (t.name_nb.empty()) t.name_nb = *name;
    if (t.name_nb.empty()) return wrong(r.where, fmt::format("{} has no name in nb, nn or en", t.id));
    out.push_back(std::move(entry));
  }
  if (out.empty()) return wrong(path, "holds no topic in use");
  return out;
}

std::string in_marks(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

}  // namespace

Result<std::vector<TopicEntry>> read_vocabulary(const std::string& path, std::span<const TopicEntry> known) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad())
    return fail(ErrorCode::bad_input, fmt::format("{} cannot be read: {}", path, std::strerror(errno)),
                "check its name and rights");
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return wrong(path, "is empty");
  if (text[first] == '{') {
    auto rows = read_json(path, text);
    if (!rows) return fail(std::move(rows));
    return sifted(std::move(*rows), path, known);
  }
  const std::string_view head = std::string_view(text).substr(0, text.find('\n'));
  if (path.ends_with(".toml") || head.find('\t') == std::string_view::npos) return read_topic_file(path);
  auto rows = read_table(path, text);
  if (!rows) return fail(std::move(rows));
  return sifted(std::move(*rows), path, known);
}

std::string to_topic_file(std::span<const TopicEntry> entries) {
  std::string out;
  for (const TopicEntry& e : entries) {
    const Topic& t = e.topic;
    out += fmt::format("[[topic]]\nid = {}\n", in_marks(t.id));
    for (const auto& [key, value] :
         {std::pair{"parent", &t.parent}, {"nb", &t.name_nb}, {"nn", &t.name_nn}, {"en", &t.name_en}})
      if (!value->empty()) out += fmt::format("{} = {}\n", key, in_marks(*value));
    for (const auto& [key, words] : {std::pair{"strong", &e.strong}, {"plain", &e.plain}, {"weak", &e.weak}}) {
      if (words->empty()) continue;
      out += fmt::format("{} = [", key);
      for (std::size_t i = 0; i < words->size(); ++i) out += std::string(i == 0 ? "" : ", ") + in_marks((*words)[i]);
      out += "]\n";
    }
    out += '\n';
  }
  return out;
}

}  // namespace spalte::annotate
