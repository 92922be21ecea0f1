// Who is meant by a name across all articles? Names of the index, joined to actors when a query asks.
#pragma once

#include "query/reader.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::query {

/// Somebody or something with all its names. Its id is that of its first name.
struct Actor {
  ActorKind kind = ActorKind::person;  ///< as the user set it, else that of its first name
  std::vector<NameRow> names;          ///< never empty; the one it is called by first, the others by text

  NameId id() const { return names.front().id; }
  const std::string& name() const { return names.front().text; }
};

/// Joins names to actors. The same kind and full name is one name already; beyond that, in this order:
///
/// 1. what the user decided (`actors --merge`, `--split`), in the order of the decisions;
/// 2. a person's single name (`Bråthen`) joins the bearer of it that its articles point to: each article of the single
///    name speaks for the bearer with most in common by role, company (names in both) and time; more than half of them
///    must speak for one bearer, and hardly any for another. Else it stays an actor of its own, and a query by that
///    name answers all its bearers;
/// 3. an acronym joins the one organisation that some article gives it to (`Nordhavet kraftlag (NKL)`).
///
/// All of it is a function of the articles and decisions that are there, not of the order in which they came. Nothing
/// is stored: a decision touches no posting. Lives inside one Reader::request; throws Xapian's exceptions. Cost:
/// look-ups, and for a single name up to kSample articles for it and for each bearer (about 1 µs each, 50 µs where
/// roles decide).
class ActorNames {
 public:
  static Result<ActorNames> open(Reader& reader);

  /// By id, alias, name, surname, acronym, demonym, any form that some article uses, case aside; with genitive s where
  /// nothing else is known. Those with most articles first; empty: nobody.
  Result<std::vector<Actor>> by_typed(const std::string& typed);
  /// The one that is meant: the only one; of those called the same but for case and kind (Norge, NORGE) that with most
  /// articles; and who is called just so (Norge), if no person by a surname, where others in fewer articles bear it as a
  /// part of their names. Errors: usage, with the ids to choose from.
  Result<Actor> one(const std::string& typed);
  /// The actor that a name belongs to; nothing for an unknown name.
  Result<std::optional<Actor>> of(NameId name);
  /// The id of that actor alone, remembered; the name's own where it is unknown.
  Result<NameId> actor_id(NameId name);
  /// As decided by the user, else the name's own.
  ActorKind kind_of(const NameRow& name) const;

 private:
  explicit ActorNames(Reader& reader) : reader_(reader) {}
  void apply(const Catalogue::Correction& correction);
  /// The wanted ones of those with this key that some article names.
  Result<std::vector<NameRow>> live(const std::string& key, const std::function<bool(const NameRow&)>& wanted) const;
  Result<NameId> joined(const NameRow& name);
  Result<NameId> bearer_of(const NameRow& name);
  Result<NameId> holder_of_acronym(const NameRow& name);
  /// First of the group of names that the user merged, or the name itself.
  NameId head(NameId name) const;

  Reader& reader_;
  std::vector<std::vector<NameId>> merged_;  ///< groups; the first gives the actor its name
  std::set<NameId> alone_;                   ///< split off: joined to nothing
  std::map<std::string, std::vector<NameId>> aliases_;
  std::map<NameId, ActorKind> kinds_;
  std::unordered_map<NameId, NameId> known_;
};

/// Articles that name the actor, those with derived mentions alone as well if wanted.
Xapian::Query named_query(const Actor& actor, bool derived);
/// The same without superseded versions and what is under embargo: for what is counted over the whole archive.
Xapian::Query newest_naming(const Actor& actor, bool derived, Reader& reader);

}  // namespace spalte::query
