// Which article, and which version of it, does an id mean?
#pragma once

#include "query/reader.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::query {

/// An article by its id (`ID`), by a version of its story (`ID@N`), by its family (then the newest version), or by the
/// beginning of an id where that is enough. Errors: not_found, with the ids that come near.
Result<ArticleRow> find_article(Reader& reader, const std::string& id);

/// A version of a story, as it is told of: `ID@number`.
struct Version {
  std::int64_t number = 1;
  std::int64_t row = 0;
};

/// All versions of an article's story, oldest first; itself alone where its source tells of none. Numbers are the source's
/// where it gives each its own, else they are counted from 1. Copies of one version are one.
Result<std::vector<Version>> versions_of(Reader& reader, const ArticleRow& article);

/// Has the article, its text loaded, that paragraph (from 1, the title counted; 0: none asked for)? Errors: not_found.
Status require_paragraph(const Article& article, int paragraph);

}  // namespace spalte::query
