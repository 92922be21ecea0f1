// Which verbs of a sentence attribute a quotation, and to whom?
#pragma once

#include "annotate/subjects.h"

#include <vector>

namespace spalte::annotate {

enum class Frame : std::uint8_t {
  closing,    ///< …, sier X
  refers,     ///< Det opplyser X: the quotation is the sentence before
  colon,      ///< X sier: …
  that,       ///< X sier at …
  bare,       ///< X mener …
  according,  ///< ifølge X
};

struct Attribution {
  std::uint32_t verb = 0;  ///< unit
  Frame frame = Frame::closing;
  Subject subject;
};

/// Is that unit the "at" of what is said, and not of "etter at", "utan at"?
bool introduces_clause(const QuoteText& text, const Unit& u);

/// Finds them in one sentence. Sentences must come in order: who spoke before decides what a pronoun means.
class Attributions {
 public:
  Attributions(const QuoteText& text, Speakers& speakers) : text_(text), subjects_(text, speakers) {}

  void find(std::uint32_t n, std::vector<Attribution>& out);

 private:
  struct Place;
  bool heads_no_report(const Place& p) const;
  bool particle_fits(const Place& p) const;
  std::optional<Subject> subject(Place& p);
  std::optional<Subject> closing_subject(Place& p);
  std::optional<Subject> plain_subject(Place& p);
  std::optional<Subject> without_comma(const Place& p);
  bool names_no_words(const Place& p, const Subject& subject) const;
  bool marks_follow(const Place& p) const;
  bool reports_behind(const Place& p, const Subject& subject) const;
  bool finite_before_that(const Place& p, const Subject& subject) const;
  std::optional<Frame> frame(const Place& p, const Subject& subject) const;

  const QuoteText& text_;
  Subjects subjects_;
  std::uint32_t before_ = kNoActor;  ///< subject of the attribution before, in the same sentence
};

}  // namespace spalte::annotate
