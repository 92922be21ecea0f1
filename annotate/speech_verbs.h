// Which verbs can head a quotation, and in which frames?
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// What a verb needs around it before it quotes.
enum class VerbClass : std::uint8_t {
  say,            ///< any frame (si, hevde)
  think,          ///< any frame, but some forms only with `at` or after the quotation (mene, tro)
  act,            ///< after the quotation, before `:` or `at`, or with its subject to the left (avvise, love)
  frame,          ///< only after the quotation, before `:` or `at` (skrive, smile)
  particle,       ///< with a particle near it, then as frame (legge til)
  particle_that,  ///< with a particle and `at` right behind it (peke på at)
};

struct SpeechVerb {
  std::string_view lemma;
  VerbClass kind;
  std::string_view particles;    ///< alternatives, parted by '|'; empty: none needed
  std::string_view finite;       ///< forms of both standards, parted by blanks
  std::string_view participles;  ///< as finite
};

/// The verb that a folded word is a finite form or participle of; nullptr: none. About 30 ns. Thread-safe.
const SpeechVerb* speech_verb(std::string_view folded);
const SpeechVerb* speech_participle(std::string_view folded);

/// The words of a list that blanks part.
std::vector<std::string_view> words_of(std::string_view list);

}  // namespace spalte::annotate
