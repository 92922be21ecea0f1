// How often is each lemma meant? The committed count model (language/data/word_counts.bin), made from unlabelled text
// by spalte-count-words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::language::tools {

/// Counts of lemmas and probabilities of tags, as logarithms in 1/16, under 32-bit hashes: enough for ties and splits,
/// and no text can be read from it.
class WordCounts {
 public:
  /// Empty where the file is missing. Throws std::runtime_error for another format.
  static WordCounts read(const std::string& path);
  void write(const std::string& path) const;

  double lemma(std::string_view lemma_and_pos) const;  ///< expected count; 0: never seen
  double tag(std::string_view pos_and_tag) const;      ///< p(tag | pos)
  void set_lemma(std::string_view lemma_and_pos, double count);
  void set_tag(std::string_view pos_and_tag, double probability);

 private:
  std::unordered_map<std::uint32_t, std::uint8_t> lemmas_, tags_;
};

}  // namespace spalte::language::tools
