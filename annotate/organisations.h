// Under which other names are well-known organisations written?
#pragma once

#include <string_view>

namespace spalte::annotate {

/// The name that newspapers use most, for any of its other names or abbreviations ("Ap", "Arbeidarpartiet" →
/// "Arbeiderpartiet"; "Dei sameinte nasjonane" → "FN"). Compared without regard to case. Empty for an unknown one.
std::string_view known_organisation(std::string_view normalised_name);

}  // namespace spalte::annotate
