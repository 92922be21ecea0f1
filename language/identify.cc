// Which words belong to one language only?
#include "language/identify.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace spalte::language {
namespace {

enum Index : std::uint8_t { nb, nn, da, sv, en, de };

/// Words that one of these languages has and the others among them lack, or use far more rarely. Written for this
/// project.
constexpr std::string_view kWords[] = {
    // bokmål
    "ikke jeg hun fra hva hvor hvem hvordan hvorfor hvis noe noen mye være hvilke hvilken ble blitt uten bare selv nå "
    "også etter gjør gjøre sier hver både flere "
    "mellom fordi ennå begge dere sammen annet andre mens mer før måtte kommer har kunne skulle ville følge deres "
    "hennes regjeringen ingen",
    // nynorsk
    "ikkje eg ho frå kva kvar kven korleis kvifor dersom noko nokon nokre mykje vere kva kor vart blei vorte utan "
    "berre sjølv no òg ogso gjer gjere seier kvar både fleire "
    "mellom fordi enno dykk saman anna andre medan meir korkje måtte kjem hev kunne skulle ville dei deira hennar ein "
    "eit dette desse auka regjeringa ingen vore verte vera dykkar",
    // Danish
    "af jeg hvad hvordan efter meget ikke være nogle noget bliver blev uden kun selv nu også mig dig sig siger hver "
    "hvert bedre mellem mere før kommer kunne skulle ville derfor "
    "hvilken endnu sammen samme andet måske altid aldrig igen over op ud hos efter ved mod både lige hvor hun fra til "
    "deres regeringen ifølge gøre gør vores "
    "arbejde år gennem tidligere lidt sidste allerede hvis blandt dag uge måned kommune politiet oplyser fortæller "
    "mennesker ny nye nyt mod tid",
    // Swedish
    "och inte jag är från vad varför hur någon något några mycket vara bara själv nu också efter gör göra säger varje "
    "flera mellan ännu båda tillsammans annat andra medan mer innan "
    "kommer kunde skulle ville hon dem deras hennes regeringen ingen att som på för av till den det ett utan bli blev "
    "där här när vilket vilken ska än sig man år under sedan enligt",
    // English
    "the of and to in that is was for with as his he be by this have from or had not are but which you she they their "
    "were would there been has will more when who out said its",
    // German
    "der die und das ist nicht von mit sich des auf für ein eine dem den im auch es an werden aus er hat dass sie nach "
    "wird bei noch wie einem über einen so zum war haben nur oder aber"};

std::unordered_map<std::string_view, std::uint8_t> make_table() {
  std::unordered_map<std::string_view, std::uint8_t> table;
  for (std::uint8_t language = 0; language < std::size(kWords); ++language) {
    for (std::string_view rest = kWords[language]; !rest.empty();) {
      const std::size_t end = rest.find(' ');
      table[rest.substr(0, end)] |= static_cast<std::uint8_t>(1U << language);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return table;
}

}  // namespace

std::uint8_t StandardVotes::marks(std::string_view folded) {
  static const auto table = make_table();
  const auto found = table.find(folded);
  return found == table.end() ? 0 : found->second;
}

void StandardVotes::add(std::uint8_t marks) {
  ++words_;
  for (std::size_t i = 0; i < votes_.size(); ++i) votes_[i] += marks >> i & 1U;
}

void StandardVotes::add(const StandardVotes& other) {
  words_ += other.words_;
  for (std::size_t i = 0; i < votes_.size(); ++i) votes_[i] += other.votes_[i];
}

Standard StandardVotes::decide(Standard fallback) const {
  const std::uint32_t norwegian = std::max(votes_[nb], votes_[nn]);
  const std::uint32_t foreign = std::max({votes_[da], votes_[sv], votes_[en], votes_[de]});
  if (foreign > norwegian + 1 && foreign * 4 > norwegian * 5) return Standard::other;
  if (norwegian == 0) return words_ > 30 ? Standard::other : fallback;
  if (votes_[nb] == votes_[nn]) return fallback;
  return votes_[nb] > votes_[nn] ? Standard::nb : Standard::nn;
}

}  // namespace spalte::language
