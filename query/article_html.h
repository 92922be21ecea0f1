// How does an article look as a page?
#pragma once

#include "schema/annotation.h"
#include "schema/catalogue.h"

#include <string>
#include <string_view>

namespace spalte::query {

/// The title, or the first words of an article that has none, in brackets.
std::string shown_title(const ArticleRow& row);

/// An `<article>` element: headline, source and date, paragraphs with ids (p1, p2 …; `ID-p1` where the page holds
/// `several` articles), names and quotations marked up, and what is known of it below. `paragraph` from 1 alone, 0:
/// all. Nothing of the article reaches the page unescaped. The row's text and paragraphs must be loaded.
std::string article_html(const ArticleRow& row, const Annotation& annotation, std::size_t paragraph, bool several);

/// The page around it: UTF-8, its style within, no script, nothing fetched from elsewhere.
std::string html_page(std::string_view title, std::string_view articles);

}  // namespace spalte::query
