// Where do a query's words stand, and between what?
#pragma once

#include "query/compile.h"
#include "query/reader.h"
#include "query/tree.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

/// A place that answers the query: bytes [begin, end) of the article's text, within one paragraph.
struct Place {
  std::uint32_t begin = 0, end = 0;
  std::size_t paragraph = 0;  ///< from 1, the title counted
};

/// Finds the places of a query in texts. One thread.
class Concordance {
 public:
  /// `tree` is what `compiled` was made from; with --any, `tree` is the node `all`.
  Concordance(const Compiled& compiled, const Node& tree, bool exact, Reader& reader);

  /// Words in any form, compounds that hold them, exact words, phrases as a whole, mentions of actors (their names and
  /// derived mentions); nothing of what is negated. In order, none overlapping another. Analyses the text: 0.1 ms a
  /// kilobyte.
  std::vector<Place> places(const Article& article, const Annotation& annotation);
  /// Are there mentions to look for, so that the annotation is needed?
  bool needs_annotation() const { return !compiled_.actors.empty(); }

 private:
  using Phrase = std::vector<std::string>;
  /// A word of the query: in the text any of the keys is it, and any of the parts a compound that holds it.
  struct Word {
    std::vector<std::string> keys, parts;
  };
  void take_words();
  void collect(const Node& node);
  Phrase folded_words(const std::string& text);

  const Compiled& compiled_;
  Reader& reader_;
  bool exact_;
  std::vector<Word> words_;
  std::vector<Phrase> phrases_;  ///< single exact words among them
};

}  // namespace spalte::query
