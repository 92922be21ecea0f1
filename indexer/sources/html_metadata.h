// What does a page say of itself? schema.org in JSON-LD, OpenGraph, <meta>.
#pragma once

#include "indexer/sources/html_tree.h"

#include <string>
#include <vector>

namespace spalte::indexer {

/// As written, not yet cleaned; empty: the page does not say.
struct PageMetadata {
  bool article = false;  ///< the page says that it is one
  std::string title, description, body, published, modified, publisher, section, url, language;
  std::vector<std::string> authors, keywords;
};

/// JSON-LD outweighs OpenGraph, that <meta>. Broken JSON-LD is passed over.
PageMetadata page_metadata(const GumboNode* root);

}  // namespace spalte::indexer
