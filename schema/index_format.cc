// How is an index folder made, locked and switched?
#include "schema/index_format.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

namespace spalte {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_failure(const std::string& what, int error) {
  const ErrorCode code = error == ENOSPC || error == EDQUOT                    ? ErrorCode::no_space
                         : error == EACCES || error == EPERM || error == EROFS ? ErrorCode::not_permitted
                                                                               : ErrorCode::failed;
  return fail(code, fmt::format("{}: {}", what, std::strerror(error)),
              code == ErrorCode::no_space ? "free some space and run the command again; nothing indexed is lost"
                                          : "check the rights on the index folder, or name another with --db");
}

Status sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return system_failure(path, errno);
  const int done = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (done != 0) return system_failure(path, error);
  return {};
}

/// The number of "index-000007"; 0 for other names.
unsigned index_number(std::string_view name) {
  constexpr std::string_view kStart = "index-";
  if (!name.starts_with(kStart)) return 0;
  name.remove_prefix(kStart.size());
  unsigned n = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), n);
  return error == std::errc() && end == name.data() + name.size() ? n : 0;
}

}  // namespace

std::string random_uuid() {
  std::random_device source;
  std::string out;
  for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", source());
  return out;
}

Status create_index_folder(const IndexFolder& folder) {
  std::error_code error;
  if (fs::exists(folder.dir, error) && !fs::exists(folder.catalogue(), error)) {
    if (!fs::is_directory(folder.dir, error))
      return fail(ErrorCode::index_missing, fmt::format("{} is a file, not an index folder", folder.dir),
                  "name a folder with --db");
    for (const auto& entry : fs::directory_iterator(folder.dir, error))
      if (entry.path() != folder.lock_file())
        return fail(
            ErrorCode::index_missing,
            fmt::format("{} is no index and is not empty (it holds {})", folder.dir, entry.path().filename().string()),
            "name an index or a new folder with --db");
  }
  if (!fs::exists(folder.dir, error)) {
    const fs::path parent = fs::path(folder.dir).parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (::mkdir(folder.dir.c_str(), 0700) != 0 && errno != EEXIST)
      return system_failure(fmt::format("the index folder {} cannot be made", folder.dir), errno);
  }
  if (::access(folder.dir.c_str(), W_OK | X_OK) != 0)
    return system_failure(fmt::format("the index folder {} cannot be written", folder.dir), errno);
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  Result<std::string> uuid = catalogue->state(state_key::kUuid);
  if (!uuid) return fail(std::move(uuid));
  if (uuid->empty()) return catalogue->set_state(state_key::kUuid, random_uuid());
  return {};
}

std::string own_topics(const IndexFolder& folder) {
  std::error_code error;
  return fs::exists(folder.topics_file(), error) ? folder.topics_file() : std::string();
}

Status require_index(const IndexFolder& folder) {
  std::error_code error;
  if (fs::exists(folder.catalogue(), error)) return {};
  if (error == std::errc::permission_denied) return system_failure(folder.dir, EACCES);
  if (!fs::exists(folder.dir, error))
    return fail(ErrorCode::index_missing, fmt::format("there is no index at {}", folder.dir),
                "`spalte index FOLDER` makes one; --db or SPALTE_DB names another place");
  return fail(ErrorCode::index_missing,
              fmt::format("{} is no index of spalte (it has no catalogue.sqlite)", folder.dir),
              "name the index with --db or SPALTE_DB");
}

Result<std::string> current_index(const IndexFolder& folder) {
  if (Status there = require_index(folder); !there) return fail(there);
  std::ifstream in(folder.current_file());
  std::string name;
  if (!std::getline(in, name))
    return fail(ErrorCode::index_missing, fmt::format("the index at {} has never been finished", folder.dir),
                "run `spalte index FOLDER` again; it goes on where it stopped");
  if (index_number(name) == 0)
    return fail(ErrorCode::index_damaged, fmt::format("{} names `{}`, which is no index", folder.current_file(), name),
                "run `spalte rebuild`");
  return folder.dir + "/" + name;
}

