// How is the sentence chosen, cut and marked?
#include "query/snippet.h"

#include "language/token_width.h"
#include "language/utf8.h"
#include "query/common_forms.h"
#include "schema/terminal.h"
#include "schema/terms.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace spalte::query {
namespace {

/// Percent of the line for the sentence that shows most, where a second one is needed.
constexpr std::size_t kMainShare = 60;
constexpr int kKeyPoints = 4, kPartPoints = 2, kActorPoints = 4, kTitlePenalty = 3;

struct Span {
  std::uint32_t begin, end;
  int word;  ///< which word of the query, or -1 - actor
  int points;
};

/// What a token shows of the query; no points: nothing.
Span span_of(const Compiled& compiled, const language::Token& token, language::Standard standard,
             language::Analyser& analyser) {
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
    if (points > 0) return {token.begin, token.end, static_cast<int>(w), points};
  }
  return {token.begin, token.end, 0, 0};
}

/// Every place of the text that shows the query, in order. `annotation` may be null.
std::vector<Span> spans_of(const Compiled& compiled, const Article& article, const language::AnalysedText& text,
                           const Annotation* annotation, Reader& reader) {
  std::vector<Span> out;
  for (const language::Sentence& s : text.sentences) {
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      if (text.tokens[t].kind == language::TokenKind::punctuation) continue;
      const Span span = span_of(compiled, text.tokens[t], standard, reader.analyser());
      if (span.points > 0) out.push_back(span);
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

void analyse(const Article& article, Reader& reader, language::AnalysedText& text) {
  std::vector<language::ByteRange> ranges;
  for (const Paragraph& p : article.paragraphs) ranges.push_back({p.begin, p.end});
  reader.analyser().analyse(article.text, ranges, text);
}

/// A piece of one sentence, with the places of the query in it.
struct Fragment {
  std::uint32_t begin = 0, end = 0;
  bool cut_before = false, cut_after = false;
};

/// About `width` bytes of [begin, end), around the first place after which most of the query follows.
Fragment fragment(std::string_view text, const std::vector<Span>& spans, std::uint32_t begin, std::uint32_t end,
                  std::size_t width) {
  if (end - begin <= width) return {begin, end};
  std::vector<const Span*> inside;
  for (const Span& s : spans)
    if (s.begin >= begin && s.end <= end) inside.push_back(&s);
  const Span* first = inside.empty() ? nullptr : inside[0];
  int best = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    std::unordered_map<int, int> points;
    for (std::size_t j = i; j < inside.size() && inside[j]->end <= inside[i]->begin + 2 * width / 3; ++j)
      points[inside[j]->word] = std::max(points[inside[j]->word], inside[j]->points);
    int sum = 0;
    for (const auto& [word, p] : points) sum += p;
    if (sum > best) {
      best = sum;
      first = inside[i];
    }
  }
  const std::string_view sentence = text.substr(begin, end - begin);
  const std::size_t mark = first != nullptr ? first->begin - begin : 0, mark_end = first != nullptr ? first->end - begin : 0;
  std::size_t from = mark > width / 3 ? mark - width / 3 : 0;
  if (from > 0) {
    const std::size_t blank = sentence.find(' ', from);
    from = blank != std::string_view::npos && blank < mark ? blank + 1 : language::code_point_begin(sentence, from);
  }
  std::size_t to = std::min(sentence.size(), from + width);
  if (to < sentence.size()) {
    const std::size_t blank = sentence.find_last_of(' ', to);
    to = blank != std::string_view::npos && blank > mark_end ? blank : language::code_point_begin(sentence, to);
  }
  return {begin + static_cast<std::uint32_t>(from), begin + static_cast<std::uint32_t>(to), from > 0,
          to < sentence.size()};
}

/// The fragments on one line, what is left out between them marked.
Snippet line_of(std::string_view text, const std::vector<Span>& spans, const std::vector<Fragment>& fragments) {
  Snippet out;
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const Fragment& f = fragments[i];
    // One sentence goes on where the one before it ends.
    if (i > 0) out.text += f.begin <= last + 1 ? " " : " … ";
    if (i == 0 && f.cut_before) out.text += "… ";
    const std::size_t shift = out.text.size();
    out.text += text.substr(f.begin, f.end - f.begin);
    for (const Span& s : spans)
      if (s.begin >= f.begin && s.end <= f.end)
        out.highlights.push_back({s.begin - f.begin + shift, s.end - f.begin + shift});
    if (i + 1 == fragments.size() && f.cut_after) out.text += " …";
    last = f.end;
  }
  // A quotation may run over paragraphs.
  std::replace(out.text.begin(), out.text.end(), '\n', ' ');
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

using Words = std::unordered_set<int>;

/// How much of the query, but for `shown`, the spans within [begin, end) show; each word counts once.
int points_within(const std::vector<Span>& spans, std::uint32_t begin, std::uint32_t end, const Words& shown = {}) {
  std::unordered_map<int, int> points;
  auto s = std::lower_bound(spans.begin(), spans.end(), begin,
                            [](const Span& span, std::uint32_t at) { return span.begin < at; });
  for (; s != spans.end() && s->end <= end; ++s)
    if (shown.count(s->word) == 0) points[s->word] = std::max(points[s->word], s->points);
  int sum = 0;
  for (const auto& [word, p] : points) sum += p;
  return sum;
}

/// Where the line does not show all of the query, a second piece of the text that shows what is missing: of a sentence
/// beside it, or further on in its own.
void add_second(std::string_view text, const std::vector<Span>& spans, const language::AnalysedText& analysed,
                const Article& article, std::size_t width, std::vector<Fragment>& fragments) {
  const Fragment main = fragments[0];
  Words shown;
  for (const Span& s : spans)
    if (s.begin >= main.begin && s.end <= main.end) shown.insert(s.word);
  std::vector<Span> missing;
  for (const Span& s : spans)
    if (shown.count(s.word) == 0) missing.push_back(s);
  if (missing.empty()) return;
  int best_points = kKeyPoints - 1;
  Fragment best;
  for (const language::Sentence& s : analysed.sentences) {
    const std::uint32_t first = analysed.tokens[s.first].begin, last = analysed.tokens[s.last - 1].end;
    if (article.paragraphs[s.paragraph].role == ParagraphRole::title) continue;  // shown anyway
    const bool own = first <= main.begin && main.end <= last;
    for (auto [begin, end] : own ? std::vector{std::pair{first, main.begin}, std::pair{main.end, last}}
                                 : std::vector{std::pair{first, last}}) {
      while (begin < end && text[begin] == ' ') ++begin;
      while (begin < end && text[end - 1] == ' ') --end;
      const int sum = points_within(spans, begin, end, shown);
      if (sum <= best_points) continue;
      best_points = sum;
      best = fragment(text, missing, begin, end, width);
      best.cut_before = best.cut_before || begin > first;
      best.cut_after = best.cut_after || end < last;
    }
  }
  if (best.end == 0) return;
  fragments.push_back(best);
  if (best.begin < main.begin) std::swap(fragments[0], fragments[1]);
}

/// Where the index says that each word of the query stands, by token, if the archive is one index here: the lowest word
/// that stands there, or -1. `text` is cut, without types.
std::vector<int> words_by_token(const Compiled& compiled, const HitData& hit, const Article& article,
                                const language::AnalysedText& text, Reader& reader) {
  Archive& archive = reader.archive();
  const auto documents = archive.postings(Part::articles, {term(prefix::kId, hit.id)});
  if (documents.front().size() != 1) return {};
  std::vector<std::string> names;
  std::vector<int> word_of;
  for (std::size_t w = 0; w < compiled.words.size(); ++w)
    for (const std::string& key : compiled.words[w].keys)
      for (std::string& name : place_names(key, reader.analyser())) {
        names.push_back(std::move(name));
        word_of.push_back(static_cast<int>(w));
      }
  const std::vector<Place> places = archive.places(documents.front(), names).front();
  std::vector<int> out(text.tokens.size(), -1);
  std::uint32_t position = 1;
  auto place = places.begin();
  std::uint32_t paragraph = 0;
  for (const language::Sentence& s : text.sentences) {
    if (s.paragraph != paragraph) position += kParagraphGap;
    paragraph = s.paragraph;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = text.tokens[t];
      const std::string_view surface = std::string_view(article.text).substr(token.begin, token.end - token.begin);
      position += language::token_width(surface, token.kind);
      for (; place != places.end() && place->position < position; ++place) {
        const int word = word_of[place->key];
        if (out[t] < 0 || word < out[t]) out[t] = word;
      }
    }
  }
  return out;
}

