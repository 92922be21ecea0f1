// What do many texts have in common? Makes the dictionaries that texts and annotations are packed with
// (scripts/train-packing): sequences of one to five words that stand in many articles, the best at the end, where zstd
// names them most briefly; and zstd's own tables of how often what is used. No sequence of fewer articles gets in.
// usage: spalte-train-packing INDEX FOLDER [INDEX_TO_MEASURE]
#include "schema/annotation_codec.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/packing.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <zdict.h>
#include <zstd.h>

namespace {

using namespace spalte;
using Samples = std::vector<std::string>;

constexpr std::size_t kLeastArticles = 10, kMostWords = 5, kShortest = 4;
/// Bytes that naming a sequence costs.
constexpr double kNaming = 2.5;
constexpr std::size_t kMostSamples = 2000;  ///< for zstd's tables
constexpr int kCompression = 3;

struct Kind {
  const char* file;
  unsigned number;   ///< of 32768 to 2^31, as zstd asks of unregistered ones
  std::size_t bytes;
};
constexpr Kind kText{"text.dict", 40001, 64 << 10}, kAnnotation{"annotation.dict", 40002, 32 << 10};

/// [begin, end) of each run of bytes that are neither blanks nor control characters.
std::vector<std::pair<std::size_t, std::size_t>> words_of(std::string_view s) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = 0; at < s.size();) {
    while (at < s.size() && static_cast<unsigned char>(s[at]) <= ' ') ++at;
    const std::size_t begin = at;
    while (at < s.size() && static_cast<unsigned char>(s[at]) > ' ') ++at;
    if (at > begin) out.emplace_back(begin, at);
  }
  return out;
}

/// In how many samples each sequence stands, of those in enough. Level by level: what is rare is not part of anything
/// frequent. In annotations the byte before a string is its length, and belongs to it.
std::unordered_map<std::string, std::size_t> frequent(const Samples& samples, bool lengths) {
  std::unordered_map<std::string, std::size_t> out;
  for (std::size_t n = 1; n <= kMostWords; ++n) {
    std::unordered_map<std::string, std::size_t> level;
    for (const std::string& s : samples) {
      const auto words = words_of(s);
      const auto sequence = [&](std::size_t i, std::size_t count) {
        const std::size_t begin = words[i].first - (lengths && words[i].first > 0 ? 1 : 0);
        return std::string_view(s).substr(begin, words[i + count - 1].second - begin);
      };
      std::unordered_set<std::string_view> seen;
      for (std::size_t i = 0; i + n <= words.size(); ++i) {
        bool whole = true;
        for (std::size_t k = i + 1; k < i + n; ++k)
          whole = whole && words[k].first == words[k - 1].second + 1 && (lengths || s[words[k].first - 1] == ' ');
        if (!whole) continue;
        if (n > 1 && (out.count(std::string(sequence(i, n - 1))) == 0 || out.count(std::string(sequence(i + 1, n - 1))) == 0))
          continue;
        seen.insert(sequence(i, n));
      }
      for (const std::string_view one : seen) ++level[std::string(one)];
    }
    for (auto& [text, count] : level)
      if (count >= kLeastArticles) out.emplace(text, count);
  }
  return out;
}

std::string train(const Samples& samples, const Kind& kind, bool lengths) {
  std::vector<std::pair<double, std::string>> best;
  for (const auto& [text, count] : frequent(samples, lengths))
    if (text.size() >= kShortest)
      best.emplace_back(static_cast<double>(count) * (static_cast<double>(text.size()) + 1 - kNaming), text);
  std::sort(best.begin(), best.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  constexpr std::size_t kTables = 2048;
  std::string content;
  for (const auto& [gain, text] : best) {
    if (content.size() + text.size() + 1 > kind.bytes - kTables) break;
    if (content.find(text) == std::string::npos) content.insert(0, lengths ? text : text + ' ');
  }
  std::string all;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < std::min(samples.size(), kMostSamples); ++i) {
    const std::string& s = samples[i * samples.size() / std::min(samples.size(), kMostSamples)];
    all += s;
    sizes.push_back(s.size());
  }
  std::string out(kind.bytes, '\0');
  const std::size_t size =
      ZDICT_finalizeDictionary(out.data(), out.size(), content.data(), content.size(), all.data(), sizes.data(),
                               static_cast<unsigned>(sizes.size()), {kCompression, 0, kind.number});
  if (ZDICT_isError(size) != 0U) {
    std::fprintf(stderr, "%s: %s\n", kind.file, ZDICT_getErrorName(size));
    return {};
  }
  out.resize(size);
  return out;
}

/// Every article's text and annotation.
bool read(const char* folder, Samples& texts, Samples& annotations) {
  auto catalogue = Catalogue::open(IndexFolder{folder}.catalogue(), Catalogue::Mode::read_only);
  if (!catalogue) {
    std::fprintf(stderr, "%s\n", catalogue.error().message.c_str());
    return false;
  }
  std::vector<std::int64_t> rows;
  if (!catalogue->each_article([&](const ArticleRow& a) { return rows.push_back(a.row), true; })) return false;
  for (const std::int64_t row : rows) {
    Article a;
    const auto annotation = catalogue->annotation(row);
    if (!catalogue->load_text(row, a) || !annotation) return false;
    texts.push_back(std::move(a.text));
    annotations.push_back(encode_annotation(*annotation));
  }
  return true;
}

void measure(const Samples& samples, const std::string& dictionary, const char* name) {
  std::size_t bytes = 0, alone = 0, with = 0;
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CDict* ready = ZSTD_createCDict(dictionary.data(), dictionary.size(), kCompression);
  for (const std::string& s : samples) {
    std::string out(ZSTD_compressBound(s.size()), '\0');
    bytes += s.size();
    alone += ZSTD_compressCCtx(context, out.data(), out.size(), s.data(), s.size(), kCompression);
    with += ZSTD_compress_usingCDict(context, out.data(), out.size(), s.data(), s.size(), ready);
  }
  ZSTD_freeCDict(ready);
  ZSTD_freeCCtx(context);
  std::printf("%s: %zu bytes, packed %zu, with the dictionary %zu (%.3f of that)\n", name, bytes, alone, with,
              static_cast<double>(with) / static_cast<double>(std::max<std::size_t>(alone, 1)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: spalte-train-packing INDEX FOLDER [INDEX_TO_MEASURE]\n", stderr);
    return 2;
  }
  Samples texts, annotations;
  if (!read(argv[1], texts, annotations)) return 4;
  const std::string text = train(texts, kText, false), annotation = train(annotations, kAnnotation, true);
  if (text.empty() || annotation.empty()) return 1;
  for (const auto& [kind, bytes] : {std::pair{kText, &text}, {kAnnotation, &annotation}}) {
    std::ofstream file(std::string(argv[2]) + "/" + kind.file, std::ios::binary);
    file.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    if (!file) return 4;
  }
  for (int i = 1; i < argc; i += 2) {
    Samples t, a;
    if (!read(argv[i], t, a)) return 4;
    std::printf("%s, %zu articles\n", i == 1 ? "trained on" : "measured on", t.size());
    measure(t, text, "  texts");
    measure(a, annotation, "  annotations");
  }
  return 0;
}
