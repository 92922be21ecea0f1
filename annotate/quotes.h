// What is quoted in an article, and who says it?
#pragma once

#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <memory>

namespace spalte::annotate {

/// Finds quotations and their speakers among `out.actors` (already filled, as are mentions and derived); fills
/// `out.quotes`. A speaker whom the article does not name stays without actor and is described in its words. Rules:
/// ARCHITECTURE.md, "Quotations". One object a thread. Linear in the text but for the look back from pronouns (25
/// sentences).
class QuoteFinder {
 public:
  QuoteFinder();
  ~QuoteFinder();
  QuoteFinder(QuoteFinder&&) noexcept;
  QuoteFinder& operator=(QuoteFinder&&) noexcept;
  void find(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
            Annotation& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::annotate
