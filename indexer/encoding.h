// Which characters do a file's bytes mean?
#pragma once

#include "schema/result.h"

#include <string>
#include <string_view>

namespace spalte::indexer {

/// UTF-8 in NFC with '\n' as the only control character (tabs become blanks, other controls go; CRLF, CR, line and
/// paragraph separators become '\n'). Taken for: UTF-8 and UTF-16 by their byte order marks, UTF-16 by its zero bytes,
/// valid UTF-8, else Windows-1252 (which holds ISO-8859-1) where every byte has a meaning there. Errors: bad_input,
/// with the byte's place.
Result<std::string> decode_text(std::string_view bytes);

/// The last step of decode_text alone, for text whose encoding is known to be UTF-8 (invalid sequences become U+FFFD).
std::string clean_text(std::string_view utf8);

}  // namespace spalte::indexer
