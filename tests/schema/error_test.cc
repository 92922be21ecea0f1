// Does each error end with the exit status that the command line documents?
#include "schema/error.h"

#include "schema/xapian_guard.h"

#include <new>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <xapian.h>

namespace spalte {

TEST_CASE("exit status of every error") {
  struct Frozen {
    ErrorCode code;
    int status;
  };
  for (const Frozen& f :
       {Frozen{ErrorCode::usage, 2}, Frozen{ErrorCode::not_found, 2}, Frozen{ErrorCode::bad_input, 2},
        Frozen{ErrorCode::bad_data, 2}, Frozen{ErrorCode::failed, 2}, Frozen{ErrorCode::index_missing, 4},
        Frozen{ErrorCode::index_damaged, 4}, Frozen{ErrorCode::index_version, 4}, Frozen{ErrorCode::not_permitted, 4},
        Frozen{ErrorCode::no_space, 4}, Frozen{ErrorCode::locked, 75}, Frozen{ErrorCode::interrupted, 130}}) {
    INFO(static_cast<int>(f.code));
    CHECK(exit_status(f.code) == f.status);
  }
}

namespace {

template <typename Thrown>
Error error_of(const Thrown& thrown) {
  const auto result = xapian_guard("indeksen", [&]() { throw thrown; });
  REQUIRE_FALSE(result);
  return result.error();
}

}  // namespace

TEST_CASE("each exception of Xapian says where it happened and what to do") {
  struct Case {
    Error error;
    ErrorCode code;
  };
  for (const auto& [error, code] :
       {Case{error_of(Xapian::DatabaseLockError("x")), ErrorCode::locked},
        Case{error_of(Xapian::DatabaseVersionError("x")), ErrorCode::index_version},
        Case{error_of(Xapian::DatabaseNotFoundError("x")), ErrorCode::index_damaged},
        Case{error_of(Xapian::DatabaseCorruptError("x")), ErrorCode::index_damaged},
        Case{error_of(Xapian::DatabaseModifiedError("x")), ErrorCode::index_damaged},
        Case{error_of(Xapian::DatabaseOpeningError("x")), ErrorCode::index_damaged},
        Case{error_of(Xapian::DatabaseError("Couldn't write: No space left on device")), ErrorCode::no_space},
        Case{error_of(Xapian::InvalidArgumentError("x")), ErrorCode::failed},
        Case{error_of(std::bad_alloc()), ErrorCode::failed},
        Case{error_of(std::runtime_error("x")), ErrorCode::failed}}) {
    INFO(error.message);
    CHECK(error.code == code);
    CHECK_THAT(error.message, Catch::Contains("indeksen"));
    CHECK_FALSE(error.hint.empty());
  }
}

}  // namespace spalte
