// Numbers of any width in bits, one after another, lowest bit first.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace spalte {

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}
  /// At most 32 bits.
  void put(std::uint32_t value, unsigned width) {
    bits_ |= static_cast<std::uint64_t>(value) << held_;
    for (held_ += width; held_ >= 8; held_ -= 8, bits_ >>= 8U) out_ += static_cast<char>(bits_);
  }
  /// Rice's code (1979): the part above `rice` bits as so many ones and a zero, then the bits.
  void put_rice(std::uint32_t value, unsigned rice) {
    // In pieces that fit.
    std::uint32_t ones = value >> rice;
    for (; ones >= 16; ones -= 16) put(0xffffU, 16);
    put((1U << ones) - 1, ones + 1);
    put(value & ((1U << rice) - 1), rice);
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

  /// A number in Rice's code; `rice` at most 31. Of damaged bytes any number.
  std::uint32_t take_rice(unsigned rice) {
    const std::uint64_t mask = (std::uint64_t{1} << rice) - 1;
    std::uint64_t v = peek();
    auto ones = static_cast<unsigned>(std::countr_one(v));
    if (ones + 1 + rice <= kPeek) {
      skip(ones + 1 + rice);
      return (ones << rice) + static_cast<std::uint32_t>((v >> (ones + 1)) & mask);
    }
    std::uint32_t high = 0;
    for (; ones >= kPeek - 1 && has(kPeek); ones = static_cast<unsigned>(std::countr_one(peek()))) {
      high += kPeek - 1;
      skip(kPeek - 1);
    }
    skip(ones + 1);
    v = peek();
    skip(rice);
    return ((high + ones) << rice) + static_cast<std::uint32_t>(v & mask);
  }

 private:
  static_assert(std::endian::native == std::endian::little);
  /// Bits that peek() always has.
  static constexpr unsigned kPeek = 57;

  const char* bytes_;
  std::size_t at_ = 0, end_;
};

}  // namespace spalte
