// How is an id looked up?
#include "query/find_article.h"

#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using Found = Result<std::optional<ArticleRow>>;

Found newest_of_family(Reader& reader, const std::string& family) {
  Result<std::vector<FamilyMember>> members = reader.catalogue().family(family);
  if (!members) return fail(std::move(members));
  if (members->empty()) return std::optional<ArticleRow>();
  return reader.catalogue().article(members->back().row);
}

Found by_whole_id(Reader& reader, const std::string& id) {
  Found row = reader.catalogue().article_by_id(id);
  if (!row || *row) return row;
  return newest_of_family(reader, id);
}

/// "ID@3": the article, and 3; nothing where no number follows.
std::optional<std::pair<std::string, std::int64_t>> numbered(const std::string& id) {
  const std::size_t at = id.rfind('@');
  if (at == std::string::npos || at == 0) return {};
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + at + 1, id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) return {};
  return std::pair(id.substr(0, at), number);
}

}  // namespace

Result<ArticleRow> find_article(Reader& reader, const std::string& id) {
  Found row = by_whole_id(reader, id);
  if (!row) return fail(std::move(row));
  if (*row) return std::move(**row);
  if (const auto version = numbered(id)) {
    Result<ArticleRow> article = find_article(reader, version->first);
    if (!article) return fail(std::move(article));
    Result<std::vector<Version>> versions = versions_of(reader, *article);
    if (!versions) return fail(std::move(versions));
    for (const Version& v : *versions) {
      if (v.number != version->second) continue;
      row = reader.catalogue().article(v.row);
      if (!row) return fail(std::move(row));
      if (*row) return std::move(**row);
    }
    return fail(ErrorCode::not_found, fmt::format("article {} has no version {}", version->first, version->second),
                fmt::format("`spalte versions {}` lists them", version->first));
  }
  Result<std::vector<std::string>> near = reader.catalogue().ids_with_prefix(id, 6);
  if (!near) return fail(std::move(near));
  if (near->size() == 1) {
    row = reader.catalogue().article_by_id(near->front());
    if (!row) return fail(std::move(row));
    if (*row) return std::move(**row);
  }
  Result<std::vector<WithdrawnVersion>> withdrawn = reader.catalogue().withdrawn(id);
  if (!withdrawn) return fail(std::move(withdrawn));
  if (!withdrawn->empty())
    return fail(ErrorCode::not_found, fmt::format("article `{}` has been withdrawn by its source", id),
                fmt::format("`spalte versions {}` tells which versions", id));
  std::string hint = near->empty() ? "`spalte search` shows the ids of articles" : "these begin so:";
  for (const std::string& n : *near) hint += " " + n;
  return fail(ErrorCode::not_found, fmt::format("there is no article `{}`", id), hint);
}

Status require_paragraph(const Article& article, int paragraph) {
  if (paragraph <= static_cast<int>(article.paragraphs.size())) return {};
  return fail(ErrorCode::not_found,
              fmt::format("article {} has {} paragraphs, no {}th", article.id, article.paragraphs.size(), paragraph),
              "the title counts as the first, if there is one");
}

Result<std::vector<Version>> versions_of(Reader& reader, const ArticleRow& article) {
  Result<std::vector<FamilyMember>> members = reader.catalogue().family(article.article.family);
  if (!members) return fail(std::move(members));
  std::vector<Version> out;
  if (members->empty()) {
    out.push_back({1, article.row});
    return out;
  }
  std::map<std::pair<std::uint32_t, std::string>, std::size_t> places;
  bool counted = false;
  for (const FamilyMember& m : *members) {
    const auto [place, added] = places.emplace(std::pair(m.version, m.text_sha256), out.size());
    if (!added) {
      // The last copy stands for them: it is the newest where this is the newest version.
      out[place->second].row = m.row;
      continue;
    }
    counted = counted || (!out.empty() && out.back().number == m.version);
    out.push_back({m.version, m.row});
  }
  if (counted)
    for (std::size_t i = 0; i < out.size(); ++i) out[i].number = static_cast<std::int64_t>(i) + 1;
  return out;
}

}  // namespace spalte::query
