// What do Apertium's compiled dictionaries hold? A reader of the LTTB format (lttoolbox 3.5 to 3.7), for the build
// alone.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::language::tools {

/// The largest transducer of a file: the words (the others are punctuation and regular expressions).
class Dictionary {
 public:
  /// Throws std::runtime_error where the file is no such dictionary.
  explicit Dictionary(const std::string& path);
  /// Every path: the surface and its analysis, as "statsministeren", "statsminister<n><m><sg><def>". No state twice on
  /// a path, at most 80 symbols.
  void each_path(const std::function<void(std::string_view surface, std::string_view analysis)>& visit) const;

 private:
  struct Arc {
    std::uint32_t to, symbol;
  };
  struct Transducer {
    std::uint32_t initial = 0;
    std::vector<char> final;
    std::vector<std::uint32_t> first_arc;
    std::vector<Arc> arcs;
  };
  std::vector<std::string> in_, out_;  ///< of each symbol pair; empty: nothing
  Transducer words_;
};

}  // namespace spalte::language::tools
