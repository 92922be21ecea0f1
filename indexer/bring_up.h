// How does the index come to hold all that the catalogue knows, relations between articles included?
#pragma once

#include "indexer/toolbox.h"
#include "indexer/writer.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

namespace spalte::indexer {

/// Finds the families and near-duplicates of the articles that came, changed or went.
Status relate(Catalogue& catalogue, const Resources& resources);

/// Finds families and near-duplicates of the articles that came, changed or went, in transactions of kRelated articles,
/// then writes every dirty article into the index. A kill anywhere is made good by the next run.
Status bring_up(const IndexFolder& folder, Catalogue& catalogue, const Resources& resources, const OnProgress& progress);

/// Bounds memory (about 500 bytes an article) and what a kill undoes.
inline constexpr int kRelated = 20'000;

}  // namespace spalte::indexer
