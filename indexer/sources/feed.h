// How are the items of a feed (RSS, Atom) read as articles?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom.
bool recognises_feed(const SourceFile& file, std::string_view head);
/// An article an item. Id: hashed from guid or link; family: the link, so that the full article from the same address,
/// indexed later, is a newer version of it.
Status read_feed(const Reading& reading);

}  // namespace spalte::indexer
