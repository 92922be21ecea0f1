// How is an article cited?
#pragma once

#include "schema/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace spalte::query {

/// A name of a byline. Somebody with one name only, or an agency, has no given name.
struct Author {
  std::string family;  ///< or all there is
  std::string given;
};

/// "Av Silje Moen og Ola van der Berg/NTB" → three. Names are parted at commas, slashes, semicolons, "&", "og", "and";
/// mail addresses are left out. The last word is the family name, with the particles before it.
std::vector<Author> authors_of(std::string_view byline);

struct CitationContext {
  std::string archive;   ///< the archive's uuid
  std::string revision;  ///< its generation
  std::string accessed;  ///< YYYY-MM-DD
  int paragraph = 0;     ///< from 1, the title counted; 0: the article as a whole
};

/// Norwegian: "Moen, Silje (2014, 14. mars). Tittel. Morgenbudet, avsnitt 3. URL (lest 24. november 2026). Spalte-arkiv
/// 1a2b3c4d, artikkel ID, revisjon 7." What is not known is left out; "u.å." for no date. No newline at the end.
std::string citation_text(const ArticleRow& row, const CitationContext& context);
/// An @article entry, UTF-8 (biber, or BibTeX with a UTF-8 style), with a newline. What TeX would take for its own is
/// escaped.
std::string citation_bibtex(const ArticleRow& row, const CitationContext& context);
/// CSL-JSON 1.0.2: one object of type article-newspaper.
std::string citation_csl(const ArticleRow& row, const CitationContext& context);

}  // namespace spalte::query