/// The snippet where some sentence shows every word of the query as a whole word: the first such sentence is the best one,
/// and the index tells where it is, so that only its own words are looked up (most of a snippet's time). The whole analysis
/// would choose the same, but for a compound of the query that holds another of its words. Nothing where it is needed.
std::optional<Snippet> quick_snippet(const Compiled& compiled, const HitData& hit, const Article& article,
                                     Reader& reader, std::size_t width) {
  if (!reader.archive().one_index() || compiled.words.empty() || !compiled.actors.empty() ||
      !compiled.quotations.empty() || !compiled.speakers.empty())
    return {};
  if (std::any_of(compiled.words.begin(), compiled.words.end(), [](const MatchedWord& w) { return w.exact; })) return {};
  language::AnalysedText text;
  for (std::uint32_t p = 0; p < article.paragraphs.size(); ++p) {
    const std::size_t first = text.sentences.size();
    language::segment(article.text, {article.paragraphs[p].begin, article.paragraphs[p].end}, text.tokens,
                      text.sentences);
    for (std::size_t s = first; s < text.sentences.size(); ++s) text.sentences[s].paragraph = p;
  }
  const std::vector<int> words = words_by_token(compiled, hit, article, text, reader);
  if (words.empty()) return {};
  const auto shows_all = [&](const language::Sentence& s) {
    if (article.paragraphs[s.paragraph].role == ParagraphRole::title) return false;
    std::vector<bool> shown(compiled.words.size(), false);
    for (std::uint32_t t = s.first; t < s.last; ++t)
      if (words[t] >= 0) shown[static_cast<std::size_t>(words[t])] = true;
    return std::find(shown.begin(), shown.end(), false) == shown.end();
  };
  const auto best = std::find_if(text.sentences.begin(), text.sentences.end(), shows_all);
  if (best == text.sentences.end()) return {};
  std::vector<Span> spans;
  const auto standard = hit.lang == "nn"   ? language::Standard::nn
                        : hit.lang == "nb" ? language::Standard::nb
                                           : language::Standard::unknown;
  for (std::uint32_t t = best->first; t < best->last; ++t) {
    language::Token& token = text.tokens[t];
    if (token.kind == language::TokenKind::punctuation) continue;
    Span span{token.begin, token.end, words[t], kKeyPoints};
    if (words[t] < 0) {
      token.type = reader.analyser().intern(
          std::string_view(article.text).substr(token.begin, token.end - token.begin), token.kind);
      span = span_of(compiled, token, standard, reader.analyser());
    }
    if (span.points > 0) spans.push_back(span);
  }
  const std::uint32_t begin = text.tokens[best->first].begin, end = text.tokens[best->last - 1].end;
  const Fragment shorter = fragment(article.text, spans, begin, end, width * kMainShare / 100);
  const int all = static_cast<int>(compiled.words.size()) * kKeyPoints;
  if (points_within(spans, shorter.begin, shorter.end) < all) return {};
  Snippet out = line_of(article.text, spans, {fragment(article.text, spans, begin, end, width)});
  out.paragraph = best->paragraph + 1;
  return out;
}

}  // namespace

