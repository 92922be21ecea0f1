// How is an encoding recognised and undone?
#include "indexer/encoding.h"

#include "language/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

namespace spalte::indexer {
namespace {

constexpr std::size_t kValid = std::string_view::npos;

/// The place of the first byte that is no UTF-8, or kValid.
std::size_t first_invalid_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t start = i;
    if (language::next_code_point(s, i) == language::kReplacement && i - start == 1) return start;
  }
  return kValid;
}

/// Windows-1252 from 0x80 to 0x9f; 0: not assigned.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

Result<std::string> from_windows_1252(std::string_view bytes, std::size_t first_bad) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto b = static_cast<unsigned char>(bytes[i]);
    char32_t c = b;
    if (b >= 0x80 && b < 0xa0) c = kWindows1252[b - 0x80U];
    if (c == 0)
      return fail(ErrorCode::bad_input,
                  fmt::format("neither UTF-8 (byte 0x{:02x} at {}) nor Windows-1252 (byte 0x{:02x} at {})",
                              static_cast<unsigned char>(bytes[first_bad]), first_bad, b, i),
                  "convert the file to UTF-8");
    language::append_code_point(out, c);
  }
  return out;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::u16string units;
  units.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    units += static_cast<char16_t>(big_endian ? a << 8 | b : b << 8 | a);
  }
  std::string out;
  icu::UnicodeString(false, units.data(), static_cast<std::int32_t>(units.size())).toUTF8String(out);
  return out;
}

/// UTF-16 without a mark: Norwegian text has a zero in nearly every pair, always on the same side. Nothing: it is none.
std::optional<bool> big_endian_utf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1U : 0U;
  const std::size_t pairs = head.size() / 2;
  if (zeros[1] > pairs * 7 / 10 && zeros[0] == 0) return false;
  if (zeros[0] > pairs * 7 / 10 && zeros[1] == 0) return true;
  return {};
}

/// By ICU's converter of that name; nothing: it knows none.
std::optional<std::string> from_charset(std::string_view bytes, const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &status), ucnv_close);
  if (U_FAILURE(status)) return {};
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status)) return {};
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string detected_charset(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), ucsdet_close);
  constexpr std::size_t kEnough = 64U << 10U;
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(std::min(bytes.size(), kEnough)), &status);
  const UCharsetMatch* match = U_SUCCESS(status) ? ucsdet_detect(detector.get(), &status) : nullptr;
  const char* name = match != nullptr ? ucsdet_getName(match, &status) : nullptr;
  return name != nullptr && U_SUCCESS(status) ? name : "windows-1252";
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view declared) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), true);
  if (const auto big = big_endian_utf16(bytes)) return from_utf16(bytes, *big);
  if (first_invalid_utf8(bytes) == kValid) return std::string(bytes);
  std::string name;
  for (char c : declared) name += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  // What is declared as UTF-8 and is none was never converted: Norwegian pages of that kind are Windows-1252.
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii" || name.starts_with("utf"))
    name = "windows-1252";
  if (name.empty()) name = detected_charset(bytes);
  if (name.starts_with("ISO-8859-1")) name = "windows-1252";
  auto text = from_charset(bytes, name);
  if (!text) text = from_charset(bytes, "windows-1252");
  return text ? *text : std::string();
}

std::string clean_text(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  bool ascii = true;
  for (std::size_t i = 0; i < s.size();) {
    const char first = s[i];
    if (static_cast<unsigned char>(first) < 0x80) {
      ++i;
      if (first == '\r') {
        out += '\n';
        if (i < s.size() && s[i] == '\n') ++i;
      } else if (first == '\n' || first == '\f' || first == '\v') {
        out += '\n';
      } else if (first == '\t') {
        out += ' ';
      } else if (static_cast<unsigned char>(first) >= 0x20 && first != 0x7f) {
        out += first;
      }
      continue;
    }
    ascii = false;
    const char32_t c = language::next_code_point(s, i);
    if (c == 0x2028 || c == 0x2029 || c == 0x85) {
      out += '\n';
    } else if (c >= 0xa0 && c != 0xfeff) {  // C1 controls and byte order marks go
      language::append_code_point(out, c);
    }
  }
  if (ascii) return out;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) ||
      nfc->isNormalizedUTF8(icu::StringPiece(out.data(), static_cast<std::int32_t>(out.size())), status))
    return out;
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  nfc->normalizeUTF8(0, icu::StringPiece(out.data(), static_cast<std::int32_t>(out.size())), sink, nullptr, status);
  return U_SUCCESS(status) ? composed : out;
}

Result<std::string> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return clean_text(from_utf16(bytes.substr(2), false));
  if (bytes.starts_with("\xFE\xFF")) return clean_text(from_utf16(bytes.substr(2), true));
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    if (const auto big = big_endian_utf16(bytes)) return clean_text(from_utf16(bytes, *big));
    return fail(ErrorCode::bad_input, fmt::format("holds a NUL byte at {}: not a text", nul),
                "take the file out, or convert it to UTF-8");
  }
  const std::size_t bad = first_invalid_utf8(bytes);
  if (bad == kValid) return clean_text(bytes);
  Result<std::string> text = from_windows_1252(bytes, bad);
  if (!text) return text;
  return clean_text(*text);
}

}  // namespace spalte::indexer
