// Which articles are versions of one story, and which of them is the newest?
#pragma once

#include "schema/article.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::indexer {

/// A source that numbers versions (NTB's doc-id, ninjs, NewsML) fills `family` and `version`; where it gives all of them the
/// family's own id, the id becomes `family@version`, so that each version is an article of its own.
void number_version(Article& article);
/// Where the source does not: what stands for its page, source and URL together. Articles of one page that tell the same
/// story (schema/sketch.h) are versions, by date. Empty: a family is given, or the URL is none or only a host's.
std::string web_page_of(const Article& article);

/// Says of each version in the families of `rows` whether it is the newest, drops what has been withdrawn, and returns
/// `rows` with every row whose state has changed. Within the transaction that is open. Cost: grows with the families' size
/// alone.
/// `sketch_of` finds or makes the sketch of a row; `now` (local_now) says which embargoes lie ahead: a version under one
/// is the newest only when it ends, and until then the one before it.
Result<std::vector<std::int64_t>> settle_families(Catalogue& catalogue, const std::vector<std::int64_t>& rows,
                                                  const std::function<Result<Sketch>(std::int64_t)>& sketch_of,
                                                  std::string_view now);

}  // namespace spalte::indexer
