// How is one shard asked, here or on another machine?
#pragma once

#include "query/shard_calls.h"
#include "query/shard_data.h"
#include "schema/result.h"
#include "shards/channel.h"
#include "shards/cluster_file.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include <xapian.h>

namespace spalte::query {

/// A shard that is open. One thread. After a failure of the line (`lost`), only opening it anew helps.
class Shard {
 public:
  /// Connects and greets, so that several can do it at the same time; `finish` waits for the answer and opens the
  /// databases. Errors of either: index_version (another version of format, analyser or protocol), index_missing,
  /// not_permitted, failed.
  static Result<std::unique_ptr<Shard>> begin(const ShardPlace& place, const ShardProgram& program);
  Status finish();

  const ShardPlace& place() const { return place_; }
  /// The index itself, where it lies here.
  ShardData* local() { return local_ ? &*local_ : nullptr; }
  const std::string& uuid() const { return state_.uuid; }
  const std::string& models() const { return state_.models; }
  std::uint64_t generation() const { return state_.generation; }
  const std::string& last_embargo() const { return state_.last_embargo; }
  bool superseded() const { return state_.superseded; }
  Xapian::Database& database(Part part) {
    return local_ ? local_->database(part) : part == Part::articles ? *articles_ : *quotes_;
  }
  /// Why the line to it is gone; empty: it is there.
  const std::string& lost() const { return lost_; }
  void lose(std::string why) { lost_ = std::move(why); }
  /// Do the words of a network error of Xapian's mean this shard?
  bool is_meant_by(const std::string& context) const;

  /// A call in two halves, so that shards answer at the same time: `ask` sends it where the shard lies elsewhere, `answer`
  /// takes what comes. Each ask is followed by its answer.
  template <auto M>
  void ask(const ArgumentsOf<M>& arguments) {
    if (local_ || !lost_.empty()) return;
    send(encode_call<M>(arguments));
  }
  template <auto M>
  Result<AnswerOf<M>> answer(const ArgumentsOf<M>& arguments) {
    if (local_) return std::apply([&](const auto&... a) { return ((*local_).*M)(a...); }, arguments);
    std::optional<std::string> frame = receive();
    if (!frame) return line_failure();
    try {
      return decode_answer<AnswerOf<M>>(*frame);
    } catch (const std::exception& e) {
      lost_ = std::string("its answer makes no sense: ") + e.what();
      return line_failure();
    }
  }

  /// A snapshot of what it holds now; `finish_refresh` follows `ask<&ShardData::refresh>`.
  Status finish_refresh();

 private:
  explicit Shard(ShardPlace place, ShardProgram program) : place_(std::move(place)), program_(std::move(program)) {}
  void send(const std::string& frame);
  std::optional<std::string> receive();
  tl::unexpected<Error> line_failure() const;
  Status check_version(const ShardState& state) const;
  Status open_databases();

  ShardPlace place_;
  ShardProgram program_;
  std::optional<ShardData> local_;
  std::optional<Channel> channel_;
  Channel::Clock::time_point deadline_{};
  std::optional<Xapian::Database> articles_, quotes_;  ///< of one that lies elsewhere
  ShardState state_;
  std::string lost_;
};

}  // namespace spalte::query
