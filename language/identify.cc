// Which words belong to one language only?
#include "language/identify.h"

#include "language/lexicon.h"

#include <algorithm>
#include <bit>
#include <string>
#include <unordered_map>

namespace spalte::language {
namespace {

enum Index : std::uint8_t { nb, nn, da, sv, en, de };

/// Function words that one of these languages has and the others lack, or use far more rarely. Written for this
/// project.
constexpr std::string_view kWords[] = {
    // bokmål
    "ikke jeg hun fra hva hvem hvordan hvorfor hvor hvis noe noen mye hvilke hvilken ble blitt bare selv nå etter gjør "
    "gjøre sier hver både flere begge dere "
    "sammen mens mer måtte kommer deres hennes regjeringen dem være vært disse uten egen siden først skriver forteller",
    // nynorsk
    "ikkje eg ho frå kva kvar kven korleis kvifor noko nokon nokre mykje vere vart blei vorte vore utan berre sjølv no "
    "òg gjer gjere kvar fleire "
    "dykk saman medan meir korkje kjem dei deira hennar ein eit desse regjeringa verte vera dykkar eigen sidan fyrst "
    "fortel desse vidare trur fekk gjekk vert "
    "gjeve komne stader tyder auka ulike ynskjer tek gjev veit heile mange millionar dotter offentleg offentlege "
    "særleg vanleg mogleg følgje gongen gonger skular sjå sjølve",
    // Danish
    "af efter nogle noget blev uden mig dig sig siger hvad endnu måske igen op ud gør vores lidt blandt uge oplyser "
    "hvornår hende hendes jer havde sagde mere mand "
    "nyt gennem hvorefter mellem hjælp københavn nævner undersøgelse mødt stak døbt "
    "fortæller spørgsmål arbejde dansk danske danskerne tage tager give giver blive penge mulighed vigtigt "
    "nu ud bliver blevet nogen end sagde igen sidste næste altid aldrig tilbage igennem lige fik gik stod "
    "ind inden indtil halvtreds tres halvfjerds firs fyrre begynde begynder begyndte "
    "selvom kigge kiggede skabe børn børnene kvinde mænd uge ugen "
    "efterår vejret vejene købe frygter modtog vælger rejser længere "
    // what Danish and bokmål share tells them from the others, not from each other
    "ikke jeg hun fra hvem hvordan hvorfor hvor hvis både flere selv mens deres hver begge måtte kommer være egen "
    "skriver disse",
    // Swedish
    "och inte jag är från vad någon något några mycket vara bara själv också efter gör säger ännu annat innan hennes "
    "att för där här när vilket vilken ska än sig sedan enligt "
    "varför någonting detta dessa fortfarande svenska människor skjuta sjukhus beslutat lördag",
    // English
    "the of and that was with this from not which you she they their were would there been will when who said its his "
    "have has are for",
    // German
    "die und das ist nicht von mit sich auf für eine auch werden aus hat dass sie nach wird bei noch einem über zum "
    "haben nur oder aber"};

constexpr std::uint32_t kFunctionWord = 2;
/// From so many words in small letters on, their share that the lexicon knows tells something.
constexpr std::uint32_t kEnoughWords = 12;
constexpr double kKnownShare = 0.6;
/// Longer words that the lexicon lacks are Norwegian compounds (bytes).
constexpr std::size_t kShortWord = 9;
constexpr std::uint32_t kTieWords = 3;

/// Only words of one language are kept: what two share tells them apart from others, but seldom from each other.
std::unordered_map<std::string_view, std::uint8_t> make_table() {
  std::unordered_map<std::string_view, std::uint8_t> table;
  for (std::uint8_t language = 0; language < std::size(kWords); ++language) {
    for (std::string_view rest = kWords[language]; !rest.empty();) {
      const std::size_t end = rest.find(' ');
      table[rest.substr(0, end)] |= static_cast<std::uint8_t>(1U << language);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  std::erase_if(table, [](const auto& entry) {
    return std::popcount(entry.second) > 1 && entry.second != (1U << nb | 1U << da);
  });
  return table;
}

}  // namespace

LanguageMarks StandardVotes::marks(std::string_view folded, const Lexicon& lexicon) {
  static const auto table = make_table();
  LanguageMarks out;
  const auto found = table.find(folded);
  const Lexicon::Standards in = lexicon.standards(folded);
  out.known = in.nb || in.nn;
  constexpr std::uint8_t kNorwegian = 1U << nb | 1U << nn;
  // An English or German function word that is a Norwegian word too (for, has) tells nothing; Danish ones are in the
  // lexicon as older spellings.
  constexpr std::uint8_t kNeighbours = kNorwegian | 1U << da | 1U << sv;
  if (found != table.end() && (!out.known || (found->second & kNeighbours) != 0)) out.languages = found->second;
  // How a word that the lexicon lacks is spelt: Norwegian ones with these letters are few.
  if (!out.known && out.languages == 0) {
    const auto has = [&](std::string_view letters) { return folded.find(letters) != std::string_view::npos; };
    if (has("ä") || has("ö")) {
      out.languages = 1U << sv;
    } else if (folded.size() <= kShortWord && (has("æ") || has("ej") || folded.ends_with("ede"))) {
      out.languages = 1U << da;
    }
  }
  // One- and two-letter forms are abbreviations and letters as often as words.
  out.nb_only = in.nb && !in.nn && folded.size() > 2;
  out.nn_only = in.nn && !in.nb && folded.size() > 2;
  return out;
}

void StandardVotes::add(const LanguageMarks& m, bool capitalised) {
  for (std::size_t i = 0; i < votes_.size(); ++i)
    if ((m.languages >> i & 1U) != 0) votes_[i] += kFunctionWord;
  for (std::size_t i = 0; i < own_.size(); ++i)
    if (m.languages == 1U << i) ++own_[i];
  if (capitalised) return;  // a name, or a sentence's first word
  ++small_;
  known_ += m.known ? 1U : 0U;
  votes_[nb] += m.nb_only ? 1U : 0U;
  votes_[nn] += m.nn_only ? 1U : 0U;
  // Words that the lexicon lacks are a neighbour's more often than not, where there are many of them.
  unknown_ += m.known ? 0U : 1U;
}

void StandardVotes::add(const StandardVotes& other) {
  small_ += other.small_;
  known_ += other.known_;
  unknown_ += other.unknown_;
  for (std::size_t i = 0; i < votes_.size(); ++i) votes_[i] += other.votes_[i];
  for (std::size_t i = 0; i < own_.size(); ++i) own_[i] += other.own_[i];
}

Standard StandardVotes::decide(Standard fallback) const {
  const std::uint32_t norwegian = std::max(votes_[nb], votes_[nn]);
  for (const Index language : {da, sv, en, de}) {
    // A neighbour's words are those that the lexicon lacks, more often than not.
    const bool neighbour = language == da || language == sv;
    const std::uint32_t votes = votes_[language] + (neighbour ? unknown_ : 0);
    // One function word may be a name or a slip; beside unknown words it is none.
    const bool certain = own_[language] >= 2 || (neighbour && own_[language] == 1 && unknown_ >= 2);
    if (certain && votes > norwegian) return Standard::other;
  }
  if (small_ >= kEnoughWords && known_ < kKnownShare * small_) return Standard::other;
  if (votes_[nb] == votes_[nn]) {
    // Most of what is written is bokmål; too short a text is left open.
    return fallback == Standard::unknown && known_ >= kTieWords ? Standard::nb : fallback;
  }
  return votes_[nb] > votes_[nn] ? Standard::nb : Standard::nn;
}

}  // namespace spalte::language
