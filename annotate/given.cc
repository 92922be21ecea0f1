// Which actors of the article are meant by the names that its source gives?
#include "annotate/given.h"

#include "annotate/gazetteer.h"
#include "annotate/name_forms.h"
#include "annotate/names.h"
#include "annotate/organisations.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace spalte::annotate {
namespace {

/// "http://www.wikidata.org/entity/Q123", "wd:Q123" → "Q123"; empty for what ends in none.
std::string wikidata_id(std::string_view text) {
  const std::size_t q = text.find_last_not_of("0123456789");
  if (q == std::string_view::npos || q + 1 == text.size() || (text[q] != 'Q' && text[q] != 'q')) return {};
  return "Q" + std::string(text.substr(q + 1));
}

/// "Solberg, Erna" → "Erna Solberg"; blanks at the ends go.
std::string usual_name(std::string_view name, ActorKind kind) {
  const auto trimmed = [](std::string_view s) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
    return s;
  };
  const std::size_t comma = name.find(',');
  if (kind == ActorKind::person && comma != std::string_view::npos && comma == name.rfind(',')) {
    const std::string_view last = trimmed(name.substr(0, comma)), first = trimmed(name.substr(comma + 1));
    if (!last.empty() && !first.empty()) return std::string(first).append(" ").append(last);
  }
  if (kind == ActorKind::gpe) {
    const Gazetteer& gazetteer = Gazetteer::instance();
    if (const CountryId id = gazetteer.country(trimmed(name)); id != kNoCountry) return gazetteer.country_name(id);
  }
  if (kind == ActorKind::org)
    if (const std::string_view known = known_organisation(name_query_key(name)); !known.empty())
      return std::string(known);
  return std::string(trimmed(name));
}

bool is_place(ActorKind kind) { return kind == ActorKind::gpe || kind == ActorKind::loc; }

/// How surely the actor is the given one; 0: not.
int likeness(const ArticleActor& actor, const GivenActor& given, const std::string& key) {
  const bool alike = actor.kind == given.kind || (is_place(actor.kind) && is_place(given.kind));
  const std::string name = name_query_key(actor.name);
  if (name == key) return alike ? 5 : 4;
  if (!alike) return 0;
  if (std::any_of(actor.forms.begin(), actor.forms.end(),
                  [&](const std::string& f) { return name_query_key(f) == key; }))
    return 3;
  if (given.kind == ActorKind::person) {
    const std::vector<std::string_view> theirs = name_words(name), wanted = name_words(key);
    return is_part_of_name(theirs, wanted) || (wanted.size() > 1 && is_part_of_name(wanted, theirs)) ? 2 : 0;
  }
  return given.kind == ActorKind::org &&
                 (is_acronym_of(actor.name, given.name) || is_acronym_of(given.name, actor.name))
             ? 1
             : 0;
}

void retype(Annotation& annotation, std::size_t actor, ActorKind kind) {
  annotation.actors[actor].kind = kind;
  for (std::vector<Mention>* list : {&annotation.mentions, &annotation.derived})
    for (Mention& m : *list)
      if (m.actor == actor) m.kind = kind;
}

}  // namespace

void add_given(const std::vector<GivenActor>& given, Annotation& annotation) {
  std::vector<GivenActor> wanted;
  for (const GivenActor& g : given) {
    GivenActor one{usual_name(g.name, g.kind), g.kind, wikidata_id(g.wikidata), g.role};
    if (one.name.empty()) continue;
    // "MÅLØY" of the dateline is the Måløy of the place named before it.
    const std::string key = name_query_key(one.name);
    const auto same = std::find_if(wanted.begin(), wanted.end(), [&](const GivenActor& w) {
      return w.kind == one.kind && name_query_key(w.name) == key;
    });
    if (same == wanted.end()) {
      wanted.push_back(std::move(one));
      continue;
    }
    if (same->wikidata.empty()) same->wikidata = std::move(one.wikidata);
    if (same->role.empty()) same->role = std::move(one.role);
  }
  // Only what the text names is claimed; and by one alone: the likeliest, nobody where two are equally likely.
  struct Claim {
    std::size_t by = 0;
    int likeness = 0;
    bool contested = false;
  };
  const std::size_t named = annotation.actors.size();
  std::vector<Claim> claims(named);
  for (std::size_t g = 0; g < wanted.size(); ++g) {
    const std::string key = name_query_key(wanted[g].name);
    for (std::size_t a = 0; a < named; ++a) {
      const int now = likeness(annotation.actors[a], wanted[g], key);
      if (now == 0 || now < claims[a].likeness) continue;
      const bool same = claims[a].likeness > 0 && name_query_key(wanted[claims[a].by].name) == key;
      claims[a] = {g, now, now == claims[a].likeness && !same};
    }
  }
  for (std::size_t g = 0; g < wanted.size(); ++g) {
    const std::string key = name_query_key(wanted[g].name);
    std::size_t best = annotation.actors.size();
    int likeliest = 0;
    for (std::size_t a = 0; a < named; ++a)
      if (claims[a].by == g && !claims[a].contested && claims[a].likeness > likeliest) {
        best = a;
        likeliest = claims[a].likeness;
      }
    for (std::size_t a = named; a < annotation.actors.size() && likeliest == 0; ++a)
      if (annotation.actors[a].kind == wanted[g].kind && name_query_key(annotation.actors[a].name) == key) {
        best = a;  // given twice
        break;
      }
    if (best == annotation.actors.size()) {
      ArticleActor fresh;
      fresh.name = wanted[g].name;
      fresh.kind = wanted[g].kind;
      annotation.actors.push_back(std::move(fresh));
    }
    ArticleActor& actor = annotation.actors[best];
    actor.given = true;
    if (name_words(wanted[g].name).size() > name_words(actor.name).size()) actor.name = wanted[g].name;
    if (actor.kind != wanted[g].kind) retype(annotation, best, wanted[g].kind);
    if (!wanted[g].wikidata.empty()) actor.wikidata = wanted[g].wikidata;
    if (actor.role.empty()) actor.role = wanted[g].role;
  }
}

std::vector<GivenActor> given_actors(const Annotation& annotation) {
  std::vector<GivenActor> out;
  for (const ArticleActor& a : annotation.actors)
    if (a.given) out.push_back({a.name, a.kind, a.wikidata, a.role});
  return out;
}

}  // namespace spalte::annotate
