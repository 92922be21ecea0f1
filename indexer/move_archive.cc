// How does an archive get to another folder, and how does one go?
#include "indexer/reshard.h"
#include "indexer/writer.h"
#include "schema/hex.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failure(const std::string& what, int error) {
  const ErrorCode code = error == ENOSPC || error == EDQUOT                    ? ErrorCode::no_space
                         : error == EACCES || error == EPERM || error == EROFS ? ErrorCode::not_permitted
                                                                               : ErrorCode::failed;
  return fail(code, fmt::format("{}: {}", what, std::strerror(error)),
              "the archive is where it was; run the command again");
}

Status sync(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return failure(path.string(), errno);
  const int done = ::fsync(descriptor), error = errno;
  ::close(descriptor);
  if (done != 0) return failure(path.string(), error);
  return {};
}

/// SHA-256 of each file by its path below the folder. SQLite's shared memory and the lock say nothing.
Result<std::map<std::string, std::string>> contents(const std::string& folder) {
  std::map<std::string, std::string> out;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name == "lock" || name.ends_with("-shm")) continue;
    Result<FileStream> file = FileStream::open(entry.path().string());
    if (!file) return fail(std::move(file));
    Result<std::string> hash = sha256(*file);
    if (!hash) return fail(std::move(hash));
    out.emplace(fs::relative(entry.path(), folder).string(), std::move(*hash));
  }
  if (error) return failure(folder, error.value());
  return out;
}

Status copy_verified(const std::string& from, const std::string& to) {
  const std::string beside = to + ".moving";
  std::error_code error;
  fs::remove_all(beside, error);
  fs::create_directories(fs::path(to).parent_path(), error);
  fs::copy(from, beside, fs::copy_options::recursive, error);
  if (error) return failure(beside, error.value());
  Result<std::map<std::string, std::string>> ours = contents(from), theirs = contents(beside);
  if (!ours || !theirs) return fail(!ours ? std::move(ours) : std::move(theirs));
  if (*ours != *theirs)
    return fail(ErrorCode::failed, fmt::format("{} is not what was copied from {}", beside, from),
                "the archive is where it was; is the disk sound?");
  for (const auto& entry : fs::recursive_directory_iterator(beside, error))
    if (Status done = sync(entry.path(), entry.is_directory() ? O_RDONLY | O_DIRECTORY : O_RDONLY); !done) return done;
  die_here("shard-copied");
  if (::rename(beside.c_str(), to.c_str()) != 0) return failure(to, errno);
  return sync(fs::path(to).parent_path(), O_RDONLY | O_DIRECTORY);
}

Result<std::string> uuid_at(const std::string& folder) {
  Result<Catalogue> catalogue = Catalogue::open(IndexFolder{folder}.catalogue(), Catalogue::Mode::read_only);
  if (!catalogue) return fail(std::move(catalogue));
  return catalogue->state(state_key::kUuid);
}

}  // namespace

Result<bool> remove_archive(const std::string& folder) {
  const std::string going = folder + ".removed";
  std::error_code error;
  const bool there = fs::exists(folder, error), begun = fs::exists(going, error);
  if (there && begun) fs::remove_all(going, error);
  if (there && ::rename(folder.c_str(), going.c_str()) != 0) return failure(folder, errno);
  die_here("shard-renamed");
  if (there || begun) fs::remove_all(going, error);
  if (error) return failure(going, error.value());
  return there || begun;
}

Status move_archive(const std::string& from, const std::string& to, const std::string& cluster_file,
                    const std::string& shard) {
  std::error_code error;
  {
    // Nobody writes meanwhile; readers may go on, also after the removal with what they have open.
    Result<OpenShard> source = OpenShard::open(from, from, false);
    if (!source) return fail(std::move(source));
    const bool there = fs::exists(to, error) && !(fs::is_directory(to, error) && fs::is_empty(to, error));
    if (there) {
      // An earlier call may have come so far.
      Result<std::string> ours = uuid_at(from), theirs = uuid_at(to);
      if (!ours) return fail(std::move(ours));
      if (!theirs || *theirs != *ours)
        return fail(ErrorCode::usage, fmt::format("{} holds something already", to), "name a new folder");
      Result<std::map<std::string, std::string>> a = contents(from), b = contents(to);
      if (!a || !b) return fail(!a ? std::move(a) : std::move(b));
      if (*a != *b)
        return fail(ErrorCode::usage, fmt::format("{} holds another state of the archive", to),
                    "remove it if it is the older one, then run the command again");
    } else {
      fs::remove(to, error);
      if (Status copied = copy_verified(from, to); !copied) return copied;
    }
    die_here("shard-placed");
    if (!cluster_file.empty())
      if (Status pointed = point_shard(cluster_file, shard, to); !pointed) return pointed;
  }
  die_here("shard-switched");
  if (Result<bool> gone = remove_archive(from); !gone) return fail(std::move(gone));
  return {};
}

}  // namespace spalte::indexer
