// Which part of a page is the article? Text density over blocks, after menus, teasers, captions and comments have gone.
#pragma once

#include "indexer/sources/html_tree.h"

#include <string>
#include <vector>

namespace spalte::indexer {

struct PageContent {
  std::string title;               ///< the page's own headline (h1); empty: none
  std::string lead;                ///< empty: none is marked as one
  std::vector<HtmlBlock> blocks;   ///< in order, without title and lead
  std::string byline;              ///< as the page marks it
  std::string published;           ///< <time datetime>, as written
  std::size_t characters() const;
};

/// The content of a page. `title` as its metadata gives it: the same words at the text's beginning are not repeated.
PageContent extract_content(const GumboNode* root, std::string_view title, std::string_view description);

/// All paragraphs below a node, nothing judged.
std::vector<HtmlBlock> blocks_below(const GumboNode* node);
/// Does the element begin a line of its own?
bool is_block(const GumboNode* node);

}  // namespace spalte::indexer
