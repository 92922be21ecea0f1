// Which documents match, and what lies in their slots? Read in order of docid, without fetching a document.
#pragma once

#include "query/reader.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// Every match, in order. Inside Reader::request; about 0.1 µs each. Remote shards: facets are wrong together with a
/// value sort, so nothing is sorted here.
std::vector<Xapian::docid> matching(const Xapian::Query& query, Reader& reader);

/// One slot, read forwards.
class SlotStream {
 public:
  SlotStream(const Xapian::Database& db, std::uint32_t slot) : at_(db.valuestream_begin(slot)) {}

  /// Empty for a document without a value; `document` may not fall. Valid until the next call.
  const std::string& value(Xapian::docid document) {
    if (reached_ < document) {
      at_.skip_to(document);
      reached_ = at_ == Xapian::ValueIterator() ? UINT32_MAX : at_.get_docid();
      value_ = reached_ == UINT32_MAX ? std::string() : *at_;
    }
    return reached_ == document ? value_ : none_;
  }

 private:
  Xapian::ValueIterator at_;
  Xapian::docid reached_ = 0;  ///< where the stream stands; UINT32_MAX: at its end
  std::string value_;
  const std::string none_;
};

/// How often each value occurs among the documents, "" for those without.
std::unordered_map<std::string, std::int64_t> tally(const std::vector<Xapian::docid>& documents, std::uint32_t slot,
                                                    Reader& reader);

/// A date as a number that sorts like it: YYYYMMDD, with 00 for what the date does not say; 0: none.
std::uint32_t packed_day(std::string_view iso);
/// The inverse: "2017-03-16", "2017-03", "2017", "".
std::string unpacked_day(std::uint32_t day);

/// Articles by packed_day of that slot, time of day left out.
std::map<std::uint32_t, std::int64_t> tally_days(const std::vector<Xapian::docid>& documents, std::uint32_t slot,
                                                 Reader& reader);

}  // namespace spalte::query
