// Which spelling is near, and in the archive? Candidates are made from the word (edits of one letter, and the pairs that
// Norwegian is misspelt by) and looked up, or read from the index beside it; the cheapest edit wins, then the commonest.
#include "query/suggest.h"

#include "annotate/names.h"
#include "language/normalise.h"
#include "language/utf8.h"
#include "query/actor_names.h"
#include "query/compile.h"
#include "query/search.h"
#include "query/syntax.h"
#include "schema/nearest.h"
#include "schema/terms.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Terms and names that are read beside the word, and candidates that are looked up.
constexpr std::size_t kMostRead = 3000;
constexpr std::size_t kMostTried = 4000;
constexpr std::size_t kShortest = 3;  ///< letters: anything is near a shorter word
constexpr std::size_t kLongest = 40;  ///< letters: a longer one has too many neighbours

/// What is written for one another: by keyboards without æ ø å, by ear, and across the standards.
constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
    {"aa", "å"},   {"ae", "æ"},  {"oe", "ø"},  {"o", "ø"},   {"a", "å"},    {"e", "æ"},   {"a", "æ"},   {"ä", "æ"},
    {"ö", "ø"},    {"u", "o"},   {"o", "å"},   {"v", "hv"},  {"j", "gj"},   {"j", "hj"},  {"n", "nd"},  {"l", "ld"},
    {"skj", "sj"}, {"kj", "tj"}, {"kj", "skj"}, {"w", "v"},  {"c", "k"},    {"z", "s"},   {"x", "ks"},  {"ph", "f"},
    {"th", "t"},   {"i", "y"},   {"e", "ei"},  {"ei", "ai"}, {"øy", "ø"},   {"kk", "ck"}, {"qu", "kv"}, {"tion", "sjon"}};

std::vector<std::string> letters_of(std::string_view word) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t from = i;
    language::next_code_point(word, i);
    out.emplace_back(word.substr(from, i - from));
  }
  return out;
}

/// Spellings one of Norwegian's own slips away: pairs, and letters doubled or not.
void slips(const std::string& word, std::set<std::string>& out) {
  for (const auto& [one, other] : kPairs)
    for (const auto& [from, to] : {std::pair{one, other}, std::pair{other, one}})
      for (std::size_t at = word.find(from); at != std::string::npos; at = word.find(from, at + 1))
        out.insert(word.substr(0, at) + std::string(to) + word.substr(at + from.size()));
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] < 'a' || word[i] > 'z') continue;
    if (i + 1 < word.size() && word[i] == word[i + 1]) {
      out.insert(word.substr(0, i) + word.substr(i + 1));
    } else {
      out.insert(word.substr(0, i + 1) + word.substr(i));
    }
  }
}

/// Spellings one letter away.
void edits(const std::string& word, std::set<std::string>& out) {
  static const std::vector<std::string> alphabet = letters_of("abcdefghijklmnopqrstuvwxyzæøå");
  const std::vector<std::string> letters = letters_of(word);
  std::vector<std::size_t> at(letters.size() + 1, 0);
  for (std::size_t i = 0; i < letters.size(); ++i) at[i + 1] = at[i] + letters[i].size();
  for (std::size_t i = 0; i <= letters.size(); ++i) {
    const std::string before = word.substr(0, at[i]);
    if (i < letters.size()) out.insert(before + word.substr(at[i + 1]));
    if (i + 1 < letters.size()) out.insert(before + letters[i + 1] + letters[i] + word.substr(at[i + 2]));
    for (const std::string& c : alphabet) {
      out.insert(before + c + word.substr(at[i]));
      if (i < letters.size()) out.insert(before + c + word.substr(at[i + 1]));
    }
  }
}

struct Found {
  std::string text;
  std::int64_t articles = 0;
};

/// Asks of each spelling how many articles hold it, the likelier slips first, until some do.
std::optional<Found> nearest_spelling(const std::string& word,
                                      const std::function<std::int64_t(const std::string&)>& articles) {
  std::size_t tried = 0;
  const auto best_of = [&](const std::set<std::string>& spellings) -> std::optional<Found> {
    std::optional<Found> best;
    for (const std::string& s : spellings) {
      if (s == word || s.size() < 2 || ++tried > kMostTried) continue;
      const std::int64_t n = articles(s);
      if (n > 0 && (!best || n > best->articles)) best = Found{s, n};
    }
    return best;
  };
  std::set<std::string> near, one, two;
  slips(word, near);
  if (auto found = best_of(near)) return found;
  edits(word, one);
  if (auto found = best_of(one)) return found;
  for (const std::string& s : near) slips(s, two);
  if (auto found = best_of(two)) return found;
  two.clear();
  for (const std::string& s : near) edits(s, two);
  return best_of(two);
}

