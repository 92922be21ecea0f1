// How is an archive compacted, checked and thinned?
#pragma once

#include "indexer/toolbox.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <string>
#include <vector>

namespace spalte::indexer {

struct SizeChange {
  std::int64_t before = 0, after = 0;  ///< bytes of the whole index folder
};
/// Brings the index up to the catalogue, merges it into a fresh one, takes names out that no article holds, and vacuums
/// the catalogue.
Result<SizeChange> compact_index(const IndexFolder& folder, const Resources& resources);

struct CheckReport {
  std::int64_t articles = 0, quotes = 0;
  std::uint64_t generation = 0;
  std::vector<std::string> faults;  ///< empty: sound
};
/// Xapian's and SQLite's own checks, then: stamps agree, each live article of the catalogue stands in the index once,
/// in its version, and nothing else does; each text and annotation can be read. Reads everything once; memory: 24 bytes
/// an article. Errors only where nothing can be said.
Result<CheckReport> check_index(const IndexFolder& folder, const Resources& resources);

struct ForgetWhat {
  std::vector<std::string> ids;
  std::string path;    ///< a file or folder, absolute or relative to here
  std::string source;  ///< as shown
};
/// Takes the articles out of both stores, and keeps their ids and their texts' checksums so that they stay out; compacts
/// both stores, so that no free page holds them. Returns how many there were. Cost: that of compact_index.
/// Errors: not_found for an id that is none.
Result<std::int64_t> forget_articles(const IndexFolder& folder, const ForgetWhat& what, const Resources& resources);

}  // namespace spalte::indexer
