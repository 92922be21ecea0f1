// Where in a document does each key stand? One packed value a document (slot kPositions) instead of Xapian's table of
// positions: that costs 17 bytes a position and a search of its tree for each word of each document (ARCHITECTURE.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// Words of a document are numbered in reading order from 1. A key that has several words, or a word that has several
/// keys, has a place for each.
struct Place {
  std::uint32_t position = 0;
  std::uint32_t key = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// What stands for a key in the value: 22 bits of its hash. Of the 250 keys of an article two share one in an article out of
/// 130, and a key that it lacks is taken for one that it has in one out of 17,000. Whoever asks holds the article's terms
/// against the keys first, so a wrong answer needs such a word to stand right where the other would be looked for as well:
/// less than once in a million articles for a phrase, and phrases as written are held against the text besides.
std::uint32_t position_key(std::string_view key);

/// Positions jump by this between paragraphs, so that no phrase and no NEAR reaches over one.
inline constexpr std::uint32_t kParagraphGap = 100;

/// `places` by position, `key` being position_keys; the title's words are those before `title_end`. Some 2 bytes a
/// distinct key and 1 byte a place.
std::string pack_positions(const std::vector<Place>& places, std::uint32_t title_end);

/// Reads packed values again and again, for one set of keys. Belongs to one thread.
class PositionReader {
 public:
  /// `keys`: position_keys, in any order; the same may stand there twice.
  explicit PositionReader(std::vector<std::uint32_t> keys);

  /// The places of the keys in the value, by position; `key` is an index into `keys`. `title_end` is the document's. A
  /// value that is damaged gives some of them, or none. Cost: 1 µs for a news article of 400 words.
  const std::vector<Place>& places(std::string_view packed);
  std::uint32_t title_end() const { return title_end_; }

 private:
  struct Wanted {
    std::uint32_t hash, index;
  };
  /// Fills steps_; false: none of the keys is there.
  bool find_keys(std::string_view part, std::uint32_t keys);

  std::vector<Wanted> wanted_;        ///< by hash
  /// What each item does, as many as its width has room for: in the low byte how far it moves the position, and one; above
  /// one past its first row in wanted_; 0: not asked for.
  std::vector<std::uint32_t> steps_;
  std::vector<Place> places_;
  std::string buffer_;
  std::uint32_t title_end_ = 0;
};

}  // namespace spalte
