// How are found and gold spans compared?
#include "annotate/training/evaluation.h"

#include "annotate/sequence_tagger.h"

namespace spalte::annotate {

std::vector<Score> evaluate(const std::shared_ptr<const TaggerModel>& model,
                            std::span<const LabelledDocument> documents, const language::Analyser& analyser) {
  SequenceTagger tagger(model);
  std::vector<Score> scores(model->labels().types().size());
  std::vector<LabelledSpan> found;
  for (const LabelledDocument& document : documents) {
    tagger.find(document.text, analyser, found);
    for (const LabelledSpan& span : found) ++scores[span.type].found;
    // Both lists are in the order of the text.
    std::size_t next = 0;
    for (const auto& sentence : document.names) {
      for (const LabelledSpan& wanted : sentence) {
        ++scores[wanted.type].wanted;
        while (next < found.size() && found[next].first < wanted.first) ++next;
        if (next < found.size() && found[next].first == wanted.first && found[next].last == wanted.last &&
            found[next].type == wanted.type) {
          ++scores[wanted.type].right;
        }
      }
    }
  }
  return scores;
}

}  // namespace spalte::annotate
