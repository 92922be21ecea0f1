// Is there a topics file of a user's own that its reader does not survive?
#include "annotate/topics.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int file = ::memfd_create("topics", MFD_CLOEXEC);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  const auto tree = spalte::annotate::open_topic_tree("/proc/self/fd/" + std::to_string(file));
  if (!tree && tree.error().message.empty()) std::abort();
  return 0;
}
