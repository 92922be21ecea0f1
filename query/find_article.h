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

}  // namespace spalte::query
