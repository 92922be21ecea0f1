// How is the count model stored?
#include "language/tools/word_counts.h"

#include "language/lexicon_format.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

namespace spalte::language::tools {
namespace {

constexpr char kMagic[8] = {'S', 'P', 'A', 'L', 'T', 'W', 'C', '2'};
constexpr double kScale = 16;
constexpr double kUnseenTag = 1e-4;

std::uint32_t hash32(std::string_view s) { return static_cast<std::uint32_t>(lex::hash(s)); }

void write_map(std::ofstream& out, const std::unordered_map<std::uint32_t, std::uint8_t>& map) {
  std::vector<std::pair<std::uint32_t, std::uint8_t>> rows(map.begin(), map.end());
  std::sort(rows.begin(), rows.end());
  const auto count = static_cast<std::uint32_t>(rows.size());
  out.write(reinterpret_cast<const char*>(&count), sizeof(count));
  for (const auto& [hash, value] : rows) {
    out.write(reinterpret_cast<const char*>(&hash), sizeof(hash));
    out.put(static_cast<char>(value));
  }
}

void read_map(std::ifstream& in, std::unordered_map<std::uint32_t, std::uint8_t>& map) {
  std::uint32_t count = 0;
  in.read(reinterpret_cast<char*>(&count), sizeof(count));
  for (std::uint32_t i = 0; in && i < count; ++i) {
    std::uint32_t hash = 0;
    in.read(reinterpret_cast<char*>(&hash), sizeof(hash));
    map[hash] = static_cast<std::uint8_t>(in.get());
  }
  if (!in) throw std::runtime_error("the count model ends too early");
}

double count(const std::unordered_map<std::uint32_t, std::uint8_t>& map, std::string_view text) {
  const auto found = map.find(hash32(text));
  return found == map.end() ? 0 : std::exp(found->second / kScale) - 1;
}

void set_count(std::unordered_map<std::uint32_t, std::uint8_t>& map, std::string_view text, double count) {
  const auto v = static_cast<std::uint8_t>(std::clamp(std::lround(std::log(count + 1) * kScale), 0L, 255L));
  if (v > 0) map[hash32(text)] = v;
}

std::string reading_name(int standard, std::string_view form, std::string_view lemma) {
  return std::string(standard == 0 ? "nb " : "nn ").append(form).append("\t").append(lemma);
}

}  // namespace

WordCounts WordCounts::read(const std::string& path) {
  WordCounts counts;
  std::ifstream in(path, std::ios::binary);
  if (!in) return counts;
  char magic[8];
  in.read(magic, sizeof(magic));
  if (!in || !std::equal(magic, magic + 8, kMagic)) throw std::runtime_error(path + " is no count model");
  read_map(in, counts.lemmas_);
  read_map(in, counts.tags_);
  read_map(in, counts.readings_);
  return counts;
}

void WordCounts::write(const std::string& path) const {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(kMagic, sizeof(kMagic));
  write_map(out, lemmas_);
  write_map(out, tags_);
  write_map(out, readings_);
  if (!out.flush()) throw std::runtime_error(path + " cannot be written");
}

double WordCounts::lemma(std::string_view text) const { return count(lemmas_, text); }

double WordCounts::tag(std::string_view text) const {
  const auto found = tags_.find(hash32(text));
  return found == tags_.end() ? kUnseenTag : std::exp(-found->second / kScale);
}

double WordCounts::reading(int standard, std::string_view form, std::string_view lemma) const {
  return count(readings_, reading_name(standard, form, lemma));
}

void WordCounts::set_lemma(std::string_view text, double count) { set_count(lemmas_, text, count); }

void WordCounts::set_reading(int standard, std::string_view form, std::string_view lemma, double count) {
  set_count(readings_, reading_name(standard, form, lemma), count);
}

void WordCounts::set_tag(std::string_view text, double p) {
  tags_[hash32(text)] = static_cast<std::uint8_t>(std::clamp(std::lround(-std::log(p) * kScale), 0L, 255L));
}

}  // namespace spalte::language::tools
