// Which names did the tagger overlook that the rest of the article makes certain?
#pragma once

#include "annotate/tagger.h"
#include "language/analyser.h"

#include <vector>

namespace spalte::annotate {

/// Adds a lone surname where a sentence begins with it: the tagger looks at one sentence at a time, and a capital says
/// nothing there. Certain is what was tagged as a person twice or more elsewhere in the article, never as anything
/// else, and never stands in small letters. `names` stay in order. Linear in the text.
void add_overlooked(const language::AnalysedText& text, const language::Analyser& analyser,
                    std::vector<NameSpan>& names);

}  // namespace spalte::annotate
