// How is an article analysed on its way into the index? The same for a new one and for one that the catalogue holds.
#pragma once

#include "language/analyser.h"
#include "schema/article.h"

#include <vector>

namespace spalte::indexer {

/// Cuts the article's text at its paragraphs into `out`. `ranges` is scratch, reused.
void analyse_article(const Article& article, language::Analyser& analyser, std::vector<language::ByteRange>& ranges,
                     language::AnalysedText& out);

}  // namespace spalte::indexer
