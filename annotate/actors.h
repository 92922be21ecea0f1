// Which mentions of an article mean the same actor?
#pragma once

#include <vector>

#include "annotate/tagger.h"
#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

namespace spalte::annotate {

/// Joins names to actors, finds roles and derived mentions; fills `out.actors`, `out.mentions`, `out.derived`.
void resolve_actors(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
                    const std::vector<NameSpan>& names, Annotation& out);

}  // namespace spalte::annotate
