// Which words tell two sets of articles apart?
#pragma once

#include "query/reader.h"

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

namespace spalte::query {

struct ContrastWord {
  std::string key;
  double score = 0;           ///< log-likelihood
  std::int64_t a = 0, b = 0;  ///< articles of either sample with the word
};

struct Contrast {
  std::vector<ContrastWord> of_a, of_b;  ///< strongest first
  std::int64_t sample_a = 0, sample_b = 0;
};

/// Words that are in more articles of one set than chance would have it, were both sets alike: Dunning's log-likelihood
/// ratio (Computational Linguistics 19, 1993) of document frequencies, for words in at least two articles of that set.
/// Articles in both sets count on both sides. From large sets, a sample is read (at most 2,000 articles a set, about
/// 0.1 ms each). Inside Reader::request.
Contrast contrast(const std::vector<Xapian::docid>& a, const std::vector<Xapian::docid>& b, std::size_t limit,
                  Reader& reader);

}  // namespace spalte::query
