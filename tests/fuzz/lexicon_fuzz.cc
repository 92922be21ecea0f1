// Is there a damaged lexicon that is opened and then read beyond its end, or for ever?
#include "language/analyser.h"
#include "language/lexicon.h"
#include "schema/data_path.h"
#include "tests/fuzz/patched_file.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace spalte::language;
  static spalte::fuzz::PatchedFile file(spalte::data_folder().value() + "/norwegian.lex");
  file.damage(data, size);
  if (const auto lexicon = Analyser::open_lexicon(file.path())) {
    Analyser analyser(*lexicon);
    for (const std::string_view word :
         {"statsministeren", "utanriksministeren", "fotballklubb", "kommunestyremedlemmene", "får", "Noreg",
          "Tillersons", "xyzzyen", "anbefalar", "Virksomheden"}) {
      for (const Standard s : {Standard::nb, Standard::nn, Standard::other})
        (void)analyser.terms(analyser.intern(word), s);
      const QueryWord asked = analyser.query_word(word);
      for (const LexiconKey& k : (*lexicon)->keys(asked.folded, Standard::nb))
        (*lexicon)->forms_of(k.number, [](const Lexicon::FormOfKey&) {});
    }
  } else if (lexicon.error().message.empty()) {
    std::abort();
  }
  file.mend();
  return 0;
}
