// How is CBOR from the line read without trusting it?
#include "query/wire.h"

#include <array>
#include <cstdint>

namespace spalte::query::wire {
namespace {

/// Deeper than any value of a call is.
constexpr std::size_t kDepth = 16;

/// Throws unless the bytes are one value as we write them: lists, strings and maps with their lengths before them, and
/// none nested without end. The library calls itself for lists in lists, and for strings in pieces: without this a line
/// of a few kB could use up the stack.
void require_plain(std::string_view bytes) {
  enum Major : std::uint8_t { number, negative, binary, text, list, map, tag, simple };
  std::array<std::uint64_t, kDepth> open{};  // values that each list around still wants
  std::size_t depth = 0, at = 0;
  do {
    while (depth > 0 && open[depth - 1] == 0) --depth;
    if (depth == 0 && at > 0) break;
    if (at == bytes.size()) throw Malformed("it is cut short");
    if (depth > 0) --open[depth - 1];
    const auto head = static_cast<unsigned char>(bytes[at++]);
    const unsigned major = head >> 5U, low = head & 0x1fU;
    constexpr unsigned kOneByte = 24, kEightBytes = 27;
    std::uint64_t value = low;
    if (low > kEightBytes || major == tag) throw Malformed("it holds what no call holds");
    if (low >= kOneByte) {
      const std::size_t size = std::size_t{1} << (low - kOneByte);
      if (bytes.size() - at < size) throw Malformed("it is cut short");
      value = 0;
      for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at++]);
    }
    if (major == binary || major == text) {
      if (bytes.size() - at < value) throw Malformed("it is cut short");
      at += value;
    } else if (major == list || major == map) {
      // Each item is a byte at least.
      if (value > bytes.size() - at) throw Malformed("it is cut short");
      if (depth == kDepth) throw Malformed("lists in lists without end");
      open[depth++] = major == map ? 2 * value : value;
    }
  } while (true);
  if (at != bytes.size()) throw Malformed("something stands behind it");
}

}  // namespace

Json read(std::string_view cbor) {
  require_plain(cbor);
  return Json::from_cbor(cbor.begin(), cbor.end());
}

}  // namespace spalte::query::wire
