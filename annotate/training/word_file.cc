// How is the word file read and written?
#include "annotate/training/word_file.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace spalte::annotate {

Status write_word_file(const std::string& path, const WordFile& words) {
  std::ofstream file(path);
  for (const WordFile::Clustered& w : words.words) {
    file << "w\t" << w.form << '\t' << w.clusters[0] << '\t' << w.clusters[1] << '\t' << w.clusters[2] << '\n';
  }
  for (const WordFile::Cased& w : words.cases) file << "c\t" << w.form << '\t' << int{w.bin} << '\n';
  file.close();
  if (!file) return fail(ErrorCode::failed, fmt::format("{} cannot be written", path));
  return {};
}

Result<WordFile> read_word_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::bad_input, fmt::format("{} cannot be read", path), "scripts/train-actors makes it");
  WordFile out;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    std::istringstream fields(line);
    std::string kind, form;
    unsigned bin = 0;
    WordClusters c{};
    if (std::getline(fields, kind, '\t') && std::getline(fields, form, '\t')) {
      if (kind == "w" && fields >> c[0] >> c[1] >> c[2]) {
        out.words.push_back({form, c});
        continue;
      }
      if (kind == "c" && fields >> bin && bin <= kCaseUnknown) {
        out.cases.push_back({form, static_cast<CaseBin>(bin)});
        continue;
      }
    }
    return fail(ErrorCode::bad_input, fmt::format("{}:{}: no such line: '{}'", path, number, line));
  }
  return out;
}

}  // namespace spalte::annotate
