// Where does a compound break?
#include "language/compound.h"

#include <algorithm>
#include <array>
#include <string>

namespace spalte::language {
namespace {

constexpr double kThreshold = 3.0;
/// A known word is split only where its parts are about as frequent as itself.
constexpr double kOwn = 0.5;
constexpr double kShortPart = 2.5, kShortByLong = 1.0, kThreeParts = 2.0, kNotNoun = 1.5;
constexpr std::size_t kShortLetters = 4, kLongLetters = 5, kLeastLetters = 3;

/// Endings and little words that are words of their own elsewhere, and nearly always something else at the end of a
/// long word.
constexpr std::array<std::string_view, 31> kNoTails = {"asjon",  "dom", "else", "elle", "ende", "ene",  "ens",  "eren",
                                                       "ering",  "ert", "heit", "het",  "inga", "ing",  "inge", "inger",
                                                       "ion",    "isk", "isme", "jon",  "leg",  "lene", "lig",  "mens",
                                                       "rasjon", "ren", "sam",  "sene", "sjon", "som",  "ten"};
/// Prefixes and particles: what follows is no word joined to them.
constexpr std::array<std::string_view, 23> kNoHeads = {"an",  "be",  "for",   "fore", "fors", "fra", "frå",  "i",
                                                       "inn", "med", "mot",   "ned",  "om",   "opp", "over", "på",
                                                       "til", "u",   "under", "unn",  "ut",   "van", "ved"};

/// More linking forms at a word's beginning than any real word has; the rest is not looked at.
constexpr std::size_t kMostHeads = 64;

bool at_boundary(std::string_view s, std::size_t at) { return (static_cast<unsigned char>(s[at]) & 0xc0U) != 0x80U; }

bool contains(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::size_t letters(std::string_view s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool has_vowel(std::string_view s) {
  return s.find_first_of("aeiouy") != std::string_view::npos || s.find("æ") != std::string_view::npos ||
         s.find("ø") != std::string_view::npos || s.find("å") != std::string_view::npos;
}

/// Log frequency of what may end a compound; negative: nothing may.
double tail_score(std::string_view tail, const Lexicon& lexicon, Standard standard) {
  const std::string_view bare = tail.ends_with('s') ? tail.substr(0, tail.size() - 1) : tail;
  if (contains(kNoTails, tail) || contains(kNoTails, bare) || !has_vowel(tail)) return -1;
  double best = -1;
  for (const LexiconKey& k : lexicon.keys(tail, standard)) {
    if (!k.tail || k.improbable || lexicon.name_only(k.number)) continue;
    // Three letters must be a noun's first form: -bok and -råd, not -ter and -len.
    if (letters(tail) < kShortLetters && (!lexicon.noun(k.number) || lexicon.key_text(k.number) != tail)) continue;
    best = std::max(best, lexicon.key_frequency(k.number) - (lexicon.noun(k.number) ? 0 : kNotNoun));
  }
  if (best >= 0 && letters(tail) < kShortLetters) best -= kShortPart;
  return best;
}

/// Long parts seldom meet by chance.
double length_bonus(std::string_view part) {
  constexpr double kPerLetter = 0.5;
  constexpr std::size_t kFrom = 4, kTo = 8;
  return kPerLetter * static_cast<double>(std::clamp(letters(part), kFrom, kTo) - kFrom);
}

/// Log frequency of a known word; parts that are rarer say that it is none made of them (minister, partiet).
double own_score(std::string_view word, const Lexicon& lexicon, Standard standard) {
  double best = -1;
  for (const LexiconKey& k : lexicon.keys(word, standard))
    if (!k.improbable) best = std::max(best, lexicon.key_frequency(k.number));
  if (const auto h = lexicon.head(word)) best = std::max(best, lexicon.key_frequency(h->key));
  return best;
}

/// A noun of action is made of its verb, not of what its end looks like: lagring is lagre, no ring.
bool is_of_verb(std::string_view word, const Lexicon& lexicon, Standard standard) {
  for (const std::string_view ending : {"ing", "inga", "inger", "ingar", "ingen", "ingene", "ingane", "ings"}) {
    if (!word.ends_with(ending) || word.size() < ending.size() + kLeastLetters) continue;  // ring is not of re
    std::string verb(word.substr(0, word.size() - ending.size()));
    verb += 'e';
    const Lexicon::Keys keys = lexicon.keys(verb, standard);
    if (std::any_of(keys.begin(), keys.end(), [](const LexiconKey& k) { return k.tail; })) return true;
  }
  return false;
}

/// A known word's last part is a word that its key ends in: ministrene is minister, and no mini that trains (trene).
bool ends_the_key(const Lexicon::Keys& own, std::string_view tail, const Lexicon& lexicon, Standard standard) {
  if (std::all_of(own.begin(), own.end(), [&](const LexiconKey& w) { return lexicon.name_only(w.number); }))
    return true;
  const Lexicon::Keys tails = lexicon.keys(tail, standard);
  return std::any_of(own.begin(), own.end(), [&](const LexiconKey& w) {
    return std::any_of(tails.begin(), tails.end(), [&](const LexiconKey& t) {
      return t.tail && lexicon.key_text(w.number).ends_with(lexicon.key_text(t.number));
    });
  });
}

/// Log frequency of a linking form: of its lemma, or of the word that is spelt like it (syke in sykepleier is no
/// epidemic). Three letters need a long part after them, and do not do in a word that is known.
double head_score(std::string_view head, std::uint32_t key, std::string_view rest, bool known, const Lexicon& lexicon,
                  Standard standard) {
  double best = lexicon.key_frequency(key);
  for (const LexiconKey& k : lexicon.keys(head, standard))
    if (!k.improbable && k.tail && !lexicon.name_only(k.number)) best = std::max(best, lexicon.key_frequency(k.number));
  if (letters(head) >= kShortLetters) return best;
  return best - (letters(rest) >= kLongLetters && !known ? kShortByLong : kShortPart);
}

}  // namespace

std::optional<Split> split_compound(std::string_view word, const Lexicon& lexicon, Standard standard) {
  if (letters(word) < 2 * kLeastLetters || word.find('-') != std::string_view::npos) return {};
  Split best;
  best.score = kThreshold;
  // Heads are asked first: most words begin with none, and their table is small enough for the CPU's cache.
  std::array<std::uint32_t, kMostHeads> heads;  // where one ends
  std::size_t head_count = 0;
  for (std::size_t cut = kLeastLetters; cut + kLeastLetters <= word.size() && head_count < heads.size(); ++cut)
    if (at_boundary(word, cut) && letters(word.substr(0, cut)) >= kLeastLetters && lexicon.head(word.substr(0, cut)))
      heads[head_count++] = static_cast<std::uint32_t>(cut);
  if (head_count == 0) return {};
  const double own = own_score(word, lexicon, standard) - kOwn;
  const Lexicon::Keys own_keys = lexicon.keys(word, standard);
  const bool known = !own_keys.empty() || lexicon.head(word).has_value();
  const bool of_verb = known && is_of_verb(word, lexicon, standard);
  for (std::size_t cut = heads[0]; cut < word.size(); ++cut) {
    if (!at_boundary(word, cut)) continue;
    const std::string_view head = word.substr(0, cut), tail = word.substr(cut);
    if (letters(tail) < kLeastLetters) break;
    const auto h = lexicon.head(head);
    const bool two = h && !contains(kNoHeads, head);
    // Three parts need a head, and letters for a second one, before the cut.
    if (!two && heads[0] + kLeastLetters > cut) continue;
    const double t = tail_score(tail, lexicon, standard);
    if (t < 0 || !ends_the_key(own_keys, tail, lexicon, standard)) continue;
    if (of_verb && !is_of_verb(tail, lexicon, standard)) continue;
    if (two) {
      const double s = head_score(head, h->key, tail, known, lexicon, standard);
      const bool both_long = std::min(letters(head), letters(tail)) >= kShortLetters;
      const double lengths = both_long ? length_bonus(head) + length_bonus(tail) : 0;
      const double score = std::min(s, t) + 0.3 * std::max(s, t) + lengths;
      if (std::min(s, t) + lengths >= own && score > best.score) best = {head, tail, h->key, score};
      continue;
    }
    // Three parts: the first two are linking forms.
    for (std::size_t i = 0; i < head_count && heads[i] < head.size(); ++i) {
      const std::string_view first = head.substr(0, heads[i]), second = head.substr(heads[i]);
      if (letters(second) < kLeastLetters || contains(kNoHeads, first)) continue;
      const auto a = lexicon.head(first), b = lexicon.head(second);
      if (!a || !b) continue;
      const double x = head_score(first, a->key, second, known, lexicon, standard);
      const double y = head_score(second, b->key, tail, known, lexicon, standard);
      const double score = std::min({x, y, t}) + 0.1 * std::max({x, y, t}) - kThreeParts;
      if (std::min({x, y, t}) >= own && score > best.score) best = {head, tail, a->key, score};
    }
  }
  if (best.head.empty()) return {};
  return best;
}

}  // namespace spalte::language
