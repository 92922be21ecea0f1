// How does all that is known of an article look as JSON?
#pragma once

#include "schema/annotation.h"
#include "schema/catalogue.h"
#include "schema/command.h"

#include <string>

namespace spalte::query {

/// One line, without a newline: schema spalte.article/1 (`show --format json`, `export --what articles`). The row's
/// text and paragraphs must be loaded.
std::string article_json(const ArticleRow& row, const Annotation& annotation, const Context& context);

}  // namespace spalte::query
