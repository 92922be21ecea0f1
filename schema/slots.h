// Which value of an article lies in which Xapian slot, and in which form? Numbers are on disk: never reused.
#pragma once

#include "schema/terms.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spalte {

namespace slot {
inline constexpr std::uint32_t kPublished = 0;  ///< ISO date or date-time, sorts as a string; empty: undated or guessed
inline constexpr std::uint32_t kModified = 1;   ///< as kPublished
inline constexpr std::uint32_t kAdded = 2;      ///< as kPublished
inline constexpr std::uint32_t kSource = 3;     ///< as written
inline constexpr std::uint32_t kSection = 4;    ///< as written
inline constexpr std::uint32_t kLanguage = 5;   ///< nb, nn, other or empty
inline constexpr std::uint32_t kDuplicate = 6;  ///< near-duplicate group: the smallest id in it; empty: stands alone
inline constexpr std::uint32_t kLength = 7;     ///< words, Xapian::sortable_serialise
inline constexpr std::uint32_t kVersion = 8;    ///< the catalogue's row version, decimal
inline constexpr std::uint32_t kNames = 9;      ///< packed name ids: pack_names
inline constexpr std::uint32_t kTopics = 10;    ///< packed topic codes, ancestors included: pack_topics
inline constexpr std::uint32_t kByline = 11;    ///< as written
inline constexpr std::uint32_t kAgency = 12;    ///< as written
inline constexpr std::uint32_t kPublishedAny = 13;  ///< as kPublished, guessed dates included
inline constexpr std::uint32_t kSpeakerCertainty =
    15;  ///< in the quotation index: speaker_certainty, Xapian::sortable_serialise
inline constexpr std::uint32_t kSortId =
    14;  ///< the article's id: ties are broken by it, so answers are the same everywhere
inline constexpr std::uint32_t kVersions = 16;  ///< of the newest: how many versions the story has, decimal; empty: one
inline constexpr std::uint32_t kPositions = 17;  ///< in both indexes: where each key stands, pack_positions
inline constexpr std::uint32_t kEmbargo = 19;    ///< in both indexes, as kPublished: not shown before; empty: at once
inline constexpr std::uint32_t kSupersededFrom =
    20;  ///< in both indexes: when a version under embargo takes its place; empty: prefix::kSuperseded tells
inline constexpr std::uint32_t kRow = 18;        ///< the article's row in the catalogue of the same index, decimal
}  // namespace slot

/// A name in an article, for counting over many hits without the catalogue.
struct NameCount {
  NameId name = 0;
  std::uint8_t mentions = 0;  ///< named mentions, at most 127
  bool given = false;         ///< the source itself names it; without it and without mentions: derived only
  friend bool operator==(const NameCount&, const NameCount&) = default;
};

/// Nine bytes a name: id big-endian, then the count, its highest bit set for a given one.
std::string pack_names(const std::vector<NameCount>& names);
std::vector<NameCount> unpack_names(std::string_view packed);

/// Four bytes a topic: the code's number big-endian.
std::string pack_topics(const std::vector<std::uint32_t>& codes);
std::vector<std::uint32_t> unpack_topics(std::string_view packed);
/// Set in the numbers of topics of other schemes than medtop, whose other bits are a hash.
inline constexpr std::uint32_t kOwnTopic = 1U << 31U;
/// "medtop:11000000" or "11000000" → 11000000; "x:kyst" → kOwnTopic and a hash; 0 for what is no code.
std::uint32_t topic_number(std::string_view id);

}  // namespace spalte
