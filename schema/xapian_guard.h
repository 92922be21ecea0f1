// Where do Xapian's exceptions become our errors? Here alone.
#pragma once

#include "schema/result.h"

#include <string>
#include <type_traits>
#include <utility>

namespace spalte {

/// To be called inside a catch block or a terminate handler: the current exception as an Error. `what` names the thing at hand ("index DIR").
/// Xapian's errors, std::bad_alloc and std::exception are known; anything else is thrown on.
Error error_from_exception(const std::string& what);

/// Runs `f` and turns what it throws into an Error.
template <typename F>
auto xapian_guard(const std::string& what, F&& f) -> Result<std::invoke_result_t<F>> {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      std::forward<F>(f)();
      return {};
    } else {
      return std::forward<F>(f)();
    }
  } catch (...) {
    return tl::unexpected<Error>(error_from_exception(what));
  }
}

}  // namespace spalte
