// Which words are so common that an index had better tell their written forms apart?
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spalte::language {

/// Function words that make two fifths of all Norwegian text, bokmål and nynorsk, folded. Phrases of them as written would
/// have to be looked up in the text of most articles. On disk by way of the index's positions: a change is a new format.
std::span<const std::string_view> common_words();
bool is_common_word(std::string_view folded);

/// Under what positions hold a common word that is written just so, instead of its keys ("=den"); and, beside its keys,
/// one that is so without its accents alone ("~en" for én).
std::string form_key(std::string_view folded);
std::string accented_form_key(std::string_view folded);

}  // namespace spalte::language
