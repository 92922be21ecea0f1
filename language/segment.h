// Where do paragraphs, sentences and tokens begin and end?
#pragma once

#include "language/standard.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace spalte::language {

/// Half-open, UTF-8 bytes.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

using TypeId = std::uint32_t;  ///< a distinct written form, per Analyser

enum class TokenKind : std::uint8_t { word, number, punctuation };

struct Token {
  std::uint32_t begin = 0;  ///< bytes into the text
  std::uint32_t end = 0;
  TypeId type = 0;
  TokenKind kind = TokenKind::word;
  bool space_before = false;  ///< white space or the paragraph's start stands before it
};

/// Tokens [first, last); never crosses a paragraph.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t paragraph = 0;
};

struct AnalysedParagraph {
  std::uint32_t first_sentence = 0;
  std::uint32_t last_sentence = 0;
  Standard standard = Standard::unknown;
};

/// A text, cut. Paragraphs are those that were handed in, in order; empty ones have no sentence.
struct AnalysedText {
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<AnalysedParagraph> paragraphs;
  Standard standard = Standard::unknown;
};

/// Cuts text[range) into tokens and sentences, appended to `tokens` (without types) and `sentences` (without
/// paragraph). Conventions of the Norwegian UD treebanks, so that models trained on them fit: punctuation apart;
/// hyphenated words (EU-kommisjonen), numbers (3,5 10.000 12:30), abbreviations (bl.a.), URLs and addresses whole; a
/// hyphen at a word's end or start belongs to it (miljø-, -tallet); initials keep their full stop. Never fails: invalid
/// UTF-8 is a punctuation token. Linear. Thread-safe.
void segment(std::string_view text, ByteRange range, std::vector<Token>& tokens, std::vector<Sentence>& sentences);

}  // namespace spalte::language
