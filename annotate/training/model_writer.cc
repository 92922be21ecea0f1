// How are features pruned, weights quantised and sections laid out?
#include "annotate/training/model_writer.h"

#include "annotate/tagger_hash.h"
#include "annotate/tagger_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <numeric>
#include <span>

#include <fmt/format.h>

namespace spalte::annotate {
namespace {

constexpr std::size_t kRowsPerBucket = 4;

class Sections {
 public:
  template <typename T>
  ModelSection add(std::span<const T> elements) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
    const ModelSection section{sizeof(ModelHeader) + bytes_.size(), elements.size()};
    bytes_.append(reinterpret_cast<const char*>(elements.data()), elements.size_bytes());
    return section;
  }
  template <typename T>
  ModelSection add(const std::vector<T>& elements) {
    return add(std::span<const T>(elements));
  }
  ModelTable add(const TableData& table) { return {table.bits, add(table.offsets), add(table.keys)}; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace

TableData make_table(const std::vector<std::uint64_t>& hashes) {
  TableData out;
  while ((std::size_t{1} << out.bits) * kRowsPerBucket < hashes.size()) ++out.bits;
  const auto bits = static_cast<unsigned>(out.bits);
  std::vector<std::uint32_t> order(hashes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint64_t drop = 32 - bits;
    return hashes[a] >> drop < hashes[b] >> drop;
  });
  out.offsets.assign((std::size_t{1} << bits) + 1, 0);
  for (const std::uint32_t number : order) {
    const std::uint64_t hash = hashes[number];
    if (!out.order.empty() && hashes[out.order.back()] >> (32 - bits) == hash >> (32 - bits)) continue;
    out.order.push_back(number);
    out.keys.push_back(KeyTable::key(hash, bits));
    ++out.offsets[KeyTable::bucket(hash, bits) + 1];
  }
  std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
  return out;
}

LexiconData::LexiconData(const WordFile& file) {
  std::vector<std::uint64_t> hashes;
  for (const WordFile::Clustered& word : file.words) hashes.push_back(hash_bytes(word.form));
  words = make_table(hashes);
  for (const std::uint32_t number : words.order) {
    clusters.push_back(WordLexicon::pack_clusters(file.words[number].clusters));
  }
  hashes.clear();
  for (const WordFile::Cased& word : file.cases) hashes.push_back(hash_bytes(word.form));
  cases = make_table(hashes);
  for (const std::uint32_t number : cases.order) bins.push_back(file.cases[number].bin);
}

WordLexicon LexiconData::view() const {
  return WordLexicon(KeyTable(words.offsets, words.keys, static_cast<unsigned>(words.bits)), clusters,
                     KeyTable(cases.offsets, cases.keys, static_cast<unsigned>(cases.bits)), bins);
}

Result<std::size_t> write_model(const std::string& path, const LabelScheme& labels, const TrainingData& data,
                                const CrfWeights& weights, const LexiconData& lexicon, const PruneOptions& prune,
                                float sharing) {
  const std::size_t size = labels.size(), stride = labels.stride();
  std::vector<std::uint64_t> hashes;
  std::vector<std::size_t> kept;
  float largest = 0;
  for (std::size_t f = 0; f < data.feature_hash.size(); ++f) {
    float highest = 0;
    for (std::size_t k = 0; k < size; ++k) highest = std::max(highest, std::fabs(weights.features[f * stride + k]));
    largest = std::max(largest, highest);
    if (highest < prune.feature) continue;
    hashes.push_back(data.feature_hash[f]);
    kept.push_back(f);
  }
  const float limit = std::min(largest, prune.limit);
  ModelHeader header;
  header.scale = limit / 127;
  header.sharing = sharing;
  const TableData features = make_table(hashes);
  std::vector<std::uint32_t> rows{0};
  std::vector<std::uint16_t> entries;
  for (const std::uint32_t number : features.order) {
    const float* row = &weights.features[kept[number] * stride];
    for (std::size_t k = 0; k < size; ++k) {
      if (std::fabs(row[k]) < prune.weight) continue;
      const long step = std::lrint(std::clamp(row[k], -limit, limit) / header.scale);
      if (step != 0)
        entries.push_back(static_cast<std::uint16_t>(k | static_cast<unsigned>(static_cast<std::uint8_t>(step)) << 8));
    }
    rows.push_back(static_cast<std::uint32_t>(entries.size()));
  }
  std::string types;
  for (const std::string& type : labels.types()) types += type + "\n";

  Sections sections;
  header.types = sections.add(std::span<const char>(types));
  header.transitions = sections.add(weights.transitions);
  header.features = sections.add(features);
  header.rows = sections.add(rows);
  header.weights = sections.add(entries);
  header.words = sections.add(lexicon.words);
  header.clusters = sections.add(lexicon.clusters);
  header.cases = sections.add(lexicon.cases);
  header.bins = sections.add(lexicon.bins);
  std::memcpy(header.magic, kModelMagic.data(), sizeof header.magic);
  header.size = sizeof header + sections.bytes().size();
  header.checksum = model_checksum(sections.bytes());

  const std::string temporary = path + ".new";
  std::ofstream file(temporary, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  file.write(sections.bytes().data(), static_cast<std::streamsize>(sections.bytes().size()));
  file.close();
  if (!file || std::rename(temporary.c_str(), path.c_str()) != 0) {
    return fail(ErrorCode::failed, fmt::format("{} cannot be written", path));
  }
  return static_cast<std::size_t>(header.size);
}

}  // namespace spalte::annotate
