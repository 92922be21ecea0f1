// Which names of an article belong together?
#pragma once

#include "annotate/gazetteer.h"
#include "annotate/tagger.h"
#include "annotate/word_lexicon.h"
#include "language/segment.h"
#include "schema/annotation.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::annotate {

/// The bytes of a name: its tokens, without a full stop that ends the sentence and not the name (Dagbladet.no.).
language::ByteRange name_range(std::string_view text, const language::AnalysedText& analysed, const NameSpan& name);

/// All mentions of one kind that are written alike, genitive s and case aside.
struct NameGroup {
  std::string name;  ///< as written, genitive s off
  std::string key;   ///< normalised
  ActorKind kind = ActorKind::person;
  CountryId country = kNoCountry;
  std::string_view known;  ///< the usual name of a well-known organisation; else empty
  std::uint32_t words = 1;
  std::uint32_t first = 0;  ///< number of its first mention
  std::uint32_t count = 0;
  std::uint32_t joined = 0;  ///< the group it belongs to; itself if none
};

/// Groups the names of one article and joins those that mean one actor. Views into `text` must stay valid.
class NameGroups {
 public:
  NameGroups(std::string_view text, const language::AnalysedText& analysed, const WordLexicon& lexicon,
             const std::vector<NameSpan>& names);

  /// The group of a name (by its number among those handed in), after joining.
  std::uint32_t actor_of(std::uint32_t name) const { return root(group_of_[name]); }
  /// The name as written without its genitive s.
  const std::string& base(std::uint32_t name) const { return groups_[group_of_[name]].name; }
  const std::vector<NameGroup>& groups() const { return groups_; }
  std::uint32_t root(std::uint32_t group) const;

 private:
  std::string_view written(const NameSpan& name) const;
  std::string base_form(const NameSpan& name) const;
  void join_persons();
  void join_misspelt();
  void join_acronyms();
  void join_organisations();
  void join_shortened();
  void join_municipalities();
  void join(std::uint32_t part, std::uint32_t whole);
  std::uint32_t best_bearer(const NameGroup& part, const std::vector<std::uint32_t>& bearers) const;

  std::string_view text_;
  const language::AnalysedText& analysed_;
  const WordLexicon& lexicon_;
  const std::vector<NameSpan>& names_;
  std::unordered_map<std::string_view, std::uint32_t> written_;  ///< how often each name is written so
  std::vector<NameGroup> groups_;
  std::vector<std::uint32_t> group_of_;
};

}  // namespace spalte::annotate
