// What is kept of a JSON value, and what is refused?
#include "indexer/sources/json.h"

#include "indexer/encoding.h"
#include "indexer/sources/limits.h"

#include <cmath>

#include <fmt/format.h>

namespace spalte::indexer {

Result<nlohmann::json> parse_json(std::string_view bytes) {
  const std::string text = to_utf8(bytes, "");
  bool deep = false;
  // Ends the parse by leaving out whatever lies too deep; nlohmann's parser itself does not recurse.
  const nlohmann::json::parser_callback_t watch = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    deep = deep || depth > static_cast<int>(limit::kDepth);
    return !deep;
  };
  try {
    nlohmann::json json = nlohmann::json::parse(text, watch);
    if (deep) return fail(ErrorCode::bad_input, fmt::format("is nested deeper than {}", limit::kDepth), "");
    return json;
  } catch (const nlohmann::json::exception& e) {
    std::string_view what = e.what();
    const std::size_t colon = what.find("] ");
    if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
    return fail(ErrorCode::bad_input, fmt::format("is no sound JSON: {}", clean_text(what.substr(0, 160))), "");
  }
}

nlohmann::json parse_json_or_null(std::string_view bytes) {
  Result<nlohmann::json> json = parse_json(bytes);
  return json ? std::move(*json) : nlohmann::json();
}

std::string as_text(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_number_float()) {
    const double d = value.get<double>();
    return d == std::floor(d) && std::abs(d) < 1e15 ? std::to_string(static_cast<std::int64_t>(d)) : fmt::format("{}", d);
  }
  return {};
}

std::string string_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found == object.end() ? std::string() : as_text(*found);
}

}  // namespace spalte::indexer
