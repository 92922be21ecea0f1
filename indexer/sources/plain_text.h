// How is a plain text read as an article?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

/// .txt, .text, .md and files without extension whose head holds no binary data.
bool recognises_plain_text(const SourceFile& file, std::string_view head);

/// An optional header block of `Key: value` lines ended by a blank line (kHeaderKeys), then title, lead, subheads and
/// paragraphs by the rules of the design's formats.md.
Status read_plain_text(const Reading& reading);

/// Paragraphs of text without header and title, cleaned: at blank lines where there are any, else a line each; subheads
/// as in a plain-text article.
void add_plain_paragraphs(std::string_view text, ArticleText& out);

}  // namespace spalte::indexer
