// Is there a request from the line that a shard does not survive, or an answer that who asked does not survive? The
// first byte of an input says which of the two the rest is.
#include "language/analyser.h"
#include "query/shard_calls.h"
#include "schema/data_path.h"
#include "tests/support.h"

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <tuple>

namespace {

using namespace spalte;
using namespace spalte::query;

ShardData& shard() {
  static ShardData opened = [] {
    auto lexicon = language::Analyser::open_lexicon(data_folder().value() + "/norwegian.lex").value();
    const std::string version = language::analyser_version(*lexicon);
    Result<ShardData> data = ShardData::open(test::archive_index().string(),
                                             {std::make_shared<language::Analyser>(std::move(lexicon)), version});
    if (!data || !data->refresh()) std::abort();
    return std::move(*data);
  }();
  return opened;
}

template <auto M>
void take_answer(std::string_view answer) {
  try {
    (void)decode_answer<AnswerOf<M>>(answer);
  } catch (const std::exception&) {  // told as a line that failed
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view frame(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    if (answer_call(shard(), frame).empty()) std::abort();
  } else {
    std::apply([&](const auto&... call) { (take_answer<std::remove_cvref_t<decltype(call)>::kMethod>(frame), ...); },
               kCalls);
  }
  return 0;
}
