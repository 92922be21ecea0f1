// How do words, phrases and wildcards become terms?
#include "language/common_words.h"
#include "language/normalise.h"
#include "query/common_forms.h"
#include "query/compiler.h"
#include "query/syntax.h"
#include "schema/terms.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {

using Xapian::Query;

namespace {

/// A compound that holds the word counts this much of the word itself (measured on the retrieval questions: ranks
/// below, finds more).
constexpr double kPartWeight = 0.2;
/// A compound of the query written apart in the text (tuned with query/rerank.cc; OR scored better than AND).
constexpr double kApartWeight = 0.4;
/// A wildcard stands for its most frequent words.
constexpr std::size_t kMaxExpansion = 100;
/// Words of the index that are looked at for them (0.2 µs each); a single letter has more in a large archive.
constexpr std::size_t kMostRead = 1'000'000;

/// A term that no document has.
constexpr const char* kNowhere = "\x01";

/// OR of terms [from, to) in pairs that Xapian keeps as they are: it would flatten an OR below an OR, but not one from which
/// something (nothing) is taken away.
Query in_pairs(const std::vector<std::string>& terms, std::size_t from, std::size_t to) {
  if (to - from == 1) return Query(terms[from]);
  const std::size_t middle = from + (to - from) / 2;
  const Query pair(Query::OP_OR, in_pairs(terms, from, middle), in_pairs(terms, middle, to));
  return Query(Query::OP_AND_NOT, pair, Query(kNowhere));
}

}  // namespace

Query any_of(const std::vector<std::string>& terms) {
  if (terms.size() == 1) return Query(terms[0]);
  if (terms.size() == 2) return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
  const std::size_t middle = terms.size() / 2;
  return Query(Query::OP_SYNONYM, in_pairs(terms, 0, middle), in_pairs(terms, middle, terms.size()));
}

std::vector<std::string> with_prefix(std::string_view prefix, const std::vector<std::string>& keys) {
  std::vector<std::string> out;
  for (const std::string& k : keys) out.push_back(std::string(prefix) + k);
  return out;
}

Query either(const Query& a, const Query& b) { return b.empty() ? a : a.empty() ? b : Query(Query::OP_OR, a, b); }

