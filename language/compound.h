// Which words is a compound made of?
#pragma once

#include "language/lexicon.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::language {

/// One cut of a compound: its first part as written (linking s or e and all), and what follows.
struct Split {
  std::string_view head, tail;  ///< views into the word
  std::uint32_t head_key = 0;
  double score = 0;
};

/// The best cut of a normalised word into a linking form and a known noun,
/// verb or adjective, or a compound of such; nothing where the word is better left whole. Score: the rarer part's log
/// frequency + .3 of the other's, less 2.5 for a part under four letters (1 before a long last part) and 2 for three
/// parts (recipe: compounds). Cost: some µs, once a distinct word.
std::optional<Split> split_compound(std::string_view word, const Lexicon& lexicon, Standard standard);

}  // namespace spalte::language
