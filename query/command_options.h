// Which options has a command? What help, completion and man page are made from, read from the command's own
// declarations.
#pragma once

#include "schema/command.h"

#include <string>
#include <vector>

namespace spalte::query {

struct OptionRow {
  std::vector<std::string> names;    ///< "-q", "--quiet": short ones first; a positional's own name
  std::string value;                 ///< what it takes: "N", "FORMAT", "A B"; empty: nothing
  std::vector<std::string> choices;  ///< all that it takes, where that is a list; sorted
  std::string summary;
  bool positional = false;
};

/// In the order of declaration, those that every command has first.
std::vector<OptionRow> options_of(const Command& command);

/// Does an option's or argument's value name files or folders?
bool takes_file(const OptionRow& option);

/// What `word` may be completed to in a query: field names in all spellings with their colon, and the values of fields
/// that have few ("lang:nb").
std::vector<std::string> query_completions();

}  // namespace spalte::query
