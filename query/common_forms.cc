// How are keys and common forms matched?
#include "query/common_forms.h"

#include "language/common_words.h"

#include <cstdint>
#include <unordered_map>

namespace spalte::query {
namespace {

/// Common words by each of their keys, in a text of any standard.
using Forms = std::unordered_map<std::string, std::vector<std::string>>;

Forms forms_by_key(language::Analyser& analyser) {
  using language::Standard;
  Forms out;
  for (const std::string_view word : language::common_words())
    for (const Standard standard : {Standard::unknown, Standard::nb, Standard::nn, Standard::other})
      for (const language::Term& term : analyser.terms(analyser.intern(word), standard).terms) {
        if (term.role == language::TermRole::part) continue;
        std::vector<std::string>& forms = out[std::string(term.key)];
        const std::string form = language::form_key(word);
        if (forms.empty() || forms.back() != form) forms.push_back(form);
      }
  return out;
}

}  // namespace

std::vector<std::string> place_names(const std::string& key, language::Analyser& analyser) {
  thread_local std::uint64_t generation = 0;
  thread_local Forms forms;
  if (generation != analyser.generation()) {
    forms = forms_by_key(analyser);
    generation = analyser.generation();
  }
  std::vector<std::string> out = {key};
  if (const auto found = forms.find(key); found != forms.end())
    out.insert(out.end(), found->second.begin(), found->second.end());
  return out;
}

}  // namespace spalte::query