const std::string& speaker_of(const Annotation& annotation, const Quote& quote) {
  return quote.actor == kNoActor ? quote.described : annotation.actors[quote.actor].name;
}

Snippet passage(const Compiled& compiled, const Article& article, const Annotation& annotation, std::uint32_t begin,
                std::uint32_t end, Reader& reader, std::size_t width) {
  language::AnalysedText text;
  analyse(article, reader, text);
  const std::vector<Span> spans = spans_of(compiled, article, text, &annotation, reader);
  return line_of(article.text, spans, {fragment(article.text, spans, begin, end, width)});
}

Snippet make_snippet(const Compiled& compiled, const HitData& hit, Reader& reader, std::size_t width) {
  Article article;
  if (!reader.catalogue().load_text(hit.row, article)) return {};
  if (std::optional<Snippet> quick = quick_snippet(compiled, hit, article, reader, width)) return std::move(*quick);
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
  const std::uint32_t begin = text.tokens[best->first].begin, end = text.tokens[best->last - 1].end;
  std::vector<Fragment> fragments = {fragment(article.text, spans, begin, end, width)};
  if (quotation == nullptr) {
    const std::size_t most = width * kMainShare / 100;
    Fragment shorter = fragment(article.text, spans, begin, end, most);
    std::vector<Fragment> two = {shorter};
    add_second(article.text, spans, text, article, width - (shorter.end - shorter.begin), two);
    if (two.size() > 1) fragments = std::move(two);
  }
  Snippet out = line_of(article.text, spans, fragments);
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
