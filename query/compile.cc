// What is each node in Xapian's terms?
#include "query/compile.h"

#include "annotate/names.h"
#include "language/normalise.h"
#include "query/date_range.h"
#include "query/docid_source.h"
#include "query/syntax.h"
#include "query/verify.h"
#include "schema/date.h"
#include "schema/hit.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using Xapian::Query;

/// A compound that holds the word counts this much of the word itself (measured on the retrieval questions: ranks
/// below, finds more).
constexpr double kPartWeight = 0.15;
/// A compound of the query written apart in the text (recipe: OR at .3 scored best).
constexpr double kApartWeight = 0.3;
constexpr double kDerivedWeight = 0.3;
/// A wildcard stands for its most frequent words.
constexpr std::size_t kMaxExpansion = 100;
constexpr int kMaxSavedDepth = 8;

struct Failure {
  Error error;
};

Query any_of(const std::vector<std::string>& terms) {
  if (terms.size() == 1) return Query(terms[0]);
  return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
}

/// For positional operators: OR of terms (SYNONYM is not allowed below them).
Query one_place(const std::vector<std::string>& terms) {
  if (terms.size() == 1) return Query(terms[0]);
  return Query(Query::OP_OR, terms.begin(), terms.end());
}

std::vector<std::string> with_prefix(std::string_view prefix, const std::vector<std::string>& keys) {
  std::vector<std::string> out;
  for (const std::string& k : keys) out.push_back(std::string(prefix) + k);
  return out;
}

Query either(const Query& a, const Query& b) { return b.empty() ? a : a.empty() ? b : Query(Query::OP_OR, a, b); }

std::string today() {
  return local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())).substr(0, 10);
}

/// The greatest string below `s`, near enough: what ends before `s` begins.
std::string just_below(std::string s) {
  s.back() = static_cast<char>(s.back() - 1);
  return s + "\xff";
}

std::optional<ParagraphRole> role_of(const Field* f) {
  if (f == nullptr || f->prefix.empty()) return {};
  if (f->prefix == prefix::kTitle) return ParagraphRole::title;
  if (f->prefix == prefix::kLead) return ParagraphRole::lead;
  return ParagraphRole::subhead;
}

class Compiler {
 public:
  Compiler(const MatchOptions& options, Reader& reader, bool in_quotes)
      : options_(options),
        reader_(reader),
        db_(in_quotes ? reader.quotes() : reader.articles()),
        in_quotes_(in_quotes) {}

