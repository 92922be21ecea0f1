// How is an issue of a scanned newspaper read? METS tells which blocks of which ALTO pages make an article.
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

bool recognises_mets(const SourceFile& file, std::string_view head);
/// The articles of the logical structure, else a page each. The ALTO files that it names are read beside it: only below
/// its folder; one that is not there fails alone. Within a container the pages are read one by one instead.
Status read_mets(const Reading& reading);

}  // namespace spalte::indexer
