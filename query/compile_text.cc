// Which candidates hold, by their stored text, what the index alone cannot tell?
#include "query/compiler.h"
#include "query/docid_source.h"
#include "query/values.h"
#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace spalte::query {

using Xapian::Query;

namespace {

std::optional<ParagraphRole> role_of(const Field* f) {
  if (f == nullptr || f->prefix.empty()) return {};
  if (f->prefix == prefix::kTitle) return ParagraphRole::title;
  if (f->prefix == prefix::kLead) return ParagraphRole::lead;
  return ParagraphRole::subhead;
}

}  // namespace

Query Compiler::filtered(const Query& candidates, TextCheck check) {
  if (loose_ || candidates.empty()) return candidates;
  check.options = options_;
  const std::vector<Xapian::docid> found =
      matching(limit_.empty() ? candidates : Query(Query::OP_AND, candidates, limit_), reader_, part());
  std::vector<Xapian::docid> kept = reader_.archive().passing(check, part(), found);
  if (kept.empty()) return {};
  return Query(Query::OP_FILTER, candidates, docid_query(std::move(kept), part(), reader_));
}

TextCheck Compiler::written(const std::vector<std::string>& as_written, const Field* f) const {
  TextCheck check;
  check.words = as_written;
  if (!in_quotes_) check.role = role_of(f);
  return check;
}

Query Compiler::candidates(const Node& n) {
  const bool was_loose = loose_;
  loose_ = true;
  std::vector<Query> parts;
  for (const Node& c : n.children) parts.push_back(node(c));
  loose_ = was_loose;
  return Query(Query::OP_AND, parts.begin(), parts.end());
}

Query Compiler::in_window(const Node& n) {
  for (const Node& c : n.children) check_window(c);
  TextCheck check;
  check.kind = TextCheck::Kind::window;
  check.tree = to_string(n);
  return filtered(candidates(n), std::move(check));
}

Query Compiler::near_in_text(const Node& n) {
  TextCheck check;
  check.kind = TextCheck::Kind::near;
  check.tree = to_string(n);
  return filtered(candidates(n), std::move(check));
}

void Compiler::check_window(const Node& n) {
  if (n.kind == NodeKind::field || n.kind == NodeKind::inside || n.kind == NodeKind::same || n.kind == NodeKind::near)
    throw CompileFailure{{ErrorCode::usage,
                          fmt::format("`{}` cannot stand inside a sentence or paragraph", to_string(n)),
                          "words, phrases, OR and NOT can; put the rest outside"},
                         n.begin};
  for (const Node& c : n.children) check_window(c);
}

Query Compiler::in_quotation(const Node& child) {
  Compiler inner(options_, reader_, true);
  const Query q = inner.node(child);
  words.insert(words.end(), inner.words.begin(), inner.words.end());
  actors.insert(actors.end(), inner.actors.begin(), inner.actors.end());
  notes.insert(notes.end(), inner.notes.begin(), inner.notes.end());
  if (q.empty()) return {};
  const std::vector<std::string> found =
      reader_.archive().data(Part::quotes, matching(q, reader_, Part::quotes));
  std::vector<std::string> ids;
  for (const std::string& packed : found) {
    auto [id, number] = unpack_quotation(packed);
    std::vector<std::uint32_t>& numbers = quotations[id];
    numbers.push_back(number);
    if (numbers.size() == 1) ids.push_back(id);
  }
  return articles_query(ids, reader_);
}

Query Compiler::of_articles(const Node& n) {
  Compiler outer(options_, reader_, false);
  const Query q = outer.node(n);
  notes.insert(notes.end(), outer.notes.begin(), outer.notes.end());
  if (q.empty()) return {};
  std::vector<std::string> own;
  reader_.archive().each_values(Part::articles, matching(q, reader_), {slot::kSortId},
                                [&](Xapian::docid, const std::string* id) {
                                  own.push_back(term(prefix::kArticle, *id));
                                });
  return any_document_of(own, Part::quotes, reader_);
}

}  // namespace spalte::query
