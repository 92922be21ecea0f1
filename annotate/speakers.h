// Which actor of the article does a pronoun, a role or an organisation's noun mean at one place?
#pragma once

#include "annotate/quote_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// What the article tells of its actors, and who has spoken so far. Rules and weights: ARCHITECTURE.md, "Quotations";
/// the weights were set by hand on training articles, and half or double of any changes little. One article at a time.
class Speakers {
 public:
  /// Collects roles, organisations and genders. `text` and `annotation` must outlive it.
  Speakers(const QuoteText& text, const Annotation& annotation);

  /// The person that a pronoun of that gender at unit `at` of sentence `n` means; kNoActor: nobody fits. `before_verb`:
  /// the pronoun stands left of the verb, where it less often takes up the last speaker.
  std::uint32_t pronoun(std::uint32_t n, std::uint32_t at, Gender gender, bool before_verb);
  /// The person with that role. `strict`: only one of whom the article says so; else also the most salient person,
  /// where the noun is definite and means one person.
  std::uint32_t role(std::uint32_t n, std::uint32_t at, bool strict, bool before_verb);
  /// The organisation that a noun (partiet, selskapet; empty: none) or a plural pronoun means, within so many
  /// sentences.
  std::uint32_t organisation(std::uint32_t n, std::uint32_t at, int sentences, std::string_view noun) const;

  void spoke(std::uint32_t actor, std::uint32_t sentence);
  std::uint32_t spoke_last(std::uint32_t actor) const { return profiles_[actor].spoke; }

  static constexpr std::uint32_t kNever = UINT32_MAX;

 private:
  struct Role {
    std::string root;
    bool of_other = false;  ///< of a country's or an organisation's (Kinas utenriksminister)
  };
  struct Profile {
    Gender gender = Gender::unknown;
    std::vector<Role> roles;
    std::vector<std::string_view> organisations;
    std::uint32_t spoke = kNever;  ///< sentence of the last attribution
  };
  struct Candidate {
    std::uint32_t actor;
    double score;
  };

  void learn_titles();
  void learn_left(const QuoteSentence& s, std::uint32_t at, Profile& profile);
  void learn_right(const QuoteSentence& s, std::uint32_t at, Profile& profile);
  void learn_pronouns();
  void candidates(std::uint32_t n, std::uint32_t at, bool before_verb);
  void raise(std::uint32_t actor, double score);

  const QuoteText& text_;
  const Annotation& annotation_;
  std::vector<Profile> profiles_;  ///< by actor
  std::vector<Candidate> candidates_;
};

}  // namespace spalte::annotate
