// How is a hit packed?
#include "schema/hit.h"

#include <algorithm>
#include <charconv>

namespace spalte {
namespace {
constexpr char kSeparator = '\x1f';
}

std::string pack_hit(const HitData& hit) {
  std::string out = std::to_string(hit.row);
  for (const std::string* field : {&hit.id, &hit.title, &hit.opening, &hit.date, &hit.source, &hit.lang, &hit.path}) {
    out += kSeparator;
    out += *field;
  }
  out += kSeparator;
  out += hit.date_guessed ? '1' : '0';
  return out;
}

std::int64_t packed_row(std::string_view packed) {
  std::int64_t row = 0;
  std::from_chars(packed.data(), packed.data() + packed.size(), row);
  return row;
}

HitData unpack_hit(std::string_view packed) {
  const auto next = [&packed] {
    const std::size_t end = packed.find(kSeparator);
    const std::string_view field = packed.substr(0, end);
    packed.remove_prefix(end == std::string_view::npos ? packed.size() : end + 1);
    return field;
  };
  HitData hit;
  hit.row = packed_row(next());
  for (std::string* field : {&hit.id, &hit.title, &hit.opening, &hit.date, &hit.source, &hit.lang, &hit.path})
    *field = next();
  hit.date_guessed = next() == "1";
  return hit;
}

std::string pack_quotation(std::string_view id, std::uint32_t number) {
  return std::string(id) + kSeparator + std::to_string(number);
}

QuotationData unpack_quotation(std::string_view packed) {
  QuotationData out;
  const std::size_t cut = std::min(packed.find(kSeparator), packed.size());
  out.id = packed.substr(0, cut);
  if (cut < packed.size()) std::from_chars(packed.data() + cut + 1, packed.data() + packed.size(), out.number);
  return out;
}

}  // namespace spalte
