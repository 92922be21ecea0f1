// What stands in the manual?
#pragma once

#include "schema/command.h"

#include <span>
#include <string>

namespace spalte::query {

/// spalte(1) in man(7) macros, UTF-8: every command with its options and examples, the query language, exit statuses,
/// files and environment.
std::string man_page(std::span<const Command> commands);

}  // namespace spalte::query
