// Which words say nothing about what a text is about?
#pragma once

#include <string_view>

namespace spalte::language {

/// Function words of both standards, normalised form.
bool is_stopword(std::string_view folded);

}  // namespace spalte::language
