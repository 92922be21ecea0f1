// Where does a subject stand? Rules of ARCHITECTURE.md, "Quotations", in the order in which they were measured.
#include "annotate/subjects.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

constexpr int kReach = 16;  ///< units that a subject may stand behind its verb
constexpr std::uint32_t kNowhere = UINT32_MAX;

/// Behind these a person is spoken of or to, and does not speak.
bool excludes_person(std::string_view preposition) {
  for (std::string_view p : {"til", "med", "om", "av", "for", "mot", "hos", "overfor"})
    if (preposition == p) return true;
  return false;
}

bool ends_phrase(char32_t mark) {
  return ends_sentence(mark) || mark == U';' || mark == U':' || opens_quotation(mark) || ends_quotation(mark);
}

Subject named(const Unit& u, std::uint32_t at, SubjectKind kind = SubjectKind::name) {
  return {kind, u.actor, at, at, at + 1};
}

}  // namespace

/// What has been read of the noun phrase behind a verb.
struct Subjects::Phrase {
  std::uint32_t n, verb, at;       ///< sentence, verb, unit that is read now
  std::uint32_t begin = kNowhere;  ///< first unit of the phrase
  std::uint32_t role = kNowhere, organisation = kNowhere;
  bool first = true;  ///< nothing of the phrase has been read
  bool behind_preposition = false;
  std::string_view preposition = {};
  bool possessive = false, article = false;
  bool indefinite = false;         ///< the article is no "den"
  std::uint32_t owner = kNoActor;  ///< a person in the genitive before the role: speaks least of all
};

Subject Subjects::pronoun(std::uint32_t n, std::uint32_t at, bool before_verb) {
  const Gender gender = text_.units[at].is(kHe) ? Gender::male : Gender::female;
  return {SubjectKind::pronoun, speakers_.pronoun(n, at, gender, before_verb), at, at, at + 1};
}

/// At a name of the phrase: it is the subject, or the phrase goes on (nothing). An actor-less role ends the search.
std::optional<Subject> Subjects::at_name(Phrase& p, const QuoteSentence& s) {
  const auto& units = text_.units;
  const Unit& u = units[p.at];
  if (u.person()) {
    if (p.behind_preposition && excludes_person(p.preposition) && p.role != kNowhere) return {};
    const Unit* next = p.at + 1 < s.last ? &units[p.at + 1] : nullptr;
    if (u.genitive && next != nullptr && next->text() &&
        !next->is(kPreposition | kAdverb | kConjunction | kAuxiliary) && !next->verb()) {
      p.role = kNowhere;  // Jaglands rådgiver
      p.owner = u.actor;
      return {};
    }
    if (p.role != kNowhere && is_kin(units[p.role].folded))
      for (std::uint32_t i = p.role + 1; i < p.at; ++i)
        if (units[i].folded == "av" || units[i].folded == "til")  // datteren til X: somebody else
          return Subject{SubjectKind::role, kNoActor, p.role, p.begin, p.at + 1};
    return named(u, p.at);
  }
  const bool beside = p.role != kNowhere && units[p.role].is(kOrganisationNoun) && p.role + 1 == p.at;
  if (p.organisation == kNowhere && !p.behind_preposition && (p.role == kNowhere || beside)) p.organisation = p.at;
  return {};
}

/// "leder i Kulturrådet, NAME": a name in apposition behind a role.
std::optional<Subject> Subjects::behind_comma(const Phrase& p, const QuoteSentence& s) const {
  const auto& units = text_.units;
  if (p.role == kNowhere && p.organisation == kNowhere) return {};
  const std::uint32_t end = std::min(s.last, p.at + 13);
  for (std::uint32_t k = p.at + 1; k < end; ++k) {
    const Unit& u = units[k];
    if (u.person()) {
      if (units[k - 1].is(kPreposition)) return {};
      return named(u, k);
    }
    if (u.name) continue;
    if (u.verb() || u.is(kAuxiliary | kConjunction) || u.folded == "og" || u.folded == "kjent" || ends_phrase(u.mark) ||
        u.mark == U'(' || (k == p.at + 1 && u.is(kPreposition)))
      return {};
  }
  return {};
}

