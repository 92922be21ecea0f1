// How well does a model find the names of labelled text?
#pragma once

#include "annotate/tagger_model.h"
#include "annotate/training/corpus.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace spalte::annotate {

/// Exact span and type.
struct Score {
  std::size_t right = 0, found = 0, wanted = 0;
  double precision() const { return found == 0 ? 0 : static_cast<double>(right) / static_cast<double>(found); }
  double recall() const { return wanted == 0 ? 0 : static_cast<double>(right) / static_cast<double>(wanted); }
  double f1() const {
    return found + wanted == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(found + wanted);
  }
  Score& operator+=(const Score& other) {
    right += other.right;
    found += other.found;
    wanted += other.wanted;
    return *this;
  }
};

/// One score per type of the model, over gold tokens.
std::vector<Score> evaluate(const std::shared_ptr<const TaggerModel>& model,
                            std::span<const LabelledDocument> documents, const language::Analyser& analyser);

}  // namespace spalte::annotate
