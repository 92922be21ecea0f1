// Does the command line print what it printed? tests/query/golden/*.txt hold sessions: `$ spalte …` lines, each
// followed by its output. With SPALTE_GOLDEN=write in the environment they are written anew; read the difference before
// keeping it.
#include "tests/support.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

/// The words of a command line: blanks part them, single quotation marks hold them together.
std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> out;
  bool quoted = false, open = false;
  for (char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      if (!open) out.emplace_back();
      open = true;
    } else if (c == ' ' && !quoted) {
      open = false;
    } else {
      if (!open) out.emplace_back();
      open = true;
      out.back() += c;
    }
  }
  return out;
}

std::string played(const std::string& session) {
  std::string out;
  for (const std::string& line : lines(session)) {
    if (line.rfind("$ spalte ", 0) != 0) continue;
    const Outcome o = spalte(words(line.substr(9)), {.environment = {{"SPALTE_DB", archive_index().string()}}});
    out += line + "\n" + o.out;
    if (!o.err.empty()) out += o.err;
    if (o.status != 0) out += "(status " + std::to_string(o.status) + ")\n";
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("golden sessions") {
  int sessions = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tests_folder() / "query/golden")) {
    const std::string expected = read_file(entry.path()), now = played(expected);
    if (const char* mode = std::getenv("SPALTE_GOLDEN"); mode != nullptr && std::string_view(mode) == "write")
      write_file(entry.path(), now);
    else
      CHECK(first_difference(now, expected) == "");
    ++sessions;
  }
  CHECK(sessions >= 3);
}

}  // namespace spalte::test
