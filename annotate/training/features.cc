// How are features counted and numbered?
#include "annotate/training/features.h"

#include "annotate/document_context.h"
#include "annotate/sequence_tagger.h"

#include <unordered_map>

namespace spalte::annotate {
namespace {

constexpr std::uint32_t kMinCount = 2;

/// Calls `token(features, label)` for each token of a window, and `end()` after each window.
template <typename Token, typename End>
void visit_tokens(std::span<const LabelledDocument> documents, const language::Analyser& analyser, WordTable& table,
                  Token&& token, End&& end) {
  DocumentContext context;
  std::vector<const WordTraits*> words;
  std::vector<std::uint8_t> gold;
  std::vector<std::uint64_t> active;
  const auto add = [&](std::uint64_t feature) { active.push_back(feature); };
  for (const LabelledDocument& document : documents) {
    words.clear();
    for (const language::Token& t : document.text.tokens) words.push_back(&table.word(t.type, analyser).traits);
    gold.assign(words.size(), 0);
    for (const auto& sentence : document.names) {
      for (const LabelledSpan& name : sentence) {
        for (std::uint32_t i = name.first; i < name.last; ++i) {
          const auto part = name.last - name.first == 1 ? LabelScheme::unit
                            : i == name.first           ? LabelScheme::begin
                            : i + 1 == name.last        ? LabelScheme::last
                                                        : LabelScheme::inside;
          gold[i] = static_cast<std::uint8_t>(LabelScheme::label(name.type, part));
        }
      }
    }
    context.build(words, document.text.sentences);
    for (std::size_t s = 0; s < document.text.sentences.size(); ++s) {
      const SentenceView view = context.sentence(s);
      const std::size_t first = document.text.sentences[s].first;
      visit_windows(view.words, [&](std::size_t begin, std::size_t last) {
        // A name that leaves the window cannot be learnt in it.
        if (!LabelScheme::opens(gold[first + begin]) || !LabelScheme::closes(gold[first + last - 1])) return;
        for (std::size_t i = begin; i < last; ++i) {
          active.clear();
          for (int offset = -kReach; offset <= kReach; ++offset) {
            const auto at = static_cast<std::ptrdiff_t>(i) + offset;
            if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.words.size())) {
              outside_features(offset, add);
            } else {
              word_features(*view.words[static_cast<std::size_t>(at)], offset, add);
            }
          }
          context_features(view, i, add);
          token(active, gold[first + i]);
        }
        end();
      });
    }
  }
}

}  // namespace

TrainingData build_training_data(std::span<const LabelledDocument> documents, const language::Analyser& analyser,
                                 const WordLexicon& lexicon) {
  WordTable table(lexicon);
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  counts.reserve(1U << 23);
  visit_tokens(
      documents, analyser, table,
      [&](const std::vector<std::uint64_t>& active, std::uint8_t) {
        for (const std::uint64_t f : active) ++counts[f];
      },
      [] {});
  TrainingData out;
  // Numbered in the order of the text, so that the same data gives the same model.
  constexpr std::uint32_t kRare = UINT32_MAX;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  out.token_begin.push_back(0);
  out.sequence_begin.push_back(0);
  visit_tokens(
      documents, analyser, table,
      [&](const std::vector<std::uint64_t>& active, std::uint8_t label) {
        for (const std::uint64_t f : active) {
          const auto [entry, fresh] = numbers.try_emplace(f, kRare);
          if (fresh) {
            const std::uint32_t count = counts[f];
            if (count >= kMinCount) {
              entry->second = static_cast<std::uint32_t>(out.feature_hash.size());
              out.feature_hash.push_back(f);
              out.feature_count.push_back(count);
            }
          }
          if (entry->second != kRare) out.features.push_back(entry->second);
        }
        out.token_begin.push_back(out.features.size());
        out.labels.push_back(label);
      },
      [&] { out.sequence_begin.push_back(static_cast<std::uint32_t>(out.labels.size())); });
  return out;
}

}  // namespace spalte::annotate
