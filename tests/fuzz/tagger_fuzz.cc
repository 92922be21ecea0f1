// Is there a damaged model of the tagger that is opened and then read beyond its end, or for ever? The installed model
// has 5 MB, which are summed whenever it is opened; here one of some 20 kB that knows the words of one text is damaged, with
// the checksum made right again (but where the input's last byte is odd), so that the damage is found by what reads it.
#include "annotate/document_context.h"
#include "annotate/sequence_tagger.h"
#include "annotate/tagger.h"
#include "annotate/tagger_model.h"
#include "annotate/training/model_writer.h"
#include "schema/data_path.h"
#include "tests/fuzz/patched_file.h"

#include <cstddef>
#include <cstring>
#include <set>
#include <string_view>

namespace {

using namespace spalte;
using namespace spalte::annotate;

constexpr std::string_view kText =
    "Statsminister Torstein Bråthen (Ap) møtte Kinas utenriksminister Wang Yi i Oslo. Bråthen sa at Nordmo Bygg AS, "
    "EU-kommisjonen og kineserne er enige.";

struct Text {
  std::shared_ptr<const language::Lexicon> lexicon =
      language::Analyser::open_lexicon(data_folder().value() + "/norwegian.lex").value();
  language::Analyser analyser{lexicon};
  language::AnalysedText analysed;

  Text() {
    static const language::ByteRange kWhole{0, kText.size()};
    analyser.analyse(kText, std::span(&kWhole, 1), analysed);
  }
};

Text& text() {
  static Text text;
  return text;
}

WordFile known_words() {
  WordFile out;
  std::uint16_t number = 0;
  for (const language::Token& t : text().analysed.tokens) {
    const WordForms forms = word_forms(text().analyser.type(t.type).surface);
    ++number;
    out.words.push_back({forms.word, {static_cast<std::uint16_t>(number % 64), number, number}});
    out.cases.push_back({forms.lower, static_cast<CaseBin>(number % (kCaseUnknown + 1))});
  }
  return out;
}

/// All features of the text.
std::vector<std::uint64_t> features(const WordLexicon& lexicon) {
  WordTable table(lexicon);
  table.start(text().analyser);
  std::vector<const WordTraits*> words;
  for (const language::Token& t : text().analysed.tokens)
    words.push_back(&table.word(t.type, text().analyser).traits);
  DocumentContext context;
  context.build(words, text().analysed.sentences);
  std::set<std::uint64_t> found;
  const auto add = [&](std::uint64_t f) { found.insert(f); };
  for (int offset = -kReach; offset <= kReach; ++offset) {
    outside_features(offset, add);
    for (const WordTraits* w : words) word_features(*w, offset, add);
  }
  for (std::size_t s = 0; s < text().analysed.sentences.size(); ++s) {
    const SentenceView sentence = context.sentence(s);
    for (std::size_t i = 0; i < sentence.words.size(); ++i) context_features(sentence, i, add);
  }
  return {found.begin(), found.end()};
}

std::string small_model() {
  const LabelScheme labels({"PER", "ORG", "GPE", "DRV"});
  const LexiconData lexicon(known_words());
  TrainingData data;
  data.feature_hash = features(lexicon.view());
  CrfWeights weights;
  std::uint32_t seed = 1;
  const auto weight = [&seed] { return static_cast<float>((seed = seed * 1664525 + 1013904223) >> 24) / 64 - 2; };
  for (std::size_t i = 0; i < data.feature_hash.size() * labels.stride(); ++i)
    weights.features.push_back(i % 5 == 0 ? weight() : 0);
  for (std::size_t i = 0; i < labels.size() * labels.size(); ++i) weights.transitions.push_back(weight());
  const std::string path = "/dev/shm/spalte-fuzz-" + std::to_string(::getpid()) + ".model";
  if (!write_model(path, labels, data, weights, lexicon, {}, 0.5F)) std::abort();
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  ::unlink(path.c_str());
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string whole = small_model();
  static fuzz::MemoryFile file;
  std::string damaged = whole;
  fuzz::each_damage(data, size, damaged.size(), [&](std::size_t at, std::string_view bytes) {
    damaged.replace(at, bytes.size(), bytes);
  });
  if (size == 0 || data[size - 1] % 2 == 0) {
    const std::uint64_t sum = model_checksum(std::string_view(damaged).substr(sizeof(ModelHeader)));
    std::memcpy(&damaged[offsetof(ModelHeader, checksum)], &sum, sizeof sum);
  }
  file.hold(damaged);
  if (const auto model = open_tagger_model(file.path())) {
    Tagger tagger(*model);
    std::vector<NameSpan> found;
    tagger.tag(kText, text().analysed, text().analyser, found);
    for (const NameSpan& n : found)
      if (n.first >= n.last || n.last > text().analysed.tokens.size()) std::abort();
  } else if (model.error().message.empty() || size == 0) {
    std::abort();  // undamaged it must open
  }
  return 0;
}
