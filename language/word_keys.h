// What are the keys of a word, known or not, and of its parts?
#pragma once

#include "language/lexicon.h"
#include "language/stem.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::language {

struct WordKeys {
  std::vector<std::string> keys;   ///< of the word itself; the first is the likeliest
  std::vector<std::string> loose;  ///< keys of improbable readings, and of every part of a compound, each once
};

/// An ending, and one that the word may have instead.
struct OtherEnding {
  std::string_view ending, other;
};

/// Keys of normalised words without hyphens. One object a thread.
class WordKeyer {
 public:
  explicit WordKeyer(const Lexicon& lexicon) : lexicon_(lexicon) {}

  /// In a text of that standard. A known word has the lexicon's keys; an unknown compound its linking form and the keys
  /// of its last word, joined; then rules by ending, in nynorsk the same word with another ending; then a genitive s
  /// goes; then Snowball.
  WordKeys keys(std::string_view word, Standard standard) const;
  /// Of a query's word: those of both standards, improbable ones too.
  std::vector<std::string> query_keys(std::string_view word) const;
  /// The parts of a compound in order, each with its keys in both standards; empty: none.
  std::vector<std::vector<std::string>> query_parts(std::string_view word) const;
  /// The parts of a compound as written, left to right: linking forms, then the last word. One: it is no compound, or a
  /// name. Views into `word`, which must be normalised.
  std::vector<std::string_view> written_parts(std::string_view word, Standard standard) const;

 private:
  std::vector<std::string> own_keys(std::string_view word, Standard standard,
                                    std::vector<std::string>* improbable) const;
  bool is_name(std::string_view word, Standard standard) const;
  bool is_first_form(std::string_view word, Standard standard) const;
  bool is_key(std::string_view word) const;
  std::vector<std::string> modern_keys(std::string_view word, Standard standard) const;
  std::vector<std::string> neighbour_keys(std::string_view word, Standard standard,
                                          std::span<const OtherEnding> endings) const;
  std::vector<std::string> unknown_keys(std::string_view word, Standard standard) const;
  std::vector<std::string> compound_keys(std::string_view word, Standard standard) const;
  std::vector<std::string> piece_keys(std::string_view piece, bool last, Standard standard) const;

  const Lexicon& lexicon_;
  Stemmer stem_;
};

}  // namespace spalte::language
