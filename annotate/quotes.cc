// How do attributions and turns of direct speech become quotations with their spans?
#include "annotate/quotes.h"

#include "annotate/attributions.h"
#include "annotate/quote_text.h"
#include "annotate/speakers.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace spalte::annotate {
namespace {

constexpr std::uint32_t kLongestTurn = 8;    ///< sentences back to the dash that opened a turn
constexpr std::uint32_t kTurnMemory = 3;     ///< sentences back to the attribution that a turn goes on from
constexpr std::uint32_t kLongestSequel = 5;  ///< sentences that a turn without attribution goes on
constexpr std::uint32_t kLeastWords = 3;
constexpr std::uint32_t kLongestHeading = 8;  ///< units of a heading in quotation marks

SpeakerFound how_found(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::pronoun:
      return SpeakerFound::pronoun;
    case SubjectKind::role:
      return SpeakerFound::role;
    case SubjectKind::organisation:
    case SubjectKind::organisation_noun:
    case SubjectKind::plural:
      return SpeakerFound::org;
    default:
      return SpeakerFound::name;
  }
}

/// Within a turn, a clause by somebody without a name is a part of what is said.
bool is_weak(SubjectKind kind) {
  return kind == SubjectKind::pronoun || kind == SubjectKind::role || kind == SubjectKind::coordinated ||
         kind == SubjectKind::plural || kind == SubjectKind::organisation_noun;
}

/// One article's quotations, sentence by sentence.
class Finder {
 public:
  Finder(QuoteText& text, Annotation& out)
      : text_(text), out_(out), speakers_(text, out), attributions_(text, speakers_), found_(text.sentences.size()) {}

