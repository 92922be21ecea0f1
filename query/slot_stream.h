// What lies in a slot of one document after another?
#pragma once

#include <cstdint>
#include <string>

#include <xapian.h>

namespace spalte::query {

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
  std::string none_;
};

}  // namespace spalte::query