/// A capitalised word that the tagger took for no name: an organisation, which the article's actors do not have.
std::optional<Subject> Subjects::capitalised(const Phrase& p, const QuoteSentence& s) const {
  const auto& units = text_.units;
  const Unit& u = units[p.at];
  if (!u.capital || u.word->is(kHe | kShe | kI)) return {};
  if (!u.all_caps && u.folded.find('-') != std::string_view::npos) return {};
  if (!u.all_caps && p.at <= s.first + 1) return {};
  std::uint32_t end = p.at + 1;
  for (; end < s.last && !units[end].name && (units[end].capital || units[end].number); ++end)  // TV 2s NAME
    if (units[end].folded.find('-') != std::string_view::npos) return {};                       // Fritt Ord-styreleder
  if (end < s.last && units[end].person()) return named(units[end], end);
  return Subject{SubjectKind::organisation, kNoActor, p.at, p.at, end};
}

/// Does the name at a unit stand in the genitive, with an s or "sin"?
bool Subjects::owns(std::uint32_t at) const {
  if (text_.units[at].genitive) return true;
  if (at + 1 >= text_.units.size()) return false;
  const std::string_view next = text_.units[at + 1].folded;
  return next == "sin" || next == "si" || next == "sitt" || next == "sine";
}

/// The phrase has ended without a person's name.
std::optional<Subject> Subjects::concluded(const Phrase& p) {
  const auto& units = text_.units;
  if (p.role != kNowhere) {
    const std::string_view noun = units[p.role].folded;
    Subject out{SubjectKind::role, kNoActor, p.role, std::min(p.begin, p.role), std::max(p.at, p.role + 1)};
    if (p.organisation != kNowhere && p.organisation < p.role) {
      out.actor = speakers_.role(p.n, p.role, true, false);
      // "Klassekampens kjelde", "Sp sine kandidatar": not the owner itself.
      if (out.actor == kNoActor && !owns(p.organisation)) out.actor = units[p.organisation].actor;
    } else if (units[p.role].is(kOrganisationNoun)) {
      out.kind = SubjectKind::organisation_noun;
      const std::uint32_t next = p.role + 1;
      if (p.organisation == next) {
        out.actor = units[p.organisation].actor;
      } else if (next >= text_.sentences[p.n].last || !units[next].capital) {  // bladet Kapital is none of the others
        out.actor = speakers_.organisation(p.n, p.role, 8, noun);
      }
    } else {
      // "en tidligere kollega": somebody not named, whatever others are.
      if (!p.indefinite) out.actor = speakers_.role(p.n, p.role, p.possessive, false);
      if (out.actor == p.owner) out.actor = kNoActor;
    }
    return out;
  }
  if (p.organisation != kNowhere) return named(units[p.organisation], p.organisation, SubjectKind::organisation);
  return {};
}

