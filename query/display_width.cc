// How wide does Unicode say a character is?
#include "query/display_width.h"

#include <unicode/uchar.h>

namespace spalte::query {
namespace {

/// The character that begins at `at`, which is moved behind it; -1 where there is none.
UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  UChar32 c = first >= 0xf0 ? first & 0x07 : first >= 0xe0 ? first & 0x0f : first & 0x1f;
  bool any = false;
  for (; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; ++at, any = true)
    c = (c << 6 | (static_cast<unsigned char>(text[at]) & 0x3f)) & 0x1fffff;
  return first >= 0xc0 && any ? c : -1;
}

std::size_t width_of(UChar32 c) {
  if (c >= 0x20 && c < 0x300) return c == 0xad ? 0 : 1;  // a soft hyphen shows at line ends alone
  if (c < 0) return 1;                                   // no UTF-8: shown as a replacement
  const int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::size_t shown_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_character(text, at));
  return width;
}

std::string_view first_columns(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    width += width_of(next_character(text, at));
    if (width > columns) return text.substr(0, before);
  }
  return text;
}

std::string_view last_columns(std::string_view text, std::size_t columns) {
  std::size_t width = 0, begin = text.size();
  for (std::size_t end = text.size(); end > 0;) {
    std::size_t at = end - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
    end = at;
    std::size_t behind = at;
    const std::size_t w = width_of(next_character(text, behind));
    width += w;
    if (width > columns) break;
    if (w > 0) begin = end;  // a mark whose letter does not fit goes with it
  }
  return text.substr(begin);
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t width = shown_width(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string padded_left(std::string_view text, std::size_t columns) {
  const std::size_t width = shown_width(text);
  return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

std::string block_bar(double columns) {
  constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  auto eighths = static_cast<int>(columns * 8 + 0.5);
  if (columns > 0 && eighths < 1) eighths = 1;
  std::string out;
  for (; eighths >= 8; eighths -= 8) out += "█";
  return out + std::string(kEighths[static_cast<std::size_t>(eighths)]);
}

}  // namespace spalte::query
