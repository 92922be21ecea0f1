// Which commands read an archive? The table that main hands to run_command_line.
#pragma once

#include "schema/command.h"

#include <span>

namespace spalte::query {

std::span<const Command> commands();

}  // namespace spalte::query
