// How do the endings of known words tell the key of unknown ones?
#pragma once

#include "language/lexicon_format.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::language::tools {

/// Learns (strip, add) for endings of two to six bytes and more from forms and their keys; keeps what at least eight
/// words and 40 % of an ending's words do, and drops an ending whose shorter one says the same (recipe: lexicon, table
/// 2).
class SuffixRules {
 public:
  /// `standard`: 0 bokmål, 1 nynorsk.
  void add(int standard, std::string_view form, std::string_view key, double weight);
  /// The table; what is added stands at the beginning of `strings` (which must be empty), NUL-ended.
  std::vector<lex::SuffixRule> table(std::string& strings) const;

 private:
  struct Tally {
    double all = 0;
    std::unordered_map<std::string, double> changes;  ///< strip as a byte, then what is added
  };
  std::unordered_map<std::string, Tally> endings_[2];
};

/// The text under which an ending is hashed.
inline std::string suffix_text(int standard, std::string_view ending) {
  return std::string(1, static_cast<char>('0' + standard)).append(ending);
}

}  // namespace spalte::language::tools
