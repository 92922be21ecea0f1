// What do versions of a story and near-duplicates mean for a query?
#include "language/normalise.h"
#include "query/compiler.h"
#include "query/docid_source.h"
#include "query/shown.h"
#include "query/values.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace spalte::query {

using Xapian::Query;

Query Compiler::settled(const Query& query) {
  if (query.empty()) return query;
  const Query q =
      options_.versions == Versions::newest ? newest_shown(query, reader_) : without_embargoed(query, reader_);
  return options_.collapse == Collapse::dup ? collapsed(q) : q;
}

std::vector<std::string> Compiler::groups_of(const std::vector<Xapian::docid>& documents) {
  Archive& archive = reader_.archive();
  if (!in_quotes_) return archive.values(Part::articles, documents, {slot::kDuplicate});
  std::vector<std::string> terms;
  archive.each_values(Part::quotes, documents, {slot::kSortId}, [&](Xapian::docid, const std::string* id) {
    terms.push_back(term(prefix::kId, *id));
  });
  std::vector<Xapian::docid> articles;
  std::vector<std::size_t> places;
  const auto found = archive.postings(Part::articles, terms);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].empty()) continue;
    articles.push_back(found[i].front());
    places.push_back(i);
  }
  std::vector<std::string> out(documents.size());
  std::vector<std::string> groups = archive.values(Part::articles, articles, {slot::kDuplicate});
  for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = std::move(groups[i]);
  return out;
}

Query Compiler::collapsed(const Query& query) {
  if (reader_.articles().get_value_freq(slot::kDuplicate) == 0) return query;
  struct Match {
    std::string group, date, id;
    Xapian::docid docid = 0;
  };
  // A comparison with a value runs through the documents that have one.
  const std::vector<Xapian::docid> documents = matching(
      in_quotes_ ? query : Query(Query::OP_FILTER, query, Query(Query::OP_VALUE_GE, slot::kDuplicate, "!")), reader_,
      part());
  const std::vector<std::string> groups = groups_of(documents);
  std::vector<Match> matches;
  std::size_t at = 0;
  reader_.archive().each_values(part(), documents, {in_quotes_ ? slot::kPublished : slot::kPublishedAny, slot::kSortId},
                                [&](Xapian::docid d, const std::string* v) {
                                  const std::string& group = groups[at++];
                                  if (!group.empty()) matches.push_back({group, v[0].empty() ? "~" : v[0], v[1], d});
                                });
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.group, a.date, a.id, a.docid) < std::tie(b.group, b.date, b.id, b.docid);
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
  return Query(Query::OP_AND_NOT, query, docid_query(std::move(others), part(), reader_));
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
