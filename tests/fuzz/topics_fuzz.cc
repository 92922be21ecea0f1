// Is there a topics file of a user's own that its reader does not survive?
#include "annotate/topics.h"
#include "tests/fuzz/memory_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static spalte::fuzz::MemoryFile file;
  file.hold(std::string_view(reinterpret_cast<const char*>(data), size));
  const auto tree = spalte::annotate::open_topic_tree(file.path());
  if (!tree && tree.error().message.empty()) std::abort();
  return 0;
}
