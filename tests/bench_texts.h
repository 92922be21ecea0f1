// Which texts does a benchmark run on?
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace spalte::test {

/// The first argument that is no option, else $SPALTE_BENCH_TEXTS, else the archive of the tests.
inline std::filesystem::path bench_folder(int argc, char** argv) {
  if (argc > 1) return argv[1];
  if (const char* named = std::getenv("SPALTE_BENCH_TEXTS"); named != nullptr && *named != '\0') return named;
  const char* tests = std::getenv("SPALTE_TESTS");
  return std::filesystem::path(tests == nullptr ? "tests" : tests) / "data" / "archive";
}

/// The texts below `folder` in order of their paths, those that are Norwegian in UTF-8; `most` bytes or a little more.
inline std::vector<std::string> bench_texts(const std::filesystem::path& folder, std::size_t most = SIZE_MAX) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  std::size_t bytes = 0;
  for (const auto& path : paths) {
    if (bytes >= most) break;
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (text.find("\xc3") == std::string::npos || text.find('\0') != std::string::npos) continue;
    bytes += text.size();
    out.push_back(std::move(text));
  }
  return out;
}

}  // namespace spalte::test
