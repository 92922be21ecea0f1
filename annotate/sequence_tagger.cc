// How are scores of words kept, and windows around capital letters tagged?
#include "annotate/sequence_tagger.h"

#include <algorithm>
#include <cmath>

namespace spalte::annotate {
namespace {

constexpr std::size_t kMaxWords = 100'000;  ///< about 70 MB with their scores
constexpr int kOffsets = 2 * kReach + 1;
constexpr float kDoubt = 0.01F;  ///< added to each probability: no occurrence may forbid a type to the others

}  // namespace

bool WordTable::start(const language::Analyser& analyser) {
  if (analyser.generation() == generation_ && words_.size() < kMaxWords) return false;
  generation_ = analyser.generation();
  words_.clear();
  by_type_.assign(analyser.type_count(), nullptr);
  return true;
}

WordTable::Word& WordTable::word(language::TypeId type, const language::Analyser& analyser) {
  if (type >= by_type_.size()) by_type_.resize(std::max<std::size_t>(type + 1, analyser.type_count()), nullptr);
  if (by_type_[type] == nullptr) {
    words_.push_back({word_traits(analyser.type(type).surface, lexicon_)});
    by_type_[type] = &words_.back();
  }
  return *by_type_[type];
}

SequenceTagger::SequenceTagger(std::shared_ptr<const TaggerModel> model)
    : model_(std::move(model)),
      table_(model_->lexicon()),
      decoder_(model_->labels(), [this](std::size_t from, std::size_t to) { return model_->transition(from, to); }) {
  const std::size_t stride = model_->labels().stride();
  border_scores_.assign(kOffsets * stride, 0);
  for (int offset = -kReach; offset <= kReach; ++offset) {
    float* row = border_scores_.data() + static_cast<std::size_t>(offset + kReach) * stride;
    outside_features(offset, [&](std::uint64_t f) { model_->add_scores(f, row); });
  }
}

const float* SequenceTagger::word_scores(std::size_t token, int offset) {
  const std::size_t stride = model_->labels().stride();
  WordTable::Word& word = *words_[token];
  if (word.scores == UINT32_MAX) {
    word.scores = static_cast<std::uint32_t>(word_scores_.size() / (kOffsets * stride));
    word_scores_.resize(word_scores_.size() + kOffsets * stride, 0);
    for (int at = -kReach; at <= kReach; ++at) {
      float* row = word_scores_.data() + (word.scores * kOffsets + static_cast<std::size_t>(at + kReach)) * stride;
      features_.clear();
      word_features(word.traits, at, [&](std::uint64_t f) { features_.push_back(f); });
      model_->add_scores(features_, row);
    }
  }
  return word_scores_.data() + (word.scores * kOffsets + static_cast<std::size_t>(offset + kReach)) * stride;
}

void SequenceTagger::score_window(const SentenceView& sentence, std::size_t begin, std::size_t end, std::size_t first) {
  const std::size_t stride = model_->labels().stride();
  windows_.push_back({first + begin, end - begin, scores_.size()});
  scores_.resize(scores_.size() + (end - begin) * stride, 0);
  for (std::size_t i = begin; i < end; ++i) {
    float* row = scores_.data() + windows_.back().scores + (i - begin) * stride;
    for (int offset = -kReach; offset <= kReach; ++offset) {
      const auto at = static_cast<std::ptrdiff_t>(i) + offset;
      const bool outside = at < 0 || at >= static_cast<std::ptrdiff_t>(sentence.words.size());
      const float* add = outside ? border_scores_.data() + static_cast<std::size_t>(offset + kReach) * stride
                                 : word_scores(first + static_cast<std::size_t>(at), offset);
      for (std::size_t k = 0; k < stride; ++k) row[k] += add[k];
    }
    features_.clear();
    context_features(sentence, i, [&](std::uint64_t f) { features_.push_back(f); });
    model_->add_scores(features_, row);
  }
}

std::span<const float> SequenceTagger::scores_of(const Window& window) const {
  return std::span<const float>(scores_).subspan(window.scores, window.size * model_->labels().stride());
}

void SequenceTagger::share_evidence() {
  if (model_->sharing() == 0) return;
  const std::size_t stride = model_->labels().stride(), columns = model_->labels().types().size() + 1;
  const auto visit = [&](auto&& token) {
    for (const Window& window : windows_) {
      for (std::size_t i = 0; i < window.size; ++i) {
        const std::uint32_t word = context_.token(window.first + i).word;
        if (word != UINT32_MAX) token(window, i, word);
      }
    }
  };
  counts_.assign(context_.word_count(), 0);
  visit([&](const Window&, std::size_t, std::uint32_t word) { ++counts_[word]; });
  const auto visit_repeated = [&](auto&& token) {
    visit([&](const Window& window, std::size_t i, std::uint32_t word) {
      if (counts_[word] > 1) token(window, i, word);
    });
  };

  // Half of all windows hold no word that occurs again: their marginals, the dearest part, tell nothing.
  evidence_.assign(counts_.size() * columns, 0);
  marginals_.assign(scores_.size() / stride * columns, 0);
  const auto row_of = [&](const Window& window, std::size_t i) {
    return &marginals_[(window.scores / stride + i) * columns];
  };
  const Window* known = nullptr;
  visit_repeated([&](const Window& window, std::size_t i, std::uint32_t word) {
    if (known != &window) decoder_.marginals(scores_of(window), window.size, window_marginals_);
    known = &window;
    float* row = row_of(window, i);
    for (std::size_t t = 0; t < columns; ++t) {
      row[t] = std::log(window_marginals_[i * columns + t] + kDoubt);
      evidence_[word * columns + t] += row[t];
    }
  });
  visit_repeated([&](const Window& window, std::size_t i, std::uint32_t word) {
    float* scores = &scores_[window.scores + i * stride];
    for (std::size_t t = 0; t < columns; ++t) {
      const float others =
          (evidence_[word * columns + t] - row_of(window, i)[t]) / static_cast<float>(counts_[word] - 1);
      if (t + 1 == columns) {
        scores[0] += model_->sharing() * others;
      } else {
        for (std::size_t part = 0; part < 4; ++part) scores[1 + 4 * t + part] += model_->sharing() * others;
      }
    }
  });
}

void SequenceTagger::find(const language::AnalysedText& text, const language::Analyser& analyser,
                          std::vector<LabelledSpan>& out) {
  out.clear();
  if (table_.start(analyser)) word_scores_.clear();
  words_.resize(text.tokens.size());
  traits_.resize(text.tokens.size());
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    words_[i] = &table_.word(text.tokens[i].type, analyser);
    traits_[i] = &words_[i]->traits;
  }
  context_.build(traits_, text.sentences);
  windows_.clear();
  scores_.clear();
  for (std::size_t i = 0; i < text.sentences.size(); ++i) {
    const SentenceView sentence = context_.sentence(i);
    visit_windows(sentence.words, [&](std::size_t begin, std::size_t end) {
      score_window(sentence, begin, end, text.sentences[i].first);
    });
  }
  share_evidence();
  for (const Window& window : windows_) {
    decoder_.decode(scores_of(window), window.size, static_cast<std::uint32_t>(window.first), out);
  }
}

}  // namespace spalte::annotate
