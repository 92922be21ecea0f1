// Does a fuzz target hold on the inputs that are kept, and on damaged copies of them? Its main where there is no
// libFuzzer: runs every file of the folders that are named once, then -mutations=N damaged ones (always the same for
// one -seed=N). What ends the program is left in crash-input.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

const std::string* current = nullptr;

void leave_input(int signal) {
  if (const int file = ::open("crash-input", O_WRONLY | O_CREAT | O_TRUNC, 0644); file >= 0 && current != nullptr)
    (void)!::write(file, current->data(), current->size());
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void run(const std::string& bytes) {
  current = &bytes;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// Where the number is damaged: what formats are made of.
constexpr std::string_view kPieces[] = {"\"",        "'",
                                        "<",         ">",
                                        "&",         "{",
                                        "}",         "[",
                                        "]",         "(",
                                        ")",         ",",
                                        ":",         "\n",
                                        "\0",        "\xff",
                                        "\xc3",      "\xe2\x80\xae",
                                        "-1",        "99999999999999999999",
                                        "<![CDATA[", "]]>",
                                        "&#0;",      "\\u0000"};

class Damage {
 public:
  Damage(const std::vector<std::string>& inputs, unsigned seed) : inputs_(inputs), random_(seed) {}

  std::string next() {
    constexpr std::size_t kLongest = 65536, kMostChanges = 6;
    std::string out = pick().substr(0, kLongest);
    for (std::size_t i = 1 + below(kMostChanges); i-- > 0;) change(out);
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  const std::string& pick() { return inputs_[below(inputs_.size())]; }
  void change(std::string& s) {
    const std::size_t at = below(s.size() + 1), length = below(std::min<std::size_t>(s.size() - at, 64) + 1);
    switch (below(7)) {
      case 0:
        if (at < s.size()) s[at] = static_cast<char>(random_());
        break;
      case 1:
        if (at < s.size()) s[at] = static_cast<char>(s[at] ^ (1 << below(8)));
        break;
      case 2:
        s.erase(at, length);
        break;
      case 3:
        s.insert(at, kPieces[below(std::size(kPieces))]);
        break;
      case 4:  // twice
        s.insert(at, s.substr(at, length));
        break;
      case 5: {  // a piece of another input
        const std::string& other = pick();
        s.insert(at, other.substr(below(other.size() + 1), below(256)));
        break;
      }
      default:
        if (below(4) == 0) s.resize(at);
    }
  }

  const std::vector<std::string>& inputs_;
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> inputs;
  unsigned long mutations = 0, seed = 1;
  for (const int s : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE}) ::signal(s, leave_input);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("-mutations=")) mutations = std::strtoul(argv[i] + 11, nullptr, 10);
    if (argument.starts_with("-seed=")) seed = std::strtoul(argv[i] + 6, nullptr, 10);
    if (argument.starts_with('-')) continue;  // others are libFuzzer's
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      std::fprintf(stderr, "%s\n", entry.path().c_str());  // the last line names the culprit
      run(inputs.back());
    }
  }
  if (inputs.empty()) return 1;
  std::fprintf(stderr, "%zu inputs; %lu damaged ones from seed %lu\n", inputs.size(), mutations, seed);
  Damage damage(inputs, static_cast<unsigned>(seed));
  for (unsigned long i = 0; i < mutations; ++i) {
    const std::string input = damage.next();
    run(input);
  }
  return 0;
}
