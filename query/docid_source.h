// How does a set of documents that was found by other means become a part of a Xapian query?
#pragma once

#include "query/reader.h"

#include <string>
#include <vector>

#include <xapian.h>

namespace spalte::query {

/// Matches exactly the documents of a sorted list, without weight.
class DocidSource : public Xapian::PostingSource {
 public:
  explicit DocidSource(std::vector<Xapian::docid> sorted) : docids_(std::move(sorted)) {}

  Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(docids_.size()); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  void init(const Xapian::Database& /*db*/) override { next_ = 0; }
  void next(double /*min_weight*/) override { ++next_; }
  void skip_to(Xapian::docid least, double /*min_weight*/) override {
    if (next_ == 0) ++next_;
    while (next_ <= docids_.size() && docids_[next_ - 1] < least) ++next_;
  }
  bool at_end() const override { return next_ > docids_.size(); }
  Xapian::docid get_docid() const override { return docids_[next_ - 1]; }
  std::string get_description() const override { return "DocidSource(" + std::to_string(docids_.size()) + ")"; }

 private:
  std::vector<Xapian::docid> docids_;
  std::size_t next_ = 0;  ///< one past the current one; 0: not begun
};

/// These documents of the archive, ascending, as a query without weight; matches nothing if the list is empty. In one index
/// it costs nothing more; over shards each document is named by its terms, which can be sent: some 5 µs each.
Xapian::Query docid_query(std::vector<Xapian::docid> sorted, Part part, Reader& reader);
/// The same by terms: every document that one of them is in, each term in few.
Xapian::Query any_document_of(const std::vector<std::string>& terms, Part part, Reader& reader);
/// The articles of these ids.
Xapian::Query articles_query(const std::vector<std::string>& ids, Reader& reader);

}  // namespace spalte::query
