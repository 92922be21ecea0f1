// What do versions of a story and near-duplicates mean for a query?
#include "language/normalise.h"
#include "query/compiler.h"
#include "query/docid_source.h"
#include "query/facets.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace spalte::query {

using Xapian::Query;

Query Compiler::settled(const Query& query) {
  if (query.empty()) return query;
  Query q = query;
  if (options_.versions == Versions::newest && db_.term_exists(std::string(prefix::kSuperseded)))
    q = Query(Query::OP_AND_NOT, q, Query(std::string(prefix::kSuperseded)));
  return options_.collapse == Collapse::dup ? collapsed(q) : q;
}

std::string Compiler::group_of(const Xapian::Document& d) const {
  if (!in_quotes_) return d.get_value(slot::kDuplicate);
  const std::string article = term(prefix::kId, d.get_value(slot::kSortId));
  const auto p = reader_.articles().postlist_begin(article);
  return p == reader_.articles().postlist_end(article)
             ? std::string()
             : reader_.articles().get_document(*p, Xapian::DOC_ASSUME_VALID).get_value(slot::kDuplicate);
}

Query Compiler::collapsed(const Query& query) {
  if (reader_.articles().get_value_freq(slot::kDuplicate) == 0) return query;
  struct Match {
    std::string group, date, id;
    Xapian::docid docid = 0;
  };
  std::vector<Match> matches;
  Xapian::Enquire enquire(db_);
  // A comparison with a value runs through the documents that have one.
  enquire.set_query(in_quotes_ ? query
                               : Query(Query::OP_FILTER, query, Query(Query::OP_VALUE_GE, slot::kDuplicate, "!")));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  each_of(enquire, db_, [&](const Xapian::Document& d) {
    std::string group = group_of(d);
    if (group.empty()) return;
    std::string date = d.get_value(in_quotes_ ? slot::kPublished : slot::kPublishedAny);
    matches.push_back({std::move(group), date.empty() ? "~" : std::move(date), d.get_value(slot::kSortId), d.get_docid()});
  });
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.group, a.date, a.id) < std::tie(b.group, b.date, b.id);
  });
  std::vector<Xapian::docid> others;
  for (std::size_t i = 0, first = 0; i < matches.size(); ++i) {
    if (matches[i].group != matches[first].group) first = i;
    if (matches[i].id == matches[first].id) continue;
    others.push_back(matches[i].docid);
    ++hidden[matches[i].group];
  }
  if (others.empty()) return query;
  std::sort(others.begin(), others.end());
  return Query(Query::OP_AND_NOT, query, docid_query(std::move(others)));
}

Query Compiler::family(const std::string& typed) {
  const Query named(term(prefix::kFamily, language::normalise(typed)));
  Result<std::optional<ArticleRow>> row = reader_.catalogue().article_by_id(typed);
  if (!row) throw CompileFailure{std::move(row.error())};
  if (!*row || (*row)->article.family.empty()) return named;
  return either(named, Query(term(prefix::kFamily, language::normalise((*row)->article.family))));
}

Query Compiler::duplicates(const std::string& typed) {
  const Query named(term(prefix::kDuplicate, language::normalise(typed)));
  Result<std::optional<ArticleRow>> row = reader_.catalogue().article_by_id(typed);
  if (!row) throw CompileFailure{std::move(row.error())};
  if (!*row || (*row)->duplicates.empty()) return named;
  return Query(term(prefix::kDuplicate, language::normalise((*row)->duplicates)));
}

}  // namespace spalte::query