Query Compiler::plain(const std::vector<std::string>& texts) {
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

void Compiler::remember(const language::QueryWord& w, bool exact) {
  MatchedWord m{w.keys, {}, w.folded, exact};
  if (!exact && options_.compounds) m.parts = w.keys;
  for (const auto& piece : w.pieces) m.keys.insert(m.keys.end(), piece.begin(), piece.end());
  if (!exact)
    for (const auto& part : w.parts) m.parts.insert(m.parts.end(), part.begin(), part.end());
  words.push_back(std::move(m));
}

Query Compiler::keys_of(const language::QueryWord& w, std::string_view prefix, Apart apart) {
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

Query Compiler::whole_word(const language::QueryWord& w, std::string_view prefix) {
  Query q = any_of(with_prefix(prefix, w.keys));
  if (w.pieces.empty()) return q;
  return either(q, placed({w.pieces}, prefix, {TextCheck::Kind::places}));
}

Query Compiler::placed(Placement placement, std::string_view prefix, TextCheck check,
                       const std::vector<std::string>& written) {
  std::vector<Query> all;
  for (const std::vector<std::string>& keys : placement.operands) all.push_back(any_of(with_prefix(prefix, keys)));
  const Query together = all.size() == 1 ? all[0] : Query(Query::OP_AND, all.begin(), all.end());
  // Lead and subheads hold no positions.
  if (all.size() > 1 && (prefix.empty() || prefix == prefix::kTitle)) {
    if (placement.window == 0) placement.window = static_cast<std::uint32_t>(all.size());
    placement.title = prefix == prefix::kTitle;
    bool told = !written.empty();  // by the positions alone
    for (std::size_t o = 0; o < placement.operands.size(); ++o) {
      std::vector<std::string>& names = placement.operands[o];
      if (o < written.size() && language::is_common_word(written[o])) {
        names = {language::form_key(written[o]), language::accented_form_key(written[o])};
        continue;
      }
      told = false;
      std::vector<std::string> expanded;
      for (const std::string& key : names)
        for (std::string& name : place_names(key, reader_.analyser())) expanded.push_back(std::move(name));
      names = std::move(expanded);
    }
    check.placement = std::move(placement);
    if (told) check.kind = TextCheck::Kind::places;
  } else if (check.kind == TextCheck::Kind::places) {
    return together;
  }
  return filtered(together, std::move(check));
}

Query Compiler::word(const Node& n, const Field* f) {
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
  if (exact) return filtered(whole_word(w, prefix), written({w.folded}, f));
  Query q = keys_of(w, prefix, Apart::all);
  return options_.fold ? either(q, folded(w.folded, prefix)) : q;
}

Query Compiler::wildcard(const Node& n, std::string_view prefix) {
  const std::string start = language::normalise(n.text);
  try {
    return expansion(
        prefix, {start}, [](std::string_view) { return true; }, reader_.analyser().keys_beginning(start), start + "*");
  } catch (CompileFailure& failure) {
    failure.place = n.begin;
    throw;
  }
}

Query Compiler::folded(const std::string& word, std::string_view prefix) {
  const std::string wanted = language::fold_letters(word);
  static const std::pair<char, std::vector<std::string>> kFirst[] = {{'a', {"a", "å", "æ", "ä"}},
                                                                     {'o', {"o", "ø", "ö"}}};
  std::vector<std::string> starts = {wanted.substr(0, 1)};
  for (const auto& [letter, all] : kFirst)
    if (wanted[0] == letter) starts = all;
  return expansion(
      prefix, starts, [&](std::string_view key) { return language::fold_letters(key) == wanted; },
      reader_.analyser().keys_folded(wanted), wanted);
}

Query Compiler::expansion(std::string_view prefix, const std::vector<std::string>& starts,
                          const std::function<bool(std::string_view)>& wanted,
                          const std::vector<std::string>& of_forms, const std::string& shown) {
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  std::size_t read = 0;
  for (const std::string& start : starts) {
    const std::string from = std::string(prefix) + start;
    for (auto t = db_.allterms_begin(from); t != db_.allterms_end(from); ++t) {
      if (++read > kMostRead)
        throw CompileFailure{{ErrorCode::usage, fmt::format("`{}` stands for too many words", shown),
                              fmt::format("more than {} begin so: give more letters", kMostRead)}};
      // Behind no prefix, terms with one begin with a capital letter.
      if (std::string key = (*t).substr(prefix.size()); wanted(key))
        found.emplace_back(t.get_termfreq(), std::move(key));
    }
  }
  // What the index holds is keys: bøkene* is found by its forms.
  for (const std::string& key : of_forms)
    if (const Xapian::doccount n = db_.get_termfreq(std::string(prefix) + key); n > 0) found.emplace_back(n, key);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.empty()) return {};
  const std::size_t keep = std::min(found.size(), kMaxExpansion);
  // The most frequent, and of equals always the same.
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(), std::greater<>());
  if (found.size() > keep)
    notes.push_back(fmt::format("{} stands for its {} most frequent words of {}", shown, keep, found.size()));
  found.resize(keep);
  MatchedWord m;
  for (auto& [n, key] : found) m.keys.push_back(std::move(key));
  const Query q = any_of(with_prefix(prefix, m.keys));
  m.folded = shown;
  words.push_back(std::move(m));
  return q;
}

Query Compiler::phrase(const Node& n, const Field* f, bool exact) {
  Placement placement;
  std::vector<std::string> as_written;
  bool one_word_each = true;
  const std::string_view prefix = f != nullptr ? f->prefix : std::string_view();
  const bool positions = prefix.empty() || prefix == prefix::kTitle;
  for (const std::string& text : plain_words(n.text)) {
    const language::QueryWord w = reader_.analyser().query_word(text);
    if (w.pieces.empty()) {
      placement.operands.push_back(w.keys);
    } else {
      placement.operands.insert(placement.operands.end(), w.pieces.begin(), w.pieces.end());
      one_word_each = false;
    }
    as_written.push_back(w.folded);
    remember(w, exact);
  }
  if (exact || !positions)
    return placed(std::move(placement), prefix, written(as_written, f), one_word_each ? as_written : std::vector<std::string>());
  return placed(std::move(placement), prefix, {TextCheck::Kind::places});
}

Query Compiler::near(const Node& n) {
  Placement placement;
  for (const Node& child : n.children) {
    std::vector<std::string>& keys = placement.operands.emplace_back();
    for (const Node& w : child.kind == NodeKind::word ? std::vector<Node>{child} : child.children) {
      const language::QueryWord q = reader_.analyser().query_word(w.text);
      keys.insert(keys.end(), q.keys.begin(), q.keys.end());
      remember(q, w.exact);
    }
  }
  placement.window = static_cast<std::uint32_t>(n.distance) + 1;
  placement.ordered = n.ordered;
  return placed(std::move(placement), "", {TextCheck::Kind::places});
}

}  // namespace spalte::query
