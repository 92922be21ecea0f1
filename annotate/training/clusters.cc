// How does exchange clustering move words?
#include "annotate/training/clusters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spalte::annotate {
namespace {

/// x log x is looked up below this.
constexpr std::size_t kTabled = 1 << 20;

class Exchange {
 public:
  Exchange(const TokenStream& text, const ClusterOptions& options) : options_(options), x_log_x_(kTabled) {
    for (std::size_t i = 1; i < kTabled; ++i)
      x_log_x_[i] = static_cast<float>(static_cast<double>(i) * std::log(static_cast<double>(i)));
    rank_words(text);
    count_neighbours(text);
    class_of_.resize(words_.size());
    class_total_.assign(options_.classes, 0);
    neighbour_counts_.assign(std::size_t{2} * (contexts_ + 1) * options_.classes, 0);
    gain_.resize(options_.classes);
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      class_of_[w] = w % options_.classes;
      count(w, class_of_[w], 1);
    }
  }

  void run() {
    for (unsigned round = 0; round < options_.rounds; ++round) {
      for (std::uint32_t w = 0; w < words_.size(); ++w) {
        count(w, class_of_[w], -1);
        class_of_[w] = best_class(w);
        count(w, class_of_[w], 1);
      }
    }
  }

  std::vector<std::uint16_t> classes(std::size_t types) const {
    std::vector<std::uint16_t> out(types, 0);
    for (std::size_t w = 0; w < words_.size(); ++w) out[words_[w]] = static_cast<std::uint16_t>(class_of_[w] + 1);
    return out;
  }

 private:
  static constexpr std::uint32_t kRare = UINT32_MAX;

  /// Words by falling frequency: the first ones open the classes.
  void rank_words(const TokenStream& text) {
    for (std::uint32_t t = 0; t < text.forms.size(); ++t) {
      if (text.counts[t] >= options_.min_count) words_.push_back(t);
    }
    std::stable_sort(words_.begin(), words_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return text.counts[a] > text.counts[b]; });
    rank_.assign(text.forms.size(), kRare);
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      rank_[words_[w]] = w;
      frequency_.push_back(text.counts[words_[w]]);
    }
    contexts_ = std::min<std::uint32_t>(options_.context_words, static_cast<std::uint32_t>(words_.size()));
  }

  /// Per word: its neighbours (left ones even, right ones odd) and how often each.
  void count_neighbours(const TokenStream& text) {
    const auto context = [&](std::uint32_t type) { return std::min(rank_[type], contexts_); };
    std::vector<std::uint64_t> pairs;
    pairs.reserve(text.tokens.size() * 2);
    for (std::size_t i = 0; i + 1 < text.tokens.size(); ++i) {
      const std::uint32_t left = text.tokens[i], right = text.tokens[i + 1];
      if (rank_[right] != kRare) pairs.push_back(std::uint64_t{rank_[right]} << 32 | context(left) * 2);
      if (rank_[left] != kRare) pairs.push_back(std::uint64_t{rank_[left]} << 32 | (context(right) * 2 + 1));
    }
    std::sort(pairs.begin(), pairs.end());
    first_neighbour_.assign(words_.size() + 1, 0);
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t j = i;
      while (j < pairs.size() && pairs[j] == pairs[i]) ++j;
      neighbours_.push_back({static_cast<std::uint32_t>(pairs[i]), static_cast<std::uint32_t>(j - i)});
      ++first_neighbour_[(pairs[i] >> 32) + 1];
      i = j;
    }
    std::partial_sum(first_neighbour_.begin(), first_neighbour_.end(), first_neighbour_.begin());
  }

  void count(std::uint32_t word, std::uint32_t to_class, int sign) {
    for (std::size_t n = first_neighbour_[word]; n < first_neighbour_[word + 1]; ++n) {
      std::uint32_t& cell = neighbour_counts_[std::size_t{neighbours_[n].context} * options_.classes + to_class];
      cell = sign > 0 ? cell + neighbours_[n].count : cell - neighbours_[n].count;
    }
    const auto frequency = static_cast<std::int64_t>(frequency_[word]);
    class_total_[to_class] += sign * frequency;
  }

  float tabled(std::size_t n) const {
    return n < kTabled ? x_log_x_[n] : static_cast<float>(static_cast<double>(n) * std::log(static_cast<double>(n)));
  }

  std::uint32_t best_class(std::uint32_t word) {
    std::fill(gain_.begin(), gain_.end(), 0.0F);
    for (std::size_t n = first_neighbour_[word]; n < first_neighbour_[word + 1]; ++n) {
      const std::uint32_t* row = &neighbour_counts_[std::size_t{neighbours_[n].context} * options_.classes];
      const std::uint32_t count = neighbours_[n].count;
      const float alone = tabled(count);
      for (std::uint32_t c = 0; c < options_.classes; ++c) {
        gain_[c] += row[c] == 0 ? alone : tabled(row[c] + count) - tabled(row[c]);
      }
    }
    const auto x_log_x = [](double n) { return n > 0 ? n * std::log(n) : 0.0; };
    const auto frequency = static_cast<double>(frequency_[word]);
    std::uint32_t best = 0;
    double best_value = -1e300;
    for (std::uint32_t c = 0; c < options_.classes; ++c) {
      const auto total = static_cast<double>(class_total_[c]);
      const double value = gain_[c] - 2 * (x_log_x(total + frequency) - x_log_x(total));
      if (value > best_value) {
        best_value = value;
        best = c;
      }
    }
    return best;
  }

  struct Neighbour {
    std::uint32_t context, count;
  };

  ClusterOptions options_;
  std::vector<float> x_log_x_;
  std::vector<std::uint32_t> words_, rank_, frequency_, class_of_;
  std::uint32_t contexts_ = 0;
  std::vector<std::size_t> first_neighbour_;
  std::vector<Neighbour> neighbours_;
  std::vector<std::uint32_t> neighbour_counts_;
  std::vector<std::int64_t> class_total_;
  std::vector<float> gain_;
};

}  // namespace

std::vector<std::uint16_t> exchange_clusters(const TokenStream& text, const ClusterOptions& options) {
  Exchange exchange(text, options);
  exchange.run();
  return exchange.classes(text.forms.size());
}

}  // namespace spalte::annotate
