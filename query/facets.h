// What are the matching articles like: how many by source, by month, by name, by topic?
#pragma once

#include "query/compile.h"
#include "query/reader.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// All functions run inside Reader::request, look at every match once (about 1 µs a document and value) and do not
/// sort.

/// `cut` of a value that is wanted whole.
inline constexpr std::size_t kWholeValue = 4096;
/// Values of a slot with their number of articles, "" for those without; `cut` keeps the first bytes only (4: the year
/// of a date).
std::map<std::string, std::int64_t> count_values(const Xapian::Query& query, std::uint32_t slot, std::size_t cut,
                                                 Reader& reader);
/// Dunning's log-likelihood ratio (1993) that something met `a` times in `c` and `b` times in `d` others is no chance.
double log_likelihood(double a, double b, double c, double d);

/// At most so many of the documents, those whose ids hash to the smallest numbers: the same ones in whatever order, and in
/// whichever shards, they were indexed.
std::vector<Xapian::docid> sample_of(std::vector<Xapian::docid> documents, std::size_t most, Reader& reader);

/// Words that set the matches apart from the archive, strongest first: log-likelihood (Dunning 1993) of document
/// frequencies over a sample of the matches.
struct DistinctiveWord {
  std::string key;
  double score = 0;
  std::int64_t articles = 0;  ///< of the sample
};
std::vector<DistinctiveWord> distinctive_words(const Xapian::Query& query, Reader& reader, std::size_t limit);

}  // namespace spalte::query
