// What could anybody ask? Queries made of what the test archive holds, with every operator and field, and commands run
// within this process.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace spalte::test {

using Words = std::vector<std::string>;

struct Answer {
  int status = 0;
  std::string out, err;
};

/// The command with its arguments, within this process: some hundred a second.
Answer run(const Words& arguments);
/// The same of archive_index().
Answer ask(Words arguments);

/// What there is to ask for in archive_index().
class Vocabulary {
 public:
  Vocabulary();
  /// The same for the same state of `random`.
  std::string query(std::mt19937& random, int depth = 0) const;

 private:
  Words words_, values_, actors_;
};

}  // namespace spalte::test
