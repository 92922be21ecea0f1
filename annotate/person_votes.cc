// What counts for a person, and what against?
#include "annotate/person_votes.h"

#include "annotate/known_names.h"
#include "annotate/roles.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>

namespace spalte::annotate {
namespace {

constexpr int kEnough = 2;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string base_of(std::string_view word) {
  return std::string(word.size() > 3 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word);
}

}  // namespace

void turn_to_persons(const language::AnalysedText& text, const language::Analyser& analyser,
                     std::vector<NameSpan>& names) {
  const auto type = [&](std::uint32_t token) -> const language::WordType& {
    return analyser.type(text.tokens[token].type);
  };
  const auto lone = [&](const NameSpan& n) {
    return n.kind == ActorKind::org && !n.derived && n.last - n.first == 1 && !type(n.first).all_caps &&
           (known_name(type(n.first).surface) & kOrganisation) == 0;
  };
  if (std::none_of(names.begin(), names.end(), lone)) return;
  const auto is_pronoun = [](std::string_view word) {
    return is_one_of(word, {"han", "hun", "ho", "hans", "hennes", "hennar"});
  };
  std::unordered_map<std::string, int> votes;
  auto name = names.begin();
  for (std::size_t s = 0; s < text.sentences.size(); ++s) {
    const language::Sentence& sentence = text.sentences[s];
    const auto alone = [&](auto at) {
      return (at == names.begin() || std::prev(at)->first < sentence.first) &&
             (std::next(at) == names.end() || std::next(at)->first >= sentence.last);
    };
    for (; name != names.end() && name->first < sentence.last; ++name) {
      if (!lone(*name)) continue;
      int& sum = votes[base_of(type(name->first).surface)];
      if (name->first > sentence.first) {
        const std::string_view before = type(name->first - 1).folded;
        if (is_role(before)) ++sum;
        if (is_one_of(before, {"i", "hos", "ved"})) --sum;
      }
      // The only name of its sentence, and he or she in it or at the start of the next.
      if (alone(name)) {
        bool pronoun = s + 1 < text.sentences.size() && is_pronoun(type(text.sentences[s + 1].first).folded);
        for (std::uint32_t t = name->last; t < sentence.last; ++t) pronoun = pronoun || is_pronoun(type(t).folded);
        if (pronoun) ++sum;
      }
    }
  }
  for (NameSpan& n : names) {
    if (!lone(n)) continue;
    const auto sum = votes.find(base_of(type(n.first).surface));
    if (sum != votes.end() && sum->second >= kEnough) n.kind = ActorKind::person;
  }
}

}  // namespace spalte::annotate
