// In which order do Norwegians expect names?
#pragma once

#include <string>
#include <string_view>

namespace spalte::query {

/// Bytes that sort as the text does by Norwegian rules (… z æ ø å, aa as å). Any locale. About 1 µs.
std::string collation_key(std::string_view text);

}  // namespace spalte::query
