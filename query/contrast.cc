// How are the words of two sets weighed against each other?
#include "query/contrast.h"

#include "language/analyser.h"
#include "query/facets.h"

#include <algorithm>
#include <unordered_map>

namespace spalte::query {
namespace {

constexpr std::size_t kSample = 2000;
/// What chance alone exceeds for one word in a hundred (chi-squared, one degree of freedom).
constexpr double kLeastScore = 6.63;

struct Frequencies {
  std::int64_t a = 0, b = 0;
};

std::int64_t read(const std::vector<Xapian::docid>& documents, std::int64_t Frequencies::*side,
                  std::unordered_map<std::string, Frequencies>& words, Reader& reader) {
  const std::vector<Xapian::docid> sample = sample_of(documents, kSample, reader);
  for (const auto& [word, n] : reader.archive().word_counts(sample)) words[word].*side = n;
  return static_cast<std::int64_t>(sample.size());
}

/// A hyphenated word is indexed joined and in pieces too; what says the same as a stronger word just above is left out.
void thin_out(std::vector<ContrastWord>& words, std::size_t limit) {
  std::vector<ContrastWord> out;
  for (const ContrastWord& w : words) {
    if (out.size() == limit) break;
    const bool said = std::any_of(out.begin(), out.end(), [&](const ContrastWord& o) {
      if (o.a != w.a || o.b != w.b) return false;
      std::string joined = o.key, other = w.key;
      std::erase(joined, '-');
      std::erase(other, '-');
      return joined.find(other) != std::string::npos || other.find(joined) != std::string::npos;
    });
    if (!said) out.push_back(w);
  }
  words = std::move(out);
}

}  // namespace

Contrast contrast(const std::vector<Xapian::docid>& a, const std::vector<Xapian::docid>& b, std::size_t limit,
                  Reader& reader) {
  Contrast out;
  std::unordered_map<std::string, Frequencies> words;
  out.sample_a = read(a, &Frequencies::a, words, reader);
  out.sample_b = read(b, &Frequencies::b, words, reader);
  if (out.sample_a == 0 || out.sample_b == 0) return out;
  const auto in_a = static_cast<double>(out.sample_a), in_b = static_cast<double>(out.sample_b);
  for (const auto& [key, n] : words) {
    const auto of_a = static_cast<double>(n.a), of_b = static_cast<double>(n.b);
    const bool more_in_a = of_a / in_a > of_b / in_b;
    if ((more_in_a ? n.a : n.b) < 2 || language::Analyser::is_stopword(key)) continue;
    const double score = log_likelihood(of_a, of_b, in_a, in_b);
    if (score >= kLeastScore) (more_in_a ? out.of_a : out.of_b).push_back({key, score, n.a, n.b});
  }
  for (auto* side : {&out.of_a, &out.of_b}) {
    std::sort(side->begin(), side->end(), [](const ContrastWord& x, const ContrastWord& y) {
      return x.score != y.score ? x.score > y.score : x.key < y.key;
    });
    thin_out(*side, limit);
  }
  return out;
}

}  // namespace spalte::query
