// How do an article's paragraphs reach the analyser?
#include "indexer/analysis.h"

namespace spalte::indexer {

void analyse_article(const Article& article, language::Analyser& analyser, std::vector<language::ByteRange>& ranges,
                     language::AnalysedText& out) {
  ranges.clear();
  for (const Paragraph& p : article.paragraphs) ranges.push_back({p.begin, p.end});
  analyser.analyse(article.text, ranges, out);
}

}  // namespace spalte::indexer
