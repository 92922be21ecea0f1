// From what was an answer made? The sidecar of --provenance.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace spalte {

/// What stands beside the answer; the reader of the archive fills it in while it answers.
struct Provenance {
  std::string file;  ///< where to write it; empty: not wanted
  std::string folder, archive, analyser, models;
  std::uint64_t first_revision = 0, revision = 0;  ///< of the first and the last request; they differ for a long batch alone
};

/// Writes one JSON object (schema spalte.provenance/1): program, command, time, status, archive and revision, analyser,
/// lexicon and models. Errors: failed, with the file's name.
Status write_provenance(const Provenance& provenance, const std::vector<std::string>& command, int status);

}  // namespace spalte
