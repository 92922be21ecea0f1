// Which title or office stands beside a person's name?
#pragma once

#include "language/analyser.h"

#include <string>
#include <string_view>

namespace spalte::annotate {

/// Is that a word for an office, a profession or a rank ("utenriksminister", "landslagstrener", "leiaren")? `folded` is
/// a word's folded form. Compounds count by their tail, definite forms by their stem.
bool is_role(std::string_view folded);

/// The tokens of a role, [first, last); empty where there is none.
struct RoleSpan {
  std::uint32_t first = 0, last = 0;
  bool empty() const { return first == last; }
};

/// The role of the person named by tokens [first, last) of `sentence`: right before the name ("utenriksminister Wang
/// Yi", "administrerende direktør …", "NATO-sjef …"), or after it between commas ("Wang Yi, Kinas utenriksminister,").
/// Whose minister it is does not belong to the role.
RoleSpan find_role(const language::AnalysedText& text, const language::Analyser& analyser,
                   const language::Sentence& sentence, std::uint32_t first, std::uint32_t last);

}  // namespace spalte::annotate
