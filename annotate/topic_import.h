// How does somebody else's vocabulary become topics: names and structure from a file of another form?
#pragma once

#include "annotate/topic_file.h"
#include "schema/result.h"

#include <span>
#include <string>
#include <vector>

namespace spalte::annotate {

/// Reads a vocabulary by what it looks like: a topics file (TOML), IPTC's published JSON (`conceptSet` of concepts with
/// `qcode`, `prefLabel` by language, `broader`, `retired`), or a table with tabs whose first line names the columns
/// (qcode, id or code; parent; nb or name; nn; en; is_active). What is retired is left out unless something in use lies
/// below it. A topic without a bokmål name keeps that of `known`, else has its nynorsk or English one. Errors: bad_data
/// with path, line where there is one, reason and what to do.
Result<std::vector<TopicEntry>> read_vocabulary(const std::string& path, std::span<const TopicEntry> known);

/// As a topics file.
std::string to_topic_file(std::span<const TopicEntry> entries);

}  // namespace spalte::annotate
