// How is text written into XML and HTML?
#pragma once

#include <string>
#include <string_view>

namespace spalte::query {

/// For element content and attributes in double quotation marks of XML, SVG and HTML; control characters that XML 1.0
/// does not know are left out.
std::string escaped(std::string_view text);

}  // namespace spalte::query
