// What may somebody have meant whose query finds nothing?
#pragma once

#include "annotate/topics.h"
#include "query/options.h"
#include "query/reader.h"
#include "query/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

/// For a tree that finds nothing: a line for each word, name, source, byline or section that the archive does not hold,
/// with the nearest that it does; where all of them are there, how many articles each finds alone. Bounded: some 10 ms a
/// word, at most kMostSuggestions lines. Throws Xapian's exceptions: inside Reader::request.
std::vector<std::string> suggestions(const Node& tree, const MatchOptions& options, Reader& reader);

inline constexpr std::size_t kMostSuggestions = 5;

/// The topic's name, in any language, nearest to a wrong one; empty: none is near.
std::string nearest_topic(std::string_view typed, const annotate::TopicTree& topics);

}  // namespace spalte::query
