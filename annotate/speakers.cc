// How are candidates collected and weighed?
#include "annotate/speakers.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

constexpr std::uint32_t kMemory = 25;  ///< sentences that a reader keeps in mind
constexpr double kSpokeBehindVerb = 2.5, kSpokeBeforeVerb = 0.0;
constexpr double kIntroduced = 0.5, kInSpeech = 3.0, kFirst = 1.0, kBehindPreposition = 1.0, kGenitive = 1.5;
constexpr double kUnknownGender = 1.0;
constexpr double kRoleHit = 12, kOrganisationHit = 6;
constexpr double kLeastSalience = -3;
/// A person so far away is not meant by a pronoun: somebody between has no name.
constexpr double kLeastMeant = -9;

std::string_view until_hyphen(std::string_view word) { return word.substr(0, word.find('-')); }

}  // namespace

Speakers::Speakers(const QuoteText& text, const Annotation& annotation)
    : text_(text), annotation_(annotation), profiles_(annotation.actors.size()) {
  for (std::size_t a = 0; a < profiles_.size(); ++a) {
    const ArticleActor& actor = annotation.actors[a];
    if (actor.kind != ActorKind::person) continue;
    profiles_[a].gender = gender_of_first_name(std::string_view(actor.name).substr(0, actor.name.find(' ')));
  }
  learn_titles();
  learn_pronouns();
}

void Speakers::learn_left(const QuoteSentence& s, std::uint32_t at, Profile& profile) {
  const auto& units = text_.units;
  std::uint32_t j = at;
  if (j > s.first && units[j - 1].mark == U',') --j;
  if (j > s.first && j == at && units[j - 1].is(kPreposition)) return;  // rektor til Cathrine
  const std::size_t known = profile.roles.size();
  for (int steps = 0; j > s.first && steps < 6; ++steps) {
    const Unit& w = units[--j];
    if (w.name && w.kind != ActorKind::person) {
      profile.organisations.push_back(w.folded);
      if (w.genitive)  // Kinas utenriksminister: no evidence for somebody else's
        for (std::size_t r = known; r < profile.roles.size(); ++r) profile.roles[r].of_other = true;
      if (j == s.first || !units[j - 1].is(kPreposition)) return;
      continue;
    }
    if (w.is(kPreposition) || w.folded == "og") continue;
    if (!w.text() || w.number || w.name || w.verb() || w.is(kConjunction | kAuxiliary)) return;
    if (steps < 3 || !w.capital) {
      profile.roles.push_back({role_root(w.folded), false});
      if (w.folded.find('-') != std::string_view::npos) profile.organisations.push_back(until_hyphen(w.folded));
      if (profile.gender == Gender::unknown) profile.gender = gender_of_title(w.folded);
    }
    if (steps >= 1 && j > s.first && !units[j - 1].is(kPreposition) && !(units[j - 1].name && units[j - 1].genitive))
      return;
  }
}

void Speakers::learn_right(const QuoteSentence& s, std::uint32_t at, Profile& profile) {
  const auto& units = text_.units;
  std::uint32_t j = at + 1;
  if (j >= s.last) return;
  const Unit& next = units[j];
  const bool apposition = (next.mark == U',' || next.mark == U'(') && j + 1 < s.last;
  if (!apposition && next.folded != "er" && next.folded != "var") return;
  ++j;
  for (int steps = 0; j < s.last && steps < 7; ++steps, ++j) {
    const Unit& w = units[j];
    if (ends_sentence(w.mark) || w.mark == U',' || w.mark == U';' || w.mark == U':' || w.mark == U')') return;
    if (w.name) {
      profile.organisations.push_back(w.folded);
    } else if (w.verb() || w.is(kAuxiliary)) {
      return;
    } else if (w.text() && !w.number && !w.is(kPreposition | kConjunction) && w.folded.size() > 3) {
      profile.roles.push_back({role_root(w.folded), false});
      if (profile.gender == Gender::unknown) profile.gender = gender_of_title(w.folded);
    }
  }
}

void Speakers::learn_titles() {
  for (const QuoteSentence& s : text_.sentences)
    for (std::uint32_t i = s.first; i < s.last; ++i) {
      const Unit& u = text_.units[i];
      if (!u.person()) continue;
      learn_left(s, i, profiles_[u.actor]);
      learn_right(s, i, profiles_[u.actor]);
    }
}

