// What does each field mean: dates, languages, paths, actors, topics, saved queries?
#include "language/normalise.h"
#include "query/compiler.h"
#include "query/date_range.h"
#include "query/suggest.h"
#include "schema/date.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <chrono>
#include <optional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {

using Xapian::Query;

namespace {

constexpr double kDerivedWeight = 0.3;

std::string today() {
  return local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())).substr(0, 10);
}

/// The greatest string below `s`, near enough: what ends before `s` begins.
std::string just_below(std::string s) {
  s.back() = static_cast<char>(s.back() - 1);
  return s + "\xff";
}

}  // namespace

namespace {

/// What a quotation's own document holds.
bool quotations_have(const Field& f, const MatchOptions& options) {
  switch (f.kind) {
    case FieldKind::quote:
    case FieldKind::speaker:
    case FieldKind::actor:
    case FieldKind::id:
      return true;
    case FieldKind::value:
      return f.slot == slot::kSource;
    case FieldKind::date:
      return f.slot == slot::kPublished && !options.guessed_dates;
    default:
      return false;
  }
}

}  // namespace

Query Compiler::field(const Node& n) {
  const Field& f = *n.field;
  if (in_quotes_ && !quotations_have(f, options_)) return of_articles(n);
  try {
    return value_of(n, f);
  } catch (CompileFailure& failure) {
    if (!failure.place) failure.place = n.begin;
    throw;
  }
}

Query Compiler::value_of(const Node& n, const Field& f) {
  switch (f.kind) {
    case FieldKind::words:
      return in_field(n.children[0], f);
    case FieldKind::quote:
      return in_quotes_ ? node(n.children[0]) : in_quotation(n.children[0]);
    case FieldKind::value:
      if (f.slot == slot::kDuplicate) return duplicates(n.text);
      return Query(term(f.prefix, language::normalise(n.text)));
    case FieldKind::lang:
      return standard(n.text);
    case FieldKind::id:
      return Query(term(in_quotes_ ? prefix::kArticle : f.prefix, n.text));
    case FieldKind::family:
      return family(n.text);
    case FieldKind::path:
      return path(n.text);
    case FieldKind::date:
      return date(n.text, f.slot);
    case FieldKind::actor:
      return actor(n.text, f, in_quotes_ ? prefix::kSpeaker : prefix::kName);
    case FieldKind::speaker:
      return actor(n.text, f, prefix::kSpeaker);
    case FieldKind::topic:
      return topic(n);
    case FieldKind::saved:
      break;  // with_saved_queries has put its tree in its place
  }
  return {};
}

Query Compiler::in_field(const Node& n, const Field& f) {
  std::vector<Query> children;
  switch (n.kind) {
    case NodeKind::word:
      return word(n, &f);
    case NodeKind::phrase:
      return phrase(n, &f);
    case NodeKind::negation:
      return Query(Query::OP_AND_NOT, Query::MatchAll, in_field(n.children[0], f));
    default:
      break;
  }
  for (const Node& c : n.children) children.push_back(in_field(c, f));
  return Query(n.kind == NodeKind::disjunction ? Query::OP_OR : Query::OP_AND, children.begin(), children.end());
}

Query Compiler::standard(std::string_view typed) {
  const std::string v = language::normalise(typed);
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"nb", "nb"},  {"bokmål", "nb"},   {"nob", "nb"},      {"nn", "nn"},     {"nynorsk", "nn"},
      {"nno", "nn"}, {"other", "other"}, {"annet", "other"}, {"anna", "other"}};
  for (const auto& [name, code] : kNames)
    if (v == name) return Query(term(prefix::kLanguage, code));
  throw CompileFailure{{ErrorCode::usage, fmt::format("`{}` is no language that is told apart", typed),
                        "nb (bokmål), nn (nynorsk) and other are"}};
}

Query Compiler::path(std::string_view typed) {
  std::vector<Query> parts;
  while (!typed.empty()) {
    const std::size_t end = typed.find('/');
    if (end != 0) parts.emplace_back(term(prefix::kPath, language::normalise(typed.substr(0, end))));
    typed.remove_prefix(end == std::string_view::npos ? typed.size() : end + 1);
  }
  return Query(Query::OP_AND, parts.begin(), parts.end());
}

