// Which runs of tokens are names, and of what kind?
#pragma once

#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/result.h"

#include <memory>
#include <string>
#include <vector>

namespace spalte::annotate {

/// Tokens [first, last) of the analysed text, within one sentence.
struct NameSpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  ActorKind kind = ActorKind::person;
  bool derived = false;  ///< a compound or demonym that holds a name, not a name itself
};

class TaggerModel;
Result<std::shared_ptr<const TaggerModel>> open_tagger_model(const std::string& path);

/// One object a thread.
class Tagger {
 public:
  explicit Tagger(std::shared_ptr<const TaggerModel> model);
  ~Tagger();
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  /// Names of an article in order, not overlapping. `out` is overwritten. Linear in the text.
  void tag(std::string_view text, const language::AnalysedText& analysed, const language::Analyser& analyser,
           std::vector<NameSpan>& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::annotate
