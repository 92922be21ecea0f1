// How are lists packed into a slot?
#include "schema/slots.h"

#include "schema/terms.h"

#include <charconv>

namespace spalte {
namespace {

template <typename T>
void put_big_endian(std::string& out, T value) {
  for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<unsigned char>(value >> shift));
}

template <typename T>
T get_big_endian(std::string_view in) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value << 8 | static_cast<unsigned char>(in[i]));
  return value;
}

constexpr std::size_t kNameBytes = 9;
constexpr std::uint8_t kGivenBit = 0x80;
constexpr std::size_t kTopicBytes = 4;

}  // namespace

std::string pack_names(const std::vector<NameCount>& names) {
  std::string out;
  out.reserve(names.size() * kNameBytes);
  for (const NameCount& n : names) {
    put_big_endian(out, n.name);
    out += static_cast<char>(n.mentions | (n.given ? kGivenBit : 0));
  }
  return out;
}

std::vector<NameCount> unpack_names(std::string_view packed) {
  std::vector<NameCount> out;
  out.reserve(packed.size() / kNameBytes);
  for (; packed.size() >= kNameBytes; packed.remove_prefix(kNameBytes)) {
    const auto count = static_cast<std::uint8_t>(packed[8]);
    out.push_back({get_big_endian<std::uint64_t>(packed), static_cast<std::uint8_t>(count & (kGivenBit - 1U)),
                   (count & kGivenBit) != 0});
  }
  return out;
}

std::string pack_topics(const std::vector<std::uint32_t>& codes) {
  std::string out;
  out.reserve(codes.size() * kTopicBytes);
  for (std::uint32_t code : codes) put_big_endian(out, code);
  return out;
}

std::vector<std::uint32_t> unpack_topics(std::string_view packed) {
  std::vector<std::uint32_t> out;
  for (; packed.size() >= kTopicBytes; packed.remove_prefix(kTopicBytes))
    out.push_back(get_big_endian<std::uint32_t>(packed));
  return out;
}

std::uint32_t topic_number(std::string_view id) {
  if (id.starts_with("medtop:")) {
    id.remove_prefix(7);
  } else if (const std::size_t colon = id.find(':'); colon != std::string_view::npos) {
    const bool code = colon > 0 && colon + 1 < id.size() && id.find(' ') == std::string_view::npos;
    return code ? kOwnTopic | static_cast<std::uint32_t>(stable_hash(id)) : 0;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  return error == std::errc() && end == id.data() + id.size() ? number : 0;
}

}  // namespace spalte
