// How are positions packed? Header (varints: distinct keys, end of title, bytes of the next part), the distinct hashes in
// ascending order as Rice-coded gaps (Rice 1979; the parameter follows from their number), then one item of fixed width a
// place: the rank of its hash, or one of the marks below. Both parts begin at a byte.
#include "schema/positions.h"

#include "schema/bits.h"
#include "schema/terms.h"

#include <algorithm>
#include <bit>

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
      bits.put_rice(hash - last, rice);
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
  std::uint32_t hash = 0;
  std::size_t at = 0;
  bool any = false;
  for (std::uint32_t k = 0; k < keys && at < wanted_.size() && bits.has(1); ++k) {
    hash += bits.take_rice(rice);
    while (at < wanted_.size() && wanted_[at].hash < hash) ++at;
    if (at == wanted_.size() || wanted_[at].hash != hash) continue;
    steps_[k + kMarks] |= static_cast<std::uint32_t>(at + 1) << kMoveBits;
    any = true;
  }
  return any;
}

}  // namespace spalte
