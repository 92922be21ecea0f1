// Which candidates hold, by their stored text, what the index alone cannot tell?
#include "language/normalise.h"
#include "query/compiler.h"
#include "query/docid_source.h"
#include "query/verify.h"
#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <optional>
#include <set>

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

Query Compiler::filtered(const Query& candidates, const std::function<bool(const Xapian::Document&)>& holds) {
  if (loose_ || candidates.empty()) return candidates;
  Xapian::Enquire enquire(db_);
  enquire.set_query(limit_.empty() ? candidates : Query(Query::OP_AND, candidates, limit_));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet found = enquire.get_mset(0, db_.get_doccount());
  std::vector<Xapian::docid> kept;
  for (auto i = found.begin(); i != found.end(); ++i)
    if (holds(i.get_document())) kept.push_back(*i);
  std::sort(kept.begin(), kept.end());
  if (kept.empty()) return {};
  return Query(Query::OP_FILTER, candidates, docid_query(std::move(kept)));
}

Query Compiler::verified(const Query& candidates, const std::vector<std::string>& as_written, const Field* f) {
  const ExactPhrase phrase(as_written);
  const std::optional<ParagraphRole> role = role_of(f);
  return filtered(candidates, [&](const Xapian::Document& d) {
    buffer_.clear();
    if (in_quotes_) {
      quotation_text(d, buffer_);
    } else {
      Article a;
      load(unpack_hit(d.get_data()).row, a);
      for (const Paragraph& p : a.paragraphs) {
        if (role && p.role != *role) continue;
        language::normalise_to(a.view(p), buffer_);
        buffer_ += '\n';
      }
    }
    return phrase.in(buffer_);
  });
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
  const WindowMatcher matcher(n, options_, reader_.analyser());
  return analysed(candidates(n), [&](const language::AnalysedText& text) {
    return matcher.matches(text, reader_.analyser());
  });
}

Query Compiler::near_in_text(const Node& n) {
  const NearMatcher matcher(n, options_, reader_.analyser());
  return analysed(candidates(n), [&](const language::AnalysedText& text) {
    return matcher.matches(text, reader_.analyser());
  });
}

Query Compiler::analysed(const Query& candidates, const std::function<bool(const language::AnalysedText&)>& holds) {
  std::vector<language::ByteRange> ranges;
  language::AnalysedText text;
  return filtered(candidates, [&](const Xapian::Document& d) {
    Article a;
    if (in_quotes_) {
      quotation_text(d, a.text);
      a.paragraphs = {{0, static_cast<std::uint32_t>(a.text.size()), ParagraphRole::body}};
    } else {
      load(unpack_hit(d.get_data()).row, a);
    }
    ranges.clear();
    for (const Paragraph& p : a.paragraphs) ranges.push_back({p.begin, p.end});
    reader_.analyser().analyse(a.text, ranges, text);
    return holds(text);
  });
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
  Xapian::Enquire enquire(reader_.quotes());
  enquire.set_query(q);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, reader_.quotes().get_doccount());
  std::set<Xapian::docid> docids;
  for (auto i = found.begin(); i != found.end(); ++i) {
    auto [id, number] = unpack_quotation(i.get_document().get_data());
    std::vector<std::uint32_t>& numbers = quotations[id];
    numbers.push_back(number);
    if (numbers.size() > 1) continue;
    const std::string unique = term(prefix::kId, id);
    const auto p = db_.postlist_begin(unique);
    if (p != db_.postlist_end(unique)) docids.insert(*p);
  }
  return docid_query({docids.begin(), docids.end()});
}

Query Compiler::of_articles(const Node& n) {
  Compiler outer(options_, reader_, false);
  const Query q = outer.node(n);
  notes.insert(notes.end(), outer.notes.begin(), outer.notes.end());
  if (q.empty()) return {};
  Xapian::Enquire enquire(reader_.articles());
  enquire.set_query(q);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, reader_.articles().get_doccount());
  std::vector<Xapian::docid> docids;
  for (auto i = found.begin(); i != found.end(); ++i) {
    const std::string own = term(prefix::kArticle, i.get_document().get_value(slot::kSortId));
    docids.insert(docids.end(), db_.postlist_begin(own), db_.postlist_end(own));
  }
  std::sort(docids.begin(), docids.end());
  return docid_query(std::move(docids));
}

void Compiler::load(std::int64_t row, Article& a) {
  if (Status loaded = reader_.catalogue().load_text(row, a); !loaded) throw CompileFailure{std::move(loaded.error())};
}

void Compiler::quotation_text(const Xapian::Document& d, std::string& out) {
  const auto [id, number] = unpack_quotation(d.get_data());
  Result<std::optional<ArticleRow>> row = reader_.catalogue().article_by_id(id);
  if (!row) throw CompileFailure{std::move(row.error())};
  if (!*row) return;
  Article a;
  load((*row)->row, a);
  Result<Annotation> n = reader_.catalogue().annotation((*row)->row);
  if (!n) throw CompileFailure{std::move(n.error())};
  if (number < n->quotes.size())
    language::normalise_to(std::string_view(a.text).substr(n->quotes[number].text_begin,
                                                           n->quotes[number].text_end - n->quotes[number].text_begin),
                           out);
}

}  // namespace spalte::query
