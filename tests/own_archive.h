// What do tests need that index a folder of their own articles? The folder, the index beside it, and runs on that index.
#pragma once

#include "tests/support.h"

#include <filesystem>
#include <string>
#include <vector>

namespace spalte::test {

/// Removed with all in it at the end.
struct OwnArchive {
  TempFolder folder;
  std::filesystem::path articles = folder / "artikler", db = folder / "db";

  Outcome index(const Circumstances& c = {}) const {
    return spalte({"index", "--db", db.string(), articles.string()}, c);
  }
  /// A command and its arguments, on this index.
  Outcome run(std::vector<std::string> arguments, const Circumstances& c = {}) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments, c);
  }
  std::string count(const std::string& query) const { return run({"count", query}).out; }
};

}  // namespace spalte::test
