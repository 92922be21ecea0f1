// By what can a name be asked for?
#pragma once

#include "schema/annotation.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// Folded keys (language::normalise) of an actor of an article: its full name, a person's surname, every form, the
/// Wikidata id if the source gave one. What the index files names under and what a query asks must both come from here. No
/// duplicates.
std::vector<std::string> name_keys(const ArticleActor& actor);
/// The key of a name that a user typed.
std::string name_query_key(std::string_view typed);

}  // namespace spalte::annotate
