// What may a shard on another machine be asked? The table of calls, and how each is sent and answered.
#pragma once

#include "query/shard_data.h"
#include "query/wire.h"

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace spalte::query {

template <auto M>
struct Call {
  static constexpr auto kMethod = M;
  std::string_view name;
};

/// Every call that may be asked of a shard. All of them read.
inline constexpr auto kCalls = std::tuple{
    Call<&ShardData::refresh>{"refresh"},
    Call<&ShardData::state>{"state"},
    Call<&ShardData::article>{"article"},
    Call<&ShardData::article_by_id>{"article_by_id"},
    Call<&ShardData::ids_with_prefix>{"ids_with_prefix"},
    Call<&ShardData::text>{"text"},
    Call<&ShardData::annotation>{"annotation"},
    Call<&ShardData::name>{"name"},
    Call<&ShardData::names_by_key>{"names_by_key"},
    Call<&ShardData::keys_of_name>{"keys_of_name"},
    Call<&ShardData::name_keys_with_prefix>{"name_keys_with_prefix"},
    Call<&ShardData::corrections>{"corrections"},
    Call<&ShardData::saved_queries>{"saved_queries"},
    Call<&ShardData::newest_indexed_row>{"newest_indexed_row"},
    Call<&ShardData::ids_of_rows>{"ids_of_rows"},
    Call<&ShardData::family>{"family"},
    Call<&ShardData::withdrawn>{"withdrawn"},
    Call<&ShardData::group>{"group"},
    Call<&ShardData::sketch>{"sketch"},
    Call<&ShardData::upkeep>{"upkeep"},
    Call<&ShardData::topics>{"topics"},
    Call<&ShardData::postings>{"postings"},
    Call<&ShardData::values>{"values"},
    Call<&ShardData::data>{"data"},
    Call<&ShardData::places>{"places"},
    Call<&ShardData::word_counts>{"word_counts"},
    Call<&ShardData::tally>{"tally"},
    Call<&ShardData::tally_names>{"tally_names"},
    Call<&ShardData::tally_topics>{"tally_topics"},
    Call<&ShardData::passing>{"passing"},
};

/// Does not compile for a method that is not in the table.
template <auto M>
constexpr std::string_view call_name() {
  std::string_view name;
  std::apply(
      [&](const auto&... call) {
        const auto look = [&](const auto& c) {
          if constexpr (std::is_same_v<std::remove_cv_t<decltype(c.kMethod)>, decltype(M)>)
            if (c.kMethod == M) name = c.name;
        };
        (look(call), ...);
      },
      kCalls);
  return name;
}

/// A request is [name, [arguments…]], an answer [true, value] or [false, code, message, hint].
std::string encode_failure(const Error& error);
/// Answers one request. Never fails: what is wrong becomes the answer.
std::string answer_call(ShardData& shard, std::string_view request);

template <auto M>
std::string encode_call(const ArgumentsOf<M>& arguments) {
  static_assert(!call_name<M>().empty(), "the call is not in kCalls");
  std::string out;
  wire::Json::to_cbor(wire::Json::array({std::string(call_name<M>()), wire::pack(arguments)}), out);
  return out;
}

/// The value, or the Error that the shard had. Throws wire::Malformed and nlohmann's exceptions.
template <typename T>
Result<T> decode_answer(std::string_view answer) {
  const wire::Json j = wire::read(answer);
  if (j.at(0).get<bool>()) {
    T value{};
    wire::unpack(j.at(1), value);
    return value;
  }
  return fail(static_cast<ErrorCode>(j.at(1).get<int>()), j.at(2).get<std::string>(), j.at(3).get<std::string>());
}

}  // namespace spalte::query
