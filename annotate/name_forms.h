// Which written forms are one name?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// The words of a name, split at blanks; views into `name`.
std::vector<std::string_view> name_words(std::string_view name);

/// A possible genitive without its ending ("Kinas" → "Kina", "Lars'" → "Lars"); empty for what cannot be one. Whether
/// it is one, the caller must know otherwise ("Jens").
std::string_view without_genitive(std::string_view name);

/// Can the short name stand for the long one ("DSB" for "Direktoratet for samfunnssikkerhet og beredskap", "Ap" for
/// "Arbeiderpartiet")? Short, with a capital, and its letters are found in the long one in order, the first at its
/// start.
bool is_acronym_of(std::string_view acronym, std::string_view name);

/// Are the words of `part` all in `whole`, in order, so that both may name one person: the same surname, or first
/// names alone? Words are compared as they are; hand in normalised ones.
bool is_part_of_name(const std::vector<std::string_view>& part, const std::vector<std::string_view>& whole);

}  // namespace spalte::annotate
