// Which spans of an article carry which type of the model?
#pragma once

#include "annotate/decoder.h"
#include "annotate/document_context.h"
#include "annotate/tagger_model.h"
#include "language/analyser.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace spalte::annotate {

/// What the features use of an analyser's word types, computed once per type. Dropped when the analyser's generation
/// changes, and at the start of a text when it has grown past a bound. One object a thread.
class WordTable {
 public:
  explicit WordTable(const WordLexicon& lexicon) : lexicon_(lexicon) {}

  /// A word, and its summed scores at each offset once somebody has asked for them.
  struct Word {
    WordTraits traits;
    std::uint32_t scores = UINT32_MAX;  ///< index of its rows in a table of the tagger's
  };

  /// Call before a text. True: all words were dropped.
  bool start(const language::Analyser& analyser);
  /// Addresses stay valid until words are dropped.
  Word& word(language::TypeId type, const language::Analyser& analyser);

 private:
  const WordLexicon& lexicon_;
  std::deque<Word> words_;
  std::vector<Word*> by_type_;
  std::uint64_t generation_ = 0;
};

/// One object a thread; the model must outlive it (it is shared).
class SequenceTagger {
 public:
  explicit SequenceTagger(std::shared_ptr<const TaggerModel> model);

  /// Spans in order, not overlapping, each within a sentence. Linear in the text: only tokens near a capital letter are
  /// looked at. A word that occurs several times shares what each occurrence tells of its type with the others.
  void find(const language::AnalysedText& text, const language::Analyser& analyser, std::vector<LabelledSpan>& out);

 private:
  /// Tokens [first, first + size) with their scores from `scores` on.
  struct Window {
    std::size_t first, size, scores;
  };

  void score_window(const SentenceView& sentence, std::size_t begin, std::size_t end, std::size_t first);
  void share_evidence();
  std::span<const float> scores_of(const Window& window) const;
  const float* word_scores(std::size_t token, int offset);

  std::shared_ptr<const TaggerModel> model_;
  WordTable table_;
  DocumentContext context_;
  Decoder decoder_;
  std::vector<WordTable::Word*> words_;
  std::vector<const WordTraits*> traits_;
  std::vector<float> word_scores_;    ///< five rows a word: one per offset
  std::vector<float> border_scores_;  ///< five rows for a place outside the sentence
  std::vector<std::uint64_t> features_;  ///< of the token at hand
  std::vector<Window> windows_;
  std::vector<float> scores_;
  std::vector<float> window_marginals_;
  std::vector<float> marginals_;       ///< their logarithms, of all windows in order; words that occur once left out
  std::vector<float> evidence_;        ///< per word of the article: a sum for each type, and for none
  std::vector<std::uint32_t> counts_;  ///< per word of the article: occurrences in windows
};

}  // namespace spalte::annotate
