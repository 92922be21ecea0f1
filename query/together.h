// Who is named with whom, how much more often than chance, and where?
#pragma once

#include "query/actor_names.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

enum class Within : std::uint8_t { sentence, paragraph, article };

/// One other actor.
struct Companion {
  Actor actor;
  std::int64_t articles = 0;  ///< with both in one window
  std::int64_t windows = 0;   ///< sentences, paragraphs or articles with both
  double expected = 0;        ///< articles with both, were the two spread independently of each other
  double likelihood = 0;      ///< log-likelihood; below zero: met together less often than by chance
  std::string evidence;       ///< a sentence (or paragraph's beginning) of the newest such article
  std::string evidence_id;    ///< of that article
  std::string evidence_date;
};

struct TogetherOptions {
  Within within = Within::sentence;
  bool derived = true;    ///< derived mentions of the actor that was asked for count
  std::string kind;       ///< of the others; empty: all
  std::int64_t top = 20;  ///< 0: all
};

/// Those named together with the actor, strongest first. An article is one trial, whatever the window: of `a` articles
/// with both in one window among those of the actor, and the other's articles among all the rest, Dunning's
/// log-likelihood ratio (Computational Linguistics 19, 1993) as for distinctive words; signed. For narrow windows it is
/// therefore too low for all alike, which leaves their order as it is. Cost: each article of the actor is read; with a
/// narrow window its text is cut as well (0.1 ms a kilobyte). Inside Reader::request.
Result<std::vector<Companion>> together(const Actor& actor, ActorNames& names, const TogetherOptions& options,
                                        Reader& reader);

}  // namespace spalte::query
