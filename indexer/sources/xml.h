// How is XML read, whatever it is written in? pugixml with the limits and encodings of this house.
#pragma once

#include "indexer/sources/source.h"

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace spalte::indexer {

/// The name of the first element in the head of an XML file, without its prefix, lower case; empty: it is no XML.
std::string root_name(std::string_view head);

/// Parses a whole file. Errors: bad_input with line and reason; deeper than limit::kDepth; too large.
Status parse_xml(InputBytes& bytes, pugi::xml_document& out);
/// The same for bytes that are there.
Status parse_xml(std::string_view bytes, pugi::xml_document& out);

/// The name without its prefix.
std::string_view local_name(const pugi::xml_node& node);
/// The first child of that local name; a null node where there is none.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
/// The same down a path: "head/docdata/doc-id".
pugi::xml_node at(const pugi::xml_node& node, std::string_view path);
/// Every child of that local name.
std::vector<pugi::xml_node> children(const pugi::xml_node& node, std::string_view name);
std::string attribute(const pugi::xml_node& node, const char* name);
/// All text below the node on one line; words of different block elements stay apart.
std::string text_of(const pugi::xml_node& node);

/// Adds the blocks below a node of NITF's or XHTML's body, in order: p, hl2, h1 to h6, li, blockquote, td … ; media,
/// captions and tables of links stay out. The first paragraph marked as lead is one.
void add_blocks(const pugi::xml_node& node, ArticleText& out);

}  // namespace spalte::indexer
