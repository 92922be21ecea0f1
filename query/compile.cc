// What is each node in Xapian's terms?
#include "language/normalise.h"
#include "query/compiler.h"
#include "query/place.h"
#include "query/saved_query.h"
#include "query/syntax.h"
#include "schema/terms.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace spalte::query {

using Xapian::Query;

Query Compiler::node(const Node& n) {
  switch (n.kind) {
    case NodeKind::all:
      return Query::MatchAll;
    case NodeKind::word:
      return word(n, nullptr);
    case NodeKind::phrase:
      return phrase(n, nullptr);
    case NodeKind::field:
      return field(n);
    case NodeKind::conjunction:
      return conjunction(n);
    case NodeKind::disjunction: {
      std::vector<Query> children;
      for (const Node& c : n.children) children.push_back(node(c));
      return Query(Query::OP_OR, children.begin(), children.end());
    }
    case NodeKind::negation:
      // What a sentence must not hold, its article may.
      return loose_ ? Query::MatchAll : Query(Query::OP_AND_NOT, Query::MatchAll, silently(n.children[0]));
    case NodeKind::near:
      return near_needs_text(n) ? near_in_text(n) : near(n);
    case NodeKind::same:
      return in_window(n);
    case NodeKind::inside:
      if (n.scope != Scope::quote) return in_window(n);
      return in_quotes_ ? node(n.children[0]) : in_quotation(n.children[0]);
  }
  return {};
}

Query Compiler::silently(const Node& n) {
  const auto kept_words = words;
  const auto kept_actors = actors;
  const auto kept_speakers = speakers;
  auto kept_quotations = quotations;
  Query q = node(n);
  words = kept_words;
  actors = kept_actors;
  speakers = kept_speakers;
  quotations = std::move(kept_quotations);
  return q;
}

Query Compiler::conjunction(const Node& n) {
  // What needs the text comes last and looks only at what the rest has left over.
  std::vector<Query> wanted, unwanted;
  std::vector<const Node*> costly;
  bool content = false;
  for (const Node& c : n.children)
    content = content || (c.kind == NodeKind::word && !is_stopword(c)) ||
              (c.kind != NodeKind::word && c.kind != NodeKind::negation);
  for (const Node& c : n.children) {
    if (content && c.kind == NodeKind::word && !c.exact && is_stopword(c)) continue;
    if (c.kind == NodeKind::negation) {
      if (loose_) continue;
      unwanted.push_back(silently(c.children[0]));
    } else if (needs_text(c)) {
      costly.push_back(&c);
    } else {
      wanted.push_back(node(c));
    }
  }
  Query q = wanted.empty() ? Query() : Query(Query::OP_AND, wanted.begin(), wanted.end());
  const Query outer = limit_;
  for (const Node* c : costly) {
    if (!q.empty()) limit_ = outer.empty() ? q : Query(Query::OP_AND, outer, q);
    const Query found = node(*c);
    q = q.empty() && wanted.empty() && c == costly.front() ? found : Query(Query::OP_AND, q, found);
  }
  limit_ = outer;
  if (wanted.empty() && costly.empty()) q = Query::MatchAll;
  if (unwanted.empty()) return q;
  return Query(Query::OP_AND_NOT, q, Query(Query::OP_OR, unwanted.begin(), unwanted.end()));
}

bool Compiler::is_stopword(const Node& n) const {
  return !n.wildcard && !n.exact && !options_.exact && language::Analyser::is_stopword(language::normalise(n.text));
}

bool Compiler::needs_text(const Node& n) const {
  switch (n.kind) {
    case NodeKind::word:
      return n.exact || options_.exact;
    case NodeKind::phrase:
    case NodeKind::same:
    case NodeKind::near:
      return true;
    case NodeKind::inside:
      if (n.scope == Scope::quote) return in_quotes_ && needs_text(n.children[0]);
      return true;
    default:
      return std::any_of(n.children.begin(), n.children.end(), [this](const Node& c) { return needs_text(c); });
  }
}

bool Compiler::near_needs_text(const Node& n) const {
  const auto plain = [](const Node& c) { return c.kind == NodeKind::word && !c.exact && !c.wildcard; };
  return options_.exact || options_.fold ||
         !std::all_of(n.children.begin(), n.children.end(), [&](const Node& c) {
           return plain(c) ||
                  (c.kind == NodeKind::disjunction && std::all_of(c.children.begin(), c.children.end(), plain));
         });
}

namespace {

Result<Compiled> finish(Compiler& compiler, std::string_view text, const std::function<Query()>& make) {
  try {
    Compiled out;
    out.query = compiler.settled(make());
    out.words = std::move(compiler.words);
    out.actors = std::move(compiler.actors);
    out.quotations = std::move(compiler.quotations);
    out.speakers = std::move(compiler.speakers);
    out.notes = std::move(compiler.notes);
    out.hidden = std::move(compiler.hidden);
    return out;
  } catch (CompileFailure& failure) {
    if (text.empty() || !failure.place || failure.error.code != ErrorCode::usage)
      return tl::unexpected<Error>(std::move(failure.error));
    return tl::unexpected<Error>(
        error_at(text, *failure.place, failure.error.message, std::move(failure.error.hint)));
  }
}

Result<Compiled> compile_tree(const Node& tree, const MatchOptions& options, Reader& reader, std::string_view text,
                              bool in_quotes) {
  Result<Node> whole = with_saved_queries(tree, reader.catalogue(), text);
  if (!whole) return fail(std::move(whole));
  Compiler compiler(options, reader, in_quotes);
  return finish(compiler, text, [&] { return compiler.node(*whole); });
}

}  // namespace

Result<Compiled> compile(const Node& tree, const MatchOptions& options, Reader& reader, std::string_view text) {
  return compile_tree(tree, options, reader, text, false);
}

Result<Compiled> compile_quotes(const Node& tree, const MatchOptions& options, Reader& reader, std::string_view text) {
  return compile_tree(tree, options, reader, text, true);
}

Result<Compiled> compile_any(std::string_view text, const MatchOptions& options, Reader& reader) {
  Compiler compiler(options, reader, false);
  return finish(compiler, {}, [&] { return compiler.plain(plain_words(text)); });
}

namespace {

/// Does a node speak of source, date and language alone?
bool frames(const Node& n) {
  switch (n.kind) {
    case NodeKind::field:
      return n.field->kind == FieldKind::date || n.field->kind == FieldKind::lang || n.field->prefix == prefix::kSource;
    case NodeKind::conjunction:
    case NodeKind::disjunction:
    case NodeKind::negation:
      return std::all_of(n.children.begin(), n.children.end(), frames);
    default:
      return false;
  }
}

}  // namespace

Node frame_of(const Node& tree) {
  Node out;
  if (frames(tree)) return tree;
  if (tree.kind != NodeKind::conjunction) return out;
  for (const Node& c : tree.children)
    if (frames(c)) out.children.push_back(c);
  if (out.children.empty()) return out;
  if (out.children.size() == 1) return Node(out.children.front());
  out.kind = NodeKind::conjunction;
  return out;
}

}  // namespace spalte::query
