// How does a document name its row?
#include "query/matched_rows.h"

#include "query/values.h"
#include "schema/slots.h"

#include <algorithm>

namespace spalte::query {

std::vector<MatchedRow> matched_rows(const Compiled& compiled, bool guessed_dates, Reader& reader) {
  Archive& archive = reader.archive();
  const std::vector<Xapian::docid> documents = matching(compiled.query, reader);
  std::vector<MatchedRow> out;
  out.reserve(documents.size());
  for (std::int64_t row : archive.rows(documents)) out.push_back({row, 0});
  std::size_t at = 0;
  archive.each_values(Part::articles, documents, {guessed_dates ? slot::kPublishedAny : slot::kPublished},
                      [&](Xapian::docid, const std::string* date) { out[at++].day = packed_day(*date); });
  std::sort(out.begin(), out.end(), [](const MatchedRow& a, const MatchedRow& b) { return a.row < b.row; });
  return out;
}

}  // namespace spalte::query
