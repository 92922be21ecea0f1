// How are positions packed? Header (varints: distinct keys, end of title, bytes of the next part), the distinct hashes in
// ascending order as Rice-coded gaps (Rice 1979; the parameter follows from their number), then one item of fixed width a
// place: the rank of its hash, or one of the marks below. Both parts begin at a byte.
#include "schema/positions.h"

#include "schema/terms.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace spalte {
namespace {

constexpr unsigned kHashBits = 22;

enum Mark : std::uint32_t {
  kSame,       ///< the next key stands where the one before did
  kSkip,       ///< no key here
  kParagraph,  ///< kParagraphGap positions without any
  kMarks,
};

unsigned rice_bits(std::size_t keys) {
  // The gaps' mean is 2^22 / keys; a parameter of log2(.69 of it) is the best for gaps that fall off geometrically.
  const auto width = static_cast<unsigned>(std::bit_width(keys));
  return width < kHashBits ? kHashBits - width : 0;
}

unsigned item_bits(std::size_t keys) { return static_cast<unsigned>(std::bit_width(keys + kMarks - 1)); }

void put_number(std::string& out, std::uint32_t n) {
  for (; n >= 0x80; n >>= 7U) out += static_cast<char>(n | 0x80U);
  out += static_cast<char>(n);
}

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}
  /// At most 32 bits.
  void put(std::uint32_t value, unsigned width) {
    bits_ |= static_cast<std::uint64_t>(value) << held_;
    for (held_ += width; held_ >= 8; held_ -= 8, bits_ >>= 8U) out_ += static_cast<char>(bits_);
  }
  /// To the next whole byte.
  void align() {
    if (held_ > 0) put(0, 8 - held_);
  }

 private:
  std::string& out_;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0;
};

/// Reads a part of a value that is followed by kSpare more bytes.
class BitReader {
 public:
  static constexpr std::size_t kSpare = 8;
  explicit BitReader(std::string_view part) : bytes_(part.data()), end_(part.size() * 8) {}

  /// At most 57 bits; what they are beyond the part does not matter.
  std::uint64_t peek() const {
    std::uint64_t v = 0;
    std::memcpy(&v, bytes_ + (at_ >> 3U), sizeof v);
    return v >> (at_ & 7U);
  }
  void skip(std::size_t bits) { at_ += bits; }
  bool has(std::size_t bits) const { return at_ + bits <= end_; }

 private:
  static_assert(std::endian::native == std::endian::little);
  const char* bytes_;
  std::size_t at_ = 0, end_;
};

/// A number of the header, taken from the front; 0 where it is cut off.
std::uint32_t take_number(std::string_view& bytes) {
  std::uint32_t n = 0;
  for (unsigned shift = 0; shift < 32 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    n |= (byte & 0x7fU) << shift;
    if (byte < 0x80) return n;
  }
  return 0;
}

/// Of a step: kParagraphGap and one fit.
constexpr unsigned kMoveBits = 8;
static_assert(kParagraphGap + 1 < 1U << kMoveBits);

/// Bits that peek() always has.
constexpr unsigned kPeek = 57;

}  // namespace

std::uint32_t position_key(std::string_view key) {
  return static_cast<std::uint32_t>(stable_hash(key) >> (64U - kHashBits));
}

std::string pack_positions(const std::vector<Place>& places, std::uint32_t title_end) {
  std::vector<std::uint32_t> hashes;
  hashes.reserve(places.size());
  for (const Place& p : places) hashes.push_back(p.key);
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  std::string part;
  {
    BitWriter bits(part);
    const unsigned rice = rice_bits(hashes.size());
    std::uint32_t last = 0;
    for (const std::uint32_t hash : hashes) {
      // Ones and a zero, in pieces that fit.
      std::uint32_t ones = (hash - last) >> rice;
      for (; ones >= 16; ones -= 16) bits.put(0xffffU, 16);
      bits.put((1U << ones) - 1, ones + 1);
      bits.put((hash - last) & ((1U << rice) - 1), rice);
      last = hash;
    }
    bits.align();
  }
  std::string out;
  out.reserve(part.size() + places.size() * 2 + 8);
  put_number(out, static_cast<std::uint32_t>(hashes.size()));
  put_number(out, title_end);
  put_number(out, static_cast<std::uint32_t>(part.size()));
  out += part;
  BitWriter bits(out);
  const unsigned width = item_bits(hashes.size());
  std::uint32_t next = 1;
  for (const Place& p : places) {
    if (p.position + 1 == next) bits.put(kSame, width);
    for (; p.position >= next + kParagraphGap; next += kParagraphGap) bits.put(kParagraph, width);
    for (; p.position > next; ++next) bits.put(kSkip, width);
    const auto rank = std::lower_bound(hashes.begin(), hashes.end(), p.key) - hashes.begin();
    bits.put(static_cast<std::uint32_t>(rank) + kMarks, width);
    next = p.position + 1;
  }
  bits.align();
  return out;
}

