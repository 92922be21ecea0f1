// How is a candidate's text held against what was asked?
#include "query/verify.h"

#include "language/normalise.h"
#include "query/syntax.h"

#include <algorithm>
#include <cstring>

namespace spalte::query {
namespace {

/// Letters, digits and what is part of them; all bytes beyond ASCII count but for the blanks and dashes that normalise
/// leaves as ASCII anyway. Capitals are met in text as written alone.
constexpr bool word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool word_ends_at(std::string_view text, std::size_t at) { return at >= text.size() || !word_byte(text[at]); }

}  // namespace

ExactPhrase::ExactPhrase(const std::vector<std::string>& words) : words_(words) {
  // The longest word is met least often.
  for (std::size_t w = 1; w < words_.size(); ++w)
    if (words_[w].size() > words_[anchor_].size()) anchor_ = w;
}

bool ExactPhrase::in(std::string_view text) const {
  if (words_.empty()) return true;
  const std::string& anchor = words_[anchor_];
  // memmem looks at more than the first letter at once: four times as fast as string_view::find.
  const auto next = [&](std::size_t from) {
    const void* found = ::memmem(text.data() + from, text.size() - from, anchor.data(), anchor.size());
    return found == nullptr ? std::string_view::npos
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  };
  for (std::size_t at = next(0); at != std::string_view::npos; at = next(at + 1)) {
    if (at > 0 && word_byte(text[at - 1])) continue;
    if (word_ends_at(text, at + anchor.size()) && before(text, at) && behind(text, at + anchor.size())) return true;
  }
  return false;
}

bool ExactPhrase::before(std::string_view text, std::size_t begin) const {
  for (std::size_t w = anchor_; w-- > 0;) {
    while (begin > 0 && !word_byte(text[begin - 1]) && text[begin - 1] != '\n') --begin;
    const std::size_t size = words_[w].size();
    if (begin < size || text.substr(begin - size, size) != words_[w]) return false;
    begin -= size;
    if (begin > 0 && word_byte(text[begin - 1])) return false;
  }
  return true;
}

bool ExactPhrase::behind(std::string_view text, std::size_t end) const {
  for (std::size_t w = anchor_ + 1; w < words_.size(); ++w) {
    while (end < text.size() && !word_byte(text[end]) && text[end] != '\n') ++end;
    if (!text.substr(end).starts_with(words_[w]) || !word_ends_at(text, end + words_[w].size())) return false;
    end += words_[w].size();
  }
  return true;
}

TextPattern::TextPattern(const Node& node, const MatchOptions& options, const language::Analyser& analyser)
    : kind_(node.kind) {
  if (node.kind == NodeKind::word || node.kind == NodeKind::phrase) {
    kind_ = NodeKind::phrase;
    prepare_text(node, options, analyser);
    return;
  }
  const auto function_word = [&](const Node& n) {
    return n.kind == NodeKind::word && !n.exact && !n.wildcard && !options.exact &&
           language::Analyser::is_stopword(language::normalise(n.text));
  };
  // As in the whole article: beside other words, those that say nothing are not required.
  const bool content = std::any_of(node.children.begin(), node.children.end(), [&](const Node& c) {
    return c.kind != NodeKind::negation && !function_word(c);
  });
  for (const Node& child : node.children)
    if (node.kind != NodeKind::conjunction || !content || !function_word(child))
      children_.emplace_back(child, options, analyser);
}

void TextPattern::prepare_text(const Node& node, const MatchOptions& options, const language::Analyser& analyser) {
  const bool exact = node.exact || options.exact || node.kind == NodeKind::phrase;
  if (node.wildcard) {
    const std::string start = language::normalise(node.text);
    sequences_.push_back({{analyser.keys_beginning(start), start, Word::Match::beginning}});
    return;
  }
  std::vector<Word> as_typed;
  for (const std::string& text : plain_words(node.text)) {
    language::QueryWord q = analyser.query_word(text);
    as_typed.push_back({std::move(q.keys), q.folded, exact ? Word::Match::exact : Word::Match::forms});
    if (exact || node.kind == NodeKind::phrase) continue;
    if (!q.pieces.empty()) {  // Nord-Korea, also written Nord Korea
      std::vector<Word> apart;
      for (std::vector<std::string>& keys : q.pieces) apart.push_back({std::move(keys), {}});
      sequences_.push_back(std::move(apart));
    }
    if (options.fold) {
      const std::string plain = language::fold_letters(q.folded);
      sequences_.push_back({{analyser.keys_folded(plain), plain, Word::Match::letters}});
    }
    if (!options.compounds) continue;
    as_typed.back().compounds = true;
    for (std::vector<std::string>& keys : q.parts)
      scattered_.push_back({std::move(keys), {}, Word::Match::forms, true});
  }
  if (as_typed.size() > 1) {  // "norge/sverige": only in order
    sequences_.clear();
    scattered_.clear();
  }
  sequences_.push_back(std::move(as_typed));
}

bool TextPattern::is(const Word& w, const language::Token& token, const Window& window) {
  const language::WordType& type = window.analyser.type(token.type);
  if (w.match == Word::Match::exact) return type.folded == w.folded;
  if (w.match == Word::Match::beginning && type.folded.starts_with(w.folded)) return true;
  if (w.match == Word::Match::letters && language::fold_letters(type.folded) == w.folded) return true;
  for (const language::Term& term : window.analyser.terms(token.type, window.standard).terms) {
    if (term.role == language::TermRole::part && !w.compounds) continue;
    if (std::find(w.keys.begin(), w.keys.end(), term.key) != w.keys.end()) return true;
    if (w.match == Word::Match::beginning && term.role != language::TermRole::part && term.key.starts_with(w.folded))
      return true;
  }
  return false;
}

std::uint32_t TextPattern::sequence_end(const std::vector<Word>& sequence, std::uint32_t at, const Window& window) {
  std::size_t w = 0;
  std::uint32_t t = at;
  for (; w < sequence.size() && t < window.last; ++t) {
    if (window.text.tokens[t].kind == language::TokenKind::punctuation) {
      if (w == 0) return at;
      continue;
    }
    if (!is(sequence[w], window.text.tokens[t], window)) return at;
    ++w;
  }
  return w == sequence.size() && w > 0 ? t : at;
}

void TextPattern::places(const Window& window, std::vector<Place>& out) const {
  for (const TextPattern& child : children_) child.places(window, out);
  for (const std::vector<Word>& sequence : sequences_)
    for (std::uint32_t at = window.first; at < window.last; ++at)
      if (const std::uint32_t end = sequence_end(sequence, at, window); end > at) out.push_back({at, end});
}

bool TextPattern::holds(const Window& window) const {
  const auto inside = [&](const TextPattern& p) { return p.holds(window); };
  switch (kind_) {
    case NodeKind::disjunction:
      return std::any_of(children_.begin(), children_.end(), inside);
    case NodeKind::negation:
      return !inside(children_[0]);
    case NodeKind::all:
      return true;
    case NodeKind::phrase:
      break;
    default:
      return std::all_of(children_.begin(), children_.end(), inside);
  }
  for (const std::vector<Word>& sequence : sequences_)
    for (std::uint32_t at = window.first; at < window.last; ++at)
      if (sequence_end(sequence, at, window) > at) return true;
  const auto somewhere = [&](const Word& w) {
    for (std::uint32_t t = window.first; t < window.last; ++t)
      if (window.text.tokens[t].kind != language::TokenKind::punctuation && is(w, window.text.tokens[t], window))
        return true;
    return false;
  };
  return !scattered_.empty() && std::all_of(scattered_.begin(), scattered_.end(), somewhere);
}

WindowMatcher::WindowMatcher(const Node& node, const MatchOptions& options, const language::Analyser& analyser)
    : scope_(node.scope) {
  for (const Node& child : node.children) all_.emplace_back(child, options, analyser);
}

bool WindowMatcher::matches(const language::AnalysedText& text, language::Analyser& analyser) const {
  const auto holds = [&](std::uint32_t first, std::uint32_t last, std::uint32_t paragraph) {
    const TextPattern::Window window{text, first, last, text.paragraphs[paragraph].standard, analyser};
    return std::all_of(all_.begin(), all_.end(), [&](const TextPattern& p) { return p.holds(window); });
  };
  if (scope_ == Scope::sentence)
    return std::any_of(text.sentences.begin(), text.sentences.end(),
                       [&](const language::Sentence& s) { return holds(s.first, s.last, s.paragraph); });
  for (std::uint32_t p = 0; p < text.paragraphs.size(); ++p) {
    const language::AnalysedParagraph& para = text.paragraphs[p];
    if (para.first_sentence != para.last_sentence &&
        holds(text.sentences[para.first_sentence].first, text.sentences[para.last_sentence - 1].last, p))
      return true;
  }
  return false;
}

NearMatcher::NearMatcher(const Node& node, const MatchOptions& options, const language::Analyser& analyser)
    : ordered_(node.ordered), distance_(static_cast<std::uint32_t>(node.distance)) {
  for (const Node& child : node.children) operands_.emplace_back(child, options, analyser);
}

bool NearMatcher::matches(const language::AnalysedText& text, language::Analyser& analyser) const {
  struct Event {
    std::uint32_t first, last;  ///< words, counted without punctuation
    std::size_t operand;
  };
  std::vector<Event> events;
  std::vector<TextPattern::Place> places;
  std::vector<std::uint32_t> words;
  for (const language::AnalysedParagraph& p : text.paragraphs) {
    if (p.first_sentence == p.last_sentence) continue;
    const std::uint32_t first = text.sentences[p.first_sentence].first,
                        last = text.sentences[p.last_sentence - 1].last;
    words.assign(1, 0);
    for (std::uint32_t t = first; t < last; ++t)
      words.push_back(words.back() + (text.tokens[t].kind == language::TokenKind::punctuation ? 0 : 1));
    events.clear();
    for (std::size_t o = 0; o < operands_.size(); ++o) {
      places.clear();
      operands_[o].places({text, first, last, p.standard, analyser}, places);
      for (const TextPattern::Place& x : places)
        events.push_back({words[x.first - first], words[x.last - first] - 1, o});
    }
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return a.first != b.first ? a.first < b.first : a.operand < b.operand;
    });
    // From each place on: the next place of every other operand (in order if wanted) that is none of those taken. Words
    // of phrases beyond their first do not count.
    std::vector<bool> taken;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (ordered_ && events[i].operand != 0) continue;
      taken.assign(operands_.size(), false);
      taken[events[i].operand] = true;
      std::size_t found = 1;
      std::uint32_t inside = events[i].last - events[i].first, end = events[i].last;
      for (std::size_t j = i + 1; j < events.size() && found < operands_.size(); ++j) {
        const Event& e = events[j];
        if (taken[e.operand] || e.first <= end || (ordered_ && e.operand != found)) continue;
        if (e.first - events[i].first - inside > distance_) break;
        taken[e.operand] = true;
        inside += e.last - e.first;
        end = e.last;
        ++found;
      }
      if (found == operands_.size()) return true;
    }
  }
  return false;
}

}  // namespace spalte::query