/// Is it worth looking for spellings near it?
bool near_ones(std::string_view word) {
  const std::size_t letters = letters_of(word).size();
  return letters >= kShortest && letters <= kLongest;
}

std::string first_letters(const std::string& word, std::size_t n) {
  const std::vector<std::string> letters = letters_of(word);
  std::string out;
  for (std::size_t i = 0; i < std::min(n, letters.size()); ++i) out += letters[i];
  return out;
}

/// Of the terms that begin as `value` does behind a prefix, the nearest: at most two edits away, or one that goes on.
std::optional<Found> nearest_term(std::string_view prefix, const std::string& value, Xapian::Database& db) {
  constexpr std::size_t kMostEdits = 2;
  for (const std::size_t same : {std::size_t{3}, std::size_t{1}, std::size_t{0}}) {
    std::optional<Found> best;
    std::size_t best_distance = kMostEdits + 1, read = 0;
    const std::string start = std::string(prefix) + first_letters(value, same);
    for (auto t = db.allterms_begin(start); t != db.allterms_end(start) && ++read <= kMostRead; ++t) {
      const std::string text = (*t).substr(prefix.size());
      // Behind a prefix that begins another one, a capital letter goes on.
      if (text.empty() || (text[0] >= 'A' && text[0] <= 'Z')) continue;
      const std::size_t d = text.starts_with(value) ? 1 : edit_distance(value, text, kMostEdits);
      const auto n = static_cast<std::int64_t>(t.get_termfreq());
      if (2 * d >= letters_of(text).size() || d > best_distance || d > kMostEdits) continue;
      if (d < best_distance || n > best->articles) best = Found{text, n};
      best_distance = d;
    }
    if (best) return best;
  }
  return {};
}

std::int64_t articles_with(const language::QueryWord& w, const MatchOptions& options, Xapian::Database& db) {
  std::int64_t most = 0;
  for (const std::string& key : w.keys) {
    most = std::max<std::int64_t>(most, db.get_termfreq(key));
    if (options.compounds) most = std::max<std::int64_t>(most, db.get_termfreq(term(prefix::kPart, key)));
  }
  return most;
}

class Suggestions {
 public:
  Suggestions(const MatchOptions& options, Reader& reader) : options_(options), reader_(reader) {}

  void look_at(const Node& n) {
    if (lines.size() >= kMostSuggestions) return;
    switch (n.kind) {
      case NodeKind::word:
        if (!n.wildcard) words(n.text);
        return;
      case NodeKind::phrase:
        return words(n.text);
      case NodeKind::negation:
        return;  // what is not there was not wanted
      case NodeKind::field:
        if (!n.children.empty()) return look_at(n.children[0]);
        return value(n);
      default:
        for (const Node& child : n.children) look_at(child);
    }
  }

  std::vector<std::string> lines;
  std::vector<std::string> alone;  ///< "norge 5": conditions that the archive meets

 private:
  void words(const std::string& text) {
    for (const std::string& typed : plain_words(text)) {
      const language::QueryWord w = reader_.analyser().query_word(typed);
      if (w.keys.empty() || w.stopword) continue;
      if (const std::int64_t n = articles_with(w, options_, reader_.articles()); n > 0) {
        alone.push_back(fmt::format("{} {}", typed, n));
        continue;
      }
      const auto found = nearest_word(w.folded);
      missing(typed, found);
    }
  }

  std::optional<Found> nearest_word(const std::string& word) {
    if (!near_ones(word)) return {};
    auto found = nearest_spelling(word, [&](const std::string& spelling) -> std::int64_t {
      // A word that no lexicon knows gets its key by rule, and then the archive does not hold it.
      const language::QueryWord w = reader_.analyser().query_word(spelling);
      return w.stopword ? 0 : articles_with(w, options_, reader_.articles());
    });
    return found ? found : nearest_term("", word, reader_.articles());
  }

