// How do actors that the source itself names come into an annotation?
#pragma once

#include "schema/annotation.h"
#include "schema/article.h"

#include <vector>

namespace spalte::annotate {

/// Marks the actors of `annotation` that `given` names, by name, any form, a person's surname, acronym or a country's
/// other names, and gives them the source's full name, kind, Wikidata id and, where the text tells none, role. What the
/// text does not name is added last, with no mentions and no forms. "Solberg, Erna" is turned round; a Wikidata id may
/// be an address that ends in one. Nothing is joined that two given names could claim (Kari and Per Lundvoll, and the
/// text says Lundvoll). Linear in actors × given.
void add_given(const std::vector<GivenActor>& given, Annotation& annotation);

/// What add_given was told, as far as the annotation keeps it: to annotate the article anew without its source.
std::vector<GivenActor> given_actors(const Annotation& annotation);

}  // namespace spalte::annotate
