// Who is the subject of a speech verb, to its right or to its left?
#pragma once

#include "annotate/speakers.h"

#include <optional>

namespace spalte::annotate {

enum class SubjectKind : std::uint8_t {
  name,
  pronoun,
  role,  ///< a noun for a person
  organisation,
  organisation_noun,  ///< partiet, retten
  plural,             ///< de
  first_person,       ///< jeg, vi, man: no report
  coordinated,        ///< none of its own: that of the verb before (sier han og legger til)
};

struct Subject {
  SubjectKind kind = SubjectKind::name;
  std::uint32_t actor = kNoActor;    ///< none: somebody unnamed
  std::uint32_t at = 0;              ///< its unit
  std::uint32_t begin = 0, end = 0;  ///< units of the noun phrase, where no actor was found
};

/// Rules over the units around a verb; `n` is a sentence, `verb` a unit of it. Subjects are resolved on the way.
class Subjects {
 public:
  Subjects(const QuoteText& text, Speakers& speakers) : text_(text), speakers_(speakers) {}

  std::optional<Subject> right_of(std::uint32_t n, std::uint32_t verb);
  std::optional<Subject> left_of(std::uint32_t n, std::uint32_t verb);
  /// Does the clause begin with what puts its subject behind the verb (adverb, preposition, conjunction, nothing)?
  bool fronted(std::uint32_t n, std::uint32_t verb) const;

 private:
  struct Phrase;
  std::optional<Subject> at_name(Phrase& p, const QuoteSentence& s);
  std::optional<Subject> behind_comma(const Phrase& p, const QuoteSentence& s) const;
  std::optional<Subject> capitalised(const Phrase& p, const QuoteSentence& s) const;
  bool owns(std::uint32_t at) const;
  std::optional<Subject> concluded(const Phrase& p);
  std::optional<Subject> apposition_left(const QuoteSentence& s, std::uint32_t comma) const;
  std::optional<Subject> in_region(std::uint32_t n, std::uint32_t verb, std::uint32_t begin, std::uint32_t end);
  Subject pronoun(std::uint32_t n, std::uint32_t at, bool before_verb);

  const QuoteText& text_;
  Speakers& speakers_;
};

}  // namespace spalte::annotate
