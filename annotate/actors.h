// Which mentions of an article mean the same actor?
#pragma once

#include "annotate/tagger.h"
#include "annotate/word_lexicon.h"
#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <vector>

namespace spalte::annotate {

/// Joins names to actors, finds roles and derived mentions; overwrites `out.actors`, `out.mentions` and `out.derived`.
/// Actors are in the order of their first mention; those that are only derived (kinesisk, with Kina never named) come
/// last and have no mentions. `lexicon` tells which words are names elsewhere. Linear in text and names.
void resolve_actors(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
                    const WordLexicon& lexicon, const std::vector<NameSpan>& names, Annotation& out);

}  // namespace spalte::annotate
