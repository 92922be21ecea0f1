// Which words speak of an actor without naming it?
#pragma once

#include "annotate/gazetteer.h"
#include "annotate/tagger.h"
#include "language/analyser.h"
#include "schema/annotation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::annotate {

/// A demonym, or a compound of a name and a common word.
struct DerivedMention {
  std::uint32_t begin = 0, end = 0;  ///< bytes
  CountryId country = kNoCountry;    ///< of a demonym; kSeveralCountries: nobody's
  std::string part;                  ///< of a compound: the name in it
  ActorKind kind = ActorKind::gpe;   ///< of the part, where the article does not tell
  bool certain = false;              ///< the tagger or the compound itself says that the part is a name
};

/// Demonyms (kinesiske, nordkoreanarane) and compounds (Trump-administrasjonen, EU-kommisjonen) outside names, in
/// order. `names` as the tagger gives them, in order; its own derived spans are looked at as well. Linear.
std::vector<DerivedMention> find_derived(const language::AnalysedText& analysed, const language::Analyser& analyser,
                                         const std::vector<NameSpan>& names);

}  // namespace spalte::annotate
