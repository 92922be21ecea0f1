// Which keys does a document have, how often, and where?
#pragma once

#include "language/analyser.h"
#include "schema/positions.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace spalte::indexer {

/// Counts the keys of one document after another and hands each to Xapian once: Xapian searches a tree of strings for
/// every posting that it is given. One object a thread; no allocation per token once its tables have grown.
class KeyCounter {
 public:
  /// A new document, cut by `analyser`, which stays until `finish`.
  void begin(language::Analyser& analyser);

  /// The terms of one token at the current position, which moves on. `extra` is added to what its keys weigh.
  void add(const language::Token& token, language::Standard standard, Xapian::termcount extra = 0);
  void gap() { position_ += kParagraphGap; }
  /// What was added so far is the title.
  void end_title() { title_end_ = position_; }
  std::uint32_t words() const { return words_; }

  /// Gives the document its keys, the keys of compounds' parts and the value of positions.
  void finish(Xapian::Document& document);

 private:
  /// What positions hold of a type beside its keys, or instead of them: 2 × the position_key of its form, + 1 where its
  /// accents are left out; kNone: nothing.
  std::uint32_t form_of(language::TypeId type);
  static constexpr std::uint32_t kUnknown = 0xffffffffU, kNone = 0xfffffffeU;

  struct Key {
    std::string_view text;
    std::uint32_t hash = 0;   ///< position_key
    std::uint32_t count = 0;  ///< in this document
    std::uint32_t parts = 0;  ///< as a compound's part
  };

  language::Analyser* analyser_ = nullptr;
  std::uint64_t generation_ = 0;
  std::vector<Key> keys_;              ///< by Term::number
  std::vector<std::uint32_t> forms_;   ///< by type: form_of, or kUnknown
  std::vector<std::uint32_t> found_;   ///< numbers of this document's keys
  std::vector<Place> places_;
  std::uint32_t position_ = 1, title_end_ = 1, words_ = 0;
  std::string buffer_;
};

}  // namespace spalte::indexer
