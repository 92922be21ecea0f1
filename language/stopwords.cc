// The list of function words, both standards, in order of the alphabet's bytes.
#include "language/stopwords.h"

#include <algorithm>
#include <array>
#include <vector>

namespace spalte::language {
namespace {

constexpr std::string_view kWords =
    "alle allerede alt altså anna annan anna annen annet at av bare begge berre ble blei blir blitt bli både da de deg "
    "dei deim deira deires dem den denne der dere "
    "deres det dette di din disse ditt du dykk dykkar då eg ein eit eitt eller elles en enn er et ett etter for fordi "
    "fra frå før ha hadde han hans har hennar henne "
    "hennes her hjå ho hoe honom hos hun hva hvem hver hverandre hvilke hvilken hvilket hvis hvor hvordan hvorfor i "
    "ikke ikkje ingen inn inni inn ja jeg kan "
    "kva kvar kven kvifor korleis kunne kva kvarandre man med medan meg mei mellom men mens mer mi min mine mitt mot "
    "mykje må måtte nei no noe noen nokon noko nokre nå når "
    "og også om opp oss over på sa samme sei seg selv si sia sidan sin sine sitt sjøl sjølv skal skulle slik slike so "
    "som somme somt så sånn til um upp ut uten "
    "utan var vart varte ved vere verte vi vil ville vore vors vort vår våre være vært vår å eg me oss eitt dette "
    "desse dei kor sjå enno ennå der då dermed difor derfor jo";

std::vector<std::string_view> sorted_words() {
  std::vector<std::string_view> out;
  for (std::string_view rest = kWords; !rest.empty();) {
    const std::size_t end = rest.find(' ');
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

bool is_stopword(std::string_view folded) {
  static const std::vector<std::string_view> words = sorted_words();
  static const std::size_t longest =
      std::max_element(words.begin(), words.end(), [](auto a, auto b) { return a.size() < b.size(); })->size();
  return folded.size() <= longest && std::binary_search(words.begin(), words.end(), folded);
}

}  // namespace spalte::language
