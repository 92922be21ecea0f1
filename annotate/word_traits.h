// What does a single word look like to the tagger?
#pragma once

#include "annotate/word_lexicon.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace spalte::annotate {

inline constexpr std::size_t kAffixes = 5;  ///< prefixes and suffixes of 1 to 5 letters

/// Everything the features use of one distinct form, computed once. Hashes are 0 where there is no such thing.
struct WordTraits {
  std::uint64_t word = 0;         ///< as written, quotes and dashes unified, digits as 0
  std::uint64_t lower = 0;        ///< the same in lower case
  std::uint64_t shape = 0;        ///< X x d per letter, up to eight
  std::uint64_t short_shape = 0;  ///< the same, runs collapsed
  std::array<std::uint64_t, kAffixes> prefix{}, suffix{};
  std::uint64_t genitive = 0;  ///< a capitalised word without its final s or apostrophe
  std::uint64_t hyphen_left = 0, hyphen_right = 0;
  WordClusters clusters{};
  CaseBin case_bin = kCaseUnknown;
  std::uint8_t known = 0;         ///< KnownName bits, as `country`
  bool country = false;           ///< one-word country name, genitive s or a hyphened second part allowed
  bool country_compound = false;  ///< only the part before the hyphen is one
  bool capital = false;           ///< first letter is upper case
  bool may_be_name = false;       ///< has an upper-case letter (al-Qaida, iPhone) or is a web address (firda.no)
  bool all_caps = false;          ///< at least two letters, none lower case
  bool digit = false;
  bool punctuation = false;  ///< neither letter nor digit
  bool lower_word = false;   ///< begins with a lower-case letter and has no capital
  bool one_letter = false;
  bool bracket = false;  ///< "("
};

/// The spellings that clusters and case statistics are counted for: soft hyphens gone, quotes and dashes unified,
/// digits as 0; `lower` in lower case as well. WordTraits::word and ::lower are their hashes.
struct WordForms {
  std::string word, lower;
};
WordForms word_forms(std::string_view surface);

/// `surface` is UTF-8 in NFC; anything else is taken as it comes, without failing.
WordTraits word_traits(std::string_view surface, const WordLexicon& lexicon);

}  // namespace spalte::annotate
