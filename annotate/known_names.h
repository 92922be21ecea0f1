// Which single words are known to be first names, places or newspapers?
#pragma once

#include <cstdint>
#include <string_view>

namespace spalte::annotate {

/// Bits: a word may be several (Odd, Bergen).
enum KnownName : std::uint8_t { kFirstName = 1, kPlace = 2, kOrganisation = 4 };

/// Evidence for the tagger, no decision. By the word as written, without genitive s; 0 for an unknown one.
std::uint8_t known_name(std::string_view word);

}  // namespace spalte::annotate
