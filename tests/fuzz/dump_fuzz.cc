// Is there a dump that its reader does not survive?
#include "schema/catalogue_dump.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  spalte::CatalogueRestore restore(":memory:");
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (const spalte::Status taken = restore.line(text.substr(0, end)); !taken) {
      if (taken.error().message.empty()) std::abort();
      return 0;
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (const spalte::Status done = restore.finish(); !done && done.error().message.empty()) std::abort();
  return 0;
}
