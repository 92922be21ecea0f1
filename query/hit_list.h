// How does a command print hits: in which format, in which order, how many?
#pragma once

#include "query/options.h"
#include "query/reader.h"
#include "query/render_hit.h"
#include "schema/command.h"

#include <cstdint>
#include <functional>

#include <CLI/CLI.hpp>

namespace spalte::query {

/// --format, --fields and -0, and printing. Lives as long as the command.
class HitList {
 public:
  explicit HitList(CLI::App& app);

  /// Compiles within a request and prints each hit as soon as the order is known, csv's header before the first time;
  /// the number of hits printed. With `footer`, text ends with a line that says which of how many these are.
  Result<std::int64_t> print(Context& context, Reader& reader, const SearchOptions& options,
                             const std::function<Result<Compiled>()>& compile, bool footer = true);

  HitRendering rendering;

 private:
  bool begun_ = false;
};

}  // namespace spalte::query