Status switch_index(const IndexFolder& folder, std::string_view name) {
  std::error_code walk_error;
  for (const auto& entry : fs::recursive_directory_iterator(folder.dir + "/" + std::string(name), walk_error))
    if (Status done = sync_path(entry.path(), entry.is_directory() ? O_RDONLY | O_DIRECTORY : O_RDONLY); !done)
      return done;
  if (walk_error) return system_failure(std::string(name), walk_error.value());
  const std::string next = folder.current_file() + ".new";
  {
    std::ofstream out(next, std::ios::trunc);
    out << name << '\n';
    if (!out.flush()) return system_failure(next, errno);
  }
  if (Status done = sync_path(next, O_RDONLY); !done) return done;
  if (::rename(next.c_str(), folder.current_file().c_str()) != 0) return system_failure(folder.current_file(), errno);
  if (Status done = sync_path(folder.dir, O_RDONLY | O_DIRECTORY); !done) return done;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder.dir, error)) {
    const std::string other = entry.path().filename().string();
    if (other != name && index_number(other) != 0) fs::remove_all(entry.path(), error);
  }
  return {};
}

Result<std::string> next_index_name(const IndexFolder& folder) {
  unsigned highest = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder.dir, error))
    highest = std::max(highest, index_number(entry.path().filename().string()));
  if (error) return system_failure(folder.dir, error.value());
  return fmt::format("index-{:06}", highest + 1);
}

Result<WriterLock> WriterLock::acquire(const IndexFolder& folder) {
  const int descriptor = ::open(folder.lock_file().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_failure(folder.lock_file(), errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    ::close(descriptor);
    if (error == EWOULDBLOCK)
      return fail(ErrorCode::locked, fmt::format("the index at {} is being written by another process", folder.dir),
                  "try again when it has ended");
    return system_failure(folder.lock_file(), error);
  }
  return WriterLock(descriptor);
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string articles_path(const std::string& index) { return index + "/articles"; }
std::string quotes_path(const std::string& index) { return index + "/quotes"; }

void stamp_index(Xapian::WritableDatabase& db, std::string_view uuid, std::string_view analyser,
                 std::uint64_t generation) {
  db.set_metadata(state_key::kUuid, std::string(uuid));
  db.set_metadata(state_key::kFormat, std::string(kIndexFormat));
  db.set_metadata(state_key::kAnalyser, std::string(analyser));
  db.set_metadata(state_key::kGeneration, std::to_string(generation));
}

std::uint64_t index_generation(const Xapian::Database& db) {
  const std::string text = db.get_metadata(state_key::kGeneration);
  std::uint64_t generation = 0;
  std::from_chars(text.data(), text.data() + text.size(), generation);
  return generation;
}

Status check_stamp(const Xapian::Database& db, Catalogue& catalogue, std::string_view analyser) {
  const Result<std::string> uuid = catalogue.state(state_key::kUuid);
  if (!uuid) return fail(uuid);
  constexpr const char* kRebuild = "run `spalte rebuild`: the catalogue holds all that is needed";
  if (db.get_metadata(state_key::kUuid) != *uuid)
    return fail(ErrorCode::index_damaged, "index and catalogue belong to different archives", kRebuild);
  if (const std::string format = db.get_metadata(state_key::kFormat); format != kIndexFormat)
    return fail(ErrorCode::index_version,
                fmt::format("the index has format {}, this program reads {}", format, kIndexFormat), kRebuild);
  if (const std::string made_by = db.get_metadata(state_key::kAnalyser); made_by != analyser)
    return fail(ErrorCode::index_version,
                fmt::format("the index was made with analyser {}, this program has {}", made_by, analyser), kRebuild);
  return {};
}

}  // namespace spalte
