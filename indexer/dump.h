// How does an archive leave this machine as one file, and come back?
#pragma once

#include "indexer/pipeline.h"
#include "indexer/toolbox.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace spalte::indexer {

/// Writes what cannot be derived (schema/catalogue_dump) as zstd-compressed lines of JSON with a checksum: to `file`,
/// which appears whole or not at all, or to descriptor 1 for "-". Returns the number of rows. Readers and a writer may
/// go on. Errors: those of the catalogue; no_space, not_permitted, usage where `file` is there already.
Result<std::int64_t> dump_archive(const IndexFolder& folder, const std::string& file);

struct RestoreOptions {
  bool annotate = true;
  int jobs = 0;  ///< threads; 0: one a core
};
/// Makes an archive from a dump ("-": standard input), annotates and indexes it. The folder appears whole or not at all:
/// it is built beside its place, and what a killed restore left there is removed by the next. Returns the number of
/// articles. Errors: usage where the folder holds something already; bad_input, index_version for the dump.
Result<std::int64_t> restore_archive(const IndexFolder& folder, const std::string& file, const RestoreOptions& options,
                                     const Resources& resources, const std::atomic<bool>& stop,
                                     const std::function<void(const Progress&)>& progress);

}  // namespace spalte::indexer
