// Where do many small strings live that die together?
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace spalte::language {

/// Copies strings into blocks; a view stays valid until clear(). One thread.
class StringArena {
 public:
  std::string_view add(std::string_view s) {
    if (s.empty()) return {};
    if (s.size() > left_) {
      const std::size_t size = s.size() > kBlock ? s.size() : kBlock;
      blocks_.push_back(std::make_unique<char[]>(size));
      next_ = blocks_.back().get();
      left_ = size;
    }
    char* at = next_;
    std::memcpy(at, s.data(), s.size());
    next_ += s.size();
    left_ -= s.size();
    return {at, s.size()};
  }
  void clear() {
    blocks_.clear();
    left_ = 0;
  }

 private:
  static constexpr std::size_t kBlock = 1U << 16U;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace spalte::language
