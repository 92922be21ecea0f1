// Which steps lead from an empty catalogue to today's? migrations/NNNN_*.sql, embedded by the build.
#pragma once

#include <span>
#include <string_view>

namespace spalte {

/// SQL of version 1, 2, …; `PRAGMA user_version` is the number of those that have been run.
std::span<const std::string_view> migrations();

}  // namespace spalte
