// How close is close?
#include "query/rerank.h"

#include "query/common_forms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace spalte::query {
namespace {

/// Weights and distances, like BM25's, were tuned together on the development questions (bokmål and nynorsk, news and
/// encyclopedia, among 43,437 reviews): half or double of any costs less than .005 of MRR@10.
struct Window {
  Xapian::termpos width;
  double weight;
};
/// The last is the whole article.
constexpr std::array<Window, 3> kWindows{{{15, 0.4}, {50, 1.2}, {std::numeric_limits<Xapian::termpos>::max(), 0.2}}};
/// Neighbours of the query that stand in the same order, next to each other but for one word.
constexpr double kNeighbourWeight = 1.0;
constexpr Xapian::termpos kNeighbourDistance = 2;
/// Words of the query at most four apart that stand near each other in any order.
constexpr double kNearWeight = 1.5;
constexpr Xapian::termpos kNearDistance = 6;
constexpr std::size_t kNearInQuery = 4;
/// A longer query is a text: its first words say enough, and cost stays bounded.
constexpr std::size_t kMostWords = 24;

/// The largest idf sum of distinct words within `width` tokens. `places` are in order, their keys words of the query;
/// `inside` is room to work in.
double best_window(const std::vector<Place>& places, const std::vector<double>& idf, Xapian::termpos width,
                   std::vector<int>& inside) {
  inside.assign(idf.size(), 0);
  double current = 0, best = 0;
  std::size_t left = 0;
  for (const Place& place : places) {
    if (inside[place.key]++ == 0) current += idf[place.key];
    for (; place.position - places[left].position >= width; ++left)
      if (--inside[places[left].key] == 0) current -= idf[places[left].key];
    best = std::max(best, current);
  }
  return best;
}

}  // namespace

void rerank_by_closeness(const Compiled& compiled, Reader& reader, std::vector<Ranked>& hits) {
  const std::size_t words = std::min(compiled.words.size(), kMostWords);
  if (words < 2 || hits.size() < 2) return;
  std::vector<double> idf(words);
  std::vector<std::string> keys;
  std::vector<std::uint32_t> word_of;  // each key's
  const Xapian::Database& db = reader.articles();
  const double documents = db.get_doccount();
  for (std::size_t w = 0; w < words; ++w) {
    double frequency = 0;
    for (const std::string& key : compiled.words[w].keys) {
      const double f = db.get_termfreq(key);
      if (f > 0)
        for (std::string& name : place_names(key, reader.analyser())) {
          keys.push_back(std::move(name));
          word_of.push_back(static_cast<std::uint32_t>(w));
        }
      frequency = std::max(frequency, f);
    }
    idf[w] = std::log((documents - frequency + 0.5) / (frequency + 0.5) + 1);
  }
  std::vector<int> inside;
  std::vector<bool> together(words), near(words);
  const std::size_t depth = std::min<std::size_t>(hits.size(), kRerankDepth);
  std::vector<Xapian::docid> head;
  for (std::size_t h = 0; h < depth; ++h) head.push_back(hits[h].docid);
  std::vector<std::vector<Place>> all = reader.archive().places(head, keys);
  for (std::size_t h = 0; h < depth; ++h) {
    std::vector<Place>& places = all[h];
    for (Place& p : places) p.key = word_of[p.key];
    std::fill(together.begin(), together.end(), false);
    std::fill(near.begin(), near.end(), false);
    double bonus = 0;
    for (const Window& window : kWindows) bonus += window.weight * best_window(places, idf, window.width, inside);
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t j = i; j-- > 0 && places[i].position - places[j].position <= kNearDistance;) {
        const auto [first, second] = std::minmax(places[i].key, places[j].key);
        if (first == second || second - first > kNearInQuery) continue;
        near[first] = true;
        if (places[j].key + 1 == places[i].key && places[j].position < places[i].position &&
            places[i].position - places[j].position <= kNeighbourDistance)
          together[first] = true;
      }
    for (std::size_t w = 0; w + 1 < words; ++w) {
      const double pair = std::min(idf[w], idf[w + 1]);
      bonus += (together[w] ? kNeighbourWeight * pair : 0) + (near[w] ? kNearWeight * pair : 0);
    }
    hits[h].score += bonus;
  }
  std::stable_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(depth),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
}

}  // namespace spalte::query
