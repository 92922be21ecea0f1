// How does a report run?
#include "query/report.h"

namespace spalte::query {

Report::Report(CLI::App& app) : query_(app) {
  add_choice(app, "--format", format_, table_formats(), "FORMAT", "text, csv or jsonl");
}

Result<int> Report::run(Context& context) {
  if (Status ready = prepare(context); !ready) return fail(std::move(ready));
  Result<Reader> reader = Reader::open(context);
  if (!reader) return fail(std::move(reader));
  Result<Table> table = reader->request([&]() -> Result<Table> {
    Result<Compiled> compiled = query_.compile(context, *reader, true);
    if (!compiled) return fail(std::move(compiled));
    return make(context, *compiled, *reader);
  });
  if (!table) return fail(std::move(table));
  table->write(context, format_);
  return 0;
}

}  // namespace spalte::query
