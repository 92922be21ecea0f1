// What do tests need to run the program as users do: folders that go away, files, a process and what it printed?
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace spalte::test {

/// A folder of its own below the system's temporary one, removed with all in it at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Makes the folders above it, replaces what was there.
void write_file(const std::filesystem::path& path, std::string_view content);
std::string read_file(const std::filesystem::path& path);

/// The folder tests/ of the sources.
std::filesystem::path tests_folder();

struct Outcome {
  int status = 0;  ///< exit status, or 128 + the signal that ended it
  std::string out, err;
};

struct Circumstances {
  std::string input = {};                               ///< on standard input
  std::map<std::string, std::string> environment = {};  ///< beside the test's own
  std::filesystem::path folder = {};                    ///< to run in; empty: here
  bool as_nobody = false;                               ///< without root's rights, where the test has them
  std::filesystem::path output = {};                    ///< a file for standard output; empty: Outcome::out
  std::uint64_t most_file_bytes = 0;                    ///< writing a file beyond it fails; 0: no limit
};

/// Runs the built program to its end.
Outcome spalte(const std::vector<std::string>& arguments, const Circumstances& circumstances = {});

/// Starts it and returns at once; its output goes nowhere. The caller waits for it.
pid_t start_spalte(const std::vector<std::string>& arguments, const Circumstances& circumstances = {});

/// Waits; the status is as in Outcome.
int wait_for(pid_t process);

/// `count` articles of this generator's own, in folders by month: reproducible by the seed, long enough to be
/// interrupted while they are indexed.
void write_articles(const std::filesystem::path& folder, int count, std::uint32_t seed);

/// What an index answers to many questions, as one text: equal for equal archives, whatever their history.
std::string all_answers(const std::filesystem::path& index);

/// Where two texts first differ, with both lines; empty: they are equal.
std::string first_difference(std::string_view a, std::string_view b);

std::vector<std::string> lines(std::string_view text);

/// An index of tests/data/archive, made once a test program and removed at its end.
const std::filesystem::path& archive_index();

}  // namespace spalte::test
