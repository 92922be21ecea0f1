// How are spellings brought to one form?
#include "language/normalise.h"

#include "language/utf8.h"

#include <array>
#include <cstdint>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

namespace spalte::language {
namespace {

char32_t lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }

constexpr bool combining(char32_t c) { return c >= 0x300 && c <= 0x36f; }

/// The folded code point; 0: it goes.
char32_t folded(char32_t c, Accents accents) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c < 0x180) c = lower(c);
  switch (c) {
    case 0xad:
    case 0x200b:
    case 0x200c:
    case 0x200d:
    case 0x2060:
    case 0xfeff:
      return 0;
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0xb4:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0xab:
    case 0xbb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
      return '"';
    case 0xa0:
    case 0x202f:
    case 0x2009:
    case 0x2007:
      return ' ';
    default:
      break;
  }
  if (accents == Accents::fold) {
    if (c >= 0xe8 && c <= 0xeb) return 'e';
    if (c == 0xf2 || c == 0xf4) return 'o';
    if (c == 0xe0 || c == 0xe2) return 'a';
  }
  if (combining(c)) return 0;  // what NFC could not compose; and nothing may compose on a second pass
  return c < 0x180 ? c : lower(c);
}

/// What most Norwegian text is made of: the code points below 0x180, folded once.
struct LatinTable {
  explicit LatinTable(Accents accents) {
    for (char32_t c = 0; c < to.size(); ++c) to[c] = static_cast<char16_t>(folded(c, accents));
  }
  std::array<char16_t, 0x180> to;
};

const LatinTable& latin(Accents accents) {
  static const LatinTable kFolded(Accents::fold), kKept(Accents::keep);
  return accents == Accents::fold ? kFolded : kKept;
}

/// Appends lower case of the ASCII that `text` begins with; its length.
std::size_t append_ascii(std::string_view text, std::string& out) {
  const char* from = text.data();
  const char* end = from;
  for (const char* last = from + text.size(); end != last && static_cast<unsigned char>(*end) < 0x80;) ++end;
  const auto size = static_cast<std::size_t>(end - from);
  out.append(from, size);
  // A plain pointer, so that the compiler sees that nothing else changes: then it takes many letters at a time.
  char* c = out.data() + (out.size() - size);
  for (std::size_t i = 0; i < size; ++i) c[i] = static_cast<char>(c[i] + ((c[i] >= 'A') & (c[i] <= 'Z')) * 32);
  return size;
}

}  // namespace

void normalise_to(std::string_view text, std::string& out, Accents accents) {
  const std::size_t before = out.size();
  std::size_t i = append_ascii(text, out);
  const LatinTable& table = latin(accents);
  std::string composed;
  while (i < text.size()) {
    const char32_t c = next_code_point(text, i);
    if (combining(c) && composed.empty()) {
      // The letter before the first mark is there already: start over from the whole text.
      UErrorCode status = U_ZERO_ERROR;
      icu::StringByteSink<std::string> sink(&composed);
      icu::Normalizer2::getNFCInstance(status)->normalizeUTF8(
          0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
      if (U_SUCCESS(status) && !composed.empty()) {
        out.resize(before);
        text = composed;
        i = append_ascii(text, out);
        continue;
      }
    }
    if (const char32_t f = c < table.to.size() ? table.to[c] : folded(c, accents); f != 0) append_code_point(out, f);
    i += append_ascii(text.substr(i), out);
  }
}

std::string normalise(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  normalise_to(text, out);
  return out;
}

std::string fold_letters(std::string_view text) {
  static UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    char32_t c = next_code_point(text, i);
    if (c == 0xe6) c = 'a';
    if (c == 0xf8) c = 'o';
    if (c >= 0x80 && nfd != nullptr) {
      icu::UnicodeString parts;
      if (nfd->getDecomposition(static_cast<UChar32>(c), parts) != 0) c = static_cast<char32_t>(parts.char32At(0));
    }
    append_code_point(out, c);
  }
  return out;
}

}  // namespace spalte::language
