// How is ICU's collator asked?
#include "query/collation.h"

#include <memory>

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/sortkey.h>
#include <unicode/unistr.h>

namespace spalte::query {

std::string collation_key(std::string_view text) {
  static const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> c(icu::Collator::createInstance(icu::Locale("nb", "NO"), status));
    return U_SUCCESS(status) ? std::move(c) : nullptr;
  }();
  if (!collator) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  icu::CollationKey key;
  collator->getCollationKey(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))), key, status);
  if (U_FAILURE(status)) return std::string(text);
  std::int32_t length = 0;
  const std::uint8_t* bytes = key.getByteArray(length);
  std::string out;
  out.reserve(static_cast<std::size_t>(length));
  for (std::int32_t i = 0; i < length && bytes[i] != 0; ++i) out += static_cast<char>(bytes[i]);
  return out;
}

}  // namespace spalte::query
