// What may be written to a terminal?
#pragma once

#include <string>
#include <string_view>

namespace spalte {

/// `text` with control characters (C0, DEL, C1, bidirectional overrides and isolates) replaced by U+FFFD, so that
/// neither a file name nor an article can move the cursor, set colours or turn the line around. Newlines are replaced
/// as well.
std::string printable(std::string_view text);
/// The same for a message of several lines: its newlines stay.
std::string printable_lines(std::string_view text);

}  // namespace spalte
