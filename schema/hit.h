// What does a hit list need of an article? The data of a Xapian document, so that a shard can answer a search alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte {

/// UTF-8, no control characters. `row` is the article's row in the catalogue of the same index.
struct HitData {
  std::int64_t row = 0;
  std::string id;
  std::string title;    ///< empty: the source gives none; then show `opening`
  std::string opening;  ///< the first words of the text after the title, at most about 160 bytes
  std::string date;     ///< ISO, as Article::published; empty: none
  bool date_guessed = false;
  std::string source;
  std::string lang;
  std::string path;  ///< absolute, as indexed
};

/// Fields separated by U+001F, which no article string holds.
std::string pack_hit(const HitData& hit);
/// What is missing stays empty.
HitData unpack_hit(std::string_view packed);
/// HitData::row alone, without allocation; 0: not there.
std::int64_t packed_row(std::string_view packed);

/// The data of a quotation's document: the article's id, and the quotation's number in its annotation.
struct QuotationData {
  std::string id;
  std::uint32_t number = 0;
};
std::string pack_quotation(std::string_view id, std::uint32_t number);
QuotationData unpack_quotation(std::string_view packed);

}  // namespace spalte
