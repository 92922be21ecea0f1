// Which formats are there, and how are hits streamed?
#include "query/hit_list.h"

#include "query/arguments.h"
#include "query/search.h"

#include <map>
#include <ostream>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {
namespace {

constexpr std::size_t kSnippetBytes = 240;

const std::map<std::string, HitFormat> kFormats = {{"text", HitFormat::text}, {"jsonl", HitFormat::jsonl},
                                                   {"ids", HitFormat::ids},   {"paths", HitFormat::paths},
                                                   {"csv", HitFormat::csv},   {"trec", HitFormat::trec}};

}  // namespace

HitList::HitList(CLI::App& app) {
  add_choice(app, "--format", rendering.format, kFormats, "FORMAT", "text, jsonl, csv, ids, paths or trec");
  app.add_option("--fields", rendering.fields, "columns of csv and keys of jsonl, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(hit_fields()))
      ->type_name("F,…");
  app.add_flag("-0", rendering.nul, "end ids and paths with a NUL");
}

Result<std::int64_t> HitList::print(Context& context, Reader& reader, const SearchOptions& options,
                                    const std::function<Result<Compiled>()>& compile, bool footer) {
  std::ostream& out = context.io.out;
  rendering.color = context.color;
  std::int64_t shown = 0, total = 0, hidden = 0;
  footer = footer && rendering.format == HitFormat::text && !context.quiet;
  const Status done = reader.request([&]() -> Status {
    Result<Compiled> compiled = compile();
    if (!compiled) return fail(std::move(compiled));
    if (!std::exchange(begun_, true)) write_hit_header(out, rendering);
    if (footer) total = count(compiled->query, reader);
    hidden = 0;
    for (const auto& [group, n] : compiled->hidden) hidden += n;
    return search(*compiled, options, reader, [&](const Hit& h) {
      ++shown;
      write_hit(context, rendering, h,
                needs_snippet(rendering) ? make_snippet(*compiled, h.data, reader, kSnippetBytes) : Snippet{});
      return out.good();  // nobody reads on
    });
  });
  if (!done) return fail(done);
  if (footer && shown > 0) {
    out << fmt::format("{}–{} of {}", options.offset + 1, options.offset + shown, total);
    if (hidden > 0)
      out << fmt::format(" ({} near-duplicate{} hidden; --collapse none shows {})", hidden, hidden == 1 ? "" : "s",
                         hidden == 1 ? "it" : "them");
    out << '\n';
  }
  return shown;
}

}  // namespace spalte::query
