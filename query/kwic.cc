// How are a phrase's words told from single ones?
#include "query/kwic.h"

#include "language/analyser.h"
#include "schema/terms.h"

#include <algorithm>

namespace spalte::query {
namespace {

/// Keeps the longest of what overlaps.
std::vector<Place> apart(std::vector<Place> places) {
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::vector<Place> out;
  for (const Place& p : places)
    if (out.empty() || p.begin >= out.back().end) out.push_back(p);
  return out;
}

}  // namespace

Concordance::Concordance(const Compiled& compiled, const Node& tree, bool exact, Reader& reader)
    : compiled_(compiled), reader_(reader), exact_(exact) {
  take_words();
  collect(tree);
}

void Concordance::take_words() {
  for (const MatchedWord& w : compiled_.words) {
    // Exact ones stand alone or in a phrase: collect() finds out.
    if (w.exact) continue;
    const language::QueryWord q = reader_.analyser().query_word(w.folded);
    std::size_t own = q.keys.size();
    for (const auto& piece : q.pieces) own += piece.size();
    // For snippets, pieces of a hyphenated word and parts of a compound count as well; by themselves they are no place
    // of it. Only what a wildcard or --fold has become is taken as it is.
    const bool one_word = w.keys.size() == own && std::equal(q.keys.begin(), q.keys.end(), w.keys.begin());
    if (one_word)
      words_.push_back({q.keys, w.parts.empty() ? std::vector<std::string>{} : q.keys});
    else
      words_.push_back({w.keys, {}});
  }
}

void Concordance::collect(const Node& node) {
  if (node.kind == NodeKind::negation) return;
  const bool as_written = node.kind == NodeKind::phrase || (node.kind == NodeKind::word && (node.exact || exact_));
  if (as_written && !node.wildcard) {
    Phrase words = folded_words(node.text);
    if (!words.empty()) phrases_.push_back(std::move(words));
  }
  for (const Node& child : node.children) collect(child);
}

Concordance::Phrase Concordance::folded_words(const std::string& text) {
  Phrase out;
  language::AnalysedText analysed;
  const std::vector<language::ByteRange> whole = {{0, static_cast<std::uint32_t>(text.size())}};
  reader_.analyser().analyse(text, whole, analysed);
  for (const language::Token& t : analysed.tokens)
    if (t.kind != language::TokenKind::punctuation) out.emplace_back(reader_.analyser().type(t.type).folded);
  return out;
}

std::vector<Place> Concordance::places(const Article& article, const Annotation& annotation) {
  language::Analyser& analyser = reader_.analyser();
  std::vector<language::ByteRange> ranges;
  for (const Paragraph& p : article.paragraphs) ranges.push_back({p.begin, p.end});
  language::AnalysedText text;
  analyser.analyse(article.text, ranges, text);

  std::vector<Place> out;
  std::vector<const language::Token*> words;  // of one paragraph
  const auto search_phrases = [&](std::size_t paragraph) {
    for (const Phrase& phrase : phrases_)
      for (std::size_t i = 0; i + phrase.size() <= words.size(); ++i) {
        std::size_t n = 0;
        while (n < phrase.size() && analyser.type(words[i + n]->type).folded == phrase[n]) ++n;
        if (n == phrase.size()) out.push_back({words[i]->begin, words[i + n - 1]->end, paragraph + 1});
      }
    words.clear();
  };
  std::size_t current = 0;
  for (const language::Sentence& s : text.sentences) {
    if (s.paragraph != current) {
      search_phrases(current);
      current = s.paragraph;
    }
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = text.tokens[t];
      if (token.kind == language::TokenKind::punctuation) continue;
      words.push_back(&token);
      const auto terms = analyser.terms(token.type, standard).terms;
      const bool meant = std::any_of(words_.begin(), words_.end(), [&](const Word& w) {
        return std::any_of(terms.begin(), terms.end(), [&](const language::Term& term) {
          const auto& keys = term.role == language::TermRole::part ? w.parts : w.keys;
          return std::find(keys.begin(), keys.end(), term.key) != keys.end();
        });
      });
      if (meant) out.push_back({token.begin, token.end, s.paragraph + std::size_t{1}});
    }
  }
  search_phrases(current);

  std::vector<bool> asked;
  for (const ArticleActor& a : annotation.actors) {
    const NameId id = name_id(a.kind, a.name);
    asked.push_back(std::any_of(compiled_.actors.begin(), compiled_.actors.end(), [&](const MatchedActor& m) {
      return std::any_of(m.names.begin(), m.names.end(), [&](const NameRow& n) { return n.id == id; });
    }));
  }
  for (const auto* list : {&annotation.mentions, &annotation.derived})
    for (const Mention& m : *list) {
      if (m.actor >= asked.size() || !asked[m.actor] || m.end > article.text.size()) continue;
      const auto after = std::upper_bound(article.paragraphs.begin(), article.paragraphs.end(), m.begin,
                                          [](std::uint32_t at, const Paragraph& p) { return at < p.begin; });
      out.push_back({m.begin, m.end, static_cast<std::size_t>(after - article.paragraphs.begin())});
    }
  return apart(std::move(out));
}

}  // namespace spalte::query
