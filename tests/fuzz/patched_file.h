// How does a fuzzer damage a large file without writing it anew each time?
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace spalte::fuzz {

/// A copy of the file in memory, with a path of its own. An input is a list of five bytes each: three of an offset (the
/// lowest quarter of the offsets lies in the first 4,096 bytes, where the headers are), two of a value.
class PatchedFile {
 public:
  explicit PatchedFile(const std::string& path) : descriptor_(::memfd_create("patched", MFD_CLOEXEC)) {
    std::ifstream in(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    if (bytes_.empty() || descriptor_ < 0 ||
        ::write(descriptor_, bytes_.data(), bytes_.size()) != static_cast<ssize_t>(bytes_.size()))
      std::abort();
  }
  ~PatchedFile() { ::close(descriptor_); }
  PatchedFile(PatchedFile&&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  void damage(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kRecord = 5, kHead = 4096;
    for (; size >= kRecord; data += kRecord, size -= kRecord) {
      const std::size_t number = data[0] | data[1] << 8U | data[2] << 16U;
      const std::size_t within = data[2] < 64 ? std::min(kHead, bytes_.size()) : bytes_.size();
      const std::size_t at = (data[2] < 64 ? number : number * 2) % within;
      put(at, data + 3, std::min<std::size_t>(2, bytes_.size() - at));
      patched_.push_back(at);
    }
  }
  void mend() {
    for (const std::size_t at : patched_) put(at, bytes_.data() + at, std::min<std::size_t>(2, bytes_.size() - at));
    patched_.clear();
  }

 private:
  void put(std::size_t at, const void* bytes, std::size_t size) {
    if (::pwrite(descriptor_, bytes, size, static_cast<off_t>(at)) != static_cast<ssize_t>(size)) std::abort();
  }
  int descriptor_;
  std::string bytes_;
  std::vector<std::size_t> patched_;
};

}  // namespace spalte::fuzz
