// Which terms, values and data does an article have in Xapian?
#pragma once

#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <string>
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
};

/// Positions jump by this between paragraphs, so that no phrase and no NEAR reaches over one.
inline constexpr Xapian::termpos kParagraphGap = 100;

/// The document of the article (schema/terms.h, slots.h, hit.h say what stands in it). Every term fits Xapian's limits.
Xapian::Document article_document(const DocumentInput& input, language::Analyser& analyser);

/// A document for each quotation, for the quotation index: its keys with positions, speaker, article, date. Data:
/// article id, number of the quote in the annotation.
std::vector<Xapian::Document> quote_documents(const DocumentInput& input, language::Analyser& analyser);

/// The unique term of an article; of all its quotations.
std::string article_term(std::string_view id);
std::string quotes_term(std::string_view id);

}  // namespace spalte::indexer
