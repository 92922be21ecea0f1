// Which words does a text have, and which of them are one word? The façade of this folder; index and query both use it,
// so that they always cut and conflate alike.
#pragma once

#include "language/segment.h"
#include "language/standard.h"
#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::language {

class Lexicon;

/// Changes whenever the same text may give other keys: the code's own number and the lexicon's version. Stored in each
/// index.
std::string analyser_version(const Lexicon& lexicon);

enum class TermRole : std::uint8_t {
  word,    ///< a key of the whole word; several alternatives may share an offset
  joined,  ///< a hyphenated word written as one (eukommisjonen)
  piece,   ///< a hyphenated word's piece, in order, at offset 0, 1, …
  part,    ///< a key of a compound's part; indexed without position under its own prefix
};

/// One index key of one written form. `offset` is the position relative to the token's first position.
struct Term {
  std::string_view key;  ///< lower case, never empty, at most kMaxKeyBytes; lives as long as the Analyser's generation
  std::uint32_t number = 0;  ///< of the key, below Analyser::key_count()
  std::uint8_t offset = 0;
  TermRole role = TermRole::word;
};

inline constexpr std::size_t kMaxKeyBytes = 200;  ///< longer words are cut here (Xapian's limit is 245 with prefix)

/// What is known of a distinct written form, computed once.
struct WordType {
  std::string_view surface;  ///< as written, NFC
  std::string_view
      folded;  ///< normalise(surface): lower case, soft hyphens gone, é è ò ô folded, æ ø å kept; "" for punctuation
  TokenKind kind = TokenKind::word;
  bool capitalised = false;  ///< first letter is upper case
  bool all_caps = false;     ///< at least two letters, all upper case
};

/// A word of a query: what to search for.
struct QueryWord {
  std::string folded;
  bool stopword = false;
  /// Any of these means the word itself, in either standard. Never empty unless `folded` has no letter or digit.
  std::vector<std::string> keys;
  /// For a hyphenated word (`EU-kommisjonen`): the keys of each piece in order; else empty.
  std::vector<std::vector<std::string>> pieces;
  /// For a compound: the keys of each part in order (each a list of alternatives); else empty.
  std::vector<std::vector<std::string>> parts;
};

/// A form of the lexicon that shares a key, for `explain`.
struct Form {
  std::string text;
  Standard standard = Standard::nb;
};

/// Cuts and conflates. One object a thread: it interns each distinct form once (a table of types that is emptied, at
/// the start of a text, when it has grown past a bound, so memory stays bounded). The lexicon is shared and immutable.
class Analyser {
 public:
  explicit Analyser(std::shared_ptr<const Lexicon> lexicon);
  ~Analyser();
  Analyser(Analyser&&) noexcept;
  Analyser& operator=(Analyser&&) noexcept;

  /// Opens the lexicon at `path` (norwegian.lex, mapped into memory). Errors: bad_data.
  static Result<std::shared_ptr<const Lexicon>> open_lexicon(const std::string& path);

  /// Cuts `text` (UTF-8, NFC) into paragraphs (the given byte ranges), sentences and tokens, interning each token's
  /// form, and finds the standard of the whole and of each paragraph. `out` is overwritten and its memory reused. Cost:
  /// linear; no allocation per token once the buffers have grown.
  void analyse(std::string_view text, std::span<const ByteRange> paragraphs, AnalysedText& out);

  /// Interns one written form outside a text.
  TypeId intern(std::string_view surface, TokenKind kind = TokenKind::word);
  const WordType& type(TypeId id) const;
  std::size_t type_count() const;
  /// Distinct keys met so far; numbers are given from 0.
  std::size_t key_count() const;
  /// Another when the table of types has been emptied: every TypeId, key number and string_view from before is void then.
  /// No two analysers share one.
  std::uint64_t generation() const;

  /// The index terms of a type in a text of that standard, and how many positions the token takes (0 for punctuation).
  struct Terms {
    std::span<const Term> terms;
    std::uint8_t width = 0;
  };
  Terms terms(TypeId id, Standard standard);

  /// What a query word means. Capital letters do not matter. `surface` may hold hyphens, no blanks.
  QueryWord query_word(std::string_view surface) const;
  /// Does the lexicon have that written form (normalised)? 100 ns.
  bool knows(std::string_view form) const;
  /// Forms of the lexicon with that key, bokmål first, the key's own spelling before the others, at most `limit` of
  /// each standard; empty for an unknown key. Some ms.
  std::vector<Form> forms(std::string_view key, std::size_t limit) const;
  /// Keys of the lexicon's forms that begin with `start` (normalised), in order. Some 10 ms.
  std::vector<std::string> keys_beginning(std::string_view start) const;
  /// Keys of the lexicon's forms that are `plain` once fold_letters() has made them so, in order. Some 10 ms.
  std::vector<std::string> keys_folded(std::string_view plain) const;
  /// Is that folded word a function word that says nothing about the topic (both standards)?
  static bool is_stopword(std::string_view folded);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::language
