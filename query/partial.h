// How does an answer in JSON say that it is not whole?
#pragma once

#include "schema/command.h"

#include <nlohmann/json.hpp>

namespace spalte::query {

/// Adds `missing_shards`, the names of the shards whose articles the answer is without; nothing where there are none.
inline void mark_partial(nlohmann::ordered_json& object, const Context& context) {
  if (context.missing_shards.empty()) return;
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (const MissingShard& m : context.missing_shards) names.push_back(m.name);
  object["missing_shards"] = std::move(names);
}

}  // namespace spalte::query
