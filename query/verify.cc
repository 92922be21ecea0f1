// How is a candidate's text held against what was asked?
#include "query/verify.h"

#include "language/normalise.h"
#include "query/syntax.h"

#include <algorithm>

namespace spalte::query {
namespace {

/// Letters, digits and what is part of them; all bytes beyond ASCII count but for the blanks and dashes that normalise
/// leaves as ASCII anyway.
constexpr bool word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool word_ends_at(std::string_view text, std::size_t at) { return at >= text.size() || !word_byte(text[at]); }

}  // namespace

ExactPhrase::ExactPhrase(const std::vector<std::string>& words) : words_(words) {}

bool ExactPhrase::in(std::string_view text) const {
  if (words_.empty()) return true;
  for (std::size_t at = text.find(words_[0]); at != std::string_view::npos; at = text.find(words_[0], at + 1)) {
    if (at > 0 && word_byte(text[at - 1])) continue;
    std::size_t end = at + words_[0].size();
    if (!word_ends_at(text, end)) continue;
    bool all = true;
    for (std::size_t w = 1; w < words_.size() && all; ++w) {
      while (end < text.size() && !word_byte(text[end]) && text[end] != '\n') ++end;
      all = text.substr(end).starts_with(words_[w]) && word_ends_at(text, end + words_[w].size());
      end += words_[w].size();
    }
    if (all) return true;
  }
  return false;
}

WindowMatcher::WindowMatcher(const Node& node, const language::Analyser& analyser)
    : scope_(node.scope), root_{NodeKind::conjunction, {}, {}} {
  for (const Node& child : node.children) root_.children.push_back(prepare(child, analyser));
}

WindowMatcher::Part WindowMatcher::prepare(const Node& node, const language::Analyser& analyser) const {
  Part part{node.kind, {}, {}};
  if (node.kind == NodeKind::word || node.kind == NodeKind::phrase) {
    for (const std::string& text : plain_words(node.text)) {
      language::QueryWord q = analyser.query_word(text);
      part.words.push_back(
          {std::move(q.keys), std::move(q.folded), node.exact || node.kind == NodeKind::phrase, node.wildcard});
    }
    part.kind = NodeKind::phrase;
  }
  for (const Node& child : node.children) part.children.push_back(prepare(child, analyser));
  return part;
}

bool WindowMatcher::holds(const Part& part, const language::AnalysedText& text, std::uint32_t first, std::uint32_t last,
                          language::Standard standard, language::Analyser& analyser) const {
  const auto inside = [&](const Part& p) { return holds(p, text, first, last, standard, analyser); };
  switch (part.kind) {
    case NodeKind::conjunction:
      return std::all_of(part.children.begin(), part.children.end(), inside);
    case NodeKind::disjunction:
      return std::any_of(part.children.begin(), part.children.end(), inside);
    case NodeKind::negation:
      return !inside(part.children[0]);
    case NodeKind::all:
      return true;
    case NodeKind::phrase:
      break;
    default:
      return std::all_of(part.children.begin(), part.children.end(), inside);
  }
  const auto is = [&](const Word& w, const language::Token& t) {
    const language::WordType& type = analyser.type(t.type);
    if (w.wildcard) return type.folded.starts_with(w.folded);
    if (w.exact) return type.folded == w.folded;
    for (const language::Term& term : analyser.terms(t.type, standard).terms)
      if (term.role != language::TermRole::part && std::find(w.keys.begin(), w.keys.end(), term.key) != w.keys.end())
        return true;
    return false;
  };
  for (std::uint32_t start = first; start < last; ++start) {
    std::uint32_t at = start;
    std::size_t w = 0;
    for (; w < part.words.size() && at < last; ++at) {
      if (text.tokens[at].kind == language::TokenKind::punctuation) continue;
      if (!is(part.words[w], text.tokens[at])) break;
      ++w;
    }
    if (w == part.words.size()) return true;
  }
  return part.words.empty();
}

bool WindowMatcher::matches(const language::AnalysedText& text, language::Analyser& analyser) const {
  if (scope_ == Scope::sentence)
    return std::any_of(text.sentences.begin(), text.sentences.end(), [&](const language::Sentence& s) {
      return holds(root_, text, s.first, s.last, text.paragraphs[s.paragraph].standard, analyser);
    });
  return std::any_of(text.paragraphs.begin(), text.paragraphs.end(), [&](const language::AnalysedParagraph& p) {
    if (p.first_sentence == p.last_sentence) return false;
    return holds(root_, text, text.sentences[p.first_sentence].first, text.sentences[p.last_sentence - 1].last,
                 p.standard, analyser);
  });
}

}  // namespace spalte::query
