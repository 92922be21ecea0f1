// How is an annotated article printed? The contract `spalte.annotation/1`.
#pragma once

#include "schema/annotation.h"
#include "schema/article.h"

#include <string>

namespace spalte::indexer {

/// One JSON object on one line, without newline.
std::string annotation_json(const Article& article, const Annotation& annotation);
/// For people: language, actors with counts and roles, quotations with speakers, topics with evidence.
std::string annotation_text(const Article& article, const Annotation& annotation);

}  // namespace spalte::indexer
