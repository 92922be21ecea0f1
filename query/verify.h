// Does a text hold words exactly as written, or together in one sentence?
#pragma once

#include "language/analyser.h"
#include "query/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

/// Words (normalised) in order in a normalised text, only blanks and punctuation between them, each a whole word.
class ExactPhrase {
 public:
  explicit ExactPhrase(const std::vector<std::string>& words);
  bool in(std::string_view normalised_text) const;

 private:
  std::vector<std::string> words_;
};

/// Evaluates a tree of words, phrases, AND, OR and NOT within one sentence or paragraph of an analysed article.
class WindowMatcher {
 public:
  /// `node` is an `inside` (its child must hold in one window) or `same` (all its children must).
  WindowMatcher(const Node& node, const language::Analyser& analyser);
  bool matches(const language::AnalysedText& text, language::Analyser& analyser) const;

 private:
  struct Word {
    std::vector<std::string> keys;
    std::string folded;
    bool exact = false, wildcard = false;
  };
  struct Part {
    NodeKind kind;
    std::vector<Word> words;  ///< of a word or phrase
    std::vector<Part> children;
  };
  Part prepare(const Node& node, const language::Analyser& analyser) const;
  bool holds(const Part& part, const language::AnalysedText& text, std::uint32_t first, std::uint32_t last,
             language::Standard standard, language::Analyser& analyser) const;

  Scope scope_;
  Part root_;
};

}  // namespace spalte::query
