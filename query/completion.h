// What does a shell need to complete our command lines?
#pragma once

#include "schema/command.h"

#include <span>
#include <string>

namespace spalte::query {

/// Scripts that know every command, option, choice of an option, and in queries every field. UTF-8, without a call of
/// the program: completing costs nothing.
std::string bash_completion(std::span<const Command> commands);
std::string zsh_completion(std::span<const Command> commands);
std::string fish_completion(std::span<const Command> commands);

}  // namespace spalte::query
