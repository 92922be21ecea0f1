// Does each error end with the exit status that the command line documents?
#include "schema/error.h"

#include <catch2/catch.hpp>

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

}  // namespace spalte
