// What is the byte form of an annotation? A sequence of varints and length-prefixed strings, in the order of the code
// below.
#include "schema/annotation_codec.h"

#include <cmath>

namespace spalte {
namespace {

constexpr std::uint8_t kFormat = 1;
/// An actor's kind, and this if the source gave it.
constexpr std::uint64_t kGiven = 4;

class Writer {
 public:
  Writer() { number(kFormat); }
  void number(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) out_ += static_cast<char>((v & 0x7fU) | 0x80U);
    out_ += static_cast<char>(v);
  }
  void text(std::string_view s) {
    number(s.size());
    out_ += s;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what Writer wrote; after any fault `ok()` is false and every value 0 or empty.
class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) { ok_ = number() == kFormat; }
  std::uint64_t number() {
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (in_.empty()) break;
      const auto byte = static_cast<unsigned char>(in_.front());
      in_.remove_prefix(1);
      v |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return v;
    }
    ok_ = false;
    in_ = {};
    return 0;
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  /// The number of things that follow; each takes a byte at least, so a larger one is a fault, not an allocation.
  std::size_t count() {
    const std::uint64_t n = number();
    if (n <= in_.size()) return static_cast<std::size_t>(n);
    ok_ = false;
    return 0;
  }
  std::string text() {
    const std::size_t n = count();
    std::string s(in_.substr(0, n));
    in_.remove_prefix(n);
    return s;
  }
  template <typename Enum>
  Enum enumerator(Enum last) {
    const std::uint64_t v = number();
    if (v <= static_cast<std::uint64_t>(last)) return static_cast<Enum>(v);
    ok_ = false;
    return Enum{};
  }
  bool ok() const { return ok_; }
  tl::unexpected<Error> damaged() const {
    return fail(ErrorCode::index_damaged, "the catalogue holds an annotation that cannot be read",
                "index the folder again with --full");
  }

 private:
  std::string_view in_;
  bool ok_ = true;
};

void put_mentions(Writer& w, const std::vector<Mention>& mentions) {
  w.number(mentions.size());
  std::uint32_t at = 0;
  for (const Mention& m : mentions) {
    w.number(m.begin - at);
    w.number(m.end - m.begin);
    w.number(static_cast<unsigned>(m.kind));
    w.number(m.actor == kNoActor ? 0 : m.actor + 1U);
    at = m.begin;
  }
}

std::vector<Mention> get_mentions(Reader& r) {
  std::vector<Mention> out(r.count());
  std::uint32_t at = 0;
  for (Mention& m : out) {
    m.begin = at += r.small();
    m.end = m.begin + r.small();
    m.kind = r.enumerator(ActorKind::loc);
    m.actor = r.small() - 1U;
  }
  return out;
}

}  // namespace

std::string encode_paragraphs(const std::vector<Paragraph>& paragraphs) {
  Writer w;
  w.number(paragraphs.size());
  std::uint32_t at = 0;
  for (const Paragraph& p : paragraphs) {
    w.number(p.begin - at);
    w.number(p.end - p.begin);
    w.number(static_cast<unsigned>(p.role));
    at = p.end;
  }
  return w.take();
}

Result<std::vector<Paragraph>> decode_paragraphs(std::string_view bytes) {
  Reader r(bytes);
  std::vector<Paragraph> out(r.count());
  std::uint32_t at = 0;
  for (Paragraph& p : out) {
    p.begin = at + r.small();
    p.end = at = p.begin + r.small();
    p.role = r.enumerator(ParagraphRole::body);
  }
  if (!r.ok()) return r.damaged();
  return out;
}

std::string encode_annotation(const Annotation& a) {
  Writer w;
  w.number(a.actors.size());
  for (const ArticleActor& actor : a.actors) {
    w.text(actor.name);
    w.number(static_cast<unsigned>(actor.kind) | (actor.given ? kGiven : 0));
    w.number(actor.forms.size());
    for (const std::string& form : actor.forms) w.text(form);
    w.number(actor.mentions);
    w.text(actor.role);
    w.text(actor.wikidata);
  }
  put_mentions(w, a.mentions);
  put_mentions(w, a.derived);
  w.number(a.quotes.size());
  for (const Quote& q : a.quotes) {
    for (std::uint32_t offset : {q.begin, q.end, q.text_begin, q.text_end}) w.number(offset);
    w.number(q.actor == kNoActor ? 0 : q.actor + 1U);
    w.text(q.described);
    w.text(q.verb);
    w.number(static_cast<unsigned>(q.style));
    w.number(static_cast<unsigned>(q.how));
  }
  std::size_t assigned = 0;
  for (const TopicScore& t : a.topics) assigned += t.assigned ? 1U : 0U;
  w.number(assigned);
  for (const TopicScore& t : a.topics) {
    if (!t.assigned) continue;
    w.text(t.id);
    w.text(t.top);
    w.number(t.ancestors.size());
    for (const std::string& above : t.ancestors) w.text(above);
    w.text(t.name);
    w.number(static_cast<std::uint64_t>(std::lround(std::max(0.0F, t.score) * 1000)));
    w.number(t.evidence.size());
    for (const std::string& word : t.evidence) w.text(word);
  }
  return w.take();
}

Result<Annotation> decode_annotation(std::string_view bytes) {
  Reader r(bytes);
  Annotation a;
  a.actors.resize(r.count());
  for (ArticleActor& actor : a.actors) {
    actor.name = r.text();
    const std::uint64_t kind = r.number();
    if (kind >= 2 * kGiven) return r.damaged();
    actor.kind = static_cast<ActorKind>(kind % kGiven);
    actor.given = kind >= kGiven;
    actor.forms.resize(r.count());
    for (std::string& form : actor.forms) form = r.text();
    actor.mentions = r.small();
    actor.role = r.text();
    actor.wikidata = r.text();
  }
  a.mentions = get_mentions(r);
  a.derived = get_mentions(r);
  a.quotes.resize(r.count());
  for (Quote& q : a.quotes) {
    for (std::uint32_t* offset : {&q.begin, &q.end, &q.text_begin, &q.text_end}) *offset = r.small();
    q.actor = r.small() - 1U;
    q.described = r.text();
    q.verb = r.text();
    q.style = r.enumerator(QuoteStyle::turn);
    q.how = r.enumerator(SpeakerFound::org);
  }
  a.topics.resize(r.count());
  for (TopicScore& t : a.topics) {
    t.id = r.text();
    t.top = r.text();
    t.ancestors.resize(r.count());
    for (std::string& above : t.ancestors) above = r.text();
    t.name = r.text();
    t.score = static_cast<float>(r.number()) / 1000;
    t.assigned = true;
    t.evidence.resize(r.count());
    for (std::string& word : t.evidence) word = r.text();
  }
  // Whoever reads the annotation may index with these without looking.
  for (const std::vector<Mention>* list : {&a.mentions, &a.derived})
    for (const Mention& m : *list)
      if (m.actor != kNoActor && m.actor >= a.actors.size()) return r.damaged();
  for (const Quote& q : a.quotes)
    if (q.actor != kNoActor && q.actor >= a.actors.size()) return r.damaged();
  if (!r.ok()) return r.damaged();
  return a;
}

}  // namespace spalte
