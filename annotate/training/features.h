// How does labelled text become numbered features?
#pragma once

#include "annotate/training/corpus.h"
#include "annotate/training/crf.h"
#include "annotate/word_lexicon.h"

#include <span>
#include <vector>

namespace spalte::annotate {

/// Features that occur twice or more in the windows of the documents, and the gold labels there.
TrainingData build_training_data(std::span<const LabelledDocument> documents, const language::Analyser& analyser,
                                 const WordLexicon& lexicon);

}  // namespace spalte::annotate
