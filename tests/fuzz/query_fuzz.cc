// Is there a text that the query's parser does not survive, or takes for another query once it has written it itself?
#include "query/date_range.h"
#include "query/syntax.h"
#include "query/tree.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace spalte::query;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const spalte::Result<Node> tree = parse(text)) {
    const spalte::Result<Node> again = parse(to_string(*tree));
    if (!again || !(*again == *tree)) std::abort();
  } else if (tree.error().message.empty()) {
    std::abort();
  }
  if (const spalte::Result<DateRange> range = parse_date_range(text, "2026-11-24"))
    if (range->begin.empty() && range->end.empty()) std::abort();
  return 0;
}
