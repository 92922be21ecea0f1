// How many columns of a terminal does a text take?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spalte::query {

/// Columns of UTF-8 text: combining marks and format characters take none, East Asian wide characters two.
std::size_t shown_width(std::string_view text);

/// The longest beginning, and the longest end, that takes at most `columns`; marks stay with their letter.
std::string_view first_columns(std::string_view text, std::size_t columns);
std::string_view last_columns(std::string_view text, std::size_t columns);

/// The text with blanks after it, or before it, up to `columns`.
std::string padded(std::string_view text, std::size_t columns);
std::string padded_left(std::string_view text, std::size_t columns);

/// A bar of block characters, to an eighth of a column; never empty for what is above zero.
std::string block_bar(double columns);

}  // namespace spalte::query
