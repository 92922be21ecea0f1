// How is a catalogue written as lines that outlive it, and read again? What can be derived stays out: names,
// annotations, what the index holds.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

/// Writes every row that cannot be derived as one line of JSON, without its newline: first
/// `{"schema":"spalte.dump/1","catalogue":2,"program":…,"uuid":…,"made":…}` with `"topics"` where the archive has
/// topics of its own (`topics`: their file's text, else empty), then `{"table":…,"row":{COLUMN: value}}`, last
/// `{"end":true,"rows":N}`. Values are numbers or text; bytes are `{"hex":…}`, text that is no UTF-8 (a path) is
/// `{"text_hex":…}`; an article's text stands unpacked. Reads one snapshot; a writer may go on beside it. Ends at the
/// first error that `line` returns. Errors besides: those of the catalogue.
Status dump_catalogue(const std::string& path, std::string_view topics,
                      const std::function<Status(std::string_view line)>& line);

/// Tables that hold nothing but what can be derived, and so are not dumped.
std::span<const std::string_view> derived_tables();
/// Tables that are dumped.
std::vector<std::string_view> dumped_tables();

/// Makes a catalogue from such lines, of this version of the program or of an earlier one. One thread.
class CatalogueRestore {
 public:
  /// `path`: where there is none yet.
  explicit CatalogueRestore(std::string path);
  ~CatalogueRestore();
  CatalogueRestore(CatalogueRestore&&) = delete;

  /// Errors: bad_input with what is wrong with the line; index_version for a dump of a newer program.
  Status line(std::string_view text);
  /// After the last line: brings the catalogue up to today's version. Every article is dirty, none is annotated.
  /// Errors: bad_input where the end is missing or rows are.
  Status finish();
  /// Articles read so far.
  std::int64_t articles() const;
  /// The archive's own topics file; empty: it has none.
  const std::string& topics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte
