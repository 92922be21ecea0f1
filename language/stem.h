// What is left of a word when its endings go?
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace spalte::language {

/// Snowball's Norwegian stemmer as Xapian has it, for words that the lexicon does not know. One object a thread.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  /// `folded`: normalised, lower case.
  std::string operator()(std::string_view folded) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::language
