// What does a word mean to somebody who looks for quotations: pronoun, preposition, role, kind of ending?
#pragma once

#include "annotate/speech_verbs.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte::annotate {

enum class Gender : std::uint8_t { unknown, female, male };

/// Classes of function words and of nouns that never say who speaks. A word may be of several.
enum WordClass : std::uint32_t {
  kHe = 1U << 0U,           ///< han
  kShe = 1U << 1U,          ///< hun, ho
  kThey = 1U << 2U,         ///< de, dei
  kI = 1U << 3U,            ///< jeg, vi, man: the writer's or everybody's own words
  kNobody = 1U << 4U,       ///< as a subject means no actor of the article (det, noen, alle)
  kFirstPerson = 1U << 5U,  ///< shows that a sentence is direct speech (jeg, vår)
  kPreposition = 1U << 6U,
  kAdverb = 1U << 7U,
  kFronting = 1U << 8U,  ///< stands first and puts the subject behind the verb
  kConjunction = 1U << 9U,
  kAuxiliary = 1U << 10U,
  kQuestion = 1U << 11U,
  kModal = 1U << 12U,             ///< with å: an infinitive follows, and no report
  kOrganisationNoun = 1U << 13U,  ///< retten, partiet: an organisation speaks
  kNoRole = 1U << 14U,            ///< definite nouns that speak for nobody (dagen, saken)
  kOrganisationVerb = 1U << 15U,  ///< de skriver, de melder: an organisation does
  kPossessive = 1U << 16U,        ///< hans, hennes
  kClauseStart = 1U << 17U,       ///< at, mens, fordi: left of it another clause
  kArticle = 1U << 18U,
  kAuthority = 1U << 19U,  ///< politiet, retten
};

struct QuoteWord {
  std::uint32_t classes = 0;
  const SpeechVerb* verb = nullptr;  ///< as a finite form
  const SpeechVerb* participle = nullptr;

  bool is(std::uint32_t any_of) const { return (classes & any_of) != 0; }
};

/// Of a folded word. About 100 ns: keep it per word type. Thread-safe.
QuoteWord quote_word(std::string_view folded);

/// Definite noun, by its ending (-en -et -a -ene -ane -erne).
bool is_definite(std::string_view folded);
bool is_definite_plural(std::string_view folded);
/// A relative or neighbour of somebody: nobody's role.
bool is_kin(std::string_view folded);
/// A noun that newspapers keep people's names back by (kvinnen, kjelda, meldaren).
bool is_anonymous(std::string_view folded);
/// A singular noun that means several people (vertskapet, familien, leiinga): nobody's role.
bool is_collective(std::string_view folded);
/// A word that means the same role in any form and either standard ("utanriksministeren", "utenriksminister"). Of a
/// compound with a hyphen the part behind it.
std::string role_root(std::string_view folded);
/// Equal, or one ends in the other ("minister").
bool same_role(std::string_view root, std::string_view other);
/// What a noun beside a name tells (kona, pater); unknown for most.
Gender gender_of_title(std::string_view folded);
/// By first names of Norway and of the news, else by the endings of Nordic names.
Gender gender_of_first_name(std::string_view name);

}  // namespace spalte::annotate
