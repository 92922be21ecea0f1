// Which exit status belongs to which error?
#include "schema/error.h"

namespace spalte {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::not_found:
    case ErrorCode::bad_input:
    case ErrorCode::bad_data:
    case ErrorCode::failed:
      return 2;
    case ErrorCode::index_missing:
    case ErrorCode::index_damaged:
    case ErrorCode::index_version:
    case ErrorCode::not_permitted:
    case ErrorCode::no_space:
      return 4;
    case ErrorCode::locked:
      return 75;
    case ErrorCode::interrupted:
      return 130;
  }
  return 2;
}

}  // namespace spalte
