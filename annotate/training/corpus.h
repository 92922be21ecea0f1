// How is labelled text read?
#pragma once

#include "annotate/label_scheme.h"
#include "language/analyser.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::annotate {

/// Tokens with gold names, cut as the corpus cuts them. The text's byte offsets are not set: features use types alone.
struct LabelledDocument {
  language::AnalysedText text;
  std::vector<std::vector<LabelledSpan>> names;  ///< per sentence; token numbers of the text
};

/// Which of NorNE's types are learnt, and under which name.
enum class TypeSet {
  actors,  ///< PER, ORG, GPE (GPE_LOC and GPE_ORG merged), LOC, DRV; the rest is outside
  nine,    ///< as annotated; MISC too
};
const std::vector<std::string>& type_names(TypeSet set);

/// Reads a file of lines `token TAB IOB2-tag`, blank lines between sentences, `# doc =` where the document changes.
/// Forms are interned in `analyser`. Errors: bad_input.
Result<std::vector<LabelledDocument>> read_iob(const std::string& path, TypeSet set, language::Analyser& analyser);

}  // namespace spalte::annotate
