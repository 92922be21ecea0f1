// How are the items of a NewsML-G2 message read as articles?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

bool recognises_newsml_g2(const SourceFile& file, std::string_view head);
/// Every newsItem of a message that holds text (NITF or XHTML in inlineXML, or inlineData); pictures and packages are
/// passed over. Id and family are the guid; pubStatus stat:canceled and stat:withheld withdraw.
Status read_newsml_g2(const Reading& reading);

}  // namespace spalte::indexer
