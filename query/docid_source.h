// How does a set of documents that was found by other means become a part of a Xapian query?
#pragma once

#include "query/reader.h"

#include <map>
#include <memory>
#include <optional>
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

/// The same of several indexes: each finds its own by its UUID. Travels to whoever knows it (shard_sources), which is
/// ShardData and not Xapian's own server.
class ShardDocids : public Xapian::PostingSource {
 public:
  using Lists = std::map<std::string, std::vector<Xapian::docid>>;  ///< by UUID: its own docids, ascending
  explicit ShardDocids(std::shared_ptr<const Lists> lists) : lists_(std::move(lists)) {}

  Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  Xapian::doccount get_termfreq_est() const override { return here_ ? here_->get_termfreq_est() : 0; }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  void init(const Xapian::Database& db) override;
  void next(double min_weight) override { here_->next(min_weight); }
  void skip_to(Xapian::docid least, double min_weight) override { here_->skip_to(least, min_weight); }
  bool at_end() const override { return here_->at_end(); }
  Xapian::docid get_docid() const override { return here_->get_docid(); }
  std::string get_description() const override { return "ShardDocids(" + std::to_string(get_termfreq_est()) + ")"; }
  ShardDocids* clone() const override { return new ShardDocids(lists_); }
  std::string name() const override { return "spalte.docids"; }
  std::string serialise() const override;
  /// Throws Xapian::SerialisationError.
  ShardDocids* unserialise(const std::string& bytes) const override;

 private:
  std::shared_ptr<const Lists> lists_;
  std::optional<DocidSource> here_;
};
/// What a query that arrives may be made of beside Xapian's own.
const Xapian::Registry& shard_sources();

/// These documents of the archive, ascending, as a query without weight; matches nothing if the list is empty. In indexes
/// that all lie here it costs nothing more; where some are behind Xapian's remote backend each document is named by its
/// terms, which can be sent there: some .5 ms each (measured over three servers).
Xapian::Query docid_query(std::vector<Xapian::docid> sorted, Part part, Reader& reader);
/// The same by terms: every document that one of them is in, each term in few.
Xapian::Query any_document_of(const std::vector<std::string>& terms, Part part, Reader& reader);
/// The articles of these ids.
Xapian::Query articles_query(const std::vector<std::string>& ids, Reader& reader);

}  // namespace spalte::query