  void run() {
    for (std::uint32_t n = 0; n < text_.sentences.size(); ++n) attributed(n);
    for (const Open& o : open_) follow(o);
    std::erase_if(out_.quotes, [](const Quote& q) { return q.text_begin == q.text_end; });
    for (std::uint32_t n = 0; n < text_.sentences.size(); ++n) unattributed(n);
    std::sort(out_.quotes.begin(), out_.quotes.end(),
              [](const Quote& a, const Quote& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
  }

 private:
  /// What is known of a sentence's attributions when later ones are read.
  struct Found {
    bool any = false;      ///< it has one
    bool closing = false;  ///< it closes one
    bool covered = false;  ///< a quotation spans it
    std::uint32_t speaker = kNoActor;
  };

  /// A sentence's closing attribution, which other ones of the sentence stand beside.
  struct Closing {
    bool any = false;
    std::uint32_t from = 0;  ///< sentence where its turn began
    std::uint32_t verb = 0;  ///< unit
  };

  const QuoteSentence& sentence(std::uint32_t n) const { return text_.sentences[n]; }
  const Unit& unit(std::uint32_t u) const { return text_.units[u]; }

  /// A speech verb behind a comma or mark tells that what came before, back to a dash, was spoken.
  void mark_turn(std::uint32_t n) {
    const QuoteSentence& s = sentence(n);
    bool closes = false;
    for (std::uint32_t i = s.first + 1; i < s.last && !closes; ++i) {
      const char32_t before = unit(i - 1).mark;
      closes =
          unit(i).verb() && (before == U',' || before == U'»' || before == U'"' || before == U'?' || before == U'!');
    }
    if (!closes) return;
    for (std::uint32_t k = n + 1; k-- > 0 && k + kLongestTurn >= n;) {
      if (!text_.may_share_turn(sentence(k), s)) return;
      if (sentence(k).dash) {
        for (std::uint32_t i = k; i <= n; ++i) text_.sentences[i].spoken = true;
        return;
      }
      if (k < n && found_[k].any) return;
    }
  }

  void attributed(std::uint32_t n) {
    mark_turn(n);
    attributions_.find(n, list_);
    const auto last =
        std::find_if(list_.rbegin(), list_.rend(), [](const Attribution& a) { return a.frame == Frame::closing; });
    const bool direct = last != list_.rend();
    Closing closing;
    if (direct) closing = {true, begins(n, *last), last->verb};
    for (const Attribution& a : list_) {
      if (a.subject.actor != kNoActor && a.frame != Frame::according) speakers_.spoke(a.subject.actor, n);
      if (a.frame == Frame::closing) text_.sentences[n].spoken = true;
      if (a.subject.kind == SubjectKind::name)
        for (std::uint32_t i = a.verb + 1; i < std::min(sentence(n).last, a.verb + 16); ++i)
          text_.units[i].attributed = true;
    }
    // Beside a speaker, whom he cites is the source of the second hand.
    if (direct) std::erase_if(list_, [](const Attribution& a) { return a.frame == Frame::according; });
    found_[n].closing = direct;
    found_[n].any = !list_.empty();
    for (const Attribution& a : list_) {
      if (a.subject.actor != kNoActor && a.frame != Frame::according) found_[n].speaker = a.subject.actor;
      add(n, a, closing);
    }
  }

  /// The sentence in which begins what a closing attribution of sentence n attributes.
  std::uint32_t begins(std::uint32_t n, const Attribution& a) const {
    const QuoteSentence& s = sentence(n);
    if (s.dash || opens_quotation(unit(s.first).mark)) return n;
    return a.verb > s.first && ends_quotation(unit(a.verb - 1).mark) && unit(s.first).quoted
               ? marks_start(n)
               : turn_start(n, a.subject.actor);
  }

  void add(std::uint32_t n, const Attribution& a, const Closing& closing) {
    std::uint32_t from = n;
    const QuoteSentence& s = sentence(n);
    if (a.frame == Frame::refers && n > 0 && !found_[n - 1].any) from = n - 1;
    if (a.frame == Frame::closing) from = begins(n, a);
    if (a.frame == Frame::closing || (a.frame != Frame::according && s.dash))
      for (std::uint32_t k = from; k <= n; ++k) text_.sentences[k].spoken = true;
    // "…, sa X, og antydet at …" is told again; whoever else has no name there speaks inside the turn.
    const bool told = a.subject.kind == SubjectKind::coordinated && a.verb > list_.front().verb &&
                      list_.front().frame == Frame::closing;
    if (closing.any && a.frame != Frame::closing && (s.dash || closing.from < n) && is_weak(a.subject.kind) && !told)
      return;
    // Somebody unnamed is quoted too ("Ordføreren opplyser at"); but what people think, and sentences inside a turn,
    // are too often a story's.
    const SpeechVerb* verb = unit(a.verb).word->verb;
    const bool reported = a.frame == Frame::that && !s.dash && !s.spoken && verb != nullptr &&
                          verb->kind == VerbClass::say && introduced(a.subject);
    if (a.subject.actor == kNoActor && a.frame != Frame::closing && !reported) return;
    for (std::uint32_t k = from; k <= n; ++k) found_[k].covered = true;

    Quote q;
    q.begin = sentence(from).begin;
    q.end = s.end;
    q.actor = a.subject.actor;
    q.how = q.actor == kNoActor ? SpeakerFound::none : how_found(a.subject.kind);
    if (q.actor == kNoActor) q.described = described(a.subject);
    q.verb = text_.written(unit(a.verb));
    q.style = told ? QuoteStyle::clause : style(from, n);
    if (told) q.begin = unit(a.verb).begin;
    std::tie(q.text_begin, q.text_end) = said(from, n, a, closing);
    const bool colon = a.frame == Frame::colon && unit(s.last - 1).mark == U':';
    if (colon || (a.frame == Frame::closing && sentence(from).dash))
      open_.push_back({out_.quotes.size(), n, colon, closing.any});
    out_.quotes.push_back(std::move(q));
  }

  /// A pronoun, or a noun in its definite form or with an article: somebody the reader can tell.
  bool introduced(const Subject& subject) const {
    const Unit& u = unit(subject.at);
    return u.is(kHe | kShe | kThey) || u.name || is_definite(u.folded) || unit(subject.begin).is(kArticle);
  }

  std::string_view described(const Subject& subject) const {
    std::uint32_t end = subject.end;
    const auto particle = [](const Unit& u) { return u.folded == "fast" || u.folded == "til" || u.folded == "inn"; };
    while (end > subject.begin && (unit(end - 1).is(kAdverb) || !unit(end - 1).text() || particle(unit(end - 1))))
      --end;
    if (subject.begin >= end) return {};
    return text_.written(unit(subject.begin).begin, unit(end - 1).end);
  }

  /// The sentence of the same paragraph with the mark that n's first closing mark closes, else n.
  std::uint32_t marks_start(std::uint32_t n) const {
    for (std::uint32_t k = n; k-- > 0 && k + kLongestTurn >= n && sentence(k).paragraph == sentence(n).paragraph;)
      for (std::uint32_t i = sentence(k).last; i-- > sentence(k).first;) {
        if (opens_quotation(unit(i).mark)) return k;
        if (ends_quotation(unit(i).mark)) return n;
      }
    return n;
  }

  /// The sentence with the dash that opened the turn which ends in n, else n.
  std::uint32_t turn_start(std::uint32_t n, std::uint32_t speaker) const {
    for (std::uint32_t k = n; k-- > 0 && k + kLongestTurn >= n;) {
      if (!text_.may_share_turn(sentence(k), sentence(n))) return n;
      // Whom the speaker cites does not end his turn; but where each sentence is a paragraph, one that says what he
      // thinks is the paper's: nobody cites himself.
      const bool same = sentence(k).paragraph == sentence(n).paragraph;
      if (found_[k].closing || (found_[k].any && !same && found_[k].speaker == speaker)) return n;
      const char32_t last = unit(sentence(k).last - 1).mark;
      // A line without a full stop is a heading, whatever it begins with.
      if (sentence(k).dash) return ends_sentence(last) || ends_quotation(last) || last == U':' ? k : n;
      if (!ends_sentence(last) && !ends_quotation(last)) return n;
    }
    return n;
  }

  QuoteStyle style(std::uint32_t from, std::uint32_t n) const {
    if (sentence(from).dash) return QuoteStyle::dash;
    for (std::uint32_t i = sentence(from).first; i < sentence(n).last; ++i)
      if (unit(i).quoted) return QuoteStyle::marks;
    return QuoteStyle::clause;
  }

  /// The quotation alone: what stands before a closing attribution, behind another one; in quotation marks, what they
  /// enclose.
  std::pair<std::uint32_t, std::uint32_t> said(std::uint32_t from, std::uint32_t n, const Attribution& a,
                                               const Closing& closing) const {
    const QuoteSentence& s = sentence(n);
    std::uint32_t first = sentence(from).first, last = s.last;
    // "X sier at …, skriver Y": Y's paper is no part of what X says.
    if (closing.any && a.frame != Frame::closing && a.verb < closing.verb) last = closing.verb;
    // "X skrev at …, men Y siterer …", "X mener …, og hevder …": the next report is one of its own.
    if (a.frame == Frame::that || a.frame == Frame::bare)
      for (const Attribution& next : list_) {
        if (next.frame != Frame::that && next.frame != Frame::bare) continue;
        std::uint32_t end = next.verb;
        while (end > a.verb + kLeastWords && unit(end - 1).mark != U',') --end;
        if (next.verb > end && end > a.verb + kLeastWords && end < last &&
            (unit(end).folded == "og" || unit(end).folded == "men"))
          last = end - 1;
      }
    switch (a.frame) {
      case Frame::closing:
        if (!medial(s, a)) last = std::max(a.verb, first + 1);
        break;
      case Frame::refers:
        if (from < n) last = sentence(from).last;
        break;
      case Frame::colon:
        if (unit(last - 1).mark == U':') {  // what is said stands below
          --last;
        } else {
          first = behind(a.verb, s.last, [](const Unit& u) { return u.mark == U':'; });
        }
        break;
      case Frame::that:
        first = behind(a.verb, s.last, [&](const Unit& u) {
          if (introduces_clause(text_, u)) return true;
          return u.folded == "om" && (&u + 1)->folded != "at";  // "informerte om at": behind both
        });
        break;
      case Frame::bare:
        first = std::max(a.verb + 1, a.subject.at + 1);
        break;
      case Frame::according:
        // In front, with its subject and a verb behind it, or at the end.
        if (a.verb <= s.first + 1) {
          first = std::min(a.subject.at + 1, s.last - 1);
        } else if (last < a.subject.end + kLeastWords) {
          last = unit(a.verb - 1).folded == "i" ? a.verb - 1 : a.verb;  // i følge
        }
        break;
    }
    if (first >= last) return {s.begin, s.begin};  // "om det hun sa, sier Y": nothing is told
    return trimmed(first, last);
  }

  /// "Men først og fremst, forklarer X, var han …", "Vi tapte, sier X, men vi …": the quotation encloses its
  /// attribution.
  bool medial(const QuoteSentence& s, const Attribution& a) const {
    std::uint32_t i = std::max(a.verb + 1, a.subject.end);
    while (i < s.last && unit(i).mark != U',' && !ends_sentence(unit(i).mark)) ++i;
    if (i + kLeastWords >= s.last || unit(i).mark != U',') return false;
    if (a.verb > s.first && ends_quotation(unit(a.verb - 1).mark)) return false;
    const Unit& next = unit(i + 1);
    if (next.is(kAuxiliary)) return true;
    if (next.verb() || (next.is(kConjunction) && next.folded != "men") || next.folded == "og") return false;
    return std::any_of(text_.units.begin() + i, text_.units.begin() + s.last,
                       [](const Unit& u) { return u.is(kFirstPerson); });
  }

  template <typename Test>
  std::uint32_t behind(std::uint32_t verb, std::uint32_t last, Test&& test) const {
    for (std::uint32_t i = verb + 1; i + 1 < last; ++i)
      if (test(unit(i))) return i + 1;
    return std::min(verb + 1, last - 1);
  }

  /// Bytes of units [first, last) without dashes, commas and enclosing marks at the ends.
  std::pair<std::uint32_t, std::uint32_t> trimmed(std::uint32_t first, std::uint32_t last) const {
    while (last - first > 1 &&
           (is_dash(unit(first).mark) || unit(first).mark == U',' || opens_quotation(unit(first).mark)))
      ++first;
    while (last - first > 1 &&
           (unit(last - 1).mark == U',' || is_dash(unit(last - 1).mark) || ends_quotation(unit(last - 1).mark)))
      --last;
    return {unit(first).begin, unit(last - 1).end};
  }

  /// A quotation that may go on behind its attribution.
  struct Open {
    std::size_t quote;
    std::uint32_t sentence;
    bool colon;  ///< that ends the sentence
    bool beside_closing;
  };

  bool is_heading(const QuoteSentence& s) const {
    const char32_t last = unit(s.last - 1).mark;
    return s.last < s.first + kLeastWords || !(ends_sentence(last) || ends_quotation(last));
  }

  /// "– Nei, sier X. Eg vil ikkje.": the paragraph's rest, as long as it speaks of itself. "Han la til:" and the turn
  /// below.
  void follow(const Open& o) {
    Quote& q = out_.quotes[o.quote];
    std::uint32_t end = o.sentence;
    if (o.colon) {
      const bool free = end + 1 < text_.sentences.size() && !found_[end + 1].any && !found_[end + 1].covered;
      const bool marks = free && opens_quotation(unit(sentence(end + 1).first).mark);
      const bool told = free && !sentence(end + 1).dash && !marks;
      if (!free || (told && (o.beside_closing || is_heading(sentence(end + 1))))) {
        if (o.beside_closing) q.text_end = q.text_begin;  // "sa X og la til:", and the next one names him again
        return;
      }
      const QuoteSentence& next = sentence(end + 1);
      found_[++end].covered = true;
      q.style = marks ? QuoteStyle::marks : told ? QuoteStyle::clause : QuoteStyle::dash;
      q.text_begin = trimmed(next.first, next.last).first;
    }
    while (goes_on(o.colon ? o.sentence + 1 : o.sentence, end + 1, !o.colon)) found_[++end].covered = true;
    if (end == o.sentence) return;
    q.end = sentence(end).end;
    q.text_end = o.colon ? trimmed(sentence(end).first, sentence(end).last).second : q.end;
  }

  /// A turn without an attribution of its own goes on from the speaker before.
  void unattributed(std::uint32_t n) {
    const QuoteSentence& s = sentence(n);
    if (found_[n].covered) return;
    const bool marks =
        !s.dash && (unit(s.first).mark == U'«' || unit(s.first).mark == U'“' || unit(s.first).mark == U'"');
    if (!s.dash && !marks) return;
    std::uint32_t last = s.last;
    while (last > s.first + 1 && ends_quotation(unit(last - 1).mark)) --last;
    if (unit(last - 1).mark == U'?' || asks(n)) return;  // the journalist's
    // Without a full stop it is a heading, in marks or not: whose words they are, the text below tells.
    if (!ends_sentence(unit(last - 1).mark) && (last == s.last || last < s.first + kLongestHeading)) return;
    std::uint32_t speaker = kNoActor;
    for (std::uint32_t k = n; k-- > 0 && k + kTurnMemory >= n;)
      if (found_[k].any) {
        speaker = found_[k].speaker;
        break;
      }
    if (speaker == kNoActor || out_.actors[speaker].kind != ActorKind::person) return;
    if (marks && !(n > 0 && found_[n - 1].any)) return;
    const auto words = std::count_if(text_.units.begin() + s.first, text_.units.begin() + s.last,
                                     [](const Unit& u) { return u.text(); });
    if (words < kLeastWords) return;
    std::uint32_t end = n;
    while (goes_on(n, end + 1, false)) found_[++end].covered = true;
    found_[n].covered = found_[n].any = true;
    found_[n].speaker = speaker;
    Quote q;
    q.begin = s.begin;
    q.end = sentence(end).end;
    q.actor = speaker;
    q.style = QuoteStyle::turn;
    q.how = SpeakerFound::turn;
    std::tie(q.text_begin, q.text_end) = trimmed(s.first, sentence(end).last);
    out_.quotes.push_back(std::move(q));
  }

  /// Where each sentence is a paragraph: does the turn that begins in n end, before the next dash, with a question? In
  /// an interview the journalist has the word then.
  bool asks(std::uint32_t n) const {
    std::uint32_t k = n + 1;
    while (k < text_.sentences.size() && k <= n + kLongestSequel && !sentence(k).dash && !found_[k].any &&
           text_.may_share_turn(sentence(n), sentence(k)))
      ++k;
    return k < text_.sentences.size() && sentence(k).dash && unit(sentence(k - 1).last - 1).mark == U'?';
  }

  /// Is sentence n a part of the turn that was spoken in sentence `from`, so far up to n? Behind an attribution only if
  /// it speaks of itself: the paper may be speaking again. A turn without one has the rest of its paragraph.
  bool goes_on(std::uint32_t from, std::uint32_t n, bool attributed) const {
    if (n >= text_.sentences.size() || n - from > kLongestSequel) return false;
    const QuoteSentence& s = sentence(n);
    if (!text_.may_share_turn(sentence(from), s)) return false;
    if (found_[n].covered || found_[n].any || s.dash || !ends_sentence(unit(s.last - 1).mark)) return false;
    if (!attributed && s.paragraph == sentence(from).paragraph) return true;
    return std::any_of(text_.units.begin() + s.first, text_.units.begin() + s.last,
                       [](const Unit& u) { return u.is(kFirstPerson); });
  }

  QuoteText& text_;
  Annotation& out_;
  Speakers speakers_;
  Attributions attributions_;
  std::vector<Found> found_;
  std::vector<Attribution> list_;
  std::vector<Open> open_;
};

}  // namespace

struct QuoteFinder::Impl {
  QuoteText text;
};

QuoteFinder::QuoteFinder() : impl_(std::make_unique<Impl>()) {}
QuoteFinder::~QuoteFinder() = default;
QuoteFinder::QuoteFinder(QuoteFinder&&) noexcept = default;
QuoteFinder& QuoteFinder::operator=(QuoteFinder&&) noexcept = default;

void QuoteFinder::find(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
                       Annotation& out) {
  out.quotes.clear();
  impl_->text.build(article, text, analyser, out);
  Finder(impl_->text, out).run();
}

}  // namespace spalte::annotate
