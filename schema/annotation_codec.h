// How are paragraphs and annotations written into the catalogue?
#pragma once

#include "schema/annotation.h"
#include "schema/article.h"
#include "schema/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// Varints, offsets as differences. The first byte is the format's number; an unknown one or a cut text is
/// index_damaged.
std::string encode_paragraphs(const std::vector<Paragraph>& paragraphs);
Result<std::vector<Paragraph>> decode_paragraphs(std::string_view bytes);
/// Only assigned topics are kept.
std::string encode_annotation(const Annotation& annotation);
Result<Annotation> decode_annotation(std::string_view bytes);

}  // namespace spalte
