// How are code points read from and written to UTF-8?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte::language {

inline constexpr char32_t kReplacement = 0xfffd;

/// The code point at byte `i` (< s.size()), which is moved past it. An ill-formed sequence (overlong, surrogate, cut
/// short, beyond U+10FFFF) is U+FFFD, one byte long, so that no byte is ever skipped.
inline char32_t next_code_point(std::string_view s, std::size_t& i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
  const unsigned char first = byte(i);
  if (first < 0x80) {
    ++i;
    return first;
  }
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length == 0 || first > 0xf4 || i + length > s.size()) {
    ++i;
    return kReplacement;
  }
  char32_t c = first & (0x7fU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xc0U) != 0x80U) {
      ++i;
      return kReplacement;
    }
    c = c << 6U | (byte(i + k) & 0x3fU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < kLeast[length] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) {
    ++i;
    return kReplacement;
  }
  i += length;
  return c;
}

/// Where the code point that holds byte `at` begins; `at` itself at the text's end and beyond it.
inline std::size_t code_point_begin(std::string_view s, std::size_t at) {
  while (at > 0 && at < s.size() && (static_cast<unsigned char>(s[at]) & 0xc0U) == 0x80U) --at;
  return at;
}

inline void append_code_point(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0U | c >> 6U);
    put(0x80U | (c & 0x3fU));
  } else if (c < 0x10000) {
    put(0xe0U | c >> 12U);
    put(0x80U | (c >> 6U & 0x3fU));
    put(0x80U | (c & 0x3fU));
  } else {
    put(0xf0U | c >> 18U);
    put(0x80U | (c >> 12U & 0x3fU));
    put(0x80U | (c >> 6U & 0x3fU));
    put(0x80U | (c & 0x3fU));
  }
}

}  // namespace spalte::language
