// How do a verb's class, its place and its subject decide?
#include "annotate/attributions.h"

#include <algorithm>
#include <string>

namespace spalte::annotate {
namespace {

constexpr int kLeastClause = 3;              ///< words of a clause without "at"
constexpr std::uint32_t kMarksReach = 13;    ///< units between a verb and the marks around what was said
constexpr std::uint32_t kLeastMarked = 5;    ///< words in marks; fewer are a title or an irony
constexpr std::uint32_t kBesideVerb = 3;     ///< units
constexpr std::uint32_t kBesideSubject = 4;  ///< units
constexpr std::uint32_t kLeastBehind = 3;    ///< units behind a subject that are a clause of their own

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool introduces_clause(const QuoteText& text, const Unit& u) {
  if (u.folded != "at") return false;
  const auto at = static_cast<std::size_t>(&u - text.units.data());
  return at == 0 || !is_one_of(text.units[at - 1].folded, {"etter", "uten", "utan", "slik", "ved", "bortsett"});
}

struct Attributions::Place {
  const QuoteSentence& s;
  std::uint32_t n, verb;
  const SpeechVerb* table;
  std::uint32_t auxiliary = UINT32_MAX;  ///< of a perfect (har sagt)
  bool closing = false;                  ///< what stands before the verb ends a quotation
  enum class How : std::uint8_t { none, closing, left, front } how = How::none;

