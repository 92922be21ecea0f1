// Which forms belong to one word, in either standard?
#pragma once

#include <string>

namespace spalte::language {

/// What is known of words before any text is read. Immutable; shared by threads.
class Lexicon {
 public:
  /// Part of analyser_version: changes with the words.
  const std::string& version() const { return version_; }

 private:
  std::string version_ = "snowball";
};

}  // namespace spalte::language
