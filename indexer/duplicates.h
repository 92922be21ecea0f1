// Which articles are near-duplicates of each other?
#pragma once

#include "language/analyser.h"
#include "schema/article.h"
#include "schema/catalogue.h"
#include "schema/result.h"
#include "schema/sketch.h"

#include <functional>
#include <string>
#include <vector>

namespace spalte::indexer {

/// The sketch of an analysed article: shingles of three words' keys, so that both standards and all forms of a word are
/// one, without its title, which each paper writes anew. Empty where there are fewer than three words. Cost: about 10 µs.
Sketch make_sketch(const Article& article, const language::AnalysedText& text, language::Analyser& analyser);

/// Groups are the connected components of near_duplicates() over the newest versions of all live articles, named by the
/// smallest id in them: a function of the articles, not of the order in which they came (as long as no sampled shingle is
/// in more than kMostAlike articles; of those the first are compared).
class DuplicateGroups {
 public:
  /// `sketch_of` finds or makes the sketch of a row.
  /// What is under embargo at `now` (local_now) stands alone.
  DuplicateGroups(Catalogue& catalogue, std::function<Result<Sketch>(std::int64_t)> sketch_of, std::string now)
      : catalogue_(catalogue), sketch_of_(std::move(sketch_of)), now_(std::move(now)) {}

  /// Finds the groups of `rows` (new, changed, deleted or superseded ones, ascending) anew, with those that they leave or
  /// join. Within the transaction that is open. Cost: about 20 µs a row in bulk, and per article that it resembles; does
  /// not grow with the archive.
  Status regroup(const std::vector<std::int64_t>& rows);

 private:
  Catalogue& catalogue_;
  std::function<Result<Sketch>(std::int64_t)> sketch_of_;
  std::string now_;
};

inline constexpr int kMostAlike = 256;

}  // namespace spalte::indexer
