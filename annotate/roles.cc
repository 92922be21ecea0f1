// Which words are roles, and where do they stand?
#include "annotate/roles.h"

#include <algorithm>
#include <array>

namespace spalte::annotate {
namespace {

/// Nouns that are roles alone and as the tail of a compound (five letters or more before them are not asked for: nearly
/// everything that ends so is one). Both standards; without æ ø å order: sorted bytewise for the search.
constexpr auto kTails = std::to_array<std::string_view>({
    "advokat",
    "agent",
    "aktivist",
    "ambassadør",
    "analytiker",
    "analytikar",
    "anmelder",
    "anmeldar",
    "arkitekt",
    "artist",
    "assistent",
    "biskop",
    "bonde",
    "byråd",
    "dirigent",
    "direktør",
    "dommar",
    "dommer",
    "doktor",
    "dronning",
    "ekspert",
    "etterforsker",
    "etterforskar",
    "fisker",
    "fiskar",
    "forfattar",
    "forfatter",
    "formann",
    "forskar",
    "forsker",
    "forsvarer",
    "forsvarar",
    "fotograf",
    "general",
    "generalsekretær",
    "gründer",
    "idrettsleder",
    "ingeniør",
    "inspektør",
    "journalist",
    "kanslar",
    "kansler",
    "kandidat",
    "kaptein",
    "keisar",
    "keiser",
    "kommandør",
    "kommissær",
    "kommunikasjonsrådgiver",
    "komponist",
    "konge",
    "konsul",
    "kritiker",
    "kritikar",
    "kunstner",
    "kunstnar",
    "lege",
    "leiar",
    "leder",
    "lensmann",
    "løytnant",
    "løper",
    "løpar",
    "major",
    "manager",
    "meister",
    "mester",
    "minister",
    "musiker",
    "musikar",
    "nestleder",
    "nestleiar",
    "oberst",
    "offiser",
    "ombud",
    "ombudsmann",
    "ordførar",
    "ordfører",
    "partileder",
    "pave",
    "politikar",
    "politiker",
    "president",
    "prest",
    "prins",
    "prinsesse",
    "produsent",
    "professor",
    "psykolog",
    "redaktør",
    "regissør",
    "rektor",
    "representant",
    "rådgivar",
    "rådgiver",
    "rådmann",
    "sanger",
    "sangar",
    "sekretær",
    "senator",
    "sersjant",
    "sjef",
    "sjåfør",
    "skipper",
    "skodespelar",
    "skuespiller",
    "speler",
    "spelar",
    "spiller",
    "sprinter",
    "statssekretær",
    "stipendiat",
    "talsmann",
    "talskvinne",
    "talsperson",
    "tiltalte",
    "topp",
    "trenar",
    "trener",
    "utøver",
    "utøvar",
    "veteran",
    "visepresident",
    "økonom",
});

/// Alone only: as tails they are found in too many other words.
constexpr auto kAlone = std::to_array<std::string_view>({
    "arving",        "baron",         "eier",       "eigar",          "elev",       "enke",         "fylkesmann",
    "guvernør",      "hertug",        "jurist",     "kardinal",       "komiker",    "komikar",      "kronprins",
    "kronprinsesse", "lærer",         "lærar",      "lektor",         "megler",     "meklar",       "modell",
    "pilot",         "pastor",        "poet",       "pressetalsmann", "sokneprest", "sogneprest",   "statsråd",
    "student",       "styreformann",  "sysselmann", "sønn",           "diakon",     "dronning",     "kong",
    "pater",         "politimester",  "vokalist",   "gitarist",       "bassist",    "trommeslager", "programleder",
    "programleiar",  "statsminister",
});

/// Before the noun, as part of the role.
constexpr auto kModifiers = std::to_array<std::string_view>({
    "administrerande",
    "administrerende",
    "assisterande",
    "assisterende",
    "dagleg",
    "daglig",
    "fungerande",
    "fungerende",
    "konstituert",
    "påtroppende",
    "påtroppande",
    "kommersiell",
    "teknisk",
    "medisinsk",
    "vitenskapelig",
});

/// Between a comma and a role: "…, tidligere statsminister", "…, en av våre".
constexpr std::uint32_t kMaxBetween = 3;

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_bare_role(std::string_view word) {
  if (contains(kAlone, word)) return true;
  return std::any_of(kTails.begin(), kTails.end(), [&](std::string_view tail) { return word.ends_with(tail); });
}

/// Not the title of a person by itself: "topp" only as a tail (NRK-topp), "konge" in "Norges konge" is one.
bool is_tail_only(std::string_view word) { return word == "topp" || word == "byråd" || word == "ombud"; }

}  // namespace

bool is_role(std::string_view folded) {
  if (folded.empty() || is_tail_only(folded)) return false;
  if (is_bare_role(folded)) return true;
  for (const std::string_view ending : {"en", "a"}) {
    if (folded.size() > ending.size() + 4 && folded.ends_with(ending) &&
        is_bare_role(folded.substr(0, folded.size() - ending.size()))) {
      return true;
    }
  }
  // lege-n, konge-n, dronning-a: the definite form of a word that ends in e.
  return folded.size() > 5 && folded.ends_with("en") && is_bare_role(folded.substr(0, folded.size() - 1));
}

RoleSpan find_role(const language::AnalysedText& text, const language::Analyser& analyser,
                   const language::Sentence& sentence, std::uint32_t first, std::uint32_t last) {
  const auto word = [&](std::uint32_t i) -> const language::WordType& { return analyser.type(text.tokens[i].type); };
  // A capital is allowed at the start of a sentence and in front of a hyphen (NATO-sjef).
  const auto may_be_role = [&](std::uint32_t i) {
    const language::WordType& w = word(i);
    if (w.kind != language::TokenKind::word || !is_role(w.folded)) return false;
    return !w.capitalised || i == sentence.first ||
           (i == sentence.first + 1 && word(sentence.first).kind == language::TokenKind::punctuation) ||
           w.surface.find('-') != std::string_view::npos;
  };
  if (first > sentence.first && may_be_role(first - 1)) {
    std::uint32_t begin = first - 1;
    while (begin > sentence.first && contains(kModifiers, word(begin - 1).folded)) --begin;
    return {begin, first};
  }
  if (last >= sentence.last || word(last).surface != ",") return {};
  const std::uint32_t end = std::min(sentence.last, last + 2 + kMaxBetween);
  for (std::uint32_t i = last + 1; i < end; ++i) {
    if (word(i).kind != language::TokenKind::word) return {};
    if (!may_be_role(i)) continue;
    // ", leder Kari Hansen" is the next person's.
    if (i + 1 < sentence.last && word(i + 1).capitalised) return {};
    std::uint32_t begin = i;
    while (begin > last + 1 && contains(kModifiers, word(begin - 1).folded)) --begin;
    return {begin, i + 1};
  }
  return {};
}

}  // namespace spalte::annotate
