// Where in a query is something wrong?
#pragma once

#include "schema/error.h"

#include <string>
#include <string_view>

namespace spalte::query {

/// A usage error that names the character (from 1) at byte `at` and shows the query around it with a caret below.
Error error_at(std::string_view query, std::size_t at, std::string_view what, std::string hint);

}  // namespace spalte::query
