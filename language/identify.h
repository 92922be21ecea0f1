// Is a text bokmål, nynorsk or neither?
#pragma once

#include "language/standard.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace spalte::language {

/// What one word says of its language; computed once per word type.
struct LanguageMarks {
  std::uint8_t languages = 0;  ///< bits of languages that have this function word, and no other listed one
  bool nb_only = false;        ///< the lexicon has the form in one standard alone
  bool nn_only = false;
  bool known = false;  ///< a Norwegian word
};

class Lexicon;

/// Votes of words. Add every word's marks, then ask. Method: function words that only one of six languages has count
/// double, forms that only one standard's lexicon has count once; a text most of whose small-letter words the lexicon
/// does not know is not Norwegian.
class StandardVotes {
 public:
  static LanguageMarks marks(std::string_view folded, const Lexicon& lexicon);
  void add(const LanguageMarks& marks, bool capitalised);
  void add(const StandardVotes& other);
  /// `fallback` answers where the votes are equal or too few.
  Standard decide(Standard fallback) const;

 private:
  std::array<std::uint32_t, 6> votes_{};  ///< nb, nn, danish, swedish, english, german
  std::array<std::uint32_t, 6> own_{};    ///< words of that language alone
  std::uint32_t unknown_ = 0;             ///< words in small letters that the lexicon lacks
  std::uint32_t small_ = 0, known_ = 0;   ///< words in small letters, and those of them that the lexicon knows
};

}  // namespace spalte::language
