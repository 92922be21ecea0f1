// Which quotations answer, in which order?
#pragma once

#include "query/compile.h"
#include "query/options.h"
#include "query/reader.h"
#include "schema/annotation.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <string>

namespace spalte::query {

/// Lives as long as the call of `visit` that it is handed to.
struct QuotationHit {
  std::int64_t rank = 0;  ///< from 1
  double score = 0;
  const ArticleRow* row = nullptr;  ///< with its text
  const Annotation* annotation = nullptr;
  const Quote* quote = nullptr;
};

/// Calls `visit` for each quotation in order, until it returns false; the query is one of compile_quotes. By relevance,
/// quotations whose speaker is surer come first among those that match equally well, then newer ones. Must run inside
/// Reader::request. Loads each article once as long as its quotations stand together.
Status search_quotations(const Compiled& compiled, const SearchOptions& options, Reader& reader,
                         const std::function<bool(const QuotationHit&)>& visit);

/// The exact number of quotations. Must run inside Reader::request.
std::int64_t count_quotations(const Xapian::Query& query, Reader& reader);

}  // namespace spalte::query
