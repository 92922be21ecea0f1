// How are genitives, acronyms and parts of names recognised?
#include "annotate/name_forms.h"

#include "language/normalise.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

constexpr std::size_t kLongestAcronym = 8;

bool is_upper_ascii(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::vector<std::string_view> name_words(std::string_view name) {
  std::vector<std::string_view> out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    if (end > 0) out.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

std::string_view without_genitive(std::string_view name) {
  for (const std::string_view ending : {"'s", "’s", "'", "’", "s"}) {
    if (name.size() > ending.size() + 1 && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return {};
}

bool is_acronym_of(std::string_view acronym, std::string_view name) {
  if (acronym.size() < 2 || acronym.size() > kLongestAcronym || acronym.size() * 2 > name.size() ||
      acronym.find(' ') != std::string_view::npos || std::none_of(acronym.begin(), acronym.end(), is_upper_ascii)) {
    return false;
  }
  const std::string letters = language::normalise(acronym), whole = language::normalise(name);
  if (letters.empty() || whole.empty() || letters.front() != whole.front()) return false;
  std::size_t at = 0;
  for (const char c : letters) {
    at = whole.find(c, at);
    if (at == std::string::npos) return false;
    ++at;
  }
  return true;
}

bool is_part_of_name(const std::vector<std::string_view>& part, const std::vector<std::string_view>& whole) {
  if (part.empty() || part.size() >= whole.size()) return false;
  if (part.size() == 1) return part.front() == whole.back() || part.front() == whole.front();
  if (std::equal(part.begin(), part.end(), whole.begin())) return true;
  if (part.back() != whole.back()) return false;
  std::size_t next = 0;
  for (const std::string_view word : whole) {
    if (next < part.size() && part[next] == word) ++next;
  }
  return next == part.size();
}

}  // namespace spalte::annotate
