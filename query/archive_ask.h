// How is a call asked of several shards at the same time?
#pragma once

#include "query/archive.h"
#include "query/shard.h"

#include <optional>
#include <utility>
#include <vector>

namespace spalte::query {

template <auto M, typename... A>
Result<std::vector<AnswerOf<M>>> Archive::ask_all(const A&... arguments) {
  const ArgumentsOf<M> values(arguments...);
  return ask_each<M>(std::vector<std::optional<ArgumentsOf<M>>>(shards_.size(), values), [](auto, auto&) {});
}

template <auto M>
Result<std::vector<AnswerOf<M>>> Archive::ask_some(const std::vector<std::optional<ArgumentsOf<M>>>& arguments) {
  return ask_each<M>(arguments, [](auto, auto&) {});
}

template <auto M>
Result<AnswerOf<M>> Archive::ask_row(std::int64_t row) {
  const auto all = static_cast<std::int64_t>(places_.size());
  for (const std::unique_ptr<Shard>& s : shards_) {
    if (static_cast<std::int64_t>(place_of(*s)) != row % all) continue;
    const ArgumentsOf<M> arguments(row / all);
    s->ask<M>(arguments);
    return s->answer<M>(arguments);
  }
  return fail(ErrorCode::failed, "the shard of an article was lost while it was read", "run the command again");
}

template <auto M, typename Take>
Result<std::vector<AnswerOf<M>>> Archive::ask_each(const std::vector<std::optional<ArgumentsOf<M>>>& arguments,
                                                   Take take) {
  for (std::size_t i = 0; i < shards_.size(); ++i)
    if (arguments[i]) shards_[i]->ask<M>(*arguments[i]);
  std::vector<AnswerOf<M>> out(shards_.size());
  Status status;
  // Every answer is taken, also after a failure: a line must not hold one that nobody waits for.
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    if (!arguments[i]) continue;
    Result<AnswerOf<M>> answer = shards_[i]->answer<M>(*arguments[i]);
    if (!answer) {
      if (status) status = fail(std::move(answer));
      continue;
    }
    take(i, *answer);
    out[i] = std::move(*answer);
  }
  if (!status) return fail(std::move(status));
  return out;
}

template <auto M, typename MakeArguments, typename Take>
void Archive::ask_shares(const std::vector<Share>& shares, MakeArguments make, Take take) {
  std::vector<std::optional<ArgumentsOf<M>>> arguments(shards_.size());
  for (std::size_t i = 0; i < shards_.size(); ++i)
    if (!shares[i].documents.empty()) arguments[i].emplace(make(shares[i].documents));
  auto done = ask_each<M>(arguments, take);
  if (!done) throw DataUnreadable{std::move(done.error())};
}

}  // namespace spalte::query
