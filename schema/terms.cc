// How are terms and name ids built?
#include "schema/terms.h"

#include <fmt/format.h>

namespace spalte {

std::uint64_t stable_hash(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325U;
  for (unsigned char c : bytes) h = (h ^ c) * 0x100000001b3U;
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdU;  // MurmurHash3's finaliser: FNV alone is weak in its high bits
  h ^= h >> 33;
  return h;
}

std::string term(std::string_view prefix, std::string_view value) {
  std::string out;
  out.reserve(prefix.size() + value.size());
  out.append(prefix);
  if (prefix.size() + value.size() <= kMaxTermBytes) return out.append(value);
  const std::string hash = fmt::format("~{:016x}", stable_hash(value));
  std::size_t keep = kMaxTermBytes - prefix.size() - hash.size();
  while (keep > 0 && (static_cast<unsigned char>(value[keep]) & 0xC0U) == 0x80U) --keep;
  return out.append(value.substr(0, keep)).append(hash);
}

NameId name_id(ActorKind kind, std::string_view full_name) {
  std::string text(actor_kind_name(kind));
  text += ' ';
  text += full_name;
  const NameId id = stable_hash(text);
  return id == 0 ? 1 : id;
}

namespace {
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
}

std::string name_id_text(NameId id) {
  std::string out(11, 'A');
  for (std::size_t i = 11; i-- > 0; id >>= 6) out[i] = kDigits[id & 63U];
  return out;
}

NameId parse_name_id(std::string_view text) {
  if (text.size() != 11) return 0;
  NameId id = 0;
  for (char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return 0;
    if (id >> 58 != 0) return 0;
    id = id << 6 | digit;
  }
  return id;
}

}  // namespace spalte
