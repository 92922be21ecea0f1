// How are values found in JSON that others wrote?
#pragma once

#include "schema/result.h"

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace spalte::indexer {

/// Errors: bad_input with place and reason; deeper than limit::kDepth. Bytes in any encoding.
Result<nlohmann::json> parse_json(std::string_view bytes);
/// Null where it is none.
nlohmann::json parse_json_or_null(std::string_view bytes);
/// A string or number at the key, as text; empty where there is none.
std::string string_at(const nlohmann::json& object, const char* key);
/// Any single value as text; empty for objects, lists and null.
std::string as_text(const nlohmann::json& value);

}  // namespace spalte::indexer