  Query node(const Node& n) {
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
        return Query(Query::OP_AND_NOT, Query::MatchAll, silently(n.children[0]));
      case NodeKind::near:
        return near(n);
      case NodeKind::same:
        return in_window(n);
      case NodeKind::inside:
        return n.scope == Scope::quote && !in_quotes_ ? in_quotation(n.children[0]) : in_window(n);
    }
    return {};
  }

  Query plain(const std::vector<std::string>& texts) {
    std::vector<language::QueryWord> asked;
    for (const std::string& t : texts) asked.push_back(reader_.analyser().query_word(t));
    const bool only_stopwords =
        std::all_of(asked.begin(), asked.end(), [](const language::QueryWord& w) { return w.stopword; });
    std::vector<Query> all;
    std::set<std::string> seen;
    for (const language::QueryWord& w : asked) {
      if ((w.stopword && !only_stopwords) || !seen.insert(w.folded).second) continue;
      all.push_back(keys_of(w, "", Apart::any));
      remember(w, false);
    }
    return Query(Query::OP_OR, all.begin(), all.end());
  }

  std::vector<MatchedWord> words;
  std::vector<MatchedActor> actors;
  std::vector<std::string> notes;
  int saved_depth = 0;

 private:
  enum class Apart : std::uint8_t { all, any };

  /// Compiles without remembering its words: what is negated is not highlighted.
  Query silently(const Node& n) {
    const auto kept_words = words;
    const auto kept_actors = actors;
    Query q = node(n);
    words = kept_words;
    actors = kept_actors;
    return q;
  }

  void remember(const language::QueryWord& w, bool exact) {
    MatchedWord m{w.keys, {}, w.folded, exact};
    if (!exact && options_.compounds) m.parts = w.keys;
    for (const auto& piece : w.pieces) m.keys.insert(m.keys.end(), piece.begin(), piece.end());
    if (!exact)
      for (const auto& part : w.parts) m.parts.insert(m.parts.end(), part.begin(), part.end());
    words.push_back(std::move(m));
  }

  /// The word itself, compounds that hold it, and its own parts written apart.
  Query keys_of(const language::QueryWord& w, std::string_view prefix, Apart apart) {
    Query q = whole_word(w, prefix);
    if (!options_.compounds || !prefix.empty()) return q;
    q = either(q, Query(Query::OP_SCALE_WEIGHT, any_of(with_prefix(prefix::kPart, w.keys)), kPartWeight));
    if (w.parts.empty()) return q;
    std::vector<Query> parts;
    for (const auto& keys : w.parts) {
      std::vector<std::string> terms = keys;
      const std::vector<std::string> inside = with_prefix(prefix::kPart, keys);
      terms.insert(terms.end(), inside.begin(), inside.end());
      parts.push_back(any_of(terms));
    }
    const Query together(apart == Apart::all ? Query::OP_AND : Query::OP_OR, parts.begin(), parts.end());
    return either(q, Query(Query::OP_SCALE_WEIGHT, together, kApartWeight));
  }

  /// The word itself in any form; a hyphenated word whole, joined or as its pieces in order.
  Query whole_word(const language::QueryWord& w, std::string_view prefix) {
    Query q = any_of(with_prefix(prefix, w.keys));
    if (w.pieces.empty()) return q;
    std::vector<Query> pieces;
    for (const auto& keys : w.pieces) pieces.push_back(one_place(with_prefix(prefix, keys)));
    // Lead and subheads hold no positions.
    const bool positions = prefix.empty() || prefix == prefix::kTitle;
    return either(q, positions ? Query(Query::OP_PHRASE, pieces.begin(), pieces.end(),
                                       static_cast<Xapian::termcount>(pieces.size()))
                               : Query(Query::OP_AND, pieces.begin(), pieces.end()));
  }

  Query word(const Node& n, const Field* f) {
    const std::string_view prefix = f != nullptr ? f->prefix : std::string_view();
    const std::vector<std::string> texts = plain_words(n.text);
    if (n.wildcard) return wildcard(n, prefix);
    if (texts.size() > 1) {  // "norge/sverige": in order
      Node as_phrase = n;
      as_phrase.kind = NodeKind::phrase;
      return phrase(as_phrase, f, n.exact || options_.exact);
    }
    const language::QueryWord w = reader_.analyser().query_word(texts[0]);
    const bool exact = n.exact || options_.exact;
    remember(w, exact);
    if (exact) return verified(whole_word(w, prefix), {w.folded}, f);
    Query q = keys_of(w, prefix, Apart::all);
    return options_.fold ? either(q, folded(w.folded, prefix)) : q;
  }

  Query wildcard(const Node& n, std::string_view prefix) {
    const std::string start = language::normalise(n.text);
    return expansion(
        std::string(prefix) + start, [](std::string_view) { return true; }, start);
  }

  /// Every word that is the same without the marks on its letters.
  Query folded(const std::string& word, std::string_view prefix) {
    const std::string wanted = language::fold_letters(word);
    static const std::pair<char, std::vector<std::string_view>> kFirst[] = {{'a', {"a", "å", "æ", "ä"}},
                                                                            {'o', {"o", "ø", "ö"}}};
    std::vector<std::string_view> starts = {std::string_view(wanted).substr(0, 1)};
    for (const auto& [letter, all] : kFirst)
      if (wanted[0] == letter) starts = all;
    Query q;
    for (std::string_view start : starts)
      q = either(
          q, expansion(
                 std::string(prefix).append(start),
                 [&](std::string_view term) { return language::fold_letters(term.substr(prefix.size())) == wanted; },
                 wanted));
    return q;
  }

  Query expansion(const std::string& start, const std::function<bool(std::string_view)>& wanted,
                  const std::string& shown) {
    std::vector<std::pair<Xapian::doccount, std::string>> found;
    for (auto t = db_.allterms_begin(start); t != db_.allterms_end(start); ++t) {
      const std::string term = *t;
      // Behind no prefix, terms with one begin with a capital letter.
      if (wanted(term)) found.emplace_back(t.get_termfreq(), term);
    }
    if (found.empty()) return {};
    const std::size_t keep = std::min(found.size(), kMaxExpansion);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(), std::greater<>());
    if (found.size() > keep)
      notes.push_back(fmt::format("{}* stands for its {} most frequent words of {}", shown, keep, found.size()));
    found.resize(keep);
    std::vector<std::string> terms;
    MatchedWord m;
    for (auto& [n, term] : found) {
      m.keys.push_back(term);
      terms.push_back(std::move(term));
    }
    m.folded = shown;
    words.push_back(std::move(m));
    return any_of(terms);
  }

  Query phrase(const Node& n, const Field* f, bool exact = true) {
    std::vector<Query> places;
    std::vector<std::string> as_written;
    const std::string_view prefix = f != nullptr ? f->prefix : std::string_view();
    const bool positions = prefix.empty() || prefix == prefix::kTitle;
    for (const std::string& text : plain_words(n.text)) {
      const language::QueryWord w = reader_.analyser().query_word(text);
      if (w.pieces.empty()) {
        places.push_back(one_place(with_prefix(prefix, w.keys)));
      } else {
        for (const auto& keys : w.pieces) places.push_back(one_place(with_prefix(prefix, keys)));
      }
      as_written.push_back(w.folded);
      remember(w, exact);
    }
    Query keys = places.size() == 1 ? places[0]
                 : positions        ? Query(Query::OP_PHRASE, places.begin(), places.end(),
                                            static_cast<Xapian::termcount>(places.size()))
                                    : Query(Query::OP_AND, places.begin(), places.end());
    return exact || !positions ? verified(keys, as_written, f) : keys;
  }

  Query near(const Node& n) {
    std::vector<Query> operands;
    for (const Node& child : n.children) {
      std::vector<std::string> terms;
      for (const Node& w : child.kind == NodeKind::word ? std::vector<Node>{child} : child.children) {
        const language::QueryWord q = reader_.analyser().query_word(w.text);
        terms.insert(terms.end(), q.keys.begin(), q.keys.end());
        remember(q, w.exact);
      }
      operands.push_back(one_place(terms));
    }
    return Query(n.ordered ? Query::OP_PHRASE : Query::OP_NEAR, operands.begin(), operands.end(),
                 static_cast<Xapian::termcount>(n.distance) + 1);
  }

  Query conjunction(const Node& n) {
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

  bool is_stopword(const Node& n) const {
    return !n.wildcard && !n.exact && !options_.exact && language::Analyser::is_stopword(language::normalise(n.text));
  }

  bool needs_text(const Node& n) const {
    switch (n.kind) {
      case NodeKind::word:
        return n.exact || options_.exact;
      case NodeKind::phrase:
      case NodeKind::same:
        return true;
      case NodeKind::inside:
        return n.scope != Scope::quote || in_quotes_;
      default:
        return std::any_of(n.children.begin(), n.children.end(), [this](const Node& c) { return needs_text(c); });
    }
  }

  Query field(const Node& n) {
    const Field& f = *n.field;
    switch (f.kind) {
      case FieldKind::words:
        return in_field(n.children[0], f);
      case FieldKind::quote:
        return in_quotes_ ? node(n.children[0]) : in_quotation(n.children[0]);
      case FieldKind::value:
        return Query(term(f.prefix, language::normalise(n.text)));
      case FieldKind::lang:
        return language(n.text);
      case FieldKind::id:
        return Query(term(in_quotes_ ? prefix::kArticle : f.prefix, n.text));
      case FieldKind::family:
        return Query(term(f.prefix, language::normalise(n.text)));
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
        return saved(n.text);
    }
    return {};
  }

  Query in_field(const Node& n, const Field& f) {
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

  static Query language(std::string_view typed) {
    const std::string v = language::normalise(typed);
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"nb", "nb"},  {"bokmål", "nb"},   {"nob", "nb"},      {"nn", "nn"},     {"nynorsk", "nn"},
        {"nno", "nn"}, {"other", "other"}, {"annet", "other"}, {"anna", "other"}};
    for (const auto& [name, code] : kNames)
      if (v == name) return Query(term(prefix::kLanguage, code));
    throw Failure{{ErrorCode::usage, fmt::format("`{}` is no language that is told apart", typed),
                   "nb (bokmål), nn (nynorsk) and other are"}};
  }

  static Query path(std::string_view typed) {
    std::vector<Query> parts;
    while (!typed.empty()) {
      const std::size_t end = typed.find('/');
      if (end != 0) parts.emplace_back(term(prefix::kPath, language::normalise(typed.substr(0, end))));
      typed.remove_prefix(end == std::string_view::npos ? typed.size() : end + 1);
    }
    return Query(Query::OP_AND, parts.begin(), parts.end());
  }

  Query date(std::string_view typed, std::uint32_t slot) const {
    Result<DateRange> range = parse_date_range(typed, today());
    if (!range) throw Failure{std::move(range.error())};
    if (options_.guessed_dates && slot == slot::kPublished) slot = slot::kPublishedAny;
    const std::string begin = range->begin.empty() ? "0" : range->begin;
    if (range->end.empty()) return Query(Query::OP_VALUE_GE, slot, begin);
    return Query(Query::OP_VALUE_RANGE, slot, begin, just_below(range->end));
  }

  Query actor(const std::string& typed, const Field& f, std::string_view prefix) {
    MatchedActor matched{typed, {}};
    const auto wanted = [&](ActorKind k) {
      if (f.name == "person") return k == ActorKind::person;
      if (f.name == "org") return k == ActorKind::org;
      if (f.name == "country") return k == ActorKind::gpe;
      if (f.name == "place") return k == ActorKind::gpe || k == ActorKind::loc;
      return true;
    };
    const auto look_up = [&](const std::string& key) {
      Result<std::vector<NameRow>> names = reader_.catalogue().names_by_key(key);
      if (!names) throw Failure{std::move(names.error())};
      for (NameRow& n : *names)
        if (wanted(n.kind)) matched.names.push_back(std::move(n));
    };
    if (const NameId id = parse_name_id(typed); id != 0) {
      Result<std::optional<NameRow>> name = reader_.catalogue().name(id);
      if (!name) throw Failure{std::move(name.error())};
      if (*name) matched.names.push_back(std::move(**name));
    }
    const std::string key = annotate::name_query_key(typed);
    if (matched.names.empty()) look_up(key);
    if (matched.names.empty() && key.size() > 3 && key.ends_with('s'))
      look_up(key.substr(0, key.size() - 1));  // Tillersons
    if (matched.names.empty()) {
      notes.push_back(fmt::format("the archive names nobody and nothing `{}`", typed));
      return {};
    }
    std::vector<std::string> named, derived;
    for (const NameRow& n : matched.names) {
      named.push_back(term(prefix, name_id_text(n.id)));
      derived.push_back(term(prefix::kDerivedName, name_id_text(n.id)));
    }
    actors.push_back(std::move(matched));
    const Query q = any_of(named);
    if (!options_.derived || prefix != prefix::kName) return q;
    return either(q, Query(Query::OP_SCALE_WEIGHT, any_of(derived), kDerivedWeight));
  }

  Query topic(const Node& n) {
    const Query given(term(prefix::kTopicGiven, language::normalise(n.text)));
    if (n.exact) return given;
    std::vector<std::string> terms;
    for (const annotate::Topic* t : reader_.topics().by_name(n.text))
      terms.push_back(term(prefix::kTopic, std::to_string(topic_number(t->id))));
    if (!terms.empty()) return Query(Query::OP_OR, Query(Query::OP_SCALE_WEIGHT, any_of(terms), 0), given);
    if (db_.term_exists(term(prefix::kTopicGiven, language::normalise(n.text)))) return given;
    throw Failure{{ErrorCode::usage, fmt::format("there is no topic `{}`", n.text),
                   "`spalte topics` lists those of the archive"}};
  }

  Query saved(const std::string& name) {
    if (saved_depth >= kMaxSavedDepth)
      throw Failure{
          {ErrorCode::usage, fmt::format("query:{} names itself, or saved queries are nested too deeply", name), ""}};
    Result<std::vector<Catalogue::SavedQuery>> all = reader_.catalogue().saved_queries();
    if (!all) throw Failure{std::move(all.error())};
    for (const Catalogue::SavedQuery& s : *all) {
      if (s.name != name) continue;
      Result<Node> tree = parse(s.query);
      if (!tree) throw Failure{std::move(tree.error())};
      ++saved_depth;
      Query q = node(*tree);
      --saved_depth;
      return q;
    }
    throw Failure{
        {ErrorCode::usage, fmt::format("there is no saved query `{}`", name), "`spalte save NAME QUERY` makes one"}};
  }

  /// The candidates, those before `limit_` has been applied, whose text `holds` is true for, keeping the candidates'
  /// weight.
  Query filtered(const Query& candidates, const std::function<bool(const Xapian::Document&)>& holds) {
    if (loose_ || candidates.empty()) return candidates;
    Xapian::Enquire enquire(db_);
    enquire.set_query(limit_.empty() ? candidates : Query(Query::OP_AND, candidates, limit_));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    const Xapian::MSet found = enquire.get_mset(0, db_.get_doccount());
    std::vector<Xapian::docid> kept;
    for (auto i = found.begin(); i != found.end(); ++i)
      if (holds(i.get_document())) kept.push_back(*i);
    std::sort(kept.begin(), kept.end());
    if (kept.empty()) return {};
    return Query(Query::OP_FILTER, candidates, docid_query(std::move(kept)));
  }

  Query verified(const Query& candidates, const std::vector<std::string>& as_written, const Field* f) {
    const ExactPhrase phrase(as_written);
    const std::optional<ParagraphRole> role = role_of(f);
    return filtered(candidates, [&](const Xapian::Document& d) {
      buffer_.clear();
      if (in_quotes_) {
        quotation_text(d, buffer_);
      } else {
        Article a;
        load(unpack_hit(d.get_data()).row, a);
        for (const Paragraph& p : a.paragraphs) {
          if (role && p.role != *role) continue;
          language::normalise_to(a.view(p), buffer_);
          buffer_ += '\n';
        }
      }
      return phrase.in(buffer_);
    });
  }

  Query in_window(const Node& n) {
    const bool was_loose = loose_;
    loose_ = true;
    std::vector<Query> parts;
    for (const Node& c : n.children) parts.push_back(node(c));
    loose_ = was_loose;
    const Query candidates(Query::OP_AND, parts.begin(), parts.end());
    for (const Node& c : n.children) check_window(c);
    const WindowMatcher matcher(n, reader_.analyser());
    std::vector<language::ByteRange> ranges;
    language::AnalysedText text;
    return filtered(candidates, [&](const Xapian::Document& d) {
      Article a;
      if (in_quotes_) {
        quotation_text(d, a.text);
        a.paragraphs = {{0, static_cast<std::uint32_t>(a.text.size()), ParagraphRole::body}};
      } else {
        load(unpack_hit(d.get_data()).row, a);
      }
      ranges.clear();
      for (const Paragraph& p : a.paragraphs) ranges.push_back({p.begin, p.end});
      reader_.analyser().analyse(a.text, ranges, text);
      return matcher.matches(text, reader_.analyser());
    });
  }

  static void check_window(const Node& n) {
    if (n.kind == NodeKind::field || n.kind == NodeKind::inside || n.kind == NodeKind::same || n.kind == NodeKind::near)
      throw Failure{{ErrorCode::usage, fmt::format("`{}` cannot stand inside a sentence or paragraph", to_string(n)),
                     "words, phrases, OR and NOT can; put the rest outside"}};
    for (const Node& c : n.children) check_window(c);
  }

  /// Articles with a quotation that the child matches.
  Query in_quotation(const Node& child) {
    Compiler inner(options_, reader_, true);
    const Query q = inner.node(child);
    words.insert(words.end(), inner.words.begin(), inner.words.end());
    actors.insert(actors.end(), inner.actors.begin(), inner.actors.end());
    notes.insert(notes.end(), inner.notes.begin(), inner.notes.end());
    if (q.empty()) return {};
    Xapian::Enquire enquire(reader_.quotes());
    enquire.set_query(q);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    const Xapian::MSet found = enquire.get_mset(0, reader_.quotes().get_doccount());
    std::set<Xapian::docid> docids;
    std::string last;
    for (auto i = found.begin(); i != found.end(); ++i) {
      const std::string data = i.get_document().get_data();
      const std::string id = data.substr(0, data.find('\x1f'));
      if (id == last) continue;
      last = id;
      const std::string unique = term(prefix::kId, id);
      const auto p = db_.postlist_begin(unique);
      if (p != db_.postlist_end(unique)) docids.insert(*p);
    }
    return docid_query({docids.begin(), docids.end()});
  }

  void load(std::int64_t row, Article& a) {
    if (Status loaded = reader_.catalogue().load_text(row, a); !loaded) throw Failure{std::move(loaded.error())};
  }

  void quotation_text(const Xapian::Document& d, std::string& out) {
    const std::string data = d.get_data();
    const std::size_t cut = data.find('\x1f');
    Result<std::optional<ArticleRow>> row = reader_.catalogue().article_by_id(data.substr(0, cut));
    if (!row) throw Failure{std::move(row.error())};
    if (!*row) return;
    Article a;
    load((*row)->row, a);
    Result<Annotation> n = reader_.catalogue().annotation((*row)->row);
    if (!n) throw Failure{std::move(n.error())};
    const std::size_t number = std::strtoul(data.c_str() + cut + 1, nullptr, 10);
    if (number < n->quotes.size())
      language::normalise_to(std::string_view(a.text).substr(n->quotes[number].text_begin,
                                                             n->quotes[number].text_end - n->quotes[number].text_begin),
                             out);
  }

  const MatchOptions& options_;
  Reader& reader_;
  Xapian::Database& db_;
  bool in_quotes_;
  bool loose_ = false;  ///< candidates only: nothing is verified
  Query limit_;         ///< what the conjunction around has left over
  std::string buffer_;
};

