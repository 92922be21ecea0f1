// Does a text hold words exactly as written, near each other, or together in one sentence?
#pragma once

#include "language/analyser.h"
#include "query/options.h"
#include "query/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

/// Words (normalised) in order in a normalised text, only blanks and punctuation between them, each a whole word.
class ExactPhrase {
 public:
  explicit ExactPhrase(const std::vector<std::string>& words);
  /// Exactly, of normalised text. Of a paragraph as written: true is as certain (what stands beside the words is ASCII,
  /// and they are spelt as normalised), false only says that it must be normalised to know.
  bool in(std::string_view text) const;

 private:
  /// Do the words before the anchor end where it begins; do those behind it follow its end?
  bool before(std::string_view text, std::size_t begin) const;
  bool behind(std::string_view text, std::size_t end) const;

  std::vector<std::string> words_;
  std::size_t anchor_ = 0;
};

/// Words, phrases and what joins them, held against tokens: the same words are found as in whole articles (all forms,
/// compounds, written apart, as written).
class TextPattern {
 public:
  /// What the tokens stand in.
  struct Window {
    const language::AnalysedText& text;
    std::uint32_t first, last;  ///< tokens [first, last), of one paragraph
    language::Standard standard;
    language::Analyser& analyser;
  };

  TextPattern(const Node& node, const MatchOptions& options, const language::Analyser& analyser);
  bool holds(const Window& window) const;

  /// Tokens [first, last) that a word or phrase takes.
  struct Place {
    std::uint32_t first, last;
  };
  /// Every place of a word, a phrase or alternatives of them.
  void places(const Window& window, std::vector<Place>& out) const;

 private:
  struct Word {
    std::vector<std::string> keys;
    std::string folded;
    enum class Match : std::uint8_t { forms, exact, beginning, letters } match = Match::forms;
    bool compounds = false;  ///< a compound that holds it is it
  };
  void prepare_text(const Node& node, const MatchOptions& options, const language::Analyser& analyser);
  static bool is(const Word& word, const language::Token& token, const Window& window);
  /// One past the last token of the sequence that begins at `at`; `at`: it does not.
  static std::uint32_t sequence_end(const std::vector<Word>& sequence, std::uint32_t at, const Window& window);

  NodeKind kind_;
  std::vector<std::vector<Word>> sequences_;  ///< of a word or phrase: any of these
  std::vector<Word> scattered_;               ///< or all of these, anywhere
  std::vector<TextPattern> children_;
};

/// Evaluates a tree of words, phrases, AND, OR and NOT within one sentence or paragraph of an analysed article.
class WindowMatcher {
 public:
  /// `node` is an `inside` (its child must hold in one window) or `same` (all its children must).
  WindowMatcher(const Node& node, const MatchOptions& options, const language::Analyser& analyser);
  bool matches(const language::AnalysedText& text, language::Analyser& analyser) const;

 private:
  Scope scope_;
  std::vector<TextPattern> all_;
};

/// `near` with operands whose place the index does not tell: phrases, words as written, beginnings of words. Within one
/// paragraph.
class NearMatcher {
 public:
  NearMatcher(const Node& node, const MatchOptions& options, const language::Analyser& analyser);
  bool matches(const language::AnalysedText& text, language::Analyser& analyser) const;

 private:
  bool ordered_;
  std::uint32_t distance_;
  std::vector<TextPattern> operands_;
};

}  // namespace spalte::query