/// A sentence about one person, then one that begins with a pronoun: "Perisat er … . Hun …".
void Speakers::learn_pronouns() {
  std::vector<int> votes(profiles_.size());
  for (std::size_t n = 0; n + 1 < text_.sentences.size(); ++n) {
    const QuoteSentence &a = text_.sentences[n], &b = text_.sentences[n + 1];
    if (a.dash) continue;
    const std::string_view pronoun = text_.units[b.first].folded;
    const bool she = pronoun == "hun" || pronoun == "ho" || pronoun == "hennes" || pronoun == "hennar";
    if (!she && pronoun != "han" && pronoun != "hans") continue;
    std::uint32_t first = kNoActor;
    bool alone = true;
    for (std::uint32_t i = a.first; i < a.last; ++i) {
      const Unit& u = text_.units[i];
      if (!u.person() || u.quoted) continue;
      if (first == kNoActor) {
        if (i > a.first + 4 && !text_.units[i - 1].verb()) alone = false;
        first = u.actor;
      }
      alone = alone && u.actor == first;
    }
    if (first != kNoActor && alone) votes[first] += she ? 1 : -1;
  }
  for (std::size_t a = 0; a < votes.size(); ++a)
    if (votes[a] != 0 && profiles_[a].gender == Gender::unknown)
      profiles_[a].gender = votes[a] > 0 ? Gender::female : Gender::male;
}

void Speakers::raise(std::uint32_t actor, double score) {
  for (Candidate& c : candidates_)
    if (c.actor == actor) {
      c.score = std::max(c.score, score);
      return;
    }
  candidates_.push_back({actor, score});
}

void Speakers::candidates(std::uint32_t n, std::uint32_t at, bool before_verb) {
  candidates_.clear();
  const auto& sentences = text_.sentences;
  // Distance counts from where the turn began.
  std::uint32_t start = n;
  while (start > 0 && start + 10 > n && sentences[start].spoken && !sentences[start].dash &&
         sentences[start - 1].spoken)
    --start;
  const std::uint32_t oldest = n > kMemory ? n - kMemory : 0;
  for (std::uint32_t k = n + 1; k-- > oldest;) {
    const QuoteSentence& s = sentences[k];
    const double distance = k < start ? static_cast<double>(start - k) : 0;
    for (std::uint32_t i = s.first; i < s.last; ++i) {
      const Unit& u = text_.units[i];
      if (!u.person() || i >= at) continue;
      double score = -distance;
      if (s.dash || u.quoted || (s.spoken && !u.attributed)) {
        score -= kInSpeech;
      } else if (k + 1 == start && !before_verb && !u.attributed) {
        score += kIntroduced;
      }
      const std::uint32_t place = i - s.first;
      bool only_names_before = place <= 5;
      for (std::uint32_t p = s.first; only_names_before && p < i; ++p) only_names_before = !text_.units[p].name;
      if (place <= 2 || only_names_before) score += kFirst;
      if (place > 0 && (text_.units[i - 1].is(kPreposition) || text_.units[i - 1].folded == "og"))
        score -= kBehindPreposition;
      if (u.genitive) score -= kGenitive;
      raise(u.actor, score);
    }
  }
  for (std::uint32_t a = 0; a < profiles_.size(); ++a) {
    const std::uint32_t spoke = profiles_[a].spoke;
    if (annotation_.actors[a].kind != ActorKind::person || spoke == kNever || spoke + kMemory < n) continue;
    const double since = spoke < start ? static_cast<double>(start - spoke) : 0;
    raise(a, (before_verb ? kSpokeBeforeVerb : kSpokeBehindVerb) - since);
  }
}

std::uint32_t Speakers::pronoun(std::uint32_t n, std::uint32_t at, Gender gender, bool before_verb) {
  candidates(n, at, before_verb);
  const Candidate* best = nullptr;
  for (Candidate& c : candidates_) {
    const Gender own = profiles_[c.actor].gender;
    if (own != Gender::unknown && own != gender) continue;
    if (own == Gender::unknown) c.score -= kUnknownGender;
    if (best == nullptr || c.score > best->score) best = &c;
  }
  if (best != nullptr && best->score < kLeastMeant) return kNoActor;
  if (best != nullptr) {
    if (profiles_[best->actor].gender == Gender::unknown) profiles_[best->actor].gender = gender;
    return best->actor;
  }
  // A name may follow its pronoun.
  const auto last = std::min<std::size_t>(n + 4, text_.sentences.size());
  for (std::size_t k = n; k < last; ++k)
    for (std::uint32_t i = std::max(at + 1, text_.sentences[k].first); i < text_.sentences[k].last; ++i) {
      const Unit& u = text_.units[i];
      if (!u.person()) continue;
      const Gender own = profiles_[u.actor].gender;
      if (own == Gender::unknown || own == gender) return u.actor;
    }
  return kNoActor;
}