Result<Compiled> finish(Compiler& compiler, const std::function<Query()>& make) {
  try {
    Compiled out;
    out.query = make();
    out.words = std::move(compiler.words);
    out.actors = std::move(compiler.actors);
    out.notes = std::move(compiler.notes);
    return out;
  } catch (Failure& failure) {
    return tl::unexpected<Error>(std::move(failure.error));
  }
}

}  // namespace

Result<Compiled> compile(const Node& tree, const MatchOptions& options, Reader& reader) {
  Compiler compiler(options, reader, false);
  return finish(compiler, [&] { return compiler.node(tree); });
}

Result<Compiled> compile_quotes(const Node& tree, const MatchOptions& options, Reader& reader) {
  Compiler compiler(options, reader, true);
  return finish(compiler, [&] { return compiler.node(tree); });
}

Result<Compiled> compile_any(std::string_view text, const MatchOptions& options, Reader& reader) {
  Compiler compiler(options, reader, false);
  return finish(compiler, [&] { return compiler.plain(plain_words(text)); });
}

Node frame_of(const Node& tree) {
  const auto frames = [](const Node& n) {
    return n.kind == NodeKind::field &&
           (n.field->kind == FieldKind::date || n.field->kind == FieldKind::lang || n.field->prefix == prefix::kSource);
  };
  Node out;
  if (frames(tree)) return tree;
  if (tree.kind != NodeKind::conjunction) return out;
  for (const Node& c : tree.children)
    if (frames(c)) out.children.push_back(c);
  if (out.children.empty()) return out;
  out.kind = NodeKind::conjunction;
  return out;
}

}  // namespace spalte::query
