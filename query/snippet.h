// Which line of a hit shows why it was found?
#pragma once

#include "query/compile.h"
#include "query/reader.h"
#include "schema/hit.h"

#include <string>
#include <vector>

namespace spalte::query {

/// A byte range of the snippet's text that is shown marked.
struct Highlight {
  std::size_t begin = 0, end = 0;
};

struct Snippet {
  std::string text;  ///< one line of the article, " … " where it leaves something out
  std::vector<Highlight> highlights;
  std::size_t paragraph = 0;  ///< of the sentence that holds most; from 1, counted in the article's text
  /// Where the query asked for a quotation: who says it (in the article's words if unnamed), and the verb, which a turn
  /// without an attribution has none of.
  std::string speaker, verb;
  bool certain = true;  ///< that it is this speaker
};

/// The sentence that holds most of the query: its words in any form, compounds that hold them, mentions of its actors; and
/// a piece of another one where that shows a word which the first does not. If a quotation was asked for, a sentence of
/// one that matched. Together about `width` bytes. Empty where nothing of the query stands in the text (a query by
/// source, say). Analyses the one text: 0.1 ms a kilobyte.
Snippet make_snippet(const Compiled& compiled, const HitData& hit, Reader& reader, std::size_t width);

/// Bytes [begin, end) of an article's text, cut in the same way; never empty.
Snippet passage(const Compiled& compiled, const Article& article, const Annotation& annotation, std::uint32_t begin,
                std::uint32_t end, Reader& reader, std::size_t width);

/// The name of a quotation's speaker, or the words for an unnamed one; empty: the article has none.
const std::string& speaker_of(const Annotation& annotation, const Quote& quote);

/// The snippet for a terminal, its marks in colour if `color`. Control characters of the text are neutralised first, so
/// that nothing the article brings looks like ours.
std::string coloured(const Snippet& snippet, bool color);
/// The snippet with `on` and `off` around its marks.
std::string marked(const Snippet& snippet, std::string_view on, std::string_view off);

}  // namespace spalte::query
