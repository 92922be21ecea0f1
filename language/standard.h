// Which written standard is a piece of text in?
#pragma once

#include <cstdint>
#include <string_view>

namespace spalte::language {

/// `unknown`: too short to tell, treated as Norwegian (both standards). `other`: not Norwegian.
enum class Standard : std::uint8_t { unknown, nb, nn, other };

/// "nb", "nn", "other", or "" for unknown.
constexpr std::string_view standard_code(Standard s) {
  constexpr std::string_view codes[] = {"", "nb", "nn", "other"};
  return codes[static_cast<std::size_t>(s)];
}

}  // namespace spalte::language