Query Compiler::date(std::string_view typed, std::uint32_t slot) const {
  Result<DateRange> range = parse_date_range(typed, today());
  if (!range) throw CompileFailure{std::move(range.error())};
  if (options_.guessed_dates && slot == slot::kPublished) slot = slot::kPublishedAny;
  const std::string begin = range->begin.empty() ? "0" : range->begin;
  if (range->end.empty()) return Query(Query::OP_VALUE_GE, slot, begin);
  return Query(Query::OP_VALUE_RANGE, slot, begin, just_below(range->end));
}

Query Compiler::actor(const std::string& typed, const Field& f, std::string_view prefix) {
  MatchedActor matched{typed, {}, {}};
  const auto wanted = [&](ActorKind k) {
    if (f.name == "person") return k == ActorKind::person;
    if (f.name == "org") return k == ActorKind::org;
    if (f.name == "country") return k == ActorKind::gpe;
    if (f.name == "place") return k == ActorKind::gpe || k == ActorKind::loc;
    return true;
  };
  Result<ActorNames> catalogue = ActorNames::open(reader_);
  if (!catalogue) throw CompileFailure{std::move(catalogue.error())};
  Result<std::vector<Actor>> found = catalogue->by_typed(typed);
  if (!found) throw CompileFailure{std::move(found.error())};
  for (Actor& a : *found) {
    if (!wanted(a.kind)) continue;
    matched.names.insert(matched.names.end(), a.names.begin(), a.names.end());
    matched.actors.push_back(std::move(a));
  }
  if (matched.names.empty()) {
    notes.push_back(fmt::format("the archive names nobody and nothing `{}`", typed));
    return {};
  }
  std::vector<std::string> named, derived;
  for (const NameRow& n : matched.names) {
    named.push_back(term(prefix, name_id_text(n.id)));
    derived.push_back(term(prefix::kDerivedName, name_id_text(n.id)));
  }
  if (f.kind == FieldKind::speaker && !in_quotes_)
    for (const NameRow& n : matched.names) speakers.push_back(n.id);
  actors.push_back(std::move(matched));
  const Query q = any_of(named);
  if (!options_.derived || prefix != prefix::kName) return q;
  return either(q, Query(Query::OP_SCALE_WEIGHT, any_of(derived), kDerivedWeight));
}

Query Compiler::topic(const Node& n) {
  std::vector<std::string> terms, given = {term(prefix::kTopicGiven, language::normalise(n.text))};
  // A source gives topics by name or code, and without those above them.
  std::unordered_set<std::string_view> asked;
  for (const annotate::Topic* t : reader_.topics().by_name(n.text)) {
    terms.push_back(term(prefix::kTopic, std::to_string(topic_number(t->id))));
    asked.insert(t->id);
  }
  for (std::size_t before = 0; before < asked.size();) {
    before = asked.size();
    for (const annotate::Topic& t : reader_.topics().topics())
      if (asked.count(t.parent) != 0) asked.insert(t.id);
  }
  for (const annotate::Topic& t : reader_.topics().topics()) {
    if (asked.count(t.id) == 0) continue;
    for (const std::string& name : {t.id, t.id.substr(t.id.find(':') + 1), t.name_nb, t.name_nn, t.name_en})
      if (std::string one = term(prefix::kTopicGiven, language::normalise(name)); db_.term_exists(one))
        given.push_back(std::move(one));
  }
  if (n.exact) return any_of(given);
  if (!terms.empty()) return Query(Query::OP_OR, Query(Query::OP_SCALE_WEIGHT, any_of(terms), 0), any_of(given));
  if (db_.term_exists(given[0])) return Query(given[0]);
  const std::string near = nearest_topic(n.text, reader_.topics());
  throw CompileFailure{{ErrorCode::usage, fmt::format("there is no topic `{}`", n.text),
                        (near.empty() ? "" : fmt::format("did you mean `{}`? ", near)) +
                            "`spalte topics` lists those of the archive"}};
}

}  // namespace spalte::query
