// Which articles may be shown at this moment?
#pragma once

#include "query/reader.h"

#include <string>

#include <xapian.h>

namespace spalte::query {

/// The query, of articles or of quotations, without what is under embargo. The clock decides, not the last run of
/// `index`. In an archive that holds none it is the query as it was.
Xapian::Query without_embargoed(const Xapian::Query& query, Reader& reader);
/// The same without superseded versions as well.
Xapian::Query newest_shown(const Xapian::Query& query, Reader& reader);
/// What of the query's articles has come out of an embargo after that time (local_now); empty where nothing can have.
Xapian::Query lifted_since(const Xapian::Query& query, const std::string& time, Reader& reader);

}  // namespace spalte::query