  bool perfect() const { return auxiliary != UINT32_MAX; }
};

bool Attributions::heads_no_report(const Place& p) const {
  const auto& units = text_.units;
  const Unit& verb = units[p.verb];
  const Unit* before = p.verb > p.s.first ? &units[p.verb - 1] : nullptr;
  const Unit* next = p.verb + 1 < p.s.last ? &units[p.verb + 1] : nullptr;
  if (before != nullptr && before->is(kModal)) return true;  // an infinitive
  if (verb.quoted) return true;
  if (next != nullptr && is_one_of(next->folded, {"seg", "oss", "meg"})) return true;
  // "synes å ha kontroll": it seems so, and nobody thinks it.
  if (next != nullptr && next->folded == "å" && p.table->lemma == "synes") return true;
  // A headline: "Mener Solberg må gå" is not said by Solberg.
  return verb.capital && (p.verb == p.s.first || (p.verb == p.s.first + 1 && p.s.dash));
}

bool Attributions::particle_fits(const Place& p) const {
  if (p.table->kind != VerbClass::particle && p.table->kind != VerbClass::particle_that) return true;
  std::string window = " ";
  for (std::uint32_t i = p.verb + 1; i < std::min(p.s.last, p.verb + 7); ++i)
    window.append(text_.units[i].folded) += ' ';
  for (std::string_view rest = p.table->particles; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    std::string wanted = " " + std::string(rest.substr(0, end)) + (p.table->kind == VerbClass::particle ? " " : " at ");
    if (window.find(wanted) != std::string::npos) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

/// Behind a quotation the subject follows; but "X, leder i Y, sier han ikke vil" is X's.
std::optional<Subject> Attributions::closing_subject(Place& p) {
  const auto& units = text_.units;
  const std::uint32_t first = p.s.first, verb = p.verb;
  const bool comma = units[verb - 1].mark == U',';
  std::optional<Subject> right = subjects_.right_of(p.n, verb);
  if (!right) {
    if (!comma) return {};
    p.how = Place::How::left;
    return subjects_.left_of(p.n, verb);
  }
  p.how = Place::How::closing;
  if (!comma) return right;
  const auto from_left = [&]() -> std::optional<Subject> {
    std::optional<Subject> left = subjects_.left_of(p.n, verb);
    if (left && left->kind == SubjectKind::name) return left;
    return {};
  };
  const auto no_finite_verb = [&](std::uint32_t end) {
    return std::none_of(units.begin() + first, units.begin() + end,
                        [](const Unit& u) { return u.verb() || u.is(kAuxiliary); });
  };
  const auto take = [&](Subject subject) {
    p.how = Place::How::left;
    return std::optional<Subject>(subject);
  };
  switch (right->kind) {
    case SubjectKind::role:
    case SubjectKind::organisation:
    case SubjectKind::organisation_noun:
      // "I eit brev til leiaren, X, skriv kommunen": X is written to.
      if (units[first].is(kPreposition)) break;
      if (const auto left = from_left(); left && verb - left->at < 14 && no_finite_verb(left->at)) return take(*left);
      break;
    case SubjectKind::pronoun:
    case SubjectKind::plural: {
      // "Tilhengerne, folk i mange land, mener han er uskyldig": the pronoun has a verb of its own.
      if (!p.s.dash && right->end < p.s.last && units[right->end].is(kAuxiliary)) {
        p.how = Place::How::left;
        return subjects_.left_of(p.n, verb);
      }
      if (p.s.dash || verb > first + 16 || p.s.last - verb <= 4 || opens_quotation(units[first].mark)) break;
      std::uint32_t first_person = UINT32_MAX, last_person = UINT32_MAX;
      bool finite = false;
      for (std::uint32_t i = first; i < verb; ++i) {
        const Unit& u = units[i];
        if (u.person() && i + 1 < verb) {
          if (first_person == UINT32_MAX) first_person = i;
          last_person = i;
        }
        finite = finite || u.verb() || u.is(kAuxiliary | kI) ||
                 (!u.name && is_one_of(u.folded, {"går", "får", "tar", "gjør", "dette", "det", "kom", "ble", "sto"}));
      }
      if (first_person == UINT32_MAX || finite || verb < first + 2) break;
      const Unit& last = units[verb - 2];
      if (verb - 2 == last_person || last.mark == U')' ||
          (first_person <= first + 2 && units[first_person + 1].mark == U','))
        return take({SubjectKind::name, units[last_person + 6 >= verb ? last_person : first_person].actor, last_person,
                     last_person, last_person + 1});
      break;
    }
    case SubjectKind::name:
      if (p.s.dash || p.s.last - verb <= 8) break;
      if (const auto left = from_left(); left && left->at <= first + 4 && left->at + 2 < verb &&
                                         (units[left->at + 1].mark == U',' || units[left->at + 1].mark == U'(') &&
                                         !(verb + 2 < p.s.last && units[verb + 2].verb()))
        return take(*left);
      break;
    default:
      break;
  }
  return right;
}

/// "– … reist seier ho.": in direct speech the comma may be missing.
std::optional<Subject> Attributions::without_comma(const Place& p) {
  const auto& units = text_.units;
  const std::uint32_t verb = p.verb, first = p.s.first;
  if (p.table->kind != VerbClass::say && p.table->kind != VerbClass::think) return {};
  if (verb <= first + 3 || verb + 1 >= p.s.last) return {};
  const Unit &next = units[verb + 1], &before = units[verb - 1];
  if (!next.name && !next.is(kHe | kShe)) return {};
  if (!p.s.dash && std::none_of(units.begin() + first, units.begin() + verb, [](const Unit& u) { return u.is(kI); }))
    return {};
  if (before.name || before.is(kHe | kShe | kThey | kI | kConjunction) ||
      is_one_of(before.folded, {"og", "det", "dette", "som"}))
    return {};
  if (verb + 2 < p.s.last) {
    const Unit& after = units[verb + 2];
    if (after.mark != U'.' && after.mark != U',' && !is_one_of(after.folded, {"til", "fra", "frå"})) return {};
  }
  std::optional<Subject> right = subjects_.right_of(p.n, verb);
  if (!right || right->actor == kNoActor) return {};
  return right;
}

std::optional<Subject> Attributions::plain_subject(Place& p) {
  const auto& units = text_.units;
  if (std::optional<Subject> right = without_comma(p)) {
    p.how = Place::How::closing;
    p.closing = true;
    return right;
  }
  std::optional<Subject> subject = subjects_.left_of(p.n, p.verb);
  if (subject) {
    p.how = Place::How::left;
    if (subject->kind == SubjectKind::first_person) return subject;
    if (subject->kind == SubjectKind::coordinated) {
      if (before_ == kNoActor) {
        subject.reset();
        p.how = Place::How::none;
      } else {
        subject->actor = before_;
        return subject;
      }
    }
  }
  const auto weak = [](const Subject& s) {
    return s.kind == SubjectKind::role || s.kind == SubjectKind::organisation ||
           s.kind == SubjectKind::organisation_noun;
  };
  // "Like før klokka 13 melde Vegvesenet at": what looks like a role to the left is an adverbial.
  if (subject && subject->kind == SubjectKind::role && subject->actor == kNoActor && p.verb + 1 < p.s.last &&
      !units[p.verb + 1].is(kPreposition)) {
    const std::optional<Subject> right = subjects_.right_of(p.n, p.verb);
    if (right && right->actor != kNoActor && right->at <= p.verb + kBesideVerb &&
        !units[right->at - 1].is(kPreposition) &&  // "En kilde forteller til X": X is told
        (right->kind == SubjectKind::name || right->kind == SubjectKind::organisation)) {
      p.how = Place::How::front;
      return right;
    }
  }
  if (!subject && subjects_.fronted(p.n, p.verb)) {
    std::optional<Subject> right = subjects_.right_of(p.n, p.verb);
    if (right && (right->kind != SubjectKind::role || is_definite(units[right->at].folded))) {
      p.how = Place::How::front;
      return right;
    }
  } else if (subject && weak(*subject) && p.verb + 1 < p.s.last && units[p.verb + 1].person() &&
             units[p.s.first].is(kPreposition)) {
    p.how = Place::How::front;  // I romanen fortel Tore
    return subjects_.right_of(p.n, p.verb);
  }
  const auto joined = [&] {  // "sa X og la til", "X, som sa"; not "de som sier"
    if (p.verb == p.s.first) return false;
    if (units[p.verb - 1].folded == "og") return true;
    return units[p.verb - 1].folded == "som" && p.verb > p.s.first + 1 &&
           (units[p.verb - 2].name || units[p.verb - 2].mark == U',');
  };
  if (!subject && before_ != kNoActor && joined()) {
    p.how = Place::How::left;
    return Subject{SubjectKind::coordinated, before_, p.verb, p.verb, p.verb};
  }
  return subject;
}

std::optional<Subject> Attributions::subject(Place& p) {
  if (p.perfect()) {
    p.how = Place::How::left;
    std::optional<Subject> left = subjects_.left_of(p.n, p.auxiliary);
    if (left && (left->actor != kNoActor || left->kind == SubjectKind::first_person)) return left;
    if (p.auxiliary + 1 < p.verb) return subjects_.right_of(p.n, p.auxiliary);
    return left;
  }
  return p.closing ? closing_subject(p) : plain_subject(p);
}

/// "Etter at X var ferdig, sa Y at …", "Når det gjelder jakta, tenker de først å …": the comma ends no quotation.
bool Attributions::reports_behind(const Place& p, const Subject& subject) const {
  const auto& units = text_.units;
  if (p.s.dash || units[p.verb - 1].mark != U',' || !units[p.s.first].is(kPreposition | kConjunction | kAdverb))
    return false;
  const std::uint32_t from = std::max(subject.end, p.verb + 1);
  const bool one_clause = !p.s.spoken &&
                          is_one_of(units[p.s.first].folded, {"når", "hvis", "viss", "dersom", "da", "då", "fordi",
                                                              "ettersom", "mens", "medan"}) &&
                          std::none_of(units.begin() + p.s.first, units.begin() + p.verb - 1,
                                       [](const Unit& u) { return !u.text() || u.is(kI); });
  if (one_clause && subject.at > p.verb && from + kLeastBehind < p.s.last && units[from].text() &&
      !units[from].is(kPreposition | kConjunction))
    return true;
  for (std::uint32_t i = from; i < std::min(p.s.last, from + kBesideSubject) && units[i].mark != U','; ++i)
    if (introduces_clause(text_, units[i])) return true;
  return false;
}

/// "Ho trur det er godt for dei at …": the clause has begun before its "at".
bool Attributions::finite_before_that(const Place& p, const Subject& subject) const {
  const auto& units = text_.units;
  std::uint32_t i = p.verb + 1;
  if (subject.at > p.verb) i = std::max(i, subject.end);
  for (; i < p.s.last && !introduces_clause(text_, units[i]); ++i)
    if (units[i].is(kAuxiliary)) return true;
  return false;
}

/// "skriv han på nettsida: «Vi kjem att til hausten»", with the colon left out.
bool Attributions::marks_follow(const Place& p) const {
  const auto& units = text_.units;
  const std::uint32_t end = std::min(p.s.last, p.verb + 1 + kMarksReach);
  std::uint32_t i = p.verb + 1;
  while (i < end && !opens_quotation(units[i].mark)) ++i;
  if (i >= end) return false;
  std::uint32_t words = 0;
  for (++i; i < p.s.last && !ends_quotation(units[i].mark); ++i) words += units[i].text() ? 1U : 0U;
  return words >= kLeastMarked;
}

/// Speech without its words: "bekrefter avtalen", "forteller om planene"; and "det hun mener må være best", a relative
/// clause that says what kind of thing it is.
bool Attributions::names_no_words(const Place& p, const Subject& subject) const {
  const auto& units = text_.units;
  const std::uint32_t behind = std::max(p.verb + 1, subject.at > p.verb ? subject.end : 0);
  if (behind >= p.s.last || marks_follow(p)) return false;
  if (is_one_of(p.table->lemma, {"bekrefte", "stadfeste"}))
    return std::none_of(units.begin() + behind, units.begin() + p.s.last,
                        [](const Unit& u) { return u.verb() || u.is(kAuxiliary); });
  return p.table->kind == VerbClass::think && p.how == Place::How::left && subject.kind == SubjectKind::pronoun &&
         subject.begin > p.s.first && units[subject.begin - 1].folded == "som" && units[behind].is(kAuxiliary);
}

std::optional<Frame> Attributions::frame(const Place& p, const Subject& subject) const {
  const auto& units = text_.units;
  const std::uint32_t verb = p.verb, first = p.s.first, last = p.s.last;
  const auto within = [&](std::uint32_t reach, auto&& test) {
    return std::any_of(units.begin() + verb + 1, units.begin() + std::min(last, verb + 1 + reach), test);
  };
  const auto is_that = [&](const Unit& u) { return introduces_clause(text_, u); };
  const bool behind = p.how == Place::How::closing && reports_behind(p, subject);
  const bool direct = p.how == Place::How::closing && !behind;
  const bool that_near = within(9, is_that);
  // "spør om de kommer"; "varsler om at" has its "at", and "skriver om krigen" says nothing.
  const bool whether = is_one_of(p.table->lemma, {"spørre", "lure", "undre"}) &&
                       within(6, [](const Unit& u) { return u.folded == "om"; });
  const bool that = within(11, is_that) || whether;
  const bool colon = within(13, [](const Unit& u) { return u.mark == U':'; });
  bool refers = p.how == Place::How::front && verb > first && verb <= first + 3 &&
                is_one_of(units[first].folded, {"det", "dette", "slik"});
  const bool as_x_writes = p.how == Place::How::left &&
                           (subject.kind == SubjectKind::name || subject.kind == SubjectKind::organisation ||
                            subject.kind == SubjectKind::pronoun) &&
                           std::any_of(units.begin() + std::max(first, verb > 6 ? verb - 6 : 0), units.begin() + verb,
                                       [](const Unit& u) { return u.folded == "som" || u.folded == "slik"; });
  // "spør hvordan han tror det blir": what is asked for is not what is said.
  if (p.how == Place::How::left && subject.begin > first && subject.begin < verb &&
      is_one_of(units[subject.begin - 1].folded, {"hva", "kva", "hvordan", "korleis", "hvorfor", "kvifor"}) &&
      std::any_of(units.begin() + first, units.begin() + subject.begin,
                  [](const Unit& u) { return u.verb() && u.word->verb->lemma == "spørre"; }))
    return {};
  const std::string_view lemma = p.table->lemma;
  if (!direct && !colon && !that && names_no_words(p, subject)) return {};
  if (lemma == "svare" && !direct && within(2, [](const Unit& u) { return u.folded == "så"; })) return {};
  if (p.perfect() && !direct && !colon && !that) return {};
  switch (p.table->kind) {
    case VerbClass::frame: {
      const bool ends = verb + 1 < last && (units[verb + 1].mark == U',' || ends_sentence(units[verb + 1].mark));
      const bool asks =
          is_one_of(lemma, {"spørre", "lure", "undre"}) && within(9, [](const Unit& u) { return u.is(kQuestion); });
      if (!direct && !colon && !(that_near && lemma != "smile" && lemma != "le") && !refers &&
          !(as_x_writes && (ends || lemma == "skrive")) && !asks && !marks_follow(p) &&
          !(verb > first && units[verb - 1].quoted))
        return {};
      break;
    }
    case VerbClass::act:
      if (!direct && !colon && !that_near && p.how != Place::How::left &&
          !(p.how == Place::How::front && within(5, [](const Unit& u) { return u.folded == "å"; })))
        return {};
      break;
    case VerbClass::particle_that:
      if (direct) return {};
      break;
    case VerbClass::particle:
      if (!direct && !colon && !that_near) return {};
      break;
    case VerbClass::say:
    case VerbClass::think:
      if (!direct && !colon && !that && p.how == Place::How::left && !as_x_writes) {
        const auto words =
            std::count_if(units.begin() + verb + 1, units.begin() + last, [](const Unit& u) { return u.text(); });
        const bool answers = verb + 1 < last && is_one_of(units[verb + 1].folded, {"ja", "nei"});
        if (words < kLeastClause && !answers) return {};
        if (is_one_of(units[verb + 1].folded, {"lite", "mye", "mykje", "ingenting", "inkje"})) return {};
        // "Han sa det i radioen": it was said before.
        if (units[verb + 1].folded == "det" && verb + 2 < last &&
            (units[verb + 2].is(kPreposition) || !units[verb + 2].text()))
          return {};
      }
      if (p.table->kind == VerbClass::think && !direct && !that &&
          is_one_of(units[verb].folded, {"ment", "vurderer", "vurderte"}))
        return {};
      break;
  }
  if (refers && (subject.kind == SubjectKind::pronoun || subject.kind == SubjectKind::plural) && verb + 2 < last &&
      units[verb + 2].mark != U'.')
    refers = false;
  if (direct) return Frame::closing;
  if (refers && !that && !colon) return Frame::refers;
  if (colon && !that) return Frame::colon;
  return that && !finite_before_that(p, subject) ? Frame::that : Frame::bare;
}

void Attributions::find(std::uint32_t n, std::vector<Attribution>& out) {
  out.clear();
  before_ = kNoActor;
  const auto& units = text_.units;
  const QuoteSentence& s = text_.sentences[n];
  for (std::uint32_t v = s.first; v < s.last; ++v) {
    const Unit& u = units[v];
    if (u.name) continue;
    if (is_one_of(u.folded, {"ifølge", "ifølgje", "ifylgje"}) ||
        (v > s.first && units[v - 1].folded == "i" && is_one_of(u.folded, {"følge", "følgje", "fylgje"}))) {
      const std::optional<Subject> source = subjects_.right_of(n, v);
      if (source && source->actor != kNoActor &&
          (source->kind == SubjectKind::name || source->kind == SubjectKind::organisation ||
           source->kind == SubjectKind::pronoun))
        out.push_back({v, Frame::according, *source});
      continue;
    }
    Place p{s, n, v, u.word->verb};
    if (p.table == nullptr) {
      if (u.word->participle == nullptr) continue;
      for (std::uint32_t a = v; a-- > s.first && a + 5 > v;)
        if (units[a].folded == "har" || units[a].folded == "hadde") {
          p.auxiliary = a;
          break;
        }
      if (!p.perfect()) continue;
      p.table = u.word->participle;
    }
    if (heads_no_report(p) || !particle_fits(p)) continue;
    if (v > s.first) {
      const char32_t mark = units[v - 1].mark;
      p.closing = mark == U',' || ends_quotation(mark) || mark == U'?' || mark == U'!' || mark == U'…';
    } else if (v > 0 && !u.capital) {
      // "… ferdig? spør han": cut as if the question ended a sentence.
      const char32_t mark = units[v - 1].mark;
      p.closing = ends_quotation(mark) || mark == U'?' || mark == U'!' || mark == U'…';
    }
    const std::optional<Subject> found = subject(p);
    if (!found || found->kind == SubjectKind::first_person ||
        (found->kind == SubjectKind::coordinated && found->actor == kNoActor))
      continue;
    const std::optional<Frame> kind = frame(p, *found);
    if (!kind) continue;
    out.push_back({v, *kind, *found});
    if (found->actor != kNoActor) before_ = found->actor;
  }
}

}  // namespace spalte::annotate
