// How is a document named in a query that travels?
#include "query/docid_source.h"

#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <utility>

namespace spalte::query {

using Xapian::Query;

Query docid_query(std::vector<Xapian::docid> sorted, Part part, Reader& reader) {
  if (sorted.empty()) return Query();
  if (reader.archive().one_index()) return Query((new DocidSource(std::move(sorted)))->release());
  std::vector<Query> each;
  each.reserve(sorted.size());
  if (part == Part::articles) {
    reader.archive().each_values(part, sorted, {slot::kSortId}, [&](Xapian::docid, const std::string* id) {
      each.emplace_back(term(prefix::kId, *id));
    });
  } else {
    for (const std::string& packed : reader.archive().data(part, sorted)) {
      const auto [id, number] = unpack_quotation(packed);
      each.emplace_back(Query::OP_AND, Query(term(prefix::kArticle, id)),
                        Query(term(prefix::kQuoteNumber, std::to_string(number))));
    }
  }
  return Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, each.begin(), each.end()), 0);
}

Query any_document_of(const std::vector<std::string>& terms, Part part, Reader& reader) {
  if (terms.empty()) return Query();
  if (!reader.archive().one_index())
    return Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, terms.begin(), terms.end()), 0);
  std::vector<Xapian::docid> all;
  for (const std::vector<Xapian::docid>& list : reader.archive().postings(part, terms))
    all.insert(all.end(), list.begin(), list.end());
  std::sort(all.begin(), all.end());
  return docid_query(std::move(all), part, reader);
}

Query articles_query(const std::vector<std::string>& ids, Reader& reader) {
  std::vector<std::string> terms;
  for (const std::string& id : ids) terms.push_back(term(prefix::kId, id));
  return any_document_of(terms, Part::articles, reader);
}

}  // namespace spalte::query
