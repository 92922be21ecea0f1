// Which readings does each form of the dictionaries have, and which lemmas of the standards are one word?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spalte::language::tools {

/// Interned strings.
class Names {
 public:
  std::uint32_t number(std::string_view text);
  const std::string& text(std::uint32_t n) const { return texts_[n]; }
  std::size_t size() const { return texts_.size(); }
  /// UINT32_MAX: not known.
  std::uint32_t find(const std::string& text) const;

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

struct Reading {
  std::uint32_t lemma = 0;  ///< number of "lemma\tpos", both normalised
  std::uint32_t tag = 0;    ///< number of "pos<m><sg><def>"
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct Dictionaries {
  Names lemmas, tags;
  std::unordered_map<std::string, std::vector<Reading>> forms[2];        ///< nb, nn: folded form → readings
  std::unordered_map<std::string, std::vector<std::uint32_t>> heads[2];  ///< linking form → lemmas
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>
      bokmaal_of;  ///< nynorsk lemma → bokmål lemmas of the pair list

  std::string_view lemma_text(std::uint32_t lemma) const;
  std::string_view pos(std::uint32_t lemma) const;
};

/// Reads nob-nno.automorf.bin, nno-nob.automorf.bin and nob-nno.autobil.bin in `folder`. About 3 s. Throws
/// std::runtime_error.
Dictionaries read_dictionaries(const std::string& folder);

}  // namespace spalte::language::tools
