// How is the vocabulary of topics read?
#include "annotate/topic_file.h"
#include "annotate/topics.h"
#include "language/normalise.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace spalte::annotate {
namespace {

std::string with_scheme(std::string_view id) {
  return id.starts_with("medtop:") ? std::string(id) : "medtop:" + std::string(id);
}

tl::unexpected<Error> wrong(const std::string& path, const toml::node& at, std::string what) {
  return fail(ErrorCode::bad_data, fmt::format("{}:{}: {}", path, at.source().begin.line, what),
              "compare the entry with those of the project's own topics.toml");
}

Result<std::vector<std::string>> words_of(const std::string& path, const toml::table& entry, std::string_view key) {
  std::vector<std::string> out;
  const toml::node* node = entry.get(key);
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr) return wrong(path, *node, fmt::format("`{}` must be a list of words", key));
  for (const toml::node& item : *list) {
    const auto word = item.value<std::string>();
    if (!word || word->empty()) return wrong(path, item, fmt::format("`{}` must hold words in quotation marks", key));
    out.push_back(*word);
  }
  return out;
}

}  // namespace

Result<std::vector<TopicEntry>> read_topic_file(const std::string& path) {
  toml::table root;
  try {
    root = toml::parse_file(path);
  } catch (const toml::parse_error& e) {
    return fail(ErrorCode::bad_data, fmt::format("{}:{}: {}", path, e.source().begin.line, e.description()),
                "the file must be TOML with a [[topic]] for each topic");
  }
  const toml::array* topics = root["topic"].as_array();
  if (topics == nullptr) return fail(ErrorCode::bad_data, fmt::format("{} holds no [[topic]]", path), "");
  std::vector<TopicEntry> out;
  for (const toml::node& node : *topics) {
    const toml::table* entry = node.as_table();
    if (entry == nullptr) return wrong(path, node, "[[topic]] must be a table");
    TopicEntry t;
    const auto id = (*entry)["id"].value<std::string>();
    if (!id || id->empty()) return wrong(path, node, "a topic has no id");
    t.topic.id = with_scheme(*id);
    if (const auto parent = (*entry)["parent"].value<std::string>(); parent && !parent->empty())
      t.topic.parent = with_scheme(*parent);
    t.topic.name_nb = (*entry)["nb"].value_or(std::string());
    t.topic.name_nn = (*entry)["nn"].value_or(t.topic.name_nb);
    t.topic.name_en = (*entry)["en"].value_or(std::string());
    if (t.topic.name_nb.empty()) return wrong(path, node, fmt::format("{} has no name `nb`", t.topic.id));
    for (auto [key, into] : {std::pair{"strong", &t.strong}, {"plain", &t.plain}, {"weak", &t.weak}}) {
      auto words = words_of(path, *entry, key);
      if (!words) return fail(std::move(words));
      *into = std::move(*words);
    }
    out.push_back(std::move(t));
  }
  std::unordered_set<std::string> ids;
  for (const TopicEntry& t : out) ids.insert(t.topic.id);
  for (const TopicEntry& t : out)
    if (!t.topic.parent.empty() && t.topic.parent == t.topic.id)
      return fail(ErrorCode::bad_data, fmt::format("{}: {} is its own parent", path, t.topic.id), "");
  return out;
}

Result<std::vector<TopicEntry>> read_topic_files(const std::string& path, const std::string& extra) {
  auto entries = read_topic_file(path);
  if (!entries) return entries;
  if (!extra.empty()) {
    auto more = read_topic_file(extra);
    if (!more) return more;
    for (TopicEntry& t : *more) {
      const auto same =
          std::find_if(entries->begin(), entries->end(), [&](const TopicEntry& e) { return e.topic.id == t.topic.id; });
      if (same == entries->end()) {
        entries->push_back(std::move(t));
      } else {
        for (auto list : {&TopicEntry::strong, &TopicEntry::plain, &TopicEntry::weak})
          (*same.*list).insert((*same.*list).end(), (t.*list).begin(), (t.*list).end());
      }
    }
  }
  for (const TopicEntry& t : *entries)
    if (!t.topic.parent.empty() && std::none_of(entries->begin(), entries->end(),
                                                [&](const TopicEntry& e) { return e.topic.id == t.topic.parent; }))
      return fail(
          ErrorCode::bad_data,
          fmt::format("{}: the parent {} of {} is no topic", extra.empty() ? path : extra, t.topic.parent, t.topic.id),
          "add it, or leave `parent` out");
  return entries;
}

Result<TopicTree> open_topic_tree(const std::string& path, const std::string& extra) {
  auto entries = read_topic_files(path, extra);
  if (!entries) return fail(std::move(entries));
  TopicTree tree;
  for (TopicEntry& t : *entries) tree.topics_.push_back(std::move(t.topic));
  return tree;
}

const Topic* TopicTree::by_id(std::string_view id) const {
  const std::string full = with_scheme(id);
  const auto found = std::find_if(topics_.begin(), topics_.end(), [&](const Topic& t) { return t.id == full; });
  return found == topics_.end() ? nullptr : &*found;
}

std::vector<const Topic*> TopicTree::by_name(std::string_view name) const {
  if (const Topic* t = by_id(name)) return {t};
  const std::string folded = language::normalise(name);
  std::vector<const Topic*> out;
  for (const Topic& t : topics_)
    for (const std::string* n : {&t.name_nb, &t.name_nn, &t.name_en})
      if (language::normalise(*n) == folded) {
        out.push_back(&t);
        break;
      }
  return out;
}

std::vector<std::string> TopicTree::with_ancestors(std::string_view id) const {
  std::vector<std::string> out;
  for (const Topic* t = by_id(id); t != nullptr && out.size() < topics_.size();
       t = t->parent.empty() ? nullptr : by_id(t->parent))
    out.push_back(t->id);
  return out;
}

}  // namespace spalte::annotate
