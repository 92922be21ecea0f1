// What do all shards of an archive tell together?
#pragma once

#include "query/shard_data.h"
#include "schema/hit.h"
#include "schema/result.h"
#include "shards/cluster_file.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace spalte::query {

class Shard;

/// Thrown inside Reader::request, which returns it: what should have been read cannot be.
struct DataUnreadable {
  Error error;
};

/// The shards of an archive that are there, one after another in one Xapian database, so that their statistics are one: a
/// document `d` of n shards is document (d - 1) / n + 1 of shard (d - 1) % n (Xapian's own order). One index is an archive
/// of one shard. Rows of the catalogue carry their shard's place in the cluster file, so they stay when a shard is lost.
/// One thread.
class Archive {
 public:
  using Documents = std::vector<Xapian::docid>;

  struct Missing {
    std::string name, at, why;
  };

  /// Shards that cannot be opened are missing, at most about their timeout after the first. Errors: where none can be
  /// opened, or not all and all are required: what is wrong with the first. usage: two shards are the same archive.
  static Result<Archive> open(std::vector<ShardPlace> places, const ShardProgram& program, bool require_all);
  ~Archive();
  Archive(Archive&&) noexcept;

  /// One local index: matches can be looked at while they are found.
  bool one_index() const { return places_.size() == 1 && places_[0].local(); }
  const std::vector<std::unique_ptr<Shard>>& shards() const { return shards_; }
  const std::vector<Missing>& missing() const { return missing_; }
  Xapian::Database& database(Part part) { return part == Part::articles ? articles_ : quotes_; }

  /// A new snapshot of every shard. Errors: of a shard's index. A line that fails shows in `recover`.
  Status refresh();
  /// After a failure: has a line failed (`context`: what Xapian says of it; empty: nothing)? Opens those shards again, or
  /// counts them as missing where that fails, or fails a second time between two calls of `begin_request`. False: no line
  /// has, or one fails again and again and Xapian does not say which.
  Result<bool> recover(const std::string& context);
  void begin_request();

  // --- documents: the archive's own docids, in any order. Throw DataUnreadable and Xapian's exceptions.
  std::vector<Documents> postings(Part part, const std::vector<std::string>& terms);
  /// Of each document the values of `slots`, one after another.
  std::vector<std::string> values(Part part, const Documents& documents, const std::vector<std::uint32_t>& slots);
  /// The same for any number of documents, in pieces: `visit` gets each document's values in the order of `documents`.
  void each_values(Part part, const Documents& documents, const std::vector<std::uint32_t>& slots,
                   const std::function<void(Xapian::docid, const std::string* values)>& visit);
  std::vector<std::string> data(Part part, const Documents& documents);
  /// The same as hits, their rows the archive's.
  std::vector<HitData> hits(const Documents& documents);
  void each_hit(const Documents& documents, const std::function<void(const HitData&)>& visit);
  std::vector<std::int64_t> rows(const Documents& documents);
  /// Of each article, in order, where the keys stand.
  std::vector<std::vector<Place>> places(const Documents& documents, const std::vector<std::string>& keys);
  std::unordered_map<std::string, std::int64_t> word_counts(const Documents& documents);
  /// Those that pass, ascending.
  Documents passing(const TextCheck& check, Part part, const Documents& documents);

  /// Has the line to a shard failed?
  bool any_line_lost() const;

  // --- calls; defined in query/archive_ask.h
  /// The same of every shard.
  template <auto M, typename... A>
  Result<std::vector<AnswerOf<M>>> ask_all(const A&... arguments);
  /// Of those shards whose arguments are given; the others' answers are empty.
  template <auto M>
  Result<std::vector<AnswerOf<M>>> ask_some(const std::vector<std::optional<ArgumentsOf<M>>>& arguments);
  /// Of the shard that a row is in.
  template <auto M>
  Result<AnswerOf<M>> ask_row(std::int64_t row);
  /// A shard's row as the archive's.
  std::int64_t global_row(std::size_t shard, std::int64_t row) const;

 private:
  /// Some shard's share of a list of documents: its own docids, ascending, and where in the list each stands.
  struct Share {
    Documents documents;
    std::vector<std::size_t> places;
  };

  Archive();
  std::vector<Share> shares(const Documents& documents) const;
  static void each_piece(const Documents& documents, const std::function<void(const Documents&)>& visit);
  std::size_t place_of(const Shard& shard) const;
  void join();
  void miss(const ShardPlace& place, std::string why);

  /// Asks those shards whose arguments are given, all at the same time; `take` gets each answer as it is read.
  template <auto M, typename Take>
  Result<std::vector<AnswerOf<M>>> ask_each(const std::vector<std::optional<ArgumentsOf<M>>>& arguments, Take take);
  /// Asks each shard of its share; throws what is wrong.
  template <auto M, typename MakeArguments, typename Take>
  void ask_shares(const std::vector<Share>& shares, MakeArguments make, Take take);

  std::vector<ShardPlace> places_;
  ShardProgram program_;
  bool require_all_ = false;
  std::vector<std::unique_ptr<Shard>> shards_;  ///< those that are there, in order of the file
  std::vector<Missing> missing_;
  std::unordered_map<std::string, int> failures_;  ///< by name, in this request; "": Xapian did not say of which
  Xapian::Database articles_, quotes_;
};

}  // namespace spalte::query
