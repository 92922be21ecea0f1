// What may be asked besides the query itself?
#pragma once

#include <cstdint>
#include <string>

namespace spalte::query {

enum class Sort : std::uint8_t { relevance, date, date_oldest, source, random };

/// Are near-duplicates counted and shown one by one, or each group once?
enum class Collapse : std::uint8_t { by_default, dup, none };
enum class Versions : std::uint8_t { newest, all };

/// How words and names are taken.
struct MatchOptions {
  bool any = false;            ///< plain text: any word may match, best first
  bool exact = false;          ///< words as written only
  bool compounds = true;       ///< a word finds compounds that hold it
  bool derived = true;         ///< a name finds its derived mentions
  bool fold = false;           ///< æ ø å as o/a/ae
  bool guessed_dates = false;  ///< dates taken from file times count
  Versions versions = Versions::newest;
  Collapse collapse = Collapse::by_default;  ///< by default: none, but in the text hit list
};

/// A page that ends further down is cut from the order of all hits, which takes less memory than keeping the best.
inline constexpr std::int64_t kLongestPage = 5000;

struct SearchOptions {
  MatchOptions match;
  std::int64_t limit = 10;  ///< 0: all
  std::int64_t offset = 0;
  Sort sort = Sort::relevance;
  std::uint64_t seed = 0;
  std::int64_t longest_page = kLongestPage;
};

}  // namespace spalte::query