  void missing(std::string_view typed, const std::optional<Found>& found) {
    if (!found) {
      lines.push_back(fmt::format("no article holds `{}`", typed));
    } else {
      lines.push_back(fmt::format("no article holds `{}`; did you mean `{}` ({} article{})?", typed, found->text,
                                  found->articles, found->articles == 1 ? "" : "s"));
    }
  }

  void value(const Node& n) {
    const Field& f = *n.field;
    const std::string typed = language::normalise(n.text);
    if (f.kind == FieldKind::value) {
      if (const auto there = reader_.articles().get_termfreq(term(f.prefix, typed)); there > 0) {
        alone.push_back(fmt::format("{} {}", to_string(n), there));
        return;
      }
      const auto found = nearest_term(f.prefix, typed, reader_.articles());
      lines.push_back(found ? fmt::format("no article has {}; did you mean {}:\"{}\" ({})?", to_string(n), f.name,
                                          found->text, found->articles)
                            : fmt::format("no article has {}", to_string(n)));
    } else if (f.kind == FieldKind::actor || f.kind == FieldKind::speaker) {
      name(n);
    } else if (f.kind != FieldKind::id) {
      const Result<Compiled> compiled = compile(n, options_, reader_);
      if (compiled) alone.push_back(fmt::format("{} {}", to_string(n), count(compiled->query, reader_)));
    }
  }

  void name(const Node& n) {
    Result<Compiled> compiled = compile(n, options_, reader_);
    if (!compiled) return;
    if (const std::int64_t there = count(compiled->query, reader_); there > 0) {
      alone.push_back(fmt::format("{} {}", to_string(n), there));
      return;
    }
    const std::string typed = annotate::name_query_key(n.text);
    std::optional<Found> found;
    if (near_ones(typed)) {
      found = nearest_spelling(typed, [&](const std::string& key) { return bearers(key).articles; });
      if (!found) found = nearest_key(typed);
    }
    lines.push_back(found ? fmt::format("nobody is called `{}`; did you mean `{}` ({} article{})?", n.text,
                                        bearers(found->text).text, found->articles, found->articles == 1 ? "" : "s")
                          : fmt::format("nobody and nothing is called `{}`", n.text));
  }

  /// Who is asked by that key: the one in most articles.
  Found bearers(const std::string& key) {
    Found best;
    const Result<std::vector<NameRow>> names = reader_.catalogue().names_by_key(key);
    if (!names) return best;
    for (const NameRow& row : *names) {
      const auto n = static_cast<std::int64_t>(
          reader_.articles().get_termfreq(term(prefix::kName, name_id_text(row.id))));
      if (n > best.articles) best = {row.text, n};
    }
    return best;
  }

  std::optional<Found> nearest_key(const std::string& typed) {
    const Result<std::vector<std::string>> keys =
        reader_.catalogue().name_keys_with_prefix(first_letters(typed, 3), static_cast<int>(kMostRead));
    if (!keys) return {};
    std::optional<Found> best;
    for (const std::string& key : *keys) {
      if (edit_distance(typed, key, 2) > 2) continue;
      const std::int64_t n = bearers(key).articles;
      if (n > 0 && (!best || n > best->articles)) best = Found{key, n};
    }
    return best;
  }

  const MatchOptions& options_;
  Reader& reader_;
};

}  // namespace

std::vector<std::string> suggestions(const Node& tree, const MatchOptions& options, Reader& reader) {
  Suggestions all(options, reader);
  all.look_at(tree);
  if (all.lines.empty() && all.alone.size() > 1) {
    if (all.alone.size() > kMostSuggestions) all.alone.resize(kMostSuggestions);
    std::string line;
    for (const std::string& a : all.alone) line += (line.empty() ? "" : ", ") + a;
    all.lines.push_back("articles that each finds alone: " + line);
  }
  return std::move(all.lines);
}

std::string nearest_topic(std::string_view typed, const annotate::TopicTree& topics) {
  std::vector<std::string> names;
  for (const annotate::Topic& t : topics.topics())
    for (const std::string* name : {&t.name_nb, &t.name_nn, &t.name_en}) names.push_back(language::normalise(*name));
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string wanted = language::normalise(typed);
  if (const std::string_view near = nearest_name(wanted, views); !near.empty()) return std::string(near);
  // "olje" for "olje og gass".
  const auto longer =
      std::find_if(names.begin(), names.end(), [&](const std::string& n) { return n.starts_with(wanted + " "); });
  return longer == names.end() ? std::string() : *longer;
}

}  // namespace spalte::query