std::optional<Subject> Subjects::right_of(std::uint32_t n, std::uint32_t verb) {
  const auto& units = text_.units;
  const QuoteSentence& s = text_.sentences[n];
  Phrase p{n, verb, verb + 1};
  for (int steps = 0; p.at < s.last && steps < kReach; ++p.at) {
    const Unit& u = units[p.at];
    if (ends_phrase(u.mark)) break;
    if (p.begin == kNowhere && u.text() && !u.is(kAdverb)) p.begin = p.at;
    if (u.name) {
      const bool was_role = p.role != kNowhere;
      if (u.person() && p.first && p.behind_preposition) return {};
      if (const auto found = at_name(p, s)) return found;
      if (u.person() && !was_role && p.behind_preposition && excludes_person(p.preposition) &&
          p.organisation != kNowhere)
        break;
      p.behind_preposition = false;
      p.first = false;
      ++steps;
      continue;
    }
    if (p.first && u.folded == "og") return {};  // "drikk, filosoferer og går turar"
    if (u.is(kAdverb)) {
      if (p.role == kNowhere && p.organisation == kNowhere) {
        ++steps;
        continue;
      }
      if (p.organisation != kNowhere && p.role == kNowhere && !p.behind_preposition) break;
    }
    if (p.first) {
      if (u.is(kHe | kShe)) {
        if (p.at + 1 < s.last && units[p.at + 1].person()) return named(units[p.at + 1], p.at + 1);
        return pronoun(n, p.at, false);
      }
      if (u.is(kThey)) {
        const bool may_be = units[verb].is(kOrganisationVerb);
        return Subject{SubjectKind::plural, may_be ? speakers_.organisation(n, p.at, 3, {}) : kNoActor, p.at, p.at,
                       p.at + 1};
      }
      if (u.is(kArticle)) {
        p.article = true;
        p.indefinite = u.folded != "den";
        ++steps;
        continue;
      }
      if (u.is(kNobody) || u.folded == "at" || u.folded == "om") return {};
      const bool age =
          u.folded.find('-') != std::string_view::npos || (p.at + 1 < s.last && units[p.at + 1].folded == "år");
      if (u.number && !age) return {};
      if (u.is(kPossessive)) {
        p.possessive = true;
        continue;
      }
    }
    if (u.mark == U'(') {
      while (p.at < s.last && units[p.at].mark != U')') ++p.at;
      continue;
    }
    if (u.mark == U',') {
      if (units[p.at - 1].folded.ends_with('-')) continue;  // Kyrkje-, utdannings- og forskingskomite
      if (p.first) return {};
      if (const auto found = behind_comma(p, s)) return found;
      break;
    }
    if (!p.first &&
        (u.folded == "at" || u.folded == "om" || u.folded == "som" || u.folded == "mens" || u.folded == "medan" ||
         u.folded == "da" || u.folded == "då" || u.folded == "når" || u.folded == "fordi" || u.folded == "etter"))
      break;
    if (u.folded == "og") {
      if (p.first) return {};
      if (p.role != kNowhere || p.organisation != kNowhere) ++steps;
      continue;
    }
    if (u.verb() || u.is(kAuxiliary)) break;
    if (u.is(kPreposition)) {
      if (p.first && p.article && u.folded == "av") continue;  // en av Breiviks forsvarere
      if (p.first) return {};
      p.behind_preposition = true;
      p.preposition = u.folded;
      p.first = false;
      ++steps;
      continue;
    }
    if (p.first)
      if (const auto found = capitalised(p, s)) return found;
    if (u.text()) {
      if (!p.behind_preposition && (p.role == kNowhere || (!is_definite(units[p.role].folded) && p.role + 1 == p.at)))
        p.role = p.at;
      p.behind_preposition = false;
      p.first = false;
    } else if (is_dash(u.mark) && units[p.at - 1].end != u.begin) {
      break;
    }
    ++steps;
  }
  return concluded(p);
}

