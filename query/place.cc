// How is a place in a query shown?
#include "query/place.h"

#include "language/utf8.h"
#include "query/display_width.h"
#include "schema/terminal.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// So much of a long query is shown on either side.
constexpr std::size_t kBytesAround = 60;

/// A message may repeat a word of the query; of a long one its beginning and end are enough.
std::string shortened(std::string_view what) {
  if (what.size() <= 4 * kBytesAround) return std::string(what);
  return std::string(what.substr(0, language::code_point_begin(what, 2 * kBytesAround))) + "…" +
         std::string(what.substr(language::code_point_begin(what, what.size() - 2 * kBytesAround)));
}

}  // namespace

Error error_at(std::string_view query, std::size_t at, std::string_view what, std::string hint) {
  at = std::min(at, query.size());
  std::size_t character = 1;
  for (std::size_t i = 0; i < at;) {
    language::next_code_point(query, i);
    ++character;
  }
  const std::size_t from = at > 2 * kBytesAround ? language::code_point_begin(query, at - kBytesAround) : 0;
  const std::size_t to = query.size() - at > 2 * kBytesAround ? language::code_point_begin(query, at + kBytesAround) : query.size();
  // A tab or newline is one blank wide.
  std::string before = (from > 0 ? "…" : "") + std::string(query.substr(from, at - from)),
              after = std::string(query.substr(at, to - at)) + (to < query.size() ? "…" : "");
  for (std::string* s : {&before, &after})
    std::replace_if(
        s->begin(), s->end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  before = printable(before);
  return {ErrorCode::usage,
          fmt::format("{} (at character {})\n  {}{}\n  {}^", shortened(what), character, before, printable(after),
                      std::string(shown_width(before), ' ')),
          std::move(hint)};
}

}  // namespace spalte::query
