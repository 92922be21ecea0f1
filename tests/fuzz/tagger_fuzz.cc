// Is there a damaged model of the tagger that is opened and then read beyond its end, or for ever?
#include "annotate/tagger.h"
#include "schema/data_path.h"
#include "tests/fuzz/patched_file.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace spalte;
  static fuzz::PatchedFile file(data_folder().value() + "/actors.model");
  static const auto lexicon = language::Analyser::open_lexicon(data_folder().value() + "/norwegian.lex");
  static language::Analyser analyser(*lexicon);
  constexpr std::string_view kText =
      "Statsminister Torstein Bråthen (Ap) møtte Kinas utenriksminister Wang Yi i Oslo. Bråthen sa at Nordmo Bygg AS, "
      "EU-kommisjonen og kineserne er enige.";
  static const language::ByteRange kWhole{0, kText.size()};
  static language::AnalysedText text;
  static const bool analysed = [] {
    analyser.analyse(kText, std::span(&kWhole, 1), text);
    return true;
  }();
  (void)analysed;
  file.damage(data, size);
  if (const auto model = annotate::open_tagger_model(file.path())) {
    annotate::Tagger tagger(*model);
    std::vector<annotate::NameSpan> found;
    tagger.tag(kText, text, analyser, found);
    for (const annotate::NameSpan& n : found)
      if (n.first >= n.last || n.last > text.tokens.size()) std::abort();
  } else if (model.error().message.empty()) {
    std::abort();
  }
  file.mend();
  return 0;
}
