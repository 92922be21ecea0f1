// What went wrong, and what can the user do? One error type for the whole program.
#pragma once

#include <string>

namespace spalte {

/// Why an operation failed. The exit status of the program follows from it alone (exit_status).
enum class ErrorCode {
  usage,          ///< the command line or a query is wrong
  not_found,      ///< an article, actor, topic or file that was named does not exist
  bad_input,      ///< a file that should have been readable is not
  index_missing,  ///< no index at that place
  index_damaged,  ///< the index or catalogue cannot be read
  index_version,  ///< the index was made by another version; `spalte rebuild` or a newer program helps
  locked,         ///< another process writes to the index
  no_space,       ///< the disk is full
  not_permitted,  ///< the operating system denied access
  bad_data,       ///< a model, lexicon or table of the program itself is missing or damaged
  interrupted,    ///< Ctrl-C or SIGTERM; everything committed is consistent
  failed,         ///< anything else
};

/// `message` says what happened with the offending value; `hint` says what to do (may be empty). Both UTF-8, no newline
/// at the end.
struct Error {
  ErrorCode code = ErrorCode::failed;
  std::string message;
  std::string hint;
};

/// The documented exit status for an error (0, 1 and 3 are not errors and never returned here).
int exit_status(ErrorCode code);

}  // namespace spalte
