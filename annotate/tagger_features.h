// Which features does a token have? The one place; trainer and tagger both call it, so they cannot differ.
#pragma once

#include "annotate/tagger_hash.h"
#include "annotate/word_traits.h"

#include <array>
#include <cstdint>
#include <span>

namespace spalte::annotate {

/// What a token's place and the rest of its article tell of it.
struct TokenContext {
  std::uint32_t run_begin = 0, run_end = 0;  ///< the run of capitalised tokens around it, within the sentence
  std::uint32_t word =
      UINT32_MAX;  ///< the same for all occurrences of a capitalised word in the article, genitive or not
  std::array<std::uint64_t, 4> document{};  ///< hashed; see document_context.cc
  std::uint8_t document_count = 0;
  std::uint8_t document_flags = 0;
  bool initial = false;  ///< first word of its sentence; dashes, quotes and brackets before it do not count
};

/// A sentence as the features see it. Owns nothing.
struct SentenceView {
  std::span<const WordTraits* const> words;
  std::span<const TokenContext> tokens;
  bool capitals = false;  ///< most of its words are written in capitals
};

/// Words this far to both sides have features of their own at a token.
inline constexpr int kReach = 2;

namespace feature {

inline constexpr std::uint64_t kStart = 12345, kEnd = 54321;  ///< stand for the words outside a sentence

/// One feature: which template, and its value.
constexpr std::uint64_t make(std::uint64_t id, std::uint64_t value) {
  return mix_hash(value * 0x9e3779b97f4a7c15ULL + id * 0xff51afd7ed558ccdULL);
}
/// Templates repeat per offset.
constexpr std::uint64_t at(std::uint64_t id, int offset) {
  return id * 8 + static_cast<std::uint64_t>(offset + kReach);
}

}  // namespace feature

/// The features at a token of the word that stands `offset` from it (-2 … 2): they depend on that word alone, so that
/// their scores can be summed once per distinct word. A word outside the sentence: outside_features.
template <typename Add>
void word_features(const WordTraits& w, int offset, Add&& add) {
  using feature::at, feature::make;
  const std::uint64_t capital = w.capital ? 1 : 0;
  add(make(at(1, offset), w.lower));
  add(make(at(2, offset), w.short_shape));
  for (std::uint64_t k = 0; k < kClusterings; ++k) {
    if (w.clusters[k] != 0) add(make(at(3 + k, offset), w.clusters[k] * 2ULL + capital));
  }
  if (offset < -1 || offset > 1) return;
  add(make(at(6, offset), w.word));
  add(make(at(7, offset), w.case_bin * 2ULL + capital));
  if (w.country) add(make(at(8, offset), 1));
  if (w.country_compound) add(make(at(8, offset), 2));
  if (w.known != 0) add(make(at(10, offset), w.known));
  if (w.suffix[2] != 0) add(make(at(9, offset), w.suffix[2]));
  if (offset != 0) return;
  add(make(200, 0));
  add(make(201, w.shape));
  for (std::uint64_t k = 0; k < kAffixes; ++k) {
    if (w.prefix[k] != 0) add(make(210 + k, w.prefix[k]));
    if (w.suffix[k] != 0 && k != 2) add(make(220 + k, w.suffix[k]));
  }
  if (w.suffix[2] != 0) add(make(202, w.suffix[2] ^ w.short_shape));
  if (w.genitive != 0) {
    add(make(203, w.genitive));
    add(make(204, 1));
  }
  if (w.hyphen_left != 0) {
    add(make(205, w.hyphen_left));
    add(make(206, w.hyphen_right));
  }
}

/// The same for a place outside the sentence.
template <typename Add>
void outside_features(int offset, Add&& add) {
  const std::uint64_t border = offset < 0 ? feature::kStart : feature::kEnd;
  add(feature::make(feature::at(1, offset), border));
  add(feature::make(feature::at(2, offset), border));
}

namespace feature {

/// Shapes and words of neighbours together.
template <typename Add>
void neighbour_features(const SentenceView& s, std::size_t i, Add&& add) {
  const WordTraits& w = *s.words[i];
  const WordTraits* left = i > 0 ? s.words[i - 1] : nullptr;
  const WordTraits* right = i + 1 < s.words.size() ? s.words[i + 1] : nullptr;
  const std::uint64_t left_shape = left != nullptr ? left->short_shape : kStart;
  const std::uint64_t right_shape = right != nullptr ? right->short_shape : kEnd;
  const std::uint64_t shapes = join_hash(left_shape, w.short_shape);
  add(make(700, shapes));
  add(make(701, join_hash(w.short_shape, right_shape)));
  add(make(702, join_hash(shapes, right_shape)));
  add(make(703, join_hash(left != nullptr ? left->lower : kStart, w.short_shape)));
  add(make(704, join_hash(right != nullptr ? right->lower : kEnd, w.short_shape)));
  const std::uint64_t own = w.clusters[0] * 2ULL + (w.capital ? 1 : 0);
  if (left != nullptr) {
    add(make(705, left->clusters[0] * 1009ULL + own));
    add(make(706, join_hash(left->clusters[1], w.short_shape)));
  }
  if (right != nullptr) {
    add(make(707, right->clusters[0] * 1009ULL + own));
    add(make(708, join_hash(right->clusters[1], w.short_shape)));
  }
  if (left != nullptr && right != nullptr) {
    add(make(709, (left->clusters[0] * 1009ULL + right->clusters[0]) * 2 + (w.capital ? 1 : 0)));
  }
  const auto country = [](const WordTraits* x) {
    return x == nullptr ? 0U : (x->country ? 1U : 0U) + (x->country_compound ? 2U : 0U);
  };
  if (left != nullptr && left->capital && (country(left) | country(&w)) != 0)
    add(make(710, country(left) * 4 + country(&w)));
  if (right != nullptr && right->capital && (country(right) | country(&w)) != 0)
    add(make(711, country(&w) * 4 + country(right)));
}

/// Where the token stands in its sentence, and how that is written.
template <typename Add>
void place_features(const SentenceView& s, std::size_t i, Add&& add) {
  const WordTraits& w = *s.words[i];
  const std::size_t size = s.words.size();
  const std::uint64_t initial = s.tokens[i].initial ? 1 : 0;
  const std::uint64_t flags = initial | (s.capitals ? 2 : 0) | (w.capital ? 4 : 0) | (w.all_caps ? 8 : 0);
  add(make(720, flags));
  add(make(721, join_hash(flags, w.short_shape)));
  add(make(722, size < 6 ? size : 6));
  if (i + 1 == size) add(make(723, w.capital ? 1 : 0));
  if (i == 0 && size < 10 && !s.words[size - 1]->punctuation) add(make(724, w.capital ? 1 : 0));
  if (i + 1 < size && s.words[i + 1]->bracket) add(make(725, w.all_caps ? 1 : 0));
  add(make(726, w.case_bin * 4ULL + (w.capital ? 2 : 0) + initial));
  add(make(727, join_hash(w.case_bin * 2ULL + initial, w.short_shape)));
}

/// The run of capitalised words around a capitalised one.
template <typename Add>
void run_features(const SentenceView& s, std::size_t i, Add&& add) {
  const auto least = [](std::size_t a, std::size_t b) { return static_cast<std::uint64_t>(a < b ? a : b); };
  std::size_t begin = s.tokens[i].run_begin;
  const std::size_t end = s.tokens[i].run_end;
  // A common word at the start of a sentence has its capital from its place.
  if (begin < i && s.tokens[begin].initial && s.words[begin]->case_bin < kCaseMostlyCapital) ++begin;
  const WordTraits* left = begin > 0 ? s.words[begin - 1] : nullptr;
  const WordTraits* right = end < s.words.size() ? s.words[end] : nullptr;
  const std::uint64_t left_word = left != nullptr ? left->lower : kStart;
  const std::uint64_t right_word = right != nullptr ? right->lower : kEnd;
  const std::uint64_t place = (i == begin ? 0ULL : i + 1 == end ? 2ULL : 1ULL) * 8 + least(end - begin, 5);
  const std::uint64_t from_left = least(i - begin, 2), to_right = least(end - i, 3);
  add(make(740, place));
  add(make(741, join_hash(left_word, from_left)));
  add(make(742, join_hash(right_word, to_right)));
  add(make(743, join_hash(left_word, right_word)));
  if (left != nullptr) {
    add(make(744, left->clusters[1] * 4ULL + from_left));
    if (left->suffix[3] != 0) add(make(745, left->suffix[3]));
  }
  if (right != nullptr) add(make(746, right->clusters[1] * 4ULL + to_right));
  if (end - begin > 1) {
    const WordTraits& first = *s.words[begin];
    const WordTraits& last = *s.words[end - 1];
    add(make(747, last.lower));
    add(make(748, first.lower));
    add(make(749, (first.country ? 64ULL : 0) + place));
    add(make(752, first.known * 64ULL + place));
    if (last.suffix[3] != 0) add(make(750, last.suffix[3]));
    add(make(751, join_hash(first.clusters[1], last.clusters[1] * 64ULL + place)));
  }
}

/// What the article shows of a capitalised word elsewhere.
template <typename Add>
void document_features(const SentenceView& s, std::size_t i, Add&& add) {
  const TokenContext& t = s.tokens[i];
  add(make(760, t.document_flags * 2ULL + (t.initial ? 1 : 0)));
  add(make(761, join_hash(t.document_flags, s.words[i]->short_shape)));
  for (std::size_t k = 0; k < t.document_count; ++k) add(make(762, t.document[k]));
  if (i + 1 < s.words.size() && s.words[i + 1]->capital) {
    add(make(763, t.document_flags * 64ULL + s.tokens[i + 1].document_flags));
  }
}

}  // namespace feature

/// All other features of token i: those that depend on several words, on the place or on the article.
template <typename Add>
void context_features(const SentenceView& s, std::size_t i, Add&& add) {
  feature::neighbour_features(s, i, add);
  feature::place_features(s, i, add);
  if (!s.words[i]->capital) return;
  feature::run_features(s, i, add);
  feature::document_features(s, i, add);
}

/// A name may begin two tokens before its first capital (de Gaulle) and end three after its last (measured: no loss).
inline constexpr std::size_t kWindowBefore = 2, kWindowAfter = 3;

/// The stretches of a sentence that are worth tagging, [begin, end) each: what lies near a capital letter or a web
/// address. Only these are trained on and tagged; all else is outside names.
template <typename Visit>
void visit_windows(std::span<const WordTraits* const> words, Visit&& visit) {
  for (std::size_t i = 0; i < words.size();) {
    if (!words[i]->may_be_name) {
      ++i;
      continue;
    }
    const std::size_t begin = i < kWindowBefore ? 0 : i - kWindowBefore;
    std::size_t end = i + kWindowAfter + 1;
    // Windows that touch are one.
    for (std::size_t k = i + 1; k < words.size() && k < end + kWindowBefore; ++k) {
      if (words[k]->may_be_name) end = k + kWindowAfter + 1;
    }
    end = end < words.size() ? end : words.size();
    visit(begin, end);
    i = end;
  }
}

}  // namespace spalte::annotate
