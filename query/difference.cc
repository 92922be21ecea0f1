// How are two texts held against each other?
#include "query/difference.h"

#include <algorithm>
#include <iterator>

#include <dtl/dtl.hpp>

namespace spalte::query {
namespace {

/// Words, and "\n" for each end of a paragraph.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    if (end < text.size() && text[end] == '\n') out.emplace_back("\n");
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

void append(std::string& text, const std::string& word) {
  if (!text.empty() && text.back() != '\n' && word != "\n") text += ' ';
  text += word;
}

}  // namespace

std::vector<Stretch> difference(std::string_view before, std::string_view after) {
  dtl::Diff<std::string> diff(words_of(before), words_of(after));
  diff.compose();
  std::vector<Stretch> out;
  // Removed and added words take turns in the shortest way; people read a passage as a whole.
  Stretch removed{Change::removed, {}}, added{Change::added, {}};
  const auto flush = [&] {
    for (Stretch* s : {&removed, &added}) {
      if (!s->text.empty()) out.push_back(*s);
      s->text.clear();
    }
  };
  const auto steps = diff.getSes().getSequence();
  for (const auto& [word, info] : steps) {
    if (info.type == dtl::SES_DELETE) {
      append(removed.text, word);
    } else if (info.type == dtl::SES_ADD) {
      append(added.text, word);
    } else {
      flush();
      if (out.empty() || out.back().change != Change::same) out.push_back({Change::same, {}});
      append(out.back().text, word);
    }
  }
  flush();
  return out;
}

}  // namespace spalte::query
