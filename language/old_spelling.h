// How would a word in older spelling be written today?
#pragma once

#include <string>
#include <string_view>

namespace spalte::language {

/// Today's spelling of a word as it was written before 1907, 1917 or 1938 (haand: hånd; efterretning: etterretning),
/// empty where none of the reforms touched it; whether it is a word is for the lexicon to say. `word` is normalised
/// UTF-8. Source: the reforms of 1907 (p, t, k for b, d, g), 1917 (å for aa) and 1938; only replacements that seldom
/// make another word of it: t for d and k for g are given by stem. About 0.5 µs.
std::string modern_spelling(std::string_view word);

}  // namespace spalte::language
