// Where do paragraphs, sentences and tokens begin and end?
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/standard.h"

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

}  // namespace spalte::language
