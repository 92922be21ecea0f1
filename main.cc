// From argv to an exit status: the command tables of indexer and query, and the world's streams.
#include "indexer/commands.h"
#include "query/commands.h"
#include "schema/command.h"

#include <algorithm>
#include <clocale>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

int main(int argc, char** argv) {
  // Whatever the user's locale: text is UTF-8, numbers have points. A reader that went away ends us by a failing write,
  // not by a signal.
  std::setlocale(LC_ALL, "C");
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  spalte::report_uncaught_exceptions();
  std::vector<spalte::Command> commands;
  for (const auto table : {spalte::query::commands(), spalte::indexer::commands()})
    commands.insert(commands.end(), table.begin(), table.end());
  const spalte::Io io{std::cin, std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1};
  return spalte::run_command_line(std::vector<std::string>(argv + 1, argv + argc), commands, io);
}
