// Up to where has a saved query been shown?
#pragma once

#include "query/reader.h"
#include "schema/catalogue.h"
#include "schema/command.h"
#include "schema/result.h"

#include <cstdint>
#include <map>
#include <string>

namespace spalte::query {

/// The last row that was shown, by archive's uuid; an archive that is not named has shown nothing.
using SeenRows = std::map<std::string, std::int64_t>;

/// Of one index its catalogue keeps it. A cluster is only read: who asks keeps it, in `FILE.seen` beside the cluster
/// file (JSON: `{"schema":"spalte.seen/1","queries":{NAME:{"query":TEXT,"rows":{UUID:ROW},"shown":TIME}}}`), so that each reader has
/// a place of his own, and shards on other machines need not be written. Errors: failed, not_permitted.
Result<SeenRows> read_seen(const Context& context, const Catalogue::SavedQuery& query, Reader& reader);
/// When it was shown so far (local_now): what has come out of an embargo since is new, whatever its row. Empty: never.
Result<std::string> read_seen_time(const Context& context, const Catalogue::SavedQuery& query, Reader& reader);
/// Where the catalogue of one index keeps the latter.
std::string seen_time_key(const Catalogue::SavedQuery& query);
/// Rows never fall; archives that `rows` does not name keep theirs.
Status write_seen(const Context& context, const Catalogue::SavedQuery& query, const SeenRows& rows,
                  const std::string& now);

}  // namespace spalte::query
