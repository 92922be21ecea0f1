// Which article does a user mean by an id?
#pragma once

#include "query/reader.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <string>

namespace spalte::query {

/// By its id, or by the beginning of it where that is enough; without its text. Errors: not_found, with the ids that
/// begin so.
Result<ArticleRow> find_article(Reader& reader, const std::string& id);

/// Has the article, its text loaded, that paragraph (from 1, the title counted; 0: none asked for)? Errors: not_found.
Status require_paragraph(const Article& article, int paragraph);

}  // namespace spalte::query
