// How far is one spelling from another?
#include "schema/nearest.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace spalte {
namespace {

/// Code points, near enough: a malformed byte is one of its own.
std::u32string letters(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    char32_t c = first;
    ++i;
    for (; first >= 0xc0 && i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0U) == 0x80U; ++i)
      c = c << 8U | static_cast<unsigned char>(text[i]);
    out += c;
  }
  return out;
}

}  // namespace

std::size_t edit_distance(std::string_view first, std::string_view second, std::size_t most) {
  const std::u32string a = letters(first), b = letters(second);
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
      least = std::min(least, next[j]);
    }
    if (least > most) return most + 1;
    std::swap(before, row);
    std::swap(row, next);
  }
  return std::min(row[b.size()], most + 1);
}

std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> names) {
  constexpr std::size_t kMostEdits = 2;
  std::string_view best;
  std::size_t best_distance = kMostEdits + 1;
  for (std::string_view name : names) {
    const std::size_t d = edit_distance(typed, name, kMostEdits);
    if (d >= best_distance || 2 * d >= letters(name).size()) continue;
    best_distance = d;
    best = name;
  }
  return best;
}

}  // namespace spalte
