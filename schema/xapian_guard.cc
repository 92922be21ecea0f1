// Which of Xapian's exceptions is which error?
#include "schema/xapian_guard.h"

#include <exception>
#include <new>

#include <fmt/format.h>
#include <xapian.h>

namespace spalte {

Error error_from_exception(const std::string& what) {
  // A destructor that throws while another exception is on its way ends here without one.
  if (!std::current_exception())
    return {ErrorCode::failed, fmt::format("{}: writing failed while cleaning up after a failure", what),
            "check the disk, then run the command again; nothing indexed is lost"};
  try {
    throw;
  } catch (const Xapian::DatabaseLockError&) {
    return {ErrorCode::locked, fmt::format("{} is being written by another process", what),
            "try again when it has ended"};
  } catch (const Xapian::DatabaseVersionError& e) {
    return {ErrorCode::index_version, fmt::format("{} was made by another version of Xapian: {}", what, e.get_msg()),
            "run `spalte rebuild`"};
  } catch (const Xapian::DatabaseNotFoundError& e) {
    return {ErrorCode::index_damaged, fmt::format("{}: a part of the index is missing: {}", what, e.get_msg()),
            "run `spalte rebuild`: the catalogue holds all that is needed"};
  } catch (const Xapian::DatabaseCorruptError& e) {
    return {ErrorCode::index_damaged, fmt::format("{} is damaged: {}", what, e.get_msg()),
            "run `spalte rebuild`: the catalogue holds all that is needed"};
  } catch (const Xapian::DatabaseModifiedError&) {
    // After the retries of readers: its files do not fit together.
    return {ErrorCode::index_damaged, fmt::format("{} is damaged: its files are of different revisions", what),
            "run `spalte rebuild`: the catalogue holds all that is needed"};
  } catch (const Xapian::DatabaseOpeningError& e) {
    return {ErrorCode::index_damaged, fmt::format("{} cannot be opened: {}", what, e.get_msg()),
            "check the rights on the folder, or run `spalte rebuild`"};
  } catch (const Xapian::Error& e) {
    const std::string message =
        e.get_msg() + (e.get_error_string() ? std::string(": ") + e.get_error_string() : std::string());
    if (message.find("No space left") != std::string::npos)
      return {ErrorCode::no_space, fmt::format("{}: the disk is full", what),
              "free some space and run the command again; nothing indexed is lost"};
    return {ErrorCode::failed, fmt::format("{}: {}: {}", what, e.get_type(), message),
            "`spalte check` says whether the index is sound"};
  } catch (const std::bad_alloc&) {
    return {ErrorCode::failed, fmt::format("{}: out of memory", what), "fewer threads need less (--jobs)"};
  } catch (const std::exception& e) {
    return {ErrorCode::failed, fmt::format("{}: {}", what, e.what()), "`spalte check` says whether the index is sound"};
  }
}

}  // namespace spalte
