// How does an article look to somebody who searches it for quotations: sentences of units, names whole, marks known?
#pragma once

#include "annotate/quote_words.h"
#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// A name, or one token of anything else.
struct Unit {
  std::uint32_t begin = 0, end = 0;  ///< bytes into Article::text
  std::string_view folded;           ///< of a name: of its first token
  const QuoteWord* word = nullptr;   ///< never null; classes of a name are those of no word
  std::uint32_t actor = kNoActor;    ///< of a name
  ActorKind kind = ActorKind::person;
  char32_t mark = 0;      ///< code point of punctuation; three full stops are U+2026
  bool name = false;      ///< a mention, or a demonym that can speak (kineserne)
  bool genitive = false;  ///< a name written with its genitive s
  bool capital = false;   ///< begins with one
  bool all_caps = false;
  bool number = false;
  bool quoted = false;      ///< within quotation marks, these included
  bool attributed = false;  ///< a speaker named behind a speech verb

  bool is(std::uint32_t classes) const { return !name && word->is(classes); }
  bool person() const { return name && kind == ActorKind::person; }
  bool text() const { return mark == 0; }
  /// A speech verb's finite form and no name.
  bool verb() const { return !name && word->verb != nullptr; }
};

struct QuoteSentence {
  std::uint32_t first = 0, last = 0;  ///< units
  std::uint32_t begin = 0, end = 0;   ///< bytes
  std::uint32_t paragraph = 0;
  bool dash = false;    ///< begins with a dash
  bool spoken = false;  ///< part of a turn of direct speech, as far as is known yet
};

/// The units and sentences of one article. Reuses its memory; one object a thread. Views stay valid as long as the
/// article and the analyser's generation.
class QuoteText {
 public:
  void build(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
             const Annotation& annotation);

  std::vector<Unit> units;
  std::vector<QuoteSentence> sentences;

  /// May a turn that is spoken in the first of two sentences reach the second? Not beyond its paragraph, unless each
  /// sentence of the article stands in one of its own.
  bool may_share_turn(const QuoteSentence& a, const QuoteSentence& b) const {
    return lines_ || a.paragraph == b.paragraph;
  }

  std::string_view written(const Unit& u) const { return text_.substr(u.begin, u.end - u.begin); }
  std::string_view written(std::uint32_t begin, std::uint32_t end) const { return text_.substr(begin, end - begin); }

 private:
  const QuoteWord* word(language::TypeId type, const language::Analyser& analyser);
  void add_names(const Annotation& annotation);
  void find_quoted(QuoteSentence& s);

  std::string_view text_;
  bool lines_ = false;  ///< as good as every sentence is a paragraph
  std::uint64_t generation_ = UINT64_MAX;
  std::vector<QuoteWord> words_;  ///< by type
  std::vector<bool> known_;
  struct Name {
    std::uint32_t begin, end, actor;
    ActorKind kind;
    bool genitive;
  };
  std::vector<Name> names_;
};

constexpr bool is_dash(char32_t mark) { return mark == U'-' || mark == U'–' || mark == U'—'; }
constexpr bool opens_quotation(char32_t mark) { return mark == U'«' || mark == U'“' || mark == U'"' || mark == U'„'; }
constexpr bool ends_quotation(char32_t mark) { return mark == U'»' || mark == U'”' || mark == U'"'; }
constexpr bool ends_sentence(char32_t mark) { return mark == U'.' || mark == U'!' || mark == U'?' || mark == U'…'; }

}  // namespace spalte::annotate
