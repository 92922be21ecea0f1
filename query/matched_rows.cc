// How does a document name its row?
#include "query/matched_rows.h"

#include "query/values.h"
#include "schema/hit.h"
#include "schema/slots.h"

#include <algorithm>

namespace spalte::query {

std::vector<MatchedRow> matched_rows(const Compiled& compiled, bool guessed_dates, Reader& reader) {
  Xapian::Database& db = reader.articles();
  SlotStream dates(db, guessed_dates ? slot::kPublishedAny : slot::kPublished);
  std::vector<MatchedRow> out;
  for (Xapian::docid d : matching(compiled.query, reader))
    out.push_back({packed_row(db.get_document(d, Xapian::DOC_ASSUME_VALID).get_data()), packed_day(dates.value(d))});
  std::sort(out.begin(), out.end(), [](const MatchedRow& a, const MatchedRow& b) { return a.row < b.row; });
  return out;
}

}  // namespace spalte::query
