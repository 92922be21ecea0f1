// What does the archive know of one actor?
#pragma once

#include "query/actor_names.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

/// Something said of an actor, with the articles that say it.
struct ActorFact {
  std::string text;
  std::int64_t articles = 0;
  std::string first, last;  ///< ISO dates; empty: undated articles only
};

struct ActorCard {
  std::int64_t articles = 0, mentions = 0, derived_alone = 0;
  std::string first, last;       ///< dates of the articles that name it
  std::vector<ActorFact> forms;  ///< as written, genitive s off too; most frequent first
  std::vector<ActorFact> roles;  ///< in the order in which they were first held
  std::string wikidata;
};

/// Reads the annotation of each of its articles: about 50 µs an article.
Result<ActorCard> actor_card(const Actor& actor, Reader& reader);

}  // namespace spalte::query
