// Which wire agency does an article come from?
#pragma once

#include "schema/article.h"

namespace spalte::indexer {

/// Sets `agency` where the source gives none: by the source itself (NTB as the newspaper), the byline (`Kari Moen/NTB`,
/// `NPK-NTB`), the dateline (`OSLO (NTB):`, `Oslo/NTB`) or the mark at a paragraph's end (`(NTB)`, `©NTB`, `/NTB`). Of
/// several agencies it is the first, which sent it. An agency that is told of in the text (`opplyser han til NTB`) or has
/// taken the picture is none. An agency that the source gives is spelt as in kAgencies.
void recognise_agency(Article& article);

}  // namespace spalte::indexer
