// How are values of matching documents counted?
#include "query/facets.h"

#include "query/tally.h"
#include "query/values.h"
#include "schema/slots.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace spalte::query {
namespace {

/// So many times what is shown is looked at for words that are another one, written otherwise.
constexpr std::size_t kHyphenated = 4;
/// Sample of the matches that the distinctive words are read from: enough for stable counts, bounded in time.
constexpr std::size_t kSample = 1000;

}  // namespace

double log_likelihood(double a, double b, double c, double d) {
  const double e1 = c * (a + b) / (c + d), e2 = d * (a + b) / (c + d);
  return 2 * ((a > 0 ? a * std::log(a / e1) : 0) + (b > 0 ? b * std::log(b / e2) : 0));
}

std::map<std::string, std::int64_t> count_values(const Xapian::Query& query, std::uint32_t slot, std::size_t cut,
                                                 Reader& reader) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [values, n] : tally_values(query, {{slot, static_cast<std::uint32_t>(cut)}}, reader))
    counts[values[0]] += n;
  return counts;
}

std::vector<Xapian::docid> sample_of(std::vector<Xapian::docid> documents, std::size_t most, Reader& reader) {
  if (documents.size() <= most) return documents;
  std::vector<std::pair<std::uint64_t, Xapian::docid>> heap;  // the smallest hashes, the greatest of them first
  reader.archive().each_values(Part::articles, documents, {slot::kSortId},
                               [&](Xapian::docid d, const std::string* id) {
                                 heap.emplace_back(stable_hash(*id), d);
                                 std::push_heap(heap.begin(), heap.end());
                                 if (heap.size() <= most) return;
                                 std::pop_heap(heap.begin(), heap.end());
                                 heap.pop_back();
                               });
  documents.clear();
  for (const auto& [hash, d] : heap) documents.push_back(d);
  std::sort(documents.begin(), documents.end());
  return documents;
}

std::vector<DistinctiveWord> distinctive_words(const Xapian::Query& query, Reader& reader, std::size_t limit) {
  Xapian::Database& db = reader.articles();
  const std::vector<Xapian::docid> found = sample_of(matching(query, reader), kSample, reader);
  const std::unordered_map<std::string, std::int64_t> in_sample = reader.archive().word_counts(found);
  std::vector<DistinctiveWord> out;
  const double sample = static_cast<double>(found.size()), rest = db.get_doccount() - sample;
  for (const auto& [key, n] : in_sample) {
    if (n < 2 || language::Analyser::is_stopword(key)) continue;
    const double everywhere = db.get_termfreq(key), elsewhere = std::max(0.0, everywhere - static_cast<double>(n));
    if (rest > 0 && static_cast<double>(n) / sample <= elsewhere / rest) continue;
    out.push_back(
        {key, rest > 0 ? log_likelihood(static_cast<double>(n), elsewhere, sample, rest) : static_cast<double>(n), n});
  }
  std::sort(out.begin(), out.end(), [](const DistinctiveWord& a, const DistinctiveWord& b) {
    return a.score != b.score ? a.score > b.score : a.key < b.key;
  });
  if (out.size() > kHyphenated * limit) out.resize(kHyphenated * limit);
  // A hyphenated word is indexed joined too; it is shown once, as it is written.
  std::vector<std::string> joined;
  for (const DistinctiveWord& w : out)
    if (w.key.find('-') != std::string::npos) {
      joined.push_back(w.key);
      std::erase(joined.back(), '-');
    }
  std::erase_if(out, [&](const DistinctiveWord& w) {
    return w.key.find('-') == std::string::npos && w.key.size() > 3 &&
           std::any_of(joined.begin(), joined.end(),
                       [&](const std::string& j) { return j.starts_with(w.key) && j.size() <= w.key.size() + 2; });
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace spalte::query
