// What does a query mean, as a tree?
#pragma once

#include "schema/field.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

enum class NodeKind : std::uint8_t {
  all,          ///< `*`: every article
  word,         ///< a word in any form; with `exact` as written, with `wildcard` every word that begins so
  phrase,       ///< words in order, as written
  field,        ///< a value in a field (`text`), or for fields of words a child
  conjunction,  ///< all children
  disjunction,  ///< any child
  negation,     ///< not the child
  near,         ///< children within `distance` words, in order if `ordered`
  same,         ///< children in one sentence or paragraph (`scope`)
  inside,       ///< the child within one sentence, paragraph or quotation (`scope`)
};

enum class Scope : std::uint8_t { sentence, paragraph, quote };

/// A value: copied and compared freely. `begin` and `end` are bytes of the query's text, for messages, and do not count
/// in comparisons.
struct Node {
  NodeKind kind = NodeKind::all;
  std::string text;
  const Field* field = nullptr;
  bool exact = false;
  bool wildcard = false;
  bool ordered = false;
  int distance = 0;
  Scope scope = Scope::sentence;
  std::vector<Node> children;
  std::size_t begin = 0, end = 0;

  friend bool operator==(const Node& a, const Node& b) {
    return a.kind == b.kind && a.text == b.text && a.field == b.field && a.exact == b.exact &&
           a.wildcard == b.wildcard && a.ordered == b.ordered && a.distance == b.distance && a.scope == b.scope &&
           a.children == b.children;
  }
};

/// The canonical text of a tree: parse(to_string(t)) == t.
std::string to_string(const Node& node);
/// An indented drawing, a node a line, for `explain`.
std::string draw(const Node& node);

}  // namespace spalte::query
