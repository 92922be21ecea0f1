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
  std::string text;  ///< one line of the article
  std::vector<Highlight> highlights;
  std::size_t paragraph = 0;  ///< from 1, counted in the article's text
};

/// The sentence that holds most of the query: its words in any form, compounds that hold them, mentions of its actors.
/// Cut to about `width` bytes around the first mark. Empty where nothing of the query stands in the text (a query by
/// source, say). Analyses the one text: 0.1 ms a kilobyte.
Snippet make_snippet(const Compiled& compiled, const HitData& hit, Reader& reader, std::size_t width);

/// The snippet with `on` and `off` around its marks.
std::string marked(const Snippet& snippet, std::string_view on, std::string_view off);

}  // namespace spalte::query
