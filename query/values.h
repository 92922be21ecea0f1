// Which documents match, and what lies in their slots? Read in order of docid, without fetching a document.
#pragma once

#include "query/reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// Every match, in order of docid. Inside Reader::request; about 0.1 µs each.
std::vector<Xapian::docid> matching(const Xapian::Query& query, Reader& reader, Part part = Part::articles);

/// A date as a number that sorts like it: YYYYMMDD, with 00 for what the date does not say; 0: none.
std::uint32_t packed_day(std::string_view iso);
/// The inverse: "2017-03-16", "2017-03", "2017", "".
std::string unpacked_day(std::uint32_t day);

}  // namespace spalte::query
