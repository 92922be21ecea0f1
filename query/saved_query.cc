// How are saved queries put in their places?
#include "query/saved_query.h"

#include "query/place.h"
#include "query/syntax.h"
#include "schema/nearest.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace spalte::query {
namespace {

class Saved {
 public:
  Saved(std::vector<Catalogue::SavedQuery> all, std::string_view text) : all_(std::move(all)), text_(text) {}

  /// `place`: of the outermost query:, for errors below it.
  Status put_in(Node& n, std::optional<std::size_t> place) {
    if (++nodes_ > kMaxQueryNodes)
      return wrong(place.value_or(n.begin), "the query has too many parts once its saved queries are in it",
                   fmt::format("at most {} are taken", kMaxQueryNodes));
    if (n.kind == NodeKind::field && n.field->kind == FieldKind::saved) return replace(n, place.value_or(n.begin));
    for (Node& child : n.children)
      if (Status s = put_in(child, place); !s) return s;
    return {};
  }

  std::vector<std::string> path;  ///< names on the way here

 private:
  Status wrong(std::size_t place, const std::string& what, std::string hint) const {
    if (text_.empty()) return fail(ErrorCode::usage, what, std::move(hint));
    return tl::unexpected<Error>(error_at(text_, place, what, std::move(hint)));
  }

  Status replace(Node& n, std::size_t place) {
    const std::string name = n.text;
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& s) { return s.name == name; });
    if (found == all_.end()) {
      std::vector<std::string_view> names;
      for (const Catalogue::SavedQuery& s : all_) names.push_back(s.name);
      const std::string_view near = nearest_name(name, names);
      return wrong(place, fmt::format("there is no saved query `{}`", name),
                   (near.empty() ? "" : fmt::format("did you mean `{}`? ", near)) +
                       "`spalte save` lists them, `spalte save NAME QUERY` makes one");
    }
    if (std::find(path.begin(), path.end(), name) != path.end())
      return wrong(place, fmt::format("the saved query `{}` leads back to itself: {} → {}", name,
                                      fmt::join(path, " → "), name),
                   "change one of them with `spalte save NAME QUERY`");
    Result<Node> tree = parse(found->query);
    if (!tree)
      return wrong(place, fmt::format("the saved query `{}` cannot be read: {}", name, tree.error().message),
                   tree.error().hint);
    path.push_back(name);
    if (Status s = put_in(*tree, place); !s) return s;
    path.pop_back();
    set_place(*tree, n.begin, n.end);
    n = std::move(*tree);
    return {};
  }

  /// Errors below point at the query: they came by.
  static void set_place(Node& n, std::size_t begin, std::size_t end) {
    n.begin = begin;
    n.end = end;
    for (Node& child : n.children) set_place(child, begin, end);
  }

  std::vector<Catalogue::SavedQuery> all_;
  std::string_view text_;
  std::size_t nodes_ = 0;
};

bool names_saved(const Node& n) {
  return (n.kind == NodeKind::field && n.field->kind == FieldKind::saved) ||
         std::any_of(n.children.begin(), n.children.end(), names_saved);
}

}  // namespace

Result<Node> with_saved_queries(Node tree, ArchiveCatalogue& catalogue, std::string_view text) {
  if (!names_saved(tree)) return tree;
  Result<std::vector<Catalogue::SavedQuery>> all = catalogue.saved_queries();
  if (!all) return fail(std::move(all));
  if (Status s = Saved(std::move(*all), text).put_in(tree, {}); !s) return fail(std::move(s));
  return tree;
}

Status check_saved_query(const std::string& name, const std::string& query, ArchiveCatalogue& catalogue) {
  Result<Node> tree = parse(query);
  if (!tree) return fail(std::move(tree));
  Result<std::vector<Catalogue::SavedQuery>> all = catalogue.saved_queries();
  if (!all) return fail(std::move(all));
  std::erase_if(*all, [&](const auto& s) { return s.name == name; });
  all->push_back({name, query, {}, 0});
  Saved saved(std::move(*all), query);
  saved.path.push_back(name);
  return saved.put_in(*tree, {});
}

}  // namespace spalte::query
