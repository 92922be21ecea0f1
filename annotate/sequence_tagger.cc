// How are scores of words kept, and windows around capital letters tagged?
#include "annotate/sequence_tagger.h"

#include <algorithm>

namespace spalte::annotate {
namespace {

constexpr std::size_t kMaxWords = 100'000;  ///< about 70 MB with their scores
constexpr int kOffsets = 2 * kReach + 1;

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
      word_features(word.traits, at, [&](std::uint64_t f) { model_->add_scores(f, row); });
    }
  }
  return word_scores_.data() + (word.scores * kOffsets + static_cast<std::size_t>(offset + kReach)) * stride;
}

void SequenceTagger::tag_window(const SentenceView& sentence, std::size_t begin, std::size_t end, std::uint32_t first,
                                std::vector<LabelledSpan>& out) {
  const std::size_t stride = model_->labels().stride();
  scores_.assign((end - begin) * stride, 0);
  for (std::size_t i = begin; i < end; ++i) {
    float* row = scores_.data() + (i - begin) * stride;
    for (int offset = -kReach; offset <= kReach; ++offset) {
      const auto at = static_cast<std::ptrdiff_t>(i) + offset;
      const bool outside = at < 0 || at >= static_cast<std::ptrdiff_t>(sentence.words.size());
      const float* add = outside ? border_scores_.data() + static_cast<std::size_t>(offset + kReach) * stride
                                 : word_scores(first + static_cast<std::size_t>(at), offset);
      for (std::size_t k = 0; k < stride; ++k) row[k] += add[k];
    }
    context_features(sentence, i, [&](std::uint64_t f) { model_->add_scores(f, row); });
  }
  decoder_.decode(scores_, end - begin, first + static_cast<std::uint32_t>(begin), out);
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
  for (std::size_t i = 0; i < text.sentences.size(); ++i) {
    const SentenceView sentence = context_.sentence(i);
    visit_windows(sentence.words, [&](std::size_t begin, std::size_t end) {
      tag_window(sentence, begin, end, text.sentences[i].first, out);
    });
  }
}

}  // namespace spalte::annotate
