// Which names are one actor's?
#include "query/actor_names.h"

#include "annotate/gazetteer.h"
#include "annotate/names.h"
#include "language/normalise.h"
#include "query/actor_evidence.h"
#include "query/search.h"
#include "query/shown.h"
#include "schema/terms.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// More bearers of one single name are nobody in particular.
constexpr std::size_t kMostBearers = 20;
constexpr std::size_t kLongestAcronym = 6;

bool is_single(const NameRow& n) { return n.kind == ActorKind::person && n.text.find(' ') == std::string::npos; }

bool is_acronym(const NameRow& n) {
  if (n.kind != ActorKind::org || n.text.size() < 2 || n.text.size() > kLongestAcronym) return false;
  return std::all_of(n.text.begin(), n.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The country that a word stands for, as the archive calls it: by an alias or demonym; empty for anything else.
std::string country_meant(const std::string& typed) {
  const annotate::Gazetteer& gazetteer = annotate::Gazetteer::instance();
  annotate::CountryId id = gazetteer.country(typed);
  if (id == annotate::kNoCountry) id = gazetteer.demonym(language::normalise(typed));
  return id < annotate::kSeveralCountries ? gazetteer.country_name(id) : std::string();
}

}  // namespace

Xapian::Query named_query(const Actor& actor, bool derived) {
  std::vector<std::string> terms;
  for (const NameRow& n : actor.names) {
    terms.push_back(term(prefix::kName, name_id_text(n.id)));
    if (derived) terms.push_back(term(prefix::kDerivedName, name_id_text(n.id)));
  }
  return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

Xapian::Query newest_naming(const Actor& actor, bool derived, Reader& reader) {
  return newest_shown(named_query(actor, derived), reader);
}

Result<ActorNames> ActorNames::open(Reader& reader) {
  ActorNames out(reader);
  Result<std::vector<Catalogue::Correction>> all = reader.catalogue().corrections();
  if (!all) return fail(std::move(all));
  for (const Catalogue::Correction& c : *all) out.apply(c);
  return out;
}

void ActorNames::apply(const Catalogue::Correction& c) {
  const NameId a = parse_name_id(c.a);
  if (a == 0) return;
  if (c.what == "alias") {
    aliases_[annotate::name_query_key(c.b)].push_back(a);
  } else if (c.what == "kind") {
    for (ActorKind k : {ActorKind::person, ActorKind::org, ActorKind::gpe, ActorKind::loc})
      if (actor_kind_name(k) == c.b) kinds_[a] = k;
  } else if (c.what == "split") {
    alone_.insert(a);
    for (std::vector<NameId>& group : merged_) group.erase(std::remove(group.begin(), group.end(), a), group.end());
  } else if (c.what == "merge") {
    const NameId b = parse_name_id(c.b);
    if (b == 0) return;
    alone_.erase(b);
    std::vector<NameId> one{a}, other{b};
    for (std::vector<NameId>& group : merged_) {
      const bool holds_a = std::find(group.begin(), group.end(), a) != group.end();
      const bool holds_b = std::find(group.begin(), group.end(), b) != group.end();
      if (holds_a) {
        one = std::exchange(group, {});
        if (holds_b) other.clear();
      } else if (holds_b) {
        other = std::exchange(group, {});
      }
    }
    one.insert(one.end(), other.begin(), other.end());
    merged_.push_back(std::move(one));
  }
}

NameId ActorNames::head(NameId name) const {
  for (const std::vector<NameId>& group : merged_)
    if (std::find(group.begin(), group.end(), name) != group.end()) return group.front();
  return name;
}

ActorKind ActorNames::kind_of(const NameRow& name) const {
  const auto set = kinds_.find(name.id);
  return set == kinds_.end() ? name.kind : set->second;
}

Result<std::vector<NameRow>> ActorNames::live(const std::string& key,
                                              const std::function<bool(const NameRow&)>& wanted) const {
  Result<std::vector<NameRow>> names = reader_.catalogue().names_by_key(key);
  if (!names) return names;
  // Names stay in the catalogue until it is swept; whom no article names any more is nobody. A first name has hundreds
  // of bearers: the index is asked about those alone that matter.
  std::erase_if(*names, [&](const NameRow& n) {
    if (!wanted(n)) return true;
    const std::string id = name_id_text(n.id);
    return !reader_.articles().term_exists(term(prefix::kName, id)) &&
           !reader_.articles().term_exists(term(prefix::kDerivedName, id));
  });
  return names;
}

Result<NameId> ActorNames::bearer_of(const NameRow& name) {
  Result<std::vector<NameRow>> names = live(annotate::name_query_key(name.text), [](const NameRow& n) {
    return n.kind == ActorKind::person && !is_single(n);
  });
  if (!names) return fail(std::move(names));
  std::map<NameId, std::vector<NameId>> bearers;  // by head: what the user merged is one bearer
  for (const NameRow& n : *names) bearers[head(n.id)].push_back(n.id);
  if (bearers.empty() || bearers.size() > kMostBearers) return name.id;
  const bool roles = bearers.size() > 1;
  Result<Surroundings> single = surroundings({name.id}, roles, reader_);
  if (!single) return fail(std::move(single));
  std::vector<Surroundings> around;
  for (const auto& [id, theirs] : bearers) {
    Result<Surroundings> s = surroundings(theirs, roles, reader_);
    if (!s) return fail(std::move(s));
    around.push_back(std::move(*s));
  }
  const std::size_t best = most_likely(*single, around);
  return best == around.size() ? name.id : std::next(bearers.begin(), static_cast<std::ptrdiff_t>(best))->first;
}

Result<NameId> ActorNames::holder_of_acronym(const NameRow& name) {
  Result<std::vector<NameRow>> names = live(annotate::name_query_key(name.text), [&](const NameRow& n) {
    return n.kind == name.kind && n.id != name.id && n.text.size() > name.text.size();
  });
  if (!names) return fail(std::move(names));
  std::set<NameId> holders;
  for (const NameRow& n : *names) holders.insert(head(n.id));
  return holders.size() == 1 ? *holders.begin() : name.id;
}

Result<NameId> ActorNames::joined(const NameRow& name) {
  const NameId decided = head(name.id);
  if (decided != name.id || alone_.count(name.id) > 0) return decided;
  const bool leads = std::any_of(merged_.begin(), merged_.end(), [&](const std::vector<NameId>& group) {
    return group.size() > 1 && group.front() == name.id;
  });
  if (leads) return name.id;
  if (is_single(name)) return bearer_of(name);
  return is_acronym(name) ? holder_of_acronym(name) : Result<NameId>(name.id);
}

Result<NameId> ActorNames::actor_id(NameId name) {
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  Result<std::optional<NameRow>> row = reader_.catalogue().name(name);
  if (!row) return fail(std::move(row));
  if (!*row) return name;
  Result<NameId> actor = joined(**row);
  if (actor) known_.emplace(name, *actor);
  return actor;
}

Result<std::optional<Actor>> ActorNames::of(NameId name) {
  Result<NameId> id = actor_id(name);
  if (!id) return fail(std::move(id));
  // What the user merged, and what joins any of it.
  std::set<NameId> core{*id};
  for (const std::vector<NameId>& group : merged_)
    if (!group.empty() && group.front() == *id) core.insert(group.begin(), group.end());
  std::map<NameId, NameRow> rows;
  for (NameId member : core) {
    Result<std::optional<NameRow>> row = reader_.catalogue().name(member);
    if (!row) return fail(std::move(row));
    if (!*row) continue;
    rows.emplace(member, **row);
    if (is_single(**row) || is_acronym(**row)) continue;
    Result<std::vector<std::string>> keys = reader_.catalogue().keys_of_name(member);
    if (!keys) return fail(std::move(keys));
    for (const std::string& key : *keys) {
      if (key.find(' ') != std::string::npos) continue;
      Result<std::vector<NameRow>> others = live(
          key, [&](const NameRow& n) { return core.count(n.id) == 0 && (is_single(n) || is_acronym(n)); });
      if (!others) return fail(std::move(others));
      for (NameRow& other : *others) {
        Result<NameId> theirs = actor_id(other.id);
        if (!theirs) return fail(std::move(theirs));
        if (*theirs == *id) rows.emplace(other.id, std::move(other));
      }
    }
  }
  const auto first = rows.find(*id);
  if (first == rows.end()) {
    // No article holds the first name any more: the others stand for the actor.
    if (rows.empty()) return std::optional<Actor>();
  }
  Actor out;
  if (first != rows.end()) {
    out.names.push_back(first->second);
    rows.erase(first);
  }
  std::vector<NameRow> rest;
  for (auto& [member, row] : rows) rest.push_back(std::move(row));
  std::sort(rest.begin(), rest.end(),
            [](const NameRow& a, const NameRow& b) { return a.text != b.text ? a.text < b.text : a.kind < b.kind; });
  for (NameRow& row : rest) out.names.push_back(std::move(row));
  out.kind = kind_of(out.names.front());
  return std::optional<Actor>(std::move(out));
}

Result<std::vector<Actor>> ActorNames::by_typed(const std::string& typed) {
  std::vector<NameId> names;
  if (const NameId id = parse_name_id(typed); id != 0) names.push_back(id);
  const auto add = [&](const std::string& key) -> Status {
    if (const auto alias = aliases_.find(key); alias != aliases_.end())
      names.insert(names.end(), alias->second.begin(), alias->second.end());
    Result<std::vector<NameRow>> found = live(key, [](const NameRow&) { return true; });
    if (!found) return fail(std::move(found));
    for (const NameRow& n : *found) names.push_back(n.id);
    return {};
  };
  const std::string key = annotate::name_query_key(typed);
  if (Status s = add(key); !s) return fail(std::move(s));
  if (const std::string country = country_meant(typed); names.empty() && !country.empty())
    if (Status s = add(annotate::name_query_key(country)); !s) return fail(std::move(s));
  if (names.empty() && key.size() > 3 && key.ends_with('s'))  // Bråthens
    if (Status s = add(key.substr(0, key.size() - 1)); !s) return fail(std::move(s));
  std::set<NameId> seen;
  std::vector<std::pair<std::int64_t, Actor>> found;
  for (NameId name : names) {
    Result<std::optional<Actor>> actor = of(name);
    if (!actor) return fail(std::move(actor));
    if (!*actor || !seen.insert((*actor)->id()).second) continue;
    const std::int64_t articles = count(newest_naming(**actor, true, reader_), reader_);
    found.emplace_back(articles, std::move(**actor));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    return a.second.name() != b.second.name() ? a.second.name() < b.second.name() : a.second.id() < b.second.id();
  });
  std::vector<Actor> out;
  for (auto& [articles, actor] : found) out.push_back(std::move(actor));
  return out;
}

Result<Actor> ActorNames::one(const std::string& typed) {
  Result<std::vector<Actor>> found = by_typed(typed);
  if (!found) return fail(std::move(found));
  if (found->empty())
    return fail(ErrorCode::usage, fmt::format("the archive names nobody and nothing `{}`", typed), "");
  const std::string called = annotate::name_query_key(found->front().name());
  if (std::all_of(found->begin(), found->end(),
                  [&](const Actor& a) { return annotate::name_query_key(a.name()) == called; }))
    return std::move(found->front());
  // Norge is also the surname of some; who is meant by a surname alone nobody knows.
  const bool surname = found->front().kind == ActorKind::person && called.find(' ') == std::string::npos;
  if (called == annotate::name_query_key(typed) && !surname) return std::move(found->front());
  std::string all;
  for (const Actor& a : *found)
    all +=
        fmt::format("{}{} ({}, {})", all.empty() ? "" : ", ", a.name(), actor_kind_name(a.kind), name_id_text(a.id()));
  return fail(ErrorCode::usage, fmt::format("`{}` is {} actors; give the id of one", typed, found->size()), all);
}

}  // namespace spalte::query
