// How does a hit look in each output format?
#pragma once

#include "query/search.h"
#include "query/snippet.h"
#include "schema/command.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace spalte::query {

enum class HitFormat : std::uint8_t { text, jsonl, ids, paths, csv, trec };

struct HitRendering {
  HitFormat format = HitFormat::text;
  std::vector<std::string> fields;  ///< --fields: columns of csv, keys of jsonl; empty: all
  bool nul = false;                 ///< -0: ids and paths end with a NUL instead of a newline
  bool color = false;
  std::string query_id = "0";  ///< trec: the query's id in a batch
};

/// Names that --fields knows, in order.
const std::vector<std::string>& hit_fields();
void write_hit_header(std::ostream& out, const HitRendering& rendering);
void write_hit(const Context& context, const HitRendering& rendering, const Hit& hit, const Snippet& snippet);
/// Does the format show a line of the text? Making it costs more than the search.
bool needs_snippet(const HitRendering& rendering);

}  // namespace spalte::query
