// How does norwegian.lex look on disk? Written by language/tools/build_lexicon, mapped by lexicon.cc. Little-endian,
// sections at offsets of eight.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace spalte::language::lex {

inline constexpr char kMagic[8] = {'S', 'P', 'A', 'L', 'T', 'L', 'X', '2'};

/// Byte offset and number of items.
struct Section {
  std::uint64_t offset = 0, count = 0;
};

struct Header {
  char magic[8];
  char version[64];      ///< hash of all that follows, in hexadecimal, NUL-ended
  Section forms;         ///< slots of six bytes: open addressing by hash of the folded form
  Section heads;         ///< slots of eight bytes: linking forms of compounds (arbeids, utenriks)
  Section pairs;         ///< FormEntry
  Section sets;          ///< uint32 words: a count, then KeyRefs
  Section keys;          ///< KeyEntry, by key number
  Section suffix_rules;  ///< slots of eight bytes
  Section inverse;       ///< FormsOfKey, by key number
  Section endings;       ///< uint32 offsets in `strings`: the endings of a lemma, blanks between, NUL-ended
  Section strings;       ///< bytes
};

/// What a form is, in each standard: the word number in `sets` where its keys begin; 0: that standard lacks it.
struct FormEntry {
  std::uint32_t nb = 0, nn = 0;
};

/// key number << 2 | kImprobable | kTail
inline constexpr std::uint32_t kImprobable = 1;  ///< a reading that the form seldom has
inline constexpr std::uint32_t kTail = 2;        ///< noun, verb or adjective: may end a compound
inline constexpr std::uint32_t kRefShift = 2;

struct KeyEntry {
  std::uint32_t text = 0;       ///< offset in `strings`; ended by a NUL
  std::uint16_t frequency = 0;  ///< log(count + 1) * 256
  std::uint8_t flags = 0;       ///< kNameOnly, kNoun
  std::uint8_t unused = 0;
};
inline constexpr std::uint8_t kNameOnly = 1;
inline constexpr std::uint8_t kNoun = 2;

/// A linking form: check, then the number of its key and, for nynorsk ones, the bokmål linking form (offset in
/// `strings`, 0: the same).
struct HeadEntry {
  std::uint32_t check = 0;  ///< 0: free
  std::uint32_t key = 0;    ///< number << 1 | (1: nynorsk alone)
  std::uint32_t bokmaal = 0;
};

/// The ending of an unknown word → how to reach its key: strip so many bytes, add a string.
struct SuffixRule {
  std::uint32_t check = 0;  ///< 0: free
  std::uint8_t strip = 0;
  std::uint8_t standard = 0;  ///< part of the hashed text already; for reading the file
  std::uint16_t add = 0;      ///< offset in `strings` of what is added, NUL-ended
};

/// Forms of one lemma of a key: a common beginning and endings, in eight bytes.
struct FormsOfKey {
  std::uint64_t key : 18;        ///< number
  std::uint64_t standards : 2;   ///< 1: bokmål has them, 2: nynorsk, 3: both
  std::uint64_t stem : 24;       ///< offset in `strings` of a text that begins with the stem
  std::uint64_t stem_bytes : 6;  ///< how much of that text is the stem
  std::uint64_t endings : 14;    ///< item of `endings`
};
static_assert(sizeof(FormsOfKey) == 8);
inline constexpr std::size_t kLongestStem = 63;

inline std::uint64_t hash(std::string_view s) {
  std::uint64_t h = 0x9e3779b97f4a7c15U ^ s.size();
  while (s.size() >= 8) {
    std::uint64_t v = 0;
    std::memcpy(&v, s.data(), 8);
    h = (h ^ v) * 0xd6e8feb86659fd93U;
    h ^= h >> 32U;
    s.remove_prefix(8);
  }
  std::uint64_t v = 0;
  std::memcpy(&v, s.data(), s.size());
  h = (h ^ v) * 0xd6e8feb86659fd93U;
  h ^= h >> 29U;
  h *= 0xbf58476d1ce4e5b9U;
  return h ^ h >> 32U;
}

/// Where an item of `count` slots is looked for first; the next ones follow.
inline std::uint64_t first_slot(std::uint64_t h, std::uint64_t count) { return ((h >> 32U) * count) >> 32U; }

// A slot of `forms`: 27 bits of check, 21 bits of FormEntry number + 1; all zero: free.
inline constexpr std::uint64_t kFormBits = 21;
inline constexpr std::size_t kFormSlotBytes = 6;
inline std::uint64_t form_check(std::uint64_t h) { return h & ((1U << 27U) - 1U); }

}  // namespace spalte::language::lex
