// Which terms, values and data does an article have in Xapian?
#pragma once

#include "indexer/key_counter.h"
#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace spalte::indexer {

/// What the documents of an article are made from.
struct DocumentInput {
  const Article& article;
  const Annotation& annotation;
  const language::AnalysedText& text;
  std::int64_t row = 0;
  std::int64_t row_version = 1;
  std::string_view added;
  std::uint32_t newest_of = 1;         ///< as ArticleRow
  std::string_view duplicates = {};  ///< as ArticleRow
  std::string_view superseded_from = {};  ///< as ArticleRow
};

/// The document of the article (schema/terms.h, slots.h, hit.h say what stands in it). Every term fits Xapian's limits.
/// `keys` is room to work in.
Xapian::Document article_document(const DocumentInput& input, language::Analyser& analyser, KeyCounter& keys);

/// Writes the row's version and relations over those of a document made before (with the members from `row_version` on;
/// `article` only for its id). False: of what the quotation index knows too, nothing has changed.
bool set_relations(const DocumentInput& input, Xapian::Document& document);
/// The same for a quotation's document, which knows only whether and when its article is superseded.
void set_quote_relations(const DocumentInput& input, Xapian::Document& document);

/// A document for each quotation, for the quotation index: its keys and their positions, speaker, article, date. Data:
/// article id, number of the quote in the annotation.
std::vector<Xapian::Document> quote_documents(const DocumentInput& input, language::Analyser& analyser, KeyCounter& keys);

/// The unique term of an article; of all its quotations.
std::string article_term(std::string_view id);
std::string quotes_term(std::string_view id);

}  // namespace spalte::indexer
