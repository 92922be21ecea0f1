// Which part of a query makes the totals?
#include "query/timeline_query.h"

#include <fmt/format.h>

namespace spalte::query {

Result<TimelineQuery> timeline_query(const QueryArguments& arguments, Context& context, Reader& reader) {
  Result<Compiled> compiled = arguments.compile(context, reader, true);
  if (!compiled) return fail(std::move(compiled));
  Node frame;
  if (!arguments.match.any) {
    Result<Node> tree = arguments.tree(context, true);
    if (!tree) return fail(std::move(tree));
    frame = frame_of(*tree);
  }
  Result<Compiled> all = query::compile(frame, arguments.match, reader);
  if (!all) return fail(std::move(all));
  return TimelineQuery{compiled->query, all->query};
}

std::string chart_title(const std::string& query) { return query == "*" ? "Alle artikler" : query; }

std::string chart_subtitle(bool shares, Period by, const std::vector<std::string>& periods) {
  std::string out = fmt::format("{} per {}", shares ? "Andel av alle artikler" : "Artikler", norwegian_name(by));
  if (periods.empty()) return out;
  out += ", " + norwegian_period(periods.front(), by);
  if (periods.size() > 1) out += " – " + norwegian_period(periods.back(), by);
  return out;
}

}  // namespace spalte::query
