// Which spellings are the same for matching?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte::language {

/// Matching form of UTF-8 text: NFC, lower case, soft hyphens and zero-width characters gone, é è ê ë → e, ò ô → o, à â
/// → a (ó stays: `fór` is not `for`), ’ → ', every dash and hyphen → '-', « » “ ” „ → ". æ ø å ä ö ü stay letters.
/// Idempotent. Invalid bytes become U+FFFD. Thread-safe.
std::string normalise(std::string_view text);
enum class Accents : std::uint8_t { fold, keep };
/// The same, appended to `out` without another allocation than its own growth; with Accents::keep, é è ê ò ô à â stay
/// what they are (`fôr` is not `for`): the spelling by which the lexicon is asked first.
void normalise_to(std::string_view text, std::string& out, Accents accents = Accents::fold);

/// `--fold`: æ → a, ø → o, å → a, and the rest of the accents off, on top of normalise; "ae", "oe", "aa" are left as
/// written.
std::string fold_letters(std::string_view normalised);

}  // namespace spalte::language