std::uint32_t Speakers::role(std::uint32_t n, std::uint32_t at, bool strict, bool before_verb) {
  const std::string_view noun = text_.units[at].folded;
  if (is_definite_plural(noun) || is_collective(noun)) return kNoActor;
  // Left of a verb a noun without a stated role is mostly somebody of whom a story is told.
  strict = strict || before_verb || noun.ends_with("et") || !is_definite(noun) || is_kin(noun) || is_anonymous(noun);
  const Gender gender = gender_of_title(noun);
  candidates(n, at, false);
  const std::string root = role_root(noun);
  const std::string_view organisation =
      noun.find('-') != std::string_view::npos ? until_hyphen(noun) : std::string_view();
  std::uint32_t best = kNoActor;
  double best_score = 0;
  bool best_hit = false;
  for (std::uint32_t a = 0; a < profiles_.size(); ++a) {
    const Profile& p = profiles_[a];
    if (annotation_.actors[a].kind != ActorKind::person) continue;
    if (gender != Gender::unknown && p.gender != Gender::unknown && p.gender != gender) continue;
    const auto candidate =
        std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& c) { return c.actor == a; });
    double score = candidate != candidates_.end() ? candidate->score : p.spoke == kNever ? -40 : -30;
    double hit = 0;
    if (std::any_of(p.roles.begin(), p.roles.end(),
                    [&](const Role& r) { return !r.of_other && same_role(root, r.root); }))
      hit += kRoleHit;
    if (!organisation.empty() &&
        std::find(p.organisations.begin(), p.organisations.end(), organisation) != p.organisations.end())
      hit += kOrganisationHit;
    if (hit == 0 && candidate == candidates_.end()) continue;
    // Called the same, but of another country: somebody else.
    if (hit == 0 && std::any_of(p.roles.begin(), p.roles.end(), [&](const Role& r) { return same_role(root, r.root); }))
      continue;
    score += hit;
    if (best == kNoActor || score > best_score) {
      best = a;
      best_score = score;
      best_hit = hit > 0;
    }
  }
  if (best == kNoActor || (!best_hit && (strict || best_score <= kLeastSalience))) return kNoActor;
  return best;
}

std::uint32_t Speakers::organisation(std::uint32_t n, std::uint32_t at, int sentences, std::string_view noun) const {
  std::string_view stem = noun;
  if (noun.ends_with("en") || noun.ends_with("et")) {
    stem.remove_suffix(2);
  } else if (noun.ends_with('a')) {
    stem.remove_suffix(1);
  } else {
    stem = {};
  }
  if (stem.size() >= 3)
    for (std::uint32_t a = 0; a < profiles_.size(); ++a) {
      const ArticleActor& actor = annotation_.actors[a];
      if (actor.kind != ActorKind::org) continue;
      const bool own = std::any_of(text_.units.begin(), text_.units.end(), [&](const Unit& u) {
        return u.name && u.actor == a && text_.written(u).ends_with(stem);
      });
      if (own) return a;
    }
  // Authorities are seldom named; the nearest organisation is another.
  if (quote_word(noun).is(kAuthority)) return kNoActor;
  std::uint32_t best = kNoActor;
  double best_score = 0;
  for (std::uint32_t k = n + 1; k-- > 0 && static_cast<int>(n - k) < sentences;) {
    const QuoteSentence& s = text_.sentences[k];
    for (std::uint32_t i = s.last; i-- > s.first;) {
      const Unit& u = text_.units[i];
      if (!u.name || u.kind != ActorKind::org || i >= at) continue;
      double score = -static_cast<double>(n - k);
      if (s.spoken && !u.attributed) score -= kInSpeech;
      if (i - s.first <= 2) score += kFirst;
      if (i > s.first && text_.units[i - 1].is(kPreposition)) score -= kBehindPreposition;
      if (const std::uint32_t spoke = profiles_[u.actor].spoke; spoke != kNever && spoke + 12 > n)
        score += kSpokeBehindVerb;
      if (best == kNoActor || score > best_score) {
        best = u.actor;
        best_score = score;
      }
    }
  }
  return best;
}

void Speakers::spoke(std::uint32_t actor, std::uint32_t sentence) { profiles_[actor].spoke = sentence; }

}  // namespace spalte::annotate
