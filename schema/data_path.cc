// Which places are looked at for the program's data?
#include "schema/data_path.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

namespace spalte {

Result<std::string> data_folder() {
  namespace fs = std::filesystem;
  std::error_code error;
  if (const char* named = std::getenv("SPALTE_DATA"); named != nullptr && *named != '\0') {
    if (fs::is_directory(named, error)) return std::string(named);
    return fail(ErrorCode::bad_data, fmt::format("SPALTE_DATA names {}, which is no folder", named),
                "unset it, or name share/spalte");
  }
  // Installed: PREFIX/bin/spalte beside PREFIX/share/spalte. Built: build/NAME/spalte beside build/NAME/share/spalte;
  // test programs lie deeper.
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  fs::path folder = program.parent_path();
  for (int up = 0; up < 4 && !folder.empty(); ++up, folder = folder.parent_path()) {
    fs::path candidate = folder / "share" / "spalte";
    if (fs::is_directory(candidate, error)) return candidate.string();
  }
  return fail(ErrorCode::bad_data, fmt::format("the program's data (share/spalte) is not beside {}", program.string()),
              "install with `cmake --install`, or set SPALTE_DATA to the folder");
}

}  // namespace spalte
