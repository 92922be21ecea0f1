// Which commands write to an archive or read files without one? The table that main hands to run_command_line.
#pragma once

#include "schema/command.h"

#include <span>

namespace spalte::indexer {

std::span<const Command> commands();

}  // namespace spalte::indexer
