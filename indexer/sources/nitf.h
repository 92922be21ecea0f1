// How is an NITF file, as NTB and other agencies send it, read as an article?
#pragma once

#include "indexer/sources/source.h"

#include <pugixml.hpp>

namespace spalte::indexer {

bool recognises_nitf(const SourceFile& file, std::string_view head);
/// One article. Id, family and version come from doc-id (NTB's `NTB<family>_<nn>`: nn counts the updates, so version is
/// nn + 1), else version from du-key. A management-status of canceled or withheld withdraws.
Status read_nitf(const Reading& reading);

/// What an <nitf> element holds, into an article that may hold values already (NewsML-G2 wraps NITF); those stay.
void fill_from_nitf(const pugi::xml_node& nitf, Article& article, ArticleSink& sink);

}  // namespace spalte::indexer
