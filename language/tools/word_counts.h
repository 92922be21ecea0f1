// How often is each lemma meant? The committed count model (language/data/word_counts.bin), made from unlabelled text
// by spalte-count-words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::language::tools {

/// Counts of lemmas, of readings of ambiguous forms, and probabilities of tags, as logarithms in 1/16, under 32-bit
/// hashes: enough for ties and splits, and no text can be read from it.
class WordCounts {
 public:
  /// Empty where the file is missing. Throws std::runtime_error for another format.
  static WordCounts read(const std::string& path);
  void write(const std::string& path) const;

  double lemma(std::string_view lemma_and_pos) const;  ///< expected count; 0: never seen
  double tag(std::string_view pos_and_tag) const;      ///< p(tag | pos)
  /// Expected count of a form as a form of that lemma in text of that standard (0: bokmål); 0: never seen, or the form
  /// is of one lemma alone.
  double reading(int standard, std::string_view form, std::string_view lemma_and_pos) const;
  /// How often a form that is a name or another word is written with a capital within a sentence, and with a small
  /// letter.
  double as_name(std::string_view form) const { return reading(0, form, "name"); }
  double small(std::string_view form) const { return reading(0, form, "small"); }
  void set_as_name(std::string_view form, double name, double small) {
    set_reading(0, form, "name", name);
    set_reading(0, form, "small", small);
  }
  void set_lemma(std::string_view lemma_and_pos, double count);
  void set_tag(std::string_view pos_and_tag, double probability);
  void set_reading(int standard, std::string_view form, std::string_view lemma_and_pos, double count);

 private:
  std::unordered_map<std::uint32_t, std::uint8_t> lemmas_, tags_, readings_;
};

}  // namespace spalte::language::tools
