// How does a trained model lie on disk, and how is it read?
#pragma once

#include "annotate/key_table.h"
#include "annotate/label_scheme.h"
#include "annotate/word_lexicon.h"
#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// The file, little-endian, each section at a multiple of 8 bytes:
///   ModelHeader
///   types        names of the types, newline after each
///   transitions  float per label pair, from × labels + to
///   features     bucket offsets (u32), keys (u32), first weight of each row and one past the last (u32)
///   weights      u16 each: label in the low byte, weight in units of `scale` in the high byte (signed)
///   words        bucket offsets, keys, packed clusters (u32)
///   cases        bucket offsets, keys, bins (u8)
inline constexpr std::string_view kModelMagic = "SpActor1";

struct ModelSection {
  std::uint64_t offset = 0;  ///< bytes from the start of the file
  std::uint64_t count = 0;   ///< elements
};

struct ModelTable {
  std::uint64_t bits = 1;  ///< 2^bits buckets
  ModelSection offsets, keys;
};

struct ModelHeader {
  char magic[8] = {};
  std::uint64_t size = 0;      ///< of the whole file
  std::uint64_t checksum = 0;  ///< model_checksum of all after the header
  float scale = 0;
  float sharing = 0;  ///< how much the other occurrences of a word count (SequenceTagger)
  ModelSection types, transitions;
  ModelTable features;
  ModelSection rows, weights;
  ModelTable words;
  ModelSection clusters;
  ModelTable cases;
  ModelSection bins;
};

/// Eight bytes at a time: finds damage, does not resist malice.
std::uint64_t model_checksum(std::string_view bytes);

/// A model mapped into memory. Immutable and shared by all threads.
class TaggerModel {
 public:
  ~TaggerModel();
  TaggerModel(const TaggerModel&) = delete;
  TaggerModel& operator=(const TaggerModel&) = delete;

  const LabelScheme& labels() const { return labels_; }
  const WordLexicon& lexicon() const { return lexicon_; }
  float transition(std::size_t from, std::size_t to) const { return transitions_[from * labels_.size() + to]; }
  /// Adds the weights of a feature to `scores` (labels().size() of them); nothing for an unknown one.
  void add_scores(std::uint64_t feature, float* scores) const {
    const std::size_t row = features_.find(feature);
    if (row != KeyTable::kNone) add_row(row, scores);
  }
  /// The same for each of several, in order: their rows are fetched together, which takes two thirds of the time of one
  /// after the other, as the tables lie beyond the nearest caches.
  void add_scores(std::span<const std::uint64_t> features, float* scores) const;
  float sharing() const { return sharing_; }
  /// Checksum in 16 hexadecimal digits: names the model.
  const std::string& version() const { return version_; }

 private:
  TaggerModel() = default;
  void add_row(std::size_t row, float* scores) const {
    for (std::uint32_t w = rows_[row], end = rows_[row + 1]; w < end; ++w) {
      scores[weights_[w] & 0xff] += static_cast<float>(static_cast<std::int8_t>(weights_[w] >> 8)) * scale_;
    }
  }
  friend Result<std::shared_ptr<const TaggerModel>> open_tagger_model(const std::string& path);
  Status read();

  std::string_view bytes_;  ///< the mapping
  LabelScheme labels_;
  std::span<const float> transitions_;
  KeyTable features_;
  std::span<const std::uint32_t> rows_;
  std::span<const std::uint16_t> weights_;
  float scale_ = 0, sharing_ = 0;
  WordLexicon lexicon_;
  std::string version_;
};

}  // namespace spalte::annotate
