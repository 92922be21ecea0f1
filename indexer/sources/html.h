// How is a web page read as an article?
#pragma once

#include "indexer/sources/source.h"

namespace spalte::indexer {

bool recognises_html(const SourceFile& file, std::string_view head);
/// One article: fields from the page's metadata, text from its content (html_content), or JSON-LD's articleBody where the
/// page itself shows less. A page that holds no article (a front page, a list) is skipped. Family: the page's address, so
/// that the same page saved twice is a story in two versions.
Status read_html(const Reading& reading);

/// The article of a page that was fetched from `url` (empty: unknown); nothing: it holds none. `charset`: of the HTTP
/// header, empty: not said. Id, path and dates from the place are not set.
Result<std::optional<Article>> article_of_page(std::string_view bytes, std::string_view charset, std::string_view url,
                                               ArticleSink& sink);

}  // namespace spalte::indexer
