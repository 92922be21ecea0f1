// How is the sentence chosen, cut and marked?
#include "query/snippet.h"

#include "schema/terminal.h"
#include "schema/terms.h"

#include <algorithm>
#include <unordered_map>

namespace spalte::query {
namespace {

constexpr int kKeyPoints = 4, kPartPoints = 2, kActorPoints = 4, kTitlePenalty = 3;

struct Span {
  std::uint32_t begin, end;
  int word;  ///< which word of the query, or -1 - actor
  int points;
};

/// Every place of the text that shows the query, in order. `annotation` may be null.
std::vector<Span> spans_of(const Compiled& compiled, const Article& article, const language::AnalysedText& text,
                           const Annotation* annotation, Reader& reader) {
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
  if (annotation != nullptr && !compiled.actors.empty()) {
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

void analyse(const Article& article, Reader& reader, language::AnalysedText& text) {
  std::vector<language::ByteRange> ranges;
  for (const Paragraph& p : article.paragraphs) ranges.push_back({p.begin, p.end});
  reader.analyser().analyse(article.text, ranges, text);
}

/// Bytes [begin, end) of the text around the first mark, on one line.
Snippet cut(std::string_view text, const std::vector<Span>& spans, std::uint32_t begin, std::uint32_t end,
            std::size_t width) {
  Snippet out;
  const std::string_view sentence = text.substr(begin, end - begin);
  std::vector<Highlight> marks;
  for (const Span& s : spans)
    if (s.begin >= begin && s.end <= end) marks.push_back({s.begin - begin, s.end - begin});
  std::size_t from = 0, to = sentence.size();
  if (sentence.size() > width) {
    const std::size_t mark = marks.empty() ? 0 : marks[0].begin, mark_end = marks.empty() ? 0 : marks[0].end;
    from = mark > width / 3 ? mark - width / 3 : 0;
    if (from > 0) {
      const std::size_t blank = sentence.find(' ', from);
      from = blank != std::string_view::npos && blank < mark ? blank + 1 : at_boundary(sentence, from);
    }
    to = std::min(sentence.size(), from + width);
    if (to < sentence.size()) {
      const std::size_t blank = sentence.find_last_of(' ', to);
      to = blank != std::string_view::npos && blank > mark_end ? blank : at_boundary(sentence, to);
    }
  }
  const std::string_view ellipsis = "… ";
  const std::size_t shift = from > 0 ? ellipsis.size() : 0;
  out.text = (from > 0 ? std::string(ellipsis) : std::string()) + std::string(sentence.substr(from, to - from)) +
             (to < sentence.size() ? " …" : "");
  // A quotation may run over paragraphs.
  std::replace(out.text.begin(), out.text.end(), '\n', ' ');
  for (const Highlight& m : marks)
    if (m.begin >= from && m.end <= to) out.highlights.push_back({m.begin - from + shift, m.end - from + shift});
  return out;
}

/// Quotations of the article that the query asked for.
std::vector<const Quote*> asked_quotations(const Compiled& compiled, const std::string& id,
                                           const Annotation* annotation) {
  std::vector<const Quote*> out;
  if (annotation == nullptr) return out;
  if (const auto found = compiled.quotations.find(id); found != compiled.quotations.end()) {
    for (const std::uint32_t number : found->second)
      if (number < annotation->quotes.size()) out.push_back(&annotation->quotes[number]);
    return out;
  }
  for (const Quote& q : annotation->quotes) {
    if (q.actor == kNoActor) continue;
    const ArticleActor& a = annotation->actors[q.actor];
    if (std::find(compiled.speakers.begin(), compiled.speakers.end(), name_id(a.kind, a.name)) !=
        compiled.speakers.end())
      out.push_back(&q);
  }
  return out;
}

/// How much of the query the spans within [begin, end) show; each word counts once.
int points_within(const std::vector<Span>& spans, std::uint32_t begin, std::uint32_t end) {
  std::unordered_map<int, int> points;
  auto s = std::lower_bound(spans.begin(), spans.end(), begin,
                            [](const Span& span, std::uint32_t at) { return span.begin < at; });
  for (; s != spans.end() && s->end <= end; ++s) points[s->word] = std::max(points[s->word], s->points);
  int sum = 0;
  for (const auto& [word, p] : points) sum += p;
  return sum;
}

}  // namespace

const std::string& speaker_of(const Annotation& annotation, const Quote& quote) {
  return quote.actor == kNoActor ? quote.described : annotation.actors[quote.actor].name;
}

Snippet passage(const Compiled& compiled, const Article& article, const Annotation& annotation, std::uint32_t begin,
                std::uint32_t end, Reader& reader, std::size_t width) {
  language::AnalysedText text;
  analyse(article, reader, text);
  return cut(article.text, spans_of(compiled, article, text, &annotation, reader), begin, end, width);
}

Snippet make_snippet(const Compiled& compiled, const HitData& hit, Reader& reader, std::size_t width) {
  Article article;
  if (!reader.catalogue().load_text(hit.row, article)) return {};
  language::AnalysedText text;
  analyse(article, reader, text);
  Result<Annotation> loaded = compiled.actors.empty() && compiled.quotations.empty()
                                  ? Result<Annotation>(Annotation{})
                                  : reader.catalogue().annotation(hit.row);
  const Annotation* annotation = loaded ? &*loaded : nullptr;
  const std::vector<Span> spans = spans_of(compiled, article, text, annotation, reader);
  const std::vector<const Quote*> quotations = asked_quotations(compiled, hit.id, annotation);
  if (spans.empty() && quotations.empty()) return {};

  const language::Sentence* best = nullptr;
  const Quote* quotation = nullptr;
  int best_points = quotations.empty() ? 0 : -1;
  for (const language::Sentence& s : text.sentences) {
    const std::uint32_t begin = text.tokens[s.first].begin, end = text.tokens[s.last - 1].end;
    const Quote* around = nullptr;
    if (!quotations.empty()) {
      const auto inside = std::find_if(quotations.begin(), quotations.end(),
                                       [&](const Quote* q) { return begin < q->text_end && end > q->text_begin; });
      if (inside == quotations.end()) continue;
      around = *inside;
    }
    int sum = around == nullptr
                  ? points_within(spans, begin, end)
                  : points_within(spans, std::max(begin, around->text_begin), std::min(end, around->text_end));
    // The title is shown anyway.
    if (article.paragraphs[s.paragraph].role == ParagraphRole::title) sum -= kTitlePenalty;
    if (sum > best_points) {
      best_points = sum;
      best = &s;
      quotation = around;
    }
  }
  if (best == nullptr) return {};
  Snippet out = cut(article.text, spans, text.tokens[best->first].begin, text.tokens[best->last - 1].end, width);
  out.paragraph = best->paragraph + 1;
  if (quotation != nullptr) {
    out.speaker = speaker_of(*annotation, *quotation);
    out.verb = quotation->verb;
    out.certain = speaker_certainty(quotation->how) >= kCertainSpeaker;
  }
  return out;
}

std::string coloured(const Snippet& snippet, bool color) {
  const std::string_view text = snippet.text;
  std::string out;
  std::size_t at = 0;
  for (const Highlight& m : snippet.highlights) {
    const std::string mark = printable(text.substr(m.begin, m.end - m.begin));
    out += printable(text.substr(at, m.begin - at)) + (color ? "\x1b[1;33m" + mark + "\x1b[0m" : mark);
    at = m.end;
  }
  return out + printable(text.substr(at));
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
