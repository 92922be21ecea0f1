// How does a fuzzer damage a large file without writing it anew each time?
#pragma once

#include "tests/fuzz/memory_file.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::fuzz {

/// Calls `put(offset, two bytes)` for each record of an input that damages a file of `size` bytes: three bytes of an
/// offset (the lowest quarter of the offsets lies in the first 4,096 bytes, where the headers are), two of a value.
template <typename Put>
void each_damage(const std::uint8_t* data, std::size_t length, std::size_t size, Put&& put) {
  constexpr std::size_t kRecord = 5, kHead = 4096;
  for (; length >= kRecord; data += kRecord, length -= kRecord) {
    const std::size_t number = data[0] | data[1] << 8U | data[2] << 16U;
    const std::size_t within = data[2] < 64 ? std::min(kHead, size) : size;
    const std::size_t at = (data[2] < 64 ? number : number * 2) % within;
    put(at, std::string_view(reinterpret_cast<const char*>(data) + 3, std::min<std::size_t>(2, size - at)));
  }
}

/// A copy of the file in memory that can be damaged and mended.
class PatchedFile {
 public:
  explicit PatchedFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    if (bytes_.empty()) std::abort();
    file_.hold(bytes_);
  }
  std::string path() const { return file_.path(); }
  void damage(const std::uint8_t* data, std::size_t length) {
    each_damage(data, length, bytes_.size(), [this](std::size_t at, std::string_view bytes) {
      file_.put(at, bytes);
      patched_.push_back(at);
    });
  }
  void mend() {
    for (const std::size_t at : patched_) file_.put(at, std::string_view(bytes_).substr(at, 2));
    patched_.clear();
  }

 private:
  MemoryFile file_;
  std::string bytes_;
  std::vector<std::size_t> patched_;
};

}  // namespace spalte::fuzz
