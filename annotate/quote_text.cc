// How are tokens and mentions put together?
#include "annotate/quote_text.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

char32_t code_point(std::string_view s) {
  if (s.size() > 1 && s.find_first_not_of('.') == std::string_view::npos) return U'…';
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(s[i])); };
  if (s.empty()) return 0;
  if (byte(0) < 0x80) return byte(0);
  if (byte(0) < 0xe0 && s.size() >= 2) return (byte(0) & 0x1fU) << 6U | (byte(1) & 0x3fU);
  if (byte(0) < 0xf0 && s.size() >= 3) return (byte(0) & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU);
  return 0xfffd;
}

/// kineserne, amerikanarane: people of a country stand for it; an adjective does not speak.
bool is_people(std::string_view demonym) {
  return demonym.ends_with("erne") || demonym.ends_with("arane") || demonym.ends_with("ane") ||
         demonym.ends_with("ene");
}

bool is_genitive(std::string_view written, const ArticleActor& actor) {
  for (std::string_view ending : {"'s", "’s", "s", "'", "’"}) {
    if (!written.ends_with(ending)) continue;
    const std::string_view bare = written.substr(0, written.size() - ending.size());
    return std::find(actor.forms.begin(), actor.forms.end(), bare) != actor.forms.end();
  }
  return false;
}

constexpr QuoteWord kNoWord;

}  // namespace

const QuoteWord* QuoteText::word(language::TypeId type, const language::Analyser& analyser) {
  if (!known_[type]) {
    known_[type] = true;
    words_[type] = quote_word(analyser.type(type).folded);
  }
  return &words_[type];
}

void QuoteText::add_names(const Annotation& annotation) {
  names_.clear();
  for (const Mention& m : annotation.mentions) {
    if (m.actor == kNoActor) continue;
    names_.push_back({m.begin, m.end, m.actor, m.kind,
                      is_genitive(text_.substr(m.begin, m.end - m.begin), annotation.actors[m.actor])});
  }
  for (const Mention& m : annotation.derived)
    if (m.actor != kNoActor && is_people(text_.substr(m.begin, m.end - m.begin)))
      names_.push_back({m.begin, m.end, m.actor, m.kind, false});
  std::sort(names_.begin(), names_.end(), [](const Name& a, const Name& b) { return a.begin < b.begin; });
}

void QuoteText::find_quoted(QuoteSentence& s) {
  // A sentence may begin inside quotation marks that an earlier one opened.
  std::uint32_t straight = 0, first_straight = s.last;
  char32_t first_guillemet = 0;
  for (std::uint32_t i = s.first; i < s.last; ++i) {
    const char32_t mark = units[i].mark;
    if (mark == U'"' && straight++ == 0) first_straight = i;
    if ((mark == U'«' || mark == U'»') && first_guillemet == 0) first_guillemet = mark;
  }
  bool inside = first_guillemet == U'»';
  if (straight % 2 == 1 && first_straight > s.first) {
    const Unit* next = first_straight + 1 < s.last ? &units[first_straight + 1] : nullptr;
    const char32_t before = units[first_straight - 1].mark;
    inside = inside || next == nullptr || next->mark == U',' || ends_sentence(next->mark) ||
             ((before == U',' || before == U'?' || before == U'!') && next->verb());
  }
  for (std::uint32_t i = s.first; i < s.last; ++i) {
    Unit& u = units[i];
    if (u.mark == U'"') {
      inside = !inside;
      u.quoted = true;
      continue;
    }
    if (u.mark == U'«' || u.mark == U'“' || u.mark == U'„') inside = true;
    u.quoted = inside;
    if (u.mark == U'»' || u.mark == U'”') inside = false;
  }
}

void QuoteText::build(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
                      const Annotation& annotation) {
  text_ = article.text;
  if (generation_ != analyser.generation()) {
    generation_ = analyser.generation();
    words_.clear();
    known_.clear();
  }
  words_.resize(analyser.type_count());
  known_.resize(analyser.type_count());
  units.clear();
  sentences.clear();
  add_names(annotation);
  auto name = names_.begin();
  std::uint32_t paragraph = UINT32_MAX;
  std::size_t paragraphs = 0;
  for (const language::Sentence& s : text.sentences) {
    QuoteSentence out;
    out.first = static_cast<std::uint32_t>(units.size());
    out.paragraph = s.paragraph;
    for (std::uint32_t i = s.first; i < s.last; ++i) {
      const language::Token& t = text.tokens[i];
      while (name != names_.end() && name->end <= t.begin) ++name;
      if (name != names_.end() && name->begin < t.begin) continue;  // a name's later tokens
      const language::WordType& type = analyser.type(t.type);
      Unit u;
      u.begin = t.begin;
      u.end = t.end;
      u.folded = type.folded;
      u.capital = type.capitalised;
      u.all_caps = type.all_caps;
      u.number = t.kind == language::TokenKind::number;
      if (t.kind == language::TokenKind::punctuation) u.mark = code_point(type.surface);
      if (name != names_.end() && name->begin == t.begin) {
        u.end = std::max(name->end, t.end);
        u.name = true;
        u.actor = name->actor;
        u.kind = name->kind;
        u.genitive = name->genitive;
        u.word = &kNoWord;
      } else {
        u.word = word(t.type, analyser);
        // Nynorsk's verb is bokmål's noun for a victory.
        if (u.folded == "seier" && text.standard == language::Standard::nb) u.word = &kNoWord;
      }
      units.push_back(u);
    }
    out.last = static_cast<std::uint32_t>(units.size());
    if (out.first == out.last) continue;
    out.begin = units[out.first].begin;
    out.end = units[out.last - 1].end;
    out.dash = is_dash(units[out.first].mark);
    paragraphs += s.paragraph != paragraph ? 1U : 0U;
    paragraph = s.paragraph;
    find_quoted(out);
    sentences.push_back(out);
  }
  lines_ = sentences.size() * 10 < paragraphs * 12;
}

}  // namespace spalte::annotate
