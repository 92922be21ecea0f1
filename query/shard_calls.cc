// How is a request that came over the wire carried out?
#include "query/shard_calls.h"

#include "schema/xapian_guard.h"

#include <optional>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using wire::Json;

std::string encoded(const Json& j) {
  std::string out;
  Json::to_cbor(j, out);
  return out;
}

template <auto M>
std::string carry_out(ShardData& shard, const Json& arguments) {
  ArgumentsOf<M> values{};
  wire::unpack(arguments, values);
  Result<AnswerOf<M>> answer = std::apply([&](const auto&... a) { return (shard.*M)(a...); }, values);
  if (!answer) return encode_failure(answer.error());
  return encoded(Json::array({true, wire::pack(*answer)}));
}

}  // namespace

std::string encode_failure(const Error& error) {
  return encoded(Json::array({false, static_cast<int>(error.code), error.message, error.hint}));
}

std::string answer_call(ShardData& shard, std::string_view request) {
  try {
    const Json j = wire::read(request);
    const auto& name = j.at(0).get_ref<const std::string&>();
    std::optional<std::string> out;
    std::apply(
        [&](const auto&... call) {
          const auto look = [&](const auto& c) {
            if (!out && c.name == name) out = carry_out<std::remove_cvref_t<decltype(c)>::kMethod>(shard, j.at(1));
          };
          (look(call), ...);
        },
        kCalls);
    if (out) return std::move(*out);
    return encode_failure({ErrorCode::index_version, fmt::format("this version knows no call `{}`", name), ""});
  } catch (...) {
    return encode_failure(error_from_exception("the shard"));
  }
}

}  // namespace spalte::query
