// How is the sentence chosen, cut and marked?
#include "query/snippet.h"

#include "schema/terms.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace spalte::query {
namespace {

constexpr int kKeyPoints = 4, kPartPoints = 2, kActorPoints = 4, kTitlePenalty = 3;

struct Span {
  std::uint32_t begin, end;
  int word;  ///< which word of the query, or -1 - actor
  int points;
};

/// Every place of the text that shows the query, in order.
std::vector<Span> spans_of(const Compiled& compiled, const Article& article, const language::AnalysedText& text,
                           std::int64_t row, Reader& reader) {
  std::vector<Span> out;
  language::Analyser& analyser = reader.analyser();
  for (const language::Sentence& s : text.sentences) {
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = text.tokens[t];
      if (token.kind == language::TokenKind::punctuation) continue;
      const auto terms = analyser.terms(token.type, standard).terms;
      for (std::size_t w = 0; w < compiled.words.size(); ++w) {
        const MatchedWord& word = compiled.words[w];
        int points = 0;
        if (word.exact) {
          points = analyser.type(token.type).folded == word.folded ? kKeyPoints : 0;
        } else {
          for (const language::Term& term : terms) {
            const auto& keys = term.role == language::TermRole::part ? word.parts : word.keys;
            if (std::find(keys.begin(), keys.end(), term.key) != keys.end())
              points = std::max(points, term.role == language::TermRole::part ? kPartPoints : kKeyPoints);
          }
          // A word of the text that is a part of the query's compound, written apart.
          if (points == 0)
            for (const language::Term& term : terms)
              if (std::find(word.parts.begin(), word.parts.end(), term.key) != word.parts.end()) points = kPartPoints;
        }
        if (points == 0) continue;
        out.push_back({token.begin, token.end, static_cast<int>(w), points});
        break;
      }
    }
  }
  if (!compiled.actors.empty()) {
    const Result<Annotation> annotation = reader.catalogue().annotation(row);
    if (annotation) {
      std::vector<int> actor_of(annotation->actors.size(), 0);
      for (std::size_t a = 0; a < annotation->actors.size(); ++a) {
        const NameId id = name_id(annotation->actors[a].kind, annotation->actors[a].name);
        for (std::size_t c = 0; c < compiled.actors.size(); ++c)
          for (const NameRow& n : compiled.actors[c].names)
            if (n.id == id) actor_of[a] = -1 - static_cast<int>(c);
      }
      for (const auto* list : {&annotation->mentions, &annotation->derived})
        for (const Mention& m : *list)
          if (m.actor != kNoActor && actor_of[m.actor] < 0 && m.end <= article.text.size())
            out.push_back({m.begin, m.end, actor_of[m.actor], kActorPoints});
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  // What overlaps is marked once.
  std::vector<Span> apart;
  for (const Span& s : out)
    if (apart.empty() || s.begin >= apart.back().end) apart.push_back(s);
  return apart;
}

std::size_t at_boundary(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
  return at;
}

}  // namespace

Snippet make_snippet(const Compiled& compiled, const HitData& hit, Reader& reader, std::size_t width) {
  Snippet out;
  Article article;
  if (!reader.catalogue().load_text(hit.row, article)) return out;
  std::vector<language::ByteRange> ranges;
  for (const Paragraph& p : article.paragraphs) ranges.push_back({p.begin, p.end});
  language::AnalysedText text;
  reader.analyser().analyse(article.text, ranges, text);
  const std::vector<Span> spans = spans_of(compiled, article, text, hit.row, reader);
  if (spans.empty()) return out;

  const language::Sentence* best = nullptr;
  int best_points = 0;
  std::size_t first_span = 0;
  for (const language::Sentence& s : text.sentences) {
    const std::uint32_t begin = text.tokens[s.first].begin, end = text.tokens[s.last - 1].end;
    while (first_span < spans.size() && spans[first_span].begin < begin) ++first_span;
    std::unordered_map<int, int> points;
    for (std::size_t i = first_span; i < spans.size() && spans[i].end <= end; ++i)
      points[spans[i].word] = std::max(points[spans[i].word], spans[i].points);
    int sum = 0;
    for (const auto& [word, p] : points) sum += p;
    // The title is shown anyway.
    if (article.paragraphs[s.paragraph].role == ParagraphRole::title) sum -= kTitlePenalty;
    if (sum > best_points) {
      best_points = sum;
      best = &s;
    }
  }
  if (best == nullptr) return out;
  out.paragraph = best->paragraph + 1;
  const std::uint32_t begin = text.tokens[best->first].begin, end = text.tokens[best->last - 1].end;
  std::string_view sentence = std::string_view(article.text).substr(begin, end - begin);
  std::vector<Highlight> marks;
  for (const Span& s : spans)
    if (s.begin >= begin && s.end <= end) marks.push_back({s.begin - begin, s.end - begin});
  std::size_t from = 0, to = sentence.size();
  if (sentence.size() > width && !marks.empty()) {
    from = marks[0].begin > width / 3 ? marks[0].begin - width / 3 : 0;
    if (from > 0) {
      const std::size_t blank = sentence.find(' ', from);
      from = blank != std::string_view::npos && blank < marks[0].begin ? blank + 1 : at_boundary(sentence, from);
    }
    to = std::min(sentence.size(), from + width);
    if (to < sentence.size()) {
      const std::size_t blank = sentence.find_last_of(' ', to);
      to = blank != std::string_view::npos && blank > marks[0].end ? blank : at_boundary(sentence, to);
    }
  }
  const std::string_view ellipsis = "… ";
  const std::size_t shift = from > 0 ? ellipsis.size() : 0;
  out.text = (from > 0 ? std::string(ellipsis) : std::string()) + std::string(sentence.substr(from, to - from)) +
             (to < sentence.size() ? " …" : "");
  for (const Highlight& m : marks)
    if (m.begin >= from && m.end <= to) out.highlights.push_back({m.begin - from + shift, m.end - from + shift});
  return out;
}

std::string marked(const Snippet& s, std::string_view on, std::string_view off) {
  std::string out;
  std::size_t at = 0;
  for (const Highlight& h : s.highlights) {
    out.append(s.text, at, h.begin - at).append(on).append(s.text, h.begin, h.end - h.begin).append(off);
    at = h.end;
  }
  return out.append(s.text, at);
}

}  // namespace spalte::query
