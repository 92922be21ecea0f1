// Who is named, who is quoted and what is an article about? The result of annotate/, stored by indexer/, shown by
// query/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// gpe: countries, regions, towns; loc: other places.
enum class ActorKind : std::uint8_t { person, org, gpe, loc };

constexpr std::string_view actor_kind_name(ActorKind k) {
  constexpr std::string_view names[] = {"person", "org", "gpe", "loc"};
  return names[static_cast<std::size_t>(k)];
}

inline constexpr std::uint32_t kNoActor = UINT32_MAX;

/// A name as written, genitive s and all. Offsets are UTF-8 bytes into Article::text, half-open.
struct Mention {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  ActorKind kind = ActorKind::person;
  std::uint32_t actor = kNoActor;  ///< index into Annotation::actors
};

/// One actor of one article: all mentions that mean the same person, organisation or place.
struct ArticleActor {
  std::string name;  ///< the fullest form, genitive s off
  ActorKind kind = ActorKind::person;
  std::vector<std::string> forms;  ///< as written, and stripped of genitive s; no duplicates; first seen first
  std::uint32_t mentions = 0;      ///< named mentions, derived ones not counted
  std::string role;                ///< "utenriksminister"; empty: none found
  std::string wikidata;            ///< "Q123" where the source brought it; else empty
  bool given = false;              ///< the source itself names it as one the article is about; mentions may be 0
};

enum class QuoteStyle : std::uint8_t { dash, marks, clause, turn };
enum class SpeakerFound : std::uint8_t { none, name, pronoun, role, turn, org };

constexpr std::string_view quote_style_name(QuoteStyle s) {
  constexpr std::string_view names[] = {"dash", "marks", "clause", "turn"};
  return names[static_cast<std::size_t>(s)];
}
constexpr std::string_view speaker_found_name(SpeakerFound s) {
  constexpr std::string_view names[] = {"", "name", "pronoun", "role", "turn", "org"};
  return names[static_cast<std::size_t>(s)];
}

/// How often such a speaker is the right one: read from 2,256 attributed sentences of newspapers with names and
/// coreference marked (tuned on them, so a little too good). Of turns none are marked there; the share is that of read
/// samples, kept low since nothing beside the turn says who speaks.
constexpr double speaker_certainty(SpeakerFound how) {
  constexpr double shares[] = {0, 0.99, 0.97, 0.80, 0.85, 0.93};
  return shares[static_cast<std::size_t>(how)];
}
/// Speakers below are shown with a question mark.
inline constexpr double kCertainSpeaker = 0.9;

/// [begin, end) covers the quotation and its attribution; [text_begin, text_end) the quotation alone.
struct Quote {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t text_begin = 0, text_end = 0;
  std::uint32_t actor = kNoActor;  ///< the speaker; none when unnamed
  std::string described;           ///< an unnamed speaker in the article's words; else empty
  std::string verb;                ///< as written
  QuoteStyle style = QuoteStyle::dash;
  SpeakerFound how = SpeakerFound::none;
};

struct TopicScore {
  std::string id;                      ///< "medtop:20000593"
  std::string top;                     ///< the top topic it lies below (itself for a top topic)
  std::vector<std::string> ancestors;  ///< all topics above it, lowest first
  std::string name;                    ///< Norwegian (bokmål)
  float score = 0;
  bool assigned = false;              ///< only assigned topics are indexed and shown
  std::vector<std::string> evidence;  ///< the words that gave it, as written
};

struct Annotation {
  std::vector<ArticleActor> actors;
  std::vector<Mention> mentions;  ///< by begin
  std::vector<Mention>
      derived;  ///< demonyms and compounds (kinesiske → Kina, Trump-administrasjonen → Trump), by begin
  std::vector<Quote> quotes;       ///< by begin
  std::vector<TopicScore> topics;  ///< the assigned ones (of `annotate`: also those weighed and dropped); best first
};

}  // namespace spalte
