// How are articles in JSON read: IPTC's ninjs, and anybody's objects, one a line or many in a file?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// ninjs 1.x to 3.x: an object, a list of them, an API's answer with `items`, or one a line.
bool recognises_ninjs(const SourceFile& file, std::string_view head);
Status read_ninjs(const Reading& reading);

/// JSONL by its content, JSON by its name. Fields by the map that the user gives, else by the names of the first object
/// (field_map); a file whose objects hold neither text nor title is skipped by its kind. A line that cannot be read
/// fails alone.
bool recognises_json(const SourceFile& file, std::string_view head);
Status read_json(const Reading& reading);

}  // namespace spalte::indexer
