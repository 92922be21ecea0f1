// The rows of the reading commands; each `setup` stands in the file of its command.
#include "query/commands.h"

namespace spalte::query {

std::span<const Command> commands() { return {}; }

}  // namespace spalte::query
