// What does the rest of an article tell of a capitalised word?
#pragma once

#include "annotate/tagger_features.h"
#include "language/segment.h"

#include <cstdint>
#include <span>
#include <vector>

namespace spalte::annotate {

/// Fills the context of every token of an article. Reuses its memory; one object a thread. Linear in the tokens.
class DocumentContext {
 public:
  /// `words` has the traits of each token. Afterwards sentence() is valid until the next call or until `words` goes.
  void build(std::span<const WordTraits* const> words, std::span<const language::Sentence> sentences);
  /// By position among the sentences handed in.
  SentenceView sentence(std::size_t index) const;
  const TokenContext& token(std::size_t index) const { return tokens_[index]; }
  /// One more than the largest TokenContext::word.
  std::size_t word_count() const { return seen_.size(); }

 private:
  /// All that is seen of one word, as written or without its genitive s.
  struct Seen {
    std::uint64_t key = 0;
    std::uint32_t count = 0, mid_sentence = 0;
    std::uint32_t first_place = UINT32_MAX;  ///< chain into places_
    std::uint32_t places = 0;
    std::uint32_t longest_run = 0;
    std::uint8_t place_in_run = 0;
    bool country_first = false;  ///< the longest run begins with a country's name
    bool lower = false;          ///< occurs without a capital
    bool after_capital = false, before_capital = false;
    bool contexts_known = false;
    std::uint64_t left = 0, right = 0;  ///< most frequent words around its runs
  };
  struct Place {
    std::uint64_t left, right;
    std::uint32_t next;
  };

  Seen& seen(std::uint64_t key);
  Seen* find_seen(std::uint64_t key);
  void grow();
  void find_runs(const language::Sentence& sentence);
  void collect(const language::Sentence& sentence);
  void add_occurrence(std::uint64_t key, const language::Sentence& sentence, std::uint32_t at);
  void describe(std::uint32_t at);
  void find_contexts(Seen& entry);

  std::span<const WordTraits* const> words_;
  std::span<const language::Sentence> sentences_;
  std::vector<TokenContext> tokens_;
  std::vector<std::uint8_t> capitals_;  ///< per sentence
  std::vector<std::uint32_t> slots_;    ///< open addressing, 1-based into seen_
  std::vector<Seen> seen_;
  std::vector<Place> places_;
};

}  // namespace spalte::annotate
