// How are runs of capitals, first words and the other occurrences of a word found?
#include "annotate/document_context.h"

#include <algorithm>
#include <array>

namespace spalte::annotate {
namespace {

/// Further occurrences of a word no longer change which context is its most frequent one; the bound keeps the cost
/// linear.
constexpr std::uint32_t kMaxPlaces = 32;
constexpr std::uint32_t kLongRun = 4;
constexpr std::size_t kFirstSlots = 4096;  ///< enough for most articles; a power of two

enum Flag : std::uint8_t { kLower = 1, kMidSentence = 2, kRepeated = 4, kAfterCapital = 8, kBeforeCapital = 16 };

}  // namespace

DocumentContext::Seen* DocumentContext::find_seen(std::uint64_t key) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = key & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    Seen& entry = seen_[slots_[slot] - 1];
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

DocumentContext::Seen& DocumentContext::seen(std::uint64_t key) {
  if (Seen* known = find_seen(key)) return *known;
  if ((seen_.size() + 1) * 2 > slots_.size()) grow();
  seen_.push_back({});
  seen_.back().key = key;
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = key & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(seen_.size());
  return seen_.back();
}

void DocumentContext::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    std::size_t slot = seen_[i].key & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void DocumentContext::find_runs(const language::Sentence& sentence) {
  std::uint32_t words = 0, capitals = 0;
  bool initial = true;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    const WordTraits& w = *words_[i];
    if (!w.punctuation && !w.digit) {
      ++words;
      if (w.all_caps || (w.capital && w.one_letter)) ++capitals;
    }
    tokens_[i].initial = initial && !w.punctuation;
    if (!w.punctuation) initial = false;
  }
  capitals_.push_back(words >= 2 && capitals * 10 >= words * 7 ? 1 : 0);
  for (std::uint32_t i = sentence.first; i < sentence.last;) {
    std::uint32_t end = i;
    while (end < sentence.last && words_[end]->capital) ++end;
    for (std::uint32_t k = i; k < end; ++k) {
      tokens_[k].run_begin = i - sentence.first;
      tokens_[k].run_end = end - sentence.first;
    }
    i = std::max(end, i + 1);
  }
}

void DocumentContext::add_occurrence(std::uint64_t key, const language::Sentence& sentence, std::uint32_t at) {
  Seen& entry = seen(key);
  ++entry.count;
  if (!tokens_[at].initial) ++entry.mid_sentence;
  std::uint32_t begin = sentence.first + tokens_[at].run_begin;
  const std::uint32_t end = sentence.first + tokens_[at].run_end;
  if (begin < at && tokens_[begin].initial && words_[begin]->case_bin < kCaseMostlyCapital) ++begin;
  entry.after_capital |= at > begin;
  entry.before_capital |= at + 1 < end;
  if (end - begin > entry.longest_run) {
    entry.longest_run = end - begin;
    entry.country_first = words_[begin]->country;
    entry.place_in_run = at == begin ? 0 : at + 1 == end ? 2 : 1;
  }
  if (entry.places == kMaxPlaces) return;
  ++entry.places;
  places_.push_back({begin > sentence.first ? words_[begin - 1]->lower : 0,
                     end < sentence.last ? words_[end]->lower : 0, entry.first_place});
  entry.first_place = static_cast<std::uint32_t>(places_.size() - 1);
}

void DocumentContext::collect(const language::Sentence& sentence) {
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    const WordTraits& w = *words_[i];
    if (w.lower_word) seen(w.lower).lower = true;
    if (!w.capital) continue;
    add_occurrence(w.word, sentence, i);
    if (w.genitive != 0) add_occurrence(w.genitive, sentence, i);
  }
}

void DocumentContext::find_contexts(Seen& entry) {
  entry.contexts_known = true;
  const auto most_frequent = [&](std::uint64_t Place::*side) {
    std::array<std::uint64_t, kMaxPlaces> values;
    std::size_t size = 0;
    for (std::uint32_t p = entry.first_place; p != UINT32_MAX; p = places_[p].next) {
      if (places_[p].*side != 0) values[size++] = places_[p].*side;
    }
    std::sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(size));
    std::uint64_t best = 0;
    std::size_t best_count = 0;
    for (std::size_t i = 0; i < size;) {
      std::size_t j = i;
      while (j < size && values[j] == values[i]) ++j;
      if (j - i > best_count) {
        best_count = j - i;
        best = values[i];
      }
      i = j;
    }
    return best;
  };
  entry.left = most_frequent(&Place::left);
  entry.right = most_frequent(&Place::right);
}

void DocumentContext::describe(std::uint32_t at) {
  const WordTraits& w = *words_[at];
  TokenContext& t = tokens_[at];
  const Seen* lower = find_seen(w.lower);
  if (lower != nullptr && lower->lower) t.document_flags |= kLower;
  Seen* entry = find_seen(w.word);
  if (Seen* stem = w.genitive != 0 ? find_seen(w.genitive) : nullptr;
      stem != nullptr && (entry == nullptr || stem->count > entry->count)) {
    entry = stem;
  }
  if (entry == nullptr || entry->count == 0) return;
  t.word = static_cast<std::uint32_t>(entry - seen_.data());
  if (entry->mid_sentence > (t.initial ? 0U : 1U)) t.document_flags |= kMidSentence;
  if (entry->count > 1) t.document_flags |= kRepeated;
  if (entry->after_capital) t.document_flags |= kAfterCapital;
  if (entry->before_capital) t.document_flags |= kBeforeCapital;
  const std::uint32_t run = t.run_end - t.run_begin;
  const bool longer = entry->longest_run > run;
  const auto add = [&](std::uint64_t kind, std::uint64_t value) {
    t.document[t.document_count++] = join_hash(kind, value);
  };
  add(1, std::min(entry->longest_run, kLongRun) * 8 + entry->place_in_run + (longer ? 64U : 0U));
  if (longer) add(2, (entry->country_first ? 4U : 0U) + entry->place_in_run);
  if (entry->count > 1) {
    if (!entry->contexts_known) find_contexts(*entry);
    if (entry->left != 0 && t.document_count < t.document.size()) add(3, entry->left);
    if (entry->right != 0 && t.document_count < t.document.size()) add(4, entry->right);
  }
}

void DocumentContext::build(std::span<const WordTraits* const> words, std::span<const language::Sentence> sentences) {
  words_ = words;
  sentences_ = sentences;
  tokens_.assign(words.size(), {});
  capitals_.clear();
  seen_.clear();
  places_.clear();
  slots_.assign(kFirstSlots, 0);
  for (const language::Sentence& s : sentences) find_runs(s);
  // What a line in capitals shows of its words is no evidence.
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (capitals_[i] == 0) collect(sentences[i]);
  }
  for (const language::Sentence& s : sentences) {
    for (std::uint32_t i = s.first; i < s.last; ++i) {
      if (words[i]->capital) describe(i);
    }
  }
}

SentenceView DocumentContext::sentence(std::size_t index) const {
  const language::Sentence& s = sentences_[index];
  return {words_.subspan(s.first, s.last - s.first),
          std::span<const TokenContext>(tokens_).subspan(s.first, s.last - s.first), capitals_[index] != 0};
}

}  // namespace spalte::annotate
