// How does a tree become a query that Xapian can answer?
#pragma once

#include "query/actor_names.h"
#include "query/options.h"
#include "query/reader.h"
#include "query/tree.h"
#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// A word of the query that shows in a hit: for snippets, highlighting and re-ranking.
struct MatchedWord {
  std::vector<std::string> keys;   ///< any of these in the text is the word
  std::vector<std::string> parts;  ///< keys of compound parts that count for it
  std::string folded;              ///< as typed; where `exact` only this counts
  bool exact = false;
};

/// Whom an actor condition means: every bearer of the name.
struct MatchedActor {
  std::string typed;
  std::vector<Actor> actors;   ///< those in most articles first
  std::vector<NameRow> names;  ///< of all of them
};

/// Quotations by article: its id, and the numbers of those that matched, in its annotation.
using MatchedQuotations = std::unordered_map<std::string, std::vector<std::uint32_t>>;

struct Compiled {
  Xapian::Query query;
  std::vector<MatchedWord> words;  ///< not those that are negated
  std::vector<MatchedActor> actors;
  MatchedQuotations quotations;    ///< those that quote: and quote{} asked for
  std::vector<NameId> speakers;    ///< whom speaker: asked for outside of them
  std::vector<std::string> notes;  ///< "no actor is called X", for the user
  /// With Collapse::dup: group → how many of its articles match beside the one that stands for it.
  std::unordered_map<std::string, std::int64_t> hidden;
};

/// Compiles within the reader's snapshot. Phrases, hyphenated words and NEAR look at the positions of every article that
/// has all their words (about 1 µs each). Exact words and phrases, SAME, sent{} and para{} are verified on the stored text
/// of what that leaves, and so is NEAR where it joins more than words in all their forms (about 10 µs each). Errors: usage (a wrong date, a topic or saved query that does not exist); they
/// show the place in `text`, which the tree was parsed from, if it is not empty.
Result<Compiled> compile(const Node& tree, const MatchOptions& options, Reader& reader, std::string_view text = {});

/// The same against the index of quotations: words are those of one quotation, a name is its speaker; what quotations
/// do not have (topic:, title:, lang: …) is asked of their articles.
Result<Compiled> compile_quotes(const Node& tree, const MatchOptions& options, Reader& reader,
                                std::string_view text = {});

/// `--any`: the words of a plain text, any of which may match.
Result<Compiled> compile_any(std::string_view text, const MatchOptions& options, Reader& reader);

/// The parts of a tree that limit source, date and language, and nothing else: what a timeline's totals are counted
/// under. All of it if there are none.
Node frame_of(const Node& tree);

}  // namespace spalte::query
