// How does a fuzzer hand bytes to what opens a path?
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace spalte::fuzz {

/// A file that lies in memory and has a path of its own.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    if (descriptor_ < 0) std::abort();
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(MemoryFile&&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  /// Replaces all that it holds.
  void hold(std::string_view bytes) {
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes.size())) != 0) std::abort();
    put(0, bytes);
  }
  void put(std::size_t at, std::string_view bytes) {
    if (::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at)) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }

 private:
  int descriptor_;
};

}  // namespace spalte::fuzz
