// Which rules are kept?
#include "language/tools/suffix_rules.h"

#include <algorithm>
#include <map>

namespace spalte::language::tools {
namespace {

constexpr std::size_t kLeastWord = 5, kLeastCommon = 3, kLongestEnding = 7;
constexpr double kLeastWords = 8, kLeastShare = 0.4;
constexpr double kLoad = 1.4;

bool boundary(std::string_view s, std::size_t at) {
  return at >= s.size() || (static_cast<unsigned char>(s[at]) & 0xc0U) != 0x80U;
}

}  // namespace

void SuffixRules::add(int standard, std::string_view form, std::string_view key, double weight) {
  if (form.size() < kLeastWord) return;
  std::size_t common = 0;
  while (common < std::min(form.size(), key.size()) && form[common] == key[common]) ++common;
  while (common > 0 && (!boundary(form, common) || !boundary(key, common))) --common;
  if (common < kLeastCommon) return;
  const std::size_t strip = form.size() - common;
  if (strip > kLongestEnding) return;
  const std::string change = static_cast<char>(strip) + std::string(key.substr(common));
  for (std::size_t length = std::max<std::size_t>(1, strip); length <= kLongestEnding && length + 1 < form.size();
       ++length) {
    if (!boundary(form, form.size() - length)) continue;
    Tally& tally = endings_[standard][std::string(form.substr(form.size() - length))];
    tally.all += weight;
    tally.changes[change] += weight;
  }
}

std::vector<lex::SuffixRule> SuffixRules::table(std::string& strings) const {
  std::map<std::string, std::string> kept;  // "0ending" → change
  for (int s = 0; s < 2; ++s) {
    std::map<std::size_t, std::vector<const std::string*>> by_length;
    for (const auto& [ending, tally] : endings_[s]) by_length[ending.size()].push_back(&ending);
    for (const auto& [length, endings] : by_length)
      for (const std::string* ending : endings) {
        const Tally& tally = endings_[s].at(*ending);
        const auto best =
            std::max_element(tally.changes.begin(), tally.changes.end(), [](const auto& a, const auto& b) {
              return a.second != b.second ? a.second < b.second : a.first < b.first;
            });
        if (tally.all < kLeastWords || best->second < kLeastShare * tally.all) continue;
        const std::string* shorter = nullptr;
        for (std::size_t from = 1; from < ending->size() && shorter == nullptr; ++from) {
          const auto found = kept.find(suffix_text(s, std::string_view(*ending).substr(from)));
          if (found != kept.end()) shorter = &found->second;
        }
        if (shorter != nullptr && *shorter == best->first) continue;
        kept[suffix_text(s, *ending)] = best->first;
      }
  }
  std::map<std::string, std::uint16_t> additions;
  for (const auto& [ending, change] : kept) additions.emplace(change.substr(1), 0);
  for (auto& [text, n] : additions) {
    n = static_cast<std::uint16_t>(strings.size());
    strings += text;
    strings += '\0';
  }
  std::vector<lex::SuffixRule> table(static_cast<std::size_t>(static_cast<double>(kept.size()) * kLoad) + 1);
  for (const auto& [ending, change] : kept) {
    const std::uint64_t h = lex::hash(ending);
    std::uint64_t at = lex::first_slot(h, table.size());
    while (table[at].check != 0) at = at + 1 == table.size() ? 0 : at + 1;
    table[at] = {static_cast<std::uint32_t>(h) | 1U, static_cast<std::uint8_t>(change[0]),
                 static_cast<std::uint8_t>(ending[0] - '0'), additions.at(change.substr(1))};
  }
  return table;
}

}  // namespace spalte::language::tools
