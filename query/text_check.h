// What must a text hold that the index alone cannot tell? As a value that can be sent to where the texts are.
#pragma once

#include "language/analyser.h"
#include "query/options.h"
#include "query/place_match.h"
#include "schema/article.h"
#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spalte::query {

struct TextCheck {
  enum class Kind : std::uint8_t {
    places,  ///< `placement` alone
    phrase,  ///< `words` as written, in order
    window,  ///< `tree`: a node `inside` or `same`
    near,    ///< `tree`: a node `near`
  };
  Kind kind = Kind::phrase;
  /// Looked at first, in the index: spares reading most texts.
  Placement placement = {};
  std::vector<std::string> words = {};     ///< normalised
  std::optional<ParagraphRole> role = {};  ///< only in paragraphs of that role
  std::string tree = {};                   ///< as to_string writes it
  MatchOptions options = {};
};

/// The check but for its placement, ready for many articles; it keeps `analyser`, and belongs to one thread. Errors:
/// usage, where the tree does not parse.
Result<std::function<bool(const Article&)>> text_test(const TextCheck& check, language::Analyser& analyser);

}  // namespace spalte::query
