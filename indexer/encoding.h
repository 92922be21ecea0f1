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

/// UTF-8 of markup or JSON that may say itself what it is written in: `declared` ("iso-8859-1", any case; empty: nothing
/// said). A byte order mark and UTF-16's zero bytes outweigh it, and so does text with letters beyond ASCII that is valid
/// UTF-8, as other encodings never are by chance; ISO-8859-1 is read as Windows-1252, as browsers do. Where nothing is
/// declared: ICU's detector. Bytes without a meaning become U+FFFD; nothing else is cleaned.
std::string to_utf8(std::string_view bytes, std::string_view declared);

/// The last step of decode_text alone, for text whose encoding is known to be UTF-8 (invalid sequences become U+FFFD).
std::string clean_text(std::string_view utf8);

}  // namespace spalte::indexer