/// "X, rolle i Y, sier": `comma` is the one before the verb.
std::optional<Subject> Subjects::apposition_left(const QuoteSentence& s, std::uint32_t comma) const {
  const auto& units = text_.units;
  const auto speaks = [](const Unit& u) { return u.name && (u.kind == ActorKind::person || u.kind == ActorKind::org); };
  const auto before_bracket = [&](std::uint32_t at) {
    while (at > s.first && units[at].mark != U'(') --at;
    return at > s.first ? at - 1 : at;
  };
  if (comma > s.first && units[comma - 1].mark == U')')  // X (leder i Y), mener
    if (const std::uint32_t b = before_bracket(comma - 1); speaks(units[b])) return named(units[b], b);
  std::uint32_t k = comma;
  while (k > s.first && units[k - 1].mark != U',') --k;
  if (k == s.first) return {};
  --k;  // the comma before the apposition
  const std::uint32_t begin = k + 1;
  if (begin < comma) {
    const Unit& head = units[begin];
    if (head.person()) return named(head, begin);
    const bool may_be_long = head.folded == "som" || (k > s.first && units[k - 1].name);
    if (comma - begin > (may_be_long ? 25U : 12U)) return {};
    if (head.is(kConjunction) && head.folded != "som") return {};
  }
  if (k == s.first) return {};
  std::uint32_t before = k - 1;
  if (units[before].mark == U')') before = before_bracket(before);
  const Unit& b = units[before];
  if (speaks(b)) return named(b, before);
  if (b.name && before > s.first + 1 && units[before - 1].is(kPreposition) && before <= s.first + 7)
    for (std::uint32_t i = s.first; i < before; ++i)
      if (speaks(units[i]) && (i == s.first || !units[i - 1].is(kPreposition))) return named(units[i], i);
  return {};
}

std::optional<Subject> Subjects::in_region(std::uint32_t n, std::uint32_t verb, std::uint32_t begin,
                                           std::uint32_t end) {
  const auto& units = text_.units;
  const QuoteSentence& s = text_.sentences[n];
  const Unit &front = units[begin], &head = units[end - 1];
  // ", X, ein ung lærar seier": the name before the comma, with an indefinite apposition in the region.
  if (begin > s.first + 1 && units[begin - 1].mark == U',' && units[begin - 2].person() && !front.name &&
      !is_definite(front.folded) && !front.is(kHe | kShe | kThey | kI | kPreposition | kConjunction) &&
      std::none_of(units.begin() + begin, units.begin() + end, [](const Unit& u) { return u.person(); }))
    return named(units[begin - 2], begin - 2);
  if ((front.is(kPreposition) || front.folded == "ifølge" || front.folded == "ifølgje") &&
      (!head.name || end - 1 > s.first))
    return {};
  if (!head.name) {
    if (head.is(kHe | kShe)) return pronoun(n, end - 1, true);
    if (head.is(kThey)) {
      const bool may_be = units[verb].is(kOrganisationVerb);
      return Subject{SubjectKind::plural, may_be ? speakers_.organisation(n, end - 1, 3, {}) : kNoActor, end - 1,
                     end - 1, end};
    }
    if ((head.folded == "det" || head.folded == "dette" || head.folded == "slik") && end - begin == 1) return {};
    if (head.is(kNobody)) return Subject{SubjectKind::first_person, kNoActor, end - 1, end - 1, end};
  }
  if (front.is(kHe | kShe) && units[begin + 1].is(kPreposition | kAdverb)) return pronoun(n, begin, true);  // hun i VG
  for (std::uint32_t i = begin; i < end; ++i) {
    const Unit& u = units[i];
    if (u.person() && (i == begin || !units[i - 1].is(kPreposition)) && !(u.genitive && i + 1 != end))
      return named(u, i);
  }
  if (units[verb - 1].folded == "og" && front.name && !front.genitive && end - begin > 1)
    return named(front, begin, SubjectKind::organisation);  // kineserne utfordrer USA og sier
  if (head.name) {
    const auto plain = [](const Unit& u) { return !u.name && !u.is(kPreposition); };
    if (std::all_of(units.begin() + begin, units.begin() + end - 1, plain))
      return named(head, end - 1, SubjectKind::organisation);
    const auto list = [](const Unit& u) {
      return u.name || u.folded == "og" || u.folded == "både" || u.folded == "samt" || u.mark == U',';
    };
    if (std::all_of(units.begin() + begin, units.begin() + end, list))
      for (std::uint32_t i = begin; i < end; ++i)
        if (units[i].name) return named(units[i], i, SubjectKind::organisation);
  }
  if (front.is(kArticle) && front.folded != "den")  // en kilde nær regjeringen
    return Subject{SubjectKind::role, kNoActor, begin, begin, end};
  for (std::uint32_t i = begin; i < end; ++i) {
    const Unit& u = units[i];
    if (u.name) continue;
    if (u.is(kI)) return Subject{SubjectKind::first_person, kNoActor, i, i, i + 1};
    if (u.is(kPreposition)) break;
    if (!u.text() || u.number || !is_definite(u.folded) || u.folded.size() <= 4 || u.is(kNoRole | kAdverb)) continue;
    if (u.is(kOrganisationNoun))
      return Subject{SubjectKind::organisation_noun, speakers_.organisation(n, i, 8, u.folded), i, begin, end};
    return Subject{SubjectKind::role, speakers_.role(n, i, false, true), i, begin, end};
  }
  if (front.name && front.kind == ActorKind::org) return named(front, begin, SubjectKind::organisation);
  return {};
}

