// What was learnt of words from unlabelled text?
#pragma once

#include "annotate/word_lexicon.h"
#include "schema/result.h"

#include <string>
#include <vector>

namespace spalte::annotate {

/// Clusters and case statistics, kept between their making and the training. Forms are word_forms'.
struct WordFile {
  struct Clustered {
    std::string form;
    WordClusters clusters;
  };
  struct Cased {
    std::string form;  ///< lower case
    CaseBin bin;
  };
  std::vector<Clustered> words;
  std::vector<Cased> cases;
};

/// Tab-separated text: `w FORM C64 C256 C1000` or `c FORM BIN` a line. Errors: bad_input, failed.
Status write_word_file(const std::string& path, const WordFile& words);
Result<WordFile> read_word_file(const std::string& path);

}  // namespace spalte::annotate
