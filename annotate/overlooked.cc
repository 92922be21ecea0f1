// How is a surname at the start of a sentence recognised?
#include "annotate/overlooked.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace spalte::annotate {
namespace {

constexpr std::uint32_t kCertain = 2;

std::string_view without_genitive(std::string_view word) {
  return word.size() > 3 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
}

}  // namespace

void add_overlooked(const language::AnalysedText& text, const language::Analyser& analyser,
                    std::vector<NameSpan>& names) {
  struct Seen {
    std::uint32_t as_person = 0;
    bool as_other = false;
  };
  std::unordered_map<std::string_view, Seen> seen;
  for (const NameSpan& name : names) {
    const std::string_view word = analyser.type(text.tokens[name.last - 1].type).surface;
    if (name.kind == ActorKind::person && !name.derived)
      ++seen[word].as_person;
    else
      seen[word].as_other = true;
  }
  std::erase_if(seen, [](const auto& s) { return s.second.as_other || s.second.as_person < kCertain; });
  if (seen.empty()) return;
  const auto is_certain = [&](std::string_view word) { return seen.count(word) != 0; };

  std::vector<NameSpan> found;
  auto name = names.begin();
  for (const language::Sentence& s : text.sentences) {
    std::uint32_t first = s.first;
    while (first < s.last && text.tokens[first].kind == language::TokenKind::punctuation) ++first;
    while (name != names.end() && name->last <= first) ++name;
    if (first == s.last || (name != names.end() && name->first <= first)) continue;
    const language::WordType& w = analyser.type(text.tokens[first].type);
    if (!w.capitalised) continue;
    // Followed by another capital it is a part of a longer name, of which nothing is certain.
    if (first + 1 < s.last && analyser.type(text.tokens[first + 1].type).capitalised) continue;
    if (is_certain(w.surface) || is_certain(without_genitive(w.surface)))
      found.push_back({first, first + 1, ActorKind::person, false});
  }
  // What the article writes small, too, is a word.
  std::erase_if(found, [&](const NameSpan& candidate) {
    const std::string_view folded = analyser.type(text.tokens[candidate.first].type).folded;
    return std::any_of(text.tokens.begin(), text.tokens.end(), [&](const language::Token& t) {
      const language::WordType& w = analyser.type(t.type);
      return !w.capitalised && w.folded == folded;
    });
  });
  if (found.empty()) return;
  names.insert(names.end(), found.begin(), found.end());
  std::sort(names.begin(), names.end(), [](const NameSpan& a, const NameSpan& b) { return a.first < b.first; });
}

}  // namespace spalte::annotate
