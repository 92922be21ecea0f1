// How are texts and annotations kept small? zstd, with a dictionary for each kind that is part of the program.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte {

enum class Packed : std::uint8_t { text, annotation };

/// zstd. Of a news article of 2 kB the dictionary (schema/data: what hundreds of texts have in common, made by
/// scripts/train-packing) saves an eighth, of its annotation a fifth. Thread-safe; 20 µs.
std::string pack(std::string_view bytes, Packed kind);

/// What was packed as either kind, or without any dictionary. Errors: index_damaged. Thread-safe; 5 µs.
Result<std::string> unpack(std::string_view packed);

/// The dictionaries as the build embeds them (cmake/embed_files.cmake): zstd's format, numbers of their own in their heads.
/// A number's dictionary never changes once archives have been packed with it: a better one gets another number, and the
/// old one stays.
std::string_view dictionary(Packed kind);

}  // namespace spalte
