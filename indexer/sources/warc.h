// How are the captures of a web archive read as articles?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// WARC 0.x and 1.x; packed ones (.warc.gz, a gzip stream a record) come through container.
bool recognises_warc(const SourceFile& file, std::string_view head);
/// Response and resource records that hold HTML, each as html.h reads it. Family: the page's address; version: the time of
/// the capture, in seconds since 1970. Captures with the same text are one (the id is hashed from address and text), so
/// revisit records and equal digests make no version. The capture's time is only a guess of the date.
Status read_warc(const Reading& reading);

/// The body of an HTTP response without its chunks and compression. Errors: bad_input.
Result<std::string> http_body(std::string_view headers, std::string_view body);

}  // namespace spalte::indexer
