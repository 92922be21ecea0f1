// How are files inside a file read? Archives (zip, tar) and compressed files (gzip, zstd, bzip2, xz), by libarchive, as
// streams.
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// By the first bytes. Office documents and e-books, which are zip files, are none.
bool recognises_container(const SourceFile& file, std::string_view head);

/// Reads each member as if it were a file at `archive.zip/inner/path`; a compressed file keeps its place, and its name
/// for ids and formats is the one without ".gz". A member that cannot be read fails alone. Errors: bad_input for what
/// breaks off, and for what goes beyond limits.h (depth, members, expansion).
Status read_container(const Reading& reading);

}  // namespace spalte::indexer
