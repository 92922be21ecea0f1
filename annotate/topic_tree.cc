// How is the vocabulary of topics read?
#include "annotate/topic_file.h"
#include "annotate/topics.h"
#include "language/normalise.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace spalte::annotate {
namespace {

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

std::string with_topic_scheme(std::string_view id) {
  return id.find(':') != std::string_view::npos ? std::string(id) : "medtop:" + std::string(id);
}

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
  std::unordered_map<std::string, std::uint32_t> lines;
  for (const toml::node& node : *topics) {
    const toml::table* entry = node.as_table();
    if (entry == nullptr) return wrong(path, node, "[[topic]] must be a table");
    TopicEntry t;
    const auto id = (*entry)["id"].value<std::string>();
    if (!id || id->empty()) return wrong(path, node, "a topic has no id");
    t.topic.id = with_topic_scheme(*id);
    if (const auto parent = (*entry)["parent"].value<std::string>(); parent && !parent->empty())
      t.topic.parent = with_topic_scheme(*parent);
    t.topic.name_nb = (*entry)["nb"].value_or(std::string());
    t.topic.name_nn = (*entry)["nn"].value_or(t.topic.name_nb);
    t.topic.name_en = (*entry)["en"].value_or(std::string());
    if (t.topic.name_nb.empty()) return wrong(path, node, fmt::format("{} has no name `nb`", t.topic.id));
    for (auto [key, into] : {std::pair{"strong", &t.strong}, {"plain", &t.plain}, {"weak", &t.weak}}) {
      auto words = words_of(path, *entry, key);
      if (!words) return fail(std::move(words));
      *into = std::move(*words);
    }
    if (t.topic.parent == t.topic.id) return wrong(path, node, fmt::format("{} is its own parent", t.topic.id));
    if (const auto [first, added] = lines.emplace(t.topic.id, node.source().begin.line); !added)
      return wrong(path, node, fmt::format("{} stands in line {} already", t.topic.id, first->second));
    out.push_back(std::move(t));
  }
  return out;
}

void merge_topics(std::vector<TopicEntry>& entries, std::vector<TopicEntry> more) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < entries.size(); ++i) known.emplace(entries[i].topic.id, i);
  for (TopicEntry& t : more) {
    const auto [at, added] = known.try_emplace(t.topic.id, entries.size());
    if (added) entries.push_back({t.topic, {}, {}, {}});
    TopicEntry& into = entries[at->second];
    for (auto name : {&Topic::parent, &Topic::name_nb, &Topic::name_nn, &Topic::name_en})
      if (!(t.topic.*name).empty()) into.topic.*name = t.topic.*name;
    for (auto list : {&TopicEntry::strong, &TopicEntry::plain, &TopicEntry::weak})
      for (std::string& word : t.*list) {
        if (!word.starts_with('-')) {
          (into.*list).push_back(std::move(word));
          continue;
        }
        for (auto from : {&TopicEntry::strong, &TopicEntry::plain, &TopicEntry::weak})
          std::erase(into.*from, word.substr(1));
      }
  }
}

Status check_topic_tree(const std::vector<TopicEntry>& entries, const std::string& path) {
  std::unordered_map<std::string_view, const Topic*> known;
  for (const TopicEntry& t : entries) known.emplace(t.topic.id, &t.topic);
  for (const TopicEntry& t : entries) {
    std::string way = t.topic.id;
    const Topic* at = &t.topic;
    for (std::size_t steps = 0; !at->parent.empty(); ++steps) {
      const auto parent = known.find(at->parent);
      if (parent == known.end())
        return fail(ErrorCode::bad_data, fmt::format("{}: the parent {} of {} is no topic", path, at->parent, at->id),
                    "add it, or leave `parent` out");
      at = parent->second;
      way += " < " + at->id;
      if (at == &t.topic || steps > known.size())
        return fail(ErrorCode::bad_data, fmt::format("{}: topics lie below themselves: {}", path, way),
                    "one of them must have another parent, or none");
    }
  }
  return {};
}

Result<std::vector<TopicEntry>> read_topic_files(const std::string& path, const std::string& extra) {
  auto entries = read_topic_file(path);
  if (!entries) return entries;
  if (!extra.empty()) {
    auto more = read_topic_file(extra);
    if (!more) return more;
    merge_topics(*entries, std::move(*more));
  }
  if (Status tree = check_topic_tree(*entries, extra.empty() ? path : extra); !tree) return fail(std::move(tree));
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
  const std::string full = with_topic_scheme(id);
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
