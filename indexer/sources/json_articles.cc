// Which object is an article, and which member is which field?
#include "indexer/sources/json_articles.h"

#include "indexer/sources/field_map.h"
#include "indexer/sources/given.h"
#include "indexer/sources/json.h"
#include "indexer/sources/limits.h"
#include "indexer/sources/ninjs.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

using Json = nlohmann::json;

/// False: no more.
using OnObject = std::function<bool(const Json&, std::size_t number)>;

bool blank_line(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

/// Is the first line an object of its own? Then lines are read one by one.
bool one_a_line(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t end = head.find('\n');
  if (end == std::string_view::npos) return false;
  std::string_view line = head.substr(0, end);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line.starts_with('{') && line.ends_with('}') && parse_json_or_null(line).is_object();
}

Status each_line(const Reading& reading, const OnObject& on_object) {
  for (std::size_t number = 1;; ++number) {
    Result<std::optional<std::string_view>> line = reading.bytes.line(limit::kLineBytes);
    if (!line) {
      reading.sink.failed(fmt::format("line {}", number), line.error().message);
      if (Status skipped = reading.bytes.skip_line(); !skipped) return skipped;
      continue;
    }
    if (!*line) return {};
    if (blank_line(**line)) continue;
    const Result<Json> json = parse_json(**line);
    if (!json || !json->is_object()) {
      reading.sink.failed(fmt::format("line {}", number), json ? "is no JSON object" : json.error().message);
      continue;
    }
    if (!on_object(*json, number)) return {};
  }
}

Status each_object(const Reading& reading, const OnObject& on_object) {
  const Result<std::string_view> head = reading.bytes.peek(limit::kHead);
  if (!head) return fail(head);
  // A first line longer than the head: by the name.
  const std::string kind = file_kind(reading.file.relative);
  if (one_a_line(*head) || kind == ".jsonl" || kind == ".ndjson") return each_line(reading, on_object);
  Result<std::string> all = reading.bytes.rest(limit::kWholeBytes);
  if (!all) return fail(std::move(all));
  const Result<Json> json = parse_json(*all);
  if (!json) return fail(json);
  const Json* list = &*json;
  for (const char* key : {"items", "_items", "articles", "results", "docs", "data"})
    if (json->is_object() && json->contains(key) && (*json)[key].is_array()) list = &(*json)[key];
  if (list->is_object()) {
    on_object(*list, 0);
    return {};
  }
  if (!list->is_array()) return fail(ErrorCode::bad_input, "holds neither an object nor a list of them", "");
  std::size_t number = 0;
  for (const Json& one : *list)
    if (++number; one.is_object() && !on_object(one, number)) break;
  return {};
}

/// The value at a member's name or a pointer; nullptr: none.
const Json* value_at(const Json& object, const std::string& place) {
  if (!place.starts_with('/')) {
    const auto found = object.find(place);
    return found == object.end() ? nullptr : &*found;
  }
  try {
    const Json::json_pointer pointer(place);
    return object.contains(pointer) ? &object.at(pointer) : nullptr;
  } catch (const Json::exception&) {
    return nullptr;
  }
}

/// " (Q42)" for an object with such an id, as set_field reads it; else empty.
std::string wikidata_beside(const Json& object) {
  for (const char* key : {"wikidata", "wikidata_id", "qid", "sameas", "sameAs", "uri", "id"})
    if (const auto inner = object.find(key); inner != object.end())
      if (const std::string q = wikidata_of(as_text(*inner)); !q.empty()) return " (" + q + ")";
  return {};
}

/// Strings and numbers, each of a list's, and of objects the member that is their text or name, with the Wikidata id of
/// `named` ones.
void each_value(const Json& value, bool named, const std::function<void(const std::string&)>& visit, int depth = 0) {
  if (depth > 8) return;
  if (value.is_array()) {
    for (const Json& one : value) each_value(one, named, visit, depth + 1);
  } else if (value.is_object()) {
    const std::string id = named ? wikidata_beside(value) : std::string();
    for (const char* key : {"text", "value", "name", "content", "html"})
      if (const auto inner = value.find(key); inner != value.end())
        return each_value(*inner, named, [&](const std::string& text) { visit(text + id); }, depth + 1);
  } else if (const std::string text = as_text(value); !text.empty()) {
    visit(text);
  }
}

Article mapped_article(const Json& object, const FieldMap& map, const Reading& reading) {
  Article a;
  a.path = reading.file.path;
  MappedText text;
  for (const auto& [field, constant] : map.constants) set_field(field, constant, reading.file, a, text, reading.sink);
  for (const auto& [field, places] : map.places)
    for (const std::string& place : places)
      if (const Json* value = value_at(object, place))
        each_value(*value, names_actors(field), [&, f = field](const std::string& one) {
          set_field(f, one, reading.file, a, text, reading.sink);
        });
  add_mapped_text(text, a);
  return a;
}

std::vector<std::string> members(const Json& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) out.push_back(key);
  return out;
}

}  // namespace

bool recognises_ninjs(const SourceFile&, std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || (head[start] != '{' && head[start] != '[')) return false;
  const auto has = [&](std::string_view key) { return head.find(key) != std::string_view::npos; };
  return has("\"uri\"") && (has("\"versioncreated\"") || has("\"versionCreated\"") || has("\"pubstatus\"") ||
                            has("\"pubStatus\"") || has("\"body_html\"") || has("\"bodies\""));
}

Status read_ninjs(const Reading& reading) {
  return each_object(reading, [&](const Json& object, std::size_t number) {
    if (!is_ninjs(object)) {
      reading.sink.skipped("JSON that is no ninjs");
      return true;
    }
    return hand_on(reading, ninjs_article(object, reading), number);
  });
}

bool recognises_json(const SourceFile& file, std::string_view head) {
  const std::string kind = file_kind(file.relative);
  if (kind == ".json" || kind == ".jsonl" || kind == ".ndjson") return true;
  return one_a_line(head);
}

Status read_json(const Reading& reading) {
  std::optional<FieldMap> guessed;
  const FieldMap* map = reading.map;
  bool told = false, useless = false;
  Status read = each_object(reading, [&](const Json& object, std::size_t number) {
    if (map == nullptr && is_ninjs(object)) return hand_on(reading, ninjs_article(object, reading), number);
    if (map == nullptr) {
      guessed = guess_field_map(members(object));
      map = &*guessed;
    }
    if (!told) reading.sink.mapped(map->to_string());
    told = true;
    if (!map->has_text()) {
      useless = true;
      return false;
    }
    return hand_on(reading, mapped_article(object, *map, reading), number);
  });
  if (useless) reading.sink.skipped(file_kind(reading.file.relative));
  return read;
}

}  // namespace spalte::indexer
