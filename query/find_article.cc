// How is an abbreviated id completed?
#include "query/find_article.h"

#include <fmt/format.h>

namespace spalte::query {

Result<ArticleRow> find_article(Reader& reader, const std::string& id) {
  Result<std::optional<ArticleRow>> row = reader.catalogue().article_by_id(id);
  if (!row) return fail(std::move(row));
  if (*row) return std::move(**row);
  Result<std::vector<std::string>> near = reader.catalogue().ids_with_prefix(id, 6);
  if (!near) return fail(std::move(near));
  if (near->size() == 1) {
    row = reader.catalogue().article_by_id(near->front());
    if (!row) return fail(std::move(row));
    if (*row) return std::move(**row);
  }
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

}  // namespace spalte::query
