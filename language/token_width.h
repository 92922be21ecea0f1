// How many positions does a token take in an index?
#pragma once

#include "language/segment.h"

#include <cstdint>
#include <string_view>

namespace spalte::language {

/// As Analyser::terms gives it: 0 for punctuation, one for a word or number, one a piece for a hyphenated word. Looks
/// nothing up.
std::uint8_t token_width(std::string_view surface, TokenKind kind);

}  // namespace spalte::language