std::optional<Subject> Subjects::left_of(std::uint32_t n, std::uint32_t verb) {
  const auto& units = text_.units;
  const QuoteSentence& s = text_.sentences[n];
  std::uint32_t j = verb;  // one past the unit that is looked at
  while (j > s.first && units[j - 1].is(kAdverb)) --j;
  if (j == s.first) return {};
  if (units[j - 1].mark == U')') {
    while (j > s.first && units[j - 1].mark != U'(') --j;
    if (j <= s.first + 1) return {};
    --j;
  }
  if (units[j - 1].mark == U',') return apposition_left(s, j - 1);
  std::uint32_t begin = j;
  while (begin > s.first) {
    const Unit& u = units[begin - 1];
    if (u.mark == U',' || u.mark == U':' || u.mark == U';' || opens_quotation(u.mark) || ends_quotation(u.mark) ||
        is_dash(u.mark) || u.is(kClauseStart) || u.verb() || u.is(kAuxiliary))
      break;
    if ((u.folded == "og" || u.folded == "eller") && begin - 1 > s.first && units[begin - 2].mark == U',') break;
    --begin;
  }
  if (begin == j) return {};
  // "Kari Nes som bur i Torrevieja meiner": the clause's own verb stands behind "som".
  if (begin > s.first + 1 && units[begin - 1].folded == "som" && units[begin - 2].person() && j - begin > 1 &&
      !units[begin].name && !units[begin].is(kHe | kShe | kThey | kI | kNobody))
    return named(units[begin - 2], begin - 2);
  const auto joins = [](const Unit& u) {
    return !u.name &&
           (u.folded == "og" || u.folded == "men" || u.folded == "så" || u.folded == "for" || u.folded == "samtidig");
  };
  while (begin < j && joins(units[begin])) ++begin;
  if (begin == j) return Subject{SubjectKind::coordinated, kNoActor, verb, verb, verb};
  return in_region(n, verb, begin, j);
}

bool Subjects::fronted(std::uint32_t n, std::uint32_t verb) const {
  const auto& units = text_.units;
  const QuoteSentence& s = text_.sentences[n];
  std::uint32_t begin = verb;
  while (begin > s.first) {
    const char32_t mark = units[begin - 1].mark;
    if (mark == U',' || mark == U':' || mark == U';' || opens_quotation(mark) || ends_quotation(mark) || is_dash(mark))
      break;
    --begin;
  }
  while (begin < verb && !units[begin].name && (units[begin].folded == "og" || units[begin].folded == "men")) ++begin;
  if (begin == verb) return true;
  const Unit& first = units[begin];
  return first.is(kPreposition | kAdverb | kFronting | kConjunction) ||
         (!first.name &&
          (first.folded.ends_with("ligvis") || first.folded.ends_with("legvis") || first.folded.ends_with("vis")));
}

}  // namespace spalte::annotate
