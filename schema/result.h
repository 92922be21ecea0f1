// How does a function say that it may fail? Result<T>: a value or an Error. Hides tl::expected (Debian's
// libexpected-dev).
#pragma once

#include "schema/error.h"

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace spalte {

template <typename T>
using Result = tl::expected<T, Error>;

/// Nothing to return but success.
using Status = Result<void>;

/// `return fail(ErrorCode::bad_input, "…", "…");` works in any function that returns a Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

/// Passes another result's error on: `if (!r) return fail(std::move(r));`
template <typename T>
tl::unexpected<Error> fail(Result<T> failed) {
  return tl::unexpected<Error>(std::move(failed.error()));
}

}  // namespace spalte
