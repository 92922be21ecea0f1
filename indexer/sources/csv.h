// How is a table in CSV or TSV read, an article a row?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// .csv, .tsv, .tab.
bool recognises_csv(const SourceFile& file, std::string_view head);
/// RFC 4180 with any of , ; tab | between the fields, quoted fields over several lines, byte order marks, CRLF. The first
/// row names the columns. Fields by the user's map, else guessed from the names; a table with neither text nor title is
/// skipped by its kind. A row with another number of fields fails alone.
Status read_csv(const Reading& reading);

/// The fields of one row; nothing: a quotation mark is still open at its end.
std::optional<std::vector<std::string>> csv_fields(std::string_view row, char delimiter);

}  // namespace spalte::indexer
