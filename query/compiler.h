// What turns a tree into a Xapian query? One class; its parts are in compile_words, compile_fields and compile_text.
#pragma once

#include "language/analyser.h"
#include "query/compile.h"
#include "query/reader.h"
#include "query/tree.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// Thrown within the compiler; never leaves query/compile.
struct CompileFailure {
  Error error;
  std::optional<std::size_t> place = {};  ///< byte of the query's text
};

/// Matches any of the terms as one word. How many documents that word is in, Xapian estimates pair by pair, rounding each
/// time: the pairs are made here, in the order of the terms, because its own depend on how often each term is in a shard,
/// and a document's weight must not.
Xapian::Query any_of(const std::vector<std::string>& terms);
std::vector<std::string> with_prefix(std::string_view prefix, const std::vector<std::string>& keys);
/// OR, where an empty query adds nothing.
Xapian::Query either(const Xapian::Query& a, const Xapian::Query& b);

/// One compilation; belongs to one thread. Throws CompileFailure and Xapian's exceptions.
class Compiler {
 public:
  Compiler(const MatchOptions& options, Reader& reader, bool in_quotes)
      : options_(options),
        reader_(reader),
        db_(in_quotes ? reader.quotes() : reader.articles()),
        in_quotes_(in_quotes) {}

  Xapian::Query node(const Node& n);
  Xapian::Query plain(const std::vector<std::string>& texts);
  /// The query without what is under embargo, superseded versions and, collapsed, with the earliest article of each group of near-duplicates
  /// alone (by publication, then id; undated last): so that every command counts the same. Collapsing looks at each match
  /// that has near-duplicates, about 2 µs each.
  Xapian::Query settled(const Xapian::Query& query);

  std::vector<MatchedWord> words;
  std::vector<MatchedActor> actors;
  MatchedQuotations quotations;
  std::vector<NameId> speakers;
  std::vector<std::string> notes;
  std::unordered_map<std::string, std::int64_t> hidden;

 private:
  enum class Apart : std::uint8_t { all, any };
  /// Compiles without remembering its words: what is negated is not highlighted.
  Xapian::Query silently(const Node& n);
  void remember(const language::QueryWord& w, bool exact);
  /// The word itself, compounds that hold it, and its own parts written apart.
  Xapian::Query keys_of(const language::QueryWord& w, std::string_view prefix, Apart apart);
  /// The word itself in any form; a hyphenated word whole, joined or as its pieces in order.
  Xapian::Query whole_word(const language::QueryWord& w, std::string_view prefix);
  Xapian::Query word(const Node& n, const Field* f);
  Xapian::Query wildcard(const Node& n, std::string_view prefix);
  /// Every word that is the same without the marks on its letters.
  Xapian::Query folded(const std::string& word, std::string_view prefix);
  Xapian::Query expansion(std::string_view prefix, const std::vector<std::string>& starts,
                          const std::function<bool(std::string_view)>& wanted,
                          const std::vector<std::string>& of_forms, const std::string& shown);
  Xapian::Query phrase(const Node& n, const Field* f, bool exact = true);
  Xapian::Query near(const Node& n);
  Xapian::Query conjunction(const Node& n);
  bool is_stopword(const Node& n) const;
  bool needs_text(const Node& n) const;
  /// Articles where words stand as the placement says (its operands: keys, for any of which the word may be written), in
  /// the text or under the title's prefix in the title, and which `check`, too, lets pass; an operand of `written` is
  /// looked for as such instead. Other fields have no positions: there only the check tells.
  Xapian::Query placed(Placement placement, std::string_view prefix, TextCheck check,
                       const std::vector<std::string>& written = {});
  /// Does NEAR join what the index has no positions of?
  bool near_needs_text(const Node& n) const;
  Xapian::Query field(const Node& n);
  Xapian::Query value_of(const Node& n, const Field& f);
  Xapian::Query in_field(const Node& n, const Field& f);
  static Xapian::Query standard(std::string_view typed);
  static Xapian::Query path(std::string_view typed);
  Xapian::Query date(std::string_view typed, std::uint32_t slot) const;
  Xapian::Query actor(const std::string& typed, const Field& f, std::string_view prefix);
  Xapian::Query topic(const Node& n);
  /// By a name of the family or group, or by the id of an article in it.
  Xapian::Query family(const std::string& typed);
  Xapian::Query duplicates(const std::string& typed);
  Xapian::Query collapsed(const Xapian::Query& query);
  /// The near-duplicate group of each document, or of its article.
  std::vector<std::string> groups_of(const std::vector<Xapian::docid>& documents);
  /// The candidates, those before `limit_` has been applied, whose text passes the check, keeping the candidates' weight.
  Xapian::Query filtered(const Xapian::Query& candidates, TextCheck check);
  /// The check for words as written, in order.
  TextCheck written(const std::vector<std::string>& as_written, const Field* f) const;
  /// All children in any article that could hold them: what is to be verified.
  Xapian::Query candidates(const Node& n);
  Xapian::Query in_window(const Node& n);
  Xapian::Query near_in_text(const Node& n);
  static void check_window(const Node& n);
  /// In the index of quotations: those of the articles that match. Costs about 5 µs an article.
  Xapian::Query of_articles(const Node& n);
  /// Articles with a quotation that the child matches.
  Xapian::Query in_quotation(const Node& child);
  Part part() const { return in_quotes_ ? Part::quotes : Part::articles; }

  const MatchOptions& options_;
  Reader& reader_;
  Xapian::Database& db_;
  bool in_quotes_;
  bool loose_ = false;   ///< candidates only: nothing is verified
  Xapian::Query limit_;  ///< what the conjunction around has left over
};

}  // namespace spalte::query