PositionReader::PositionReader(std::vector<std::uint32_t> keys) {
  for (std::uint32_t i = 0; i < keys.size(); ++i) wanted_.push_back({keys[i], i});
  std::sort(wanted_.begin(), wanted_.end(), [](const Wanted& a, const Wanted& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.index < b.index;
  });
}

const std::vector<Place>& PositionReader::places(std::string_view value) {
  places_.clear();
  buffer_.assign(value);
  buffer_.append(BitReader::kSpare, '\0');
  std::string_view packed(buffer_.data(), value.size());
  const std::uint32_t keys = take_number(packed);
  title_end_ = take_number(packed);
  const std::uint32_t size = take_number(packed);
  if (size > packed.size() || keys > size * 8) return places_;
  if (!find_keys(packed.substr(0, size), keys)) return places_;
  std::int64_t next = 1;
  // Four items of five move on by one and are asked for by nobody: nothing but a look-up and a sum for them.
  const auto take = [&](std::size_t item) {
    const std::uint32_t step = steps_[item];
    if (const std::size_t row = step >> kMoveBits; row > 0)
      for (std::size_t w = row - 1; w < wanted_.size() && wanted_[w].hash == wanted_[row - 1].hash; ++w)
        places_.push_back({static_cast<std::uint32_t>(next), wanted_[w].index});
    // What fills up the last byte may read as kSame, and a damaged value may begin with it.
    next = std::max<std::int64_t>(next + (step & ((1U << kMoveBits) - 1)) - 1, 1);
  };
  const unsigned width = item_bits(keys);
  if (width == 8) {  // most news articles
    for (const char item : packed.substr(size)) take(static_cast<unsigned char>(item));
  } else {
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    for (BitReader items(packed.substr(size)); items.has(width); items.skip(width)) take(items.peek() & mask);
  }
  return places_;
}

bool PositionReader::find_keys(std::string_view part, std::uint32_t keys) {
  steps_.assign(std::size_t{1} << item_bits(keys), 2);
  steps_[kSame] = 0;
  steps_[kParagraph] = kParagraphGap + 1;
  BitReader bits(part);
  const unsigned rice = rice_bits(keys);
  const std::uint64_t mask = (std::uint64_t{1} << rice) - 1;
  std::uint32_t hash = 0;
  std::size_t at = 0;
  bool any = false;
  for (std::uint32_t k = 0; k < keys && at < wanted_.size() && bits.has(1); ++k) {
    std::uint64_t v = bits.peek();
    auto ones = static_cast<unsigned>(std::countr_one(v));
    if (ones + 1 + rice > kPeek) {  // a gap of many keys' mean
      std::uint32_t high = 0;
      for (; ones >= kPeek - 1 && bits.has(kPeek); ones = static_cast<unsigned>(std::countr_one(bits.peek()))) {
        high += kPeek - 1;
        bits.skip(kPeek - 1);
      }
      hash += (high + ones) << rice;
      bits.skip(ones + 1);
      v = bits.peek();
      hash += static_cast<std::uint32_t>(v & mask);
      bits.skip(rice);
    } else {
      hash += (ones << rice) + static_cast<std::uint32_t>((v >> (ones + 1)) & mask);
      bits.skip(ones + 1 + rice);
    }
    while (at < wanted_.size() && wanted_[at].hash < hash) ++at;
    if (at == wanted_.size() || wanted_[at].hash != hash) continue;
    steps_[k + kMarks] |= static_cast<std::uint32_t>(at + 1) << kMoveBits;
    any = true;
  }
  return any;
}

}  // namespace spalte
