// How is one ninjs item, in any of its versions, read as an article?
#pragma once

#include "indexer/sources/source.h"

#include <nlohmann/json.hpp>

namespace spalte::indexer {

/// It has a uri and what only a news item has.
bool is_ninjs(const nlohmann::json& object);
/// Names of members differ by version only in case and number (headline, headlines[]; pubstatus, pubStatus): both are
/// looked for. pubstatus canceled or withheld withdraws.
Article ninjs_article(const nlohmann::json& item, const Reading& reading);

}  // namespace spalte::indexer
