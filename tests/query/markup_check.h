// Is a document well-formed, and does a picture's text stand apart?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spalte::test {

/// What is wrong with XML, or HTML written like it (void elements may stay open): tags that do not match, attributes
/// without quotation marks or twice, bare & or <, control characters, anything after the root. Empty: nothing.
std::string markup_fault(std::string_view text);

/// Of an SVG's text elements with class x (labels of the axis below), two that overlap if letters are .55 em wide, or
/// one that leaves the picture; empty: none.
std::string overlapping_labels(const std::string& svg);

/// The text of the elements whose start tags begin with one of `starts` ("h1|h2|p id"), each ended by a newline, marks
/// within taken off and entities resolved.
std::string text_within(const std::string& html, const std::string& starts);

std::size_t occurrences(std::string_view text, std::string_view part);

}  // namespace spalte::test
