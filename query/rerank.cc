// How close is close?
#include "query/rerank.h"

#include <algorithm>
#include <cmath>

namespace spalte::query {
namespace {

constexpr Xapian::termpos kWindow = 50;
/// Weights and distances, like BM25's, were tuned together on the development questions (bokmål and nynorsk, news and
/// encyclopedia, among 43,437 reviews): half or double of any costs less than .005 of MRR@10.
constexpr double kWindowWeight = 1.2;
/// Neighbours of the query that stand in the same order, next to each other but for one word.
constexpr double kNeighbourWeight = 1.0;
constexpr Xapian::termpos kNeighbourDistance = 2;
/// Words of the query at most two apart that stand near each other in any order.
constexpr double kNearWeight = 1.5;
constexpr Xapian::termpos kNearDistance = 6;
constexpr std::size_t kNearInQuery = 2;
/// A longer query is a text: its first words say enough, and cost stays bounded.
constexpr std::size_t kMostWords = 24;

struct Place {
  Xapian::termpos position;
  std::size_t word;
};

}  // namespace

void rerank_by_closeness(const Compiled& compiled, const Xapian::Database& db, std::vector<Ranked>& hits) {
  const std::size_t words = std::min(compiled.words.size(), kMostWords);
  if (words < 2 || hits.size() < 2) return;
  const double documents = db.get_doccount();
  std::vector<double> idf(words);
  std::vector<std::vector<std::string>> keys(words);
  for (std::size_t w = 0; w < words; ++w) {
    double frequency = 0;
    for (const std::string& key : compiled.words[w].keys) {
      const double f = db.get_termfreq(key);
      if (f > 0) keys[w].push_back(key);
      frequency = std::max(frequency, f);
    }
    idf[w] = std::log((documents - frequency + 0.5) / (frequency + 0.5) + 1);
  }
  std::vector<Place> places;
  std::vector<int> inside(words);
  std::vector<bool> together(words), near(words);
  const std::size_t depth = std::min<std::size_t>(hits.size(), kRerankDepth);
  for (std::size_t h = 0; h < depth; ++h) {
    places.clear();
    for (std::size_t w = 0; w < words; ++w)
      for (const std::string& key : keys[w])
        for (auto p = db.positionlist_begin(hits[h].docid, key); p != db.positionlist_end(hits[h].docid, key); ++p)
          places.push_back({*p, w});
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.position < b.position; });
    std::fill(inside.begin(), inside.end(), 0);
    std::fill(together.begin(), together.end(), false);
    std::fill(near.begin(), near.end(), false);
    double current = 0, best = 0;
    std::size_t left = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (inside[places[i].word]++ == 0) current += idf[places[i].word];
      while (places[i].position - places[left].position >= kWindow) {
        if (--inside[places[left].word] == 0) current -= idf[places[left].word];
        ++left;
      }
      best = std::max(best, current);
      for (std::size_t j = i; j-- > 0 && places[i].position - places[j].position <= kNearDistance;) {
        const auto [first, second] = std::minmax(places[i].word, places[j].word);
        if (first == second || second - first > kNearInQuery) continue;
        near[first] = true;
        if (places[j].word + 1 == places[i].word && places[j].position < places[i].position &&
            places[i].position - places[j].position <= kNeighbourDistance)
          together[first] = true;
      }
    }
    double bonus = 0;
    for (std::size_t w = 0; w + 1 < words; ++w) {
      const double pair = std::min(idf[w], idf[w + 1]);
      bonus += (together[w] ? kNeighbourWeight * pair : 0) + (near[w] ? kNearWeight * pair : 0);
    }
    hits[h].score += kWindowWeight * best + bonus;
  }
  std::stable_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(depth),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
}

}  // namespace spalte::query
