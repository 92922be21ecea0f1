// How are inotify's events gathered?
#include "indexer/watch.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// An editor or a copy makes several events of one change.
constexpr milliseconds kQuiet(200);
constexpr milliseconds kLongest(2000);
/// How long a stop may go unnoticed that comes between two looks at it.
constexpr milliseconds kPoll(500);
/// Beyond so many changed files and folders one walk through everything costs less.
constexpr std::size_t kMostPaths = 1000;

/// A file that has been written to its end, has come, or has gone. What is only being written is not read yet.
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF |
                                  IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace

struct FolderWatch::Impl {
  int descriptor = -1;
  std::set<std::string> roots;  ///< folders
  std::string index_folder;
  std::map<int, std::string> folders;  ///< watch → path
  std::map<std::string, int> watches;  ///< path → watch
  Changes changes;

  Impl() = default;
  Impl(const Impl&) = delete;
  ~Impl() {
    if (descriptor >= 0) ::close(descriptor);
  }

  /// Follows a folder and all below it. What is gone again by now is no error.
  Status follow(const std::string& path) {
    if (path == index_folder) return {};
    const int watch = ::inotify_add_watch(descriptor, path.c_str(), kEvents | (roots.contains(path) ? 0U : IN_DONT_FOLLOW));
    if (watch < 0) {
      if (errno == ENOSPC || errno == ENOMEM)
        return fail(ErrorCode::failed,
                    fmt::format("the system lets no more than {} folders be watched", folders.size()),
                    "raise fs.inotify.max_user_watches (sysctl), or run `spalte index` from time to time");
      return {};
    }
    folders[watch] = path;
    watches[path] = watch;
    DIR* dir = ::opendir(path.c_str());
    if (dir == nullptr) return {};
    std::vector<std::string> below;
    while (const dirent* entry = ::readdir(dir)) {
      if (entry->d_name[0] == '.') continue;
      struct stat st {};
      if (entry->d_type == DT_DIR ||
          (entry->d_type == DT_UNKNOWN &&
           ::fstatat(::dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode)))
        below.push_back(path + "/" + entry->d_name);
    }
    ::closedir(dir);
    for (const std::string& folder : below)
      if (Status followed = follow(folder); !followed) return followed;
    return {};
  }

  /// A folder that has been moved away must not report under its old path.
  void leave(const std::string& path) {
    for (auto w = watches.lower_bound(path); w != watches.end() && w->first.starts_with(path);) {
      if (w->first != path && !is_below(w->first, path)) {
        ++w;
        continue;
      }
      ::inotify_rm_watch(descriptor, w->second);
      folders.erase(w->second);
      w = watches.erase(w);
    }
  }

  void changed(const std::string& path) {
    if (changes.everything) return;
    changes.paths.insert(path);
    if (changes.paths.size() > kMostPaths) all_changed();
  }
  void all_changed() {
    changes.everything = true;
    changes.paths.clear();
  }

  Status take(const inotify_event& event, std::string_view name) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
      all_changed();
      for (const std::string& root : roots)
        if (Status followed = follow(root); !followed) return followed;
      return {};
    }
    const auto known = folders.find(event.wd);
    if (known == folders.end()) return {};
    const std::string folder = known->second;
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
      if (roots.contains(folder)) all_changed();
      return {};
    }
    if ((event.mask & (IN_IGNORED | IN_UNMOUNT)) != 0) {
      // A drive that is taken out tells nothing of its articles: they stay.
      watches.erase(folder);
      folders.erase(event.wd);
      return {};
    }
    if (name.empty() || name[0] == '.') return {};
    const std::string path = folder + "/" + std::string(name);
    if ((event.mask & IN_ISDIR) != 0) {
      if (path == index_folder) return {};
      if ((event.mask & (IN_MOVED_FROM | IN_DELETE)) != 0) leave(path);
      // Followed before it is walked: a file that comes between is seen by one or the other.
      if ((event.mask & (IN_CREATE | IN_MOVED_TO)) != 0)
        if (Status followed = follow(path); !followed) return followed;
      changed(path);
      return {};
    }
    struct stat st {};
    // A new file is reported again when it has been written, a hard link is not.
    if ((event.mask & IN_CREATE) != 0 && (::lstat(path.c_str(), &st) != 0 || st.st_nlink < 2)) return {};
    changed(path);
    return {};
  }

  /// Reads what is there; waits for something until `until`, if that is nothing yet. False: nothing came.
  Result<bool> read_events(milliseconds most) {
    pollfd waiting{descriptor, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(most.count()));
    if (ready < 0 && errno != EINTR)
      return fail(ErrorCode::failed, fmt::format("watching failed: {}", std::strerror(errno)), "start it again");
    if (ready <= 0) return false;
    alignas(inotify_event) std::array<char, 16384> buffer;
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return false;
    if (got <= 0)
      return fail(ErrorCode::failed, fmt::format("watching failed: {}", std::strerror(errno)), "start it again");
    for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      if (Status taken = take(event, std::string_view(name, ::strnlen(name, event.len))); !taken)
        return fail(std::move(taken));
      at += sizeof event + event.len;
    }
    return true;
  }
};

FolderWatch::FolderWatch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FolderWatch::~FolderWatch() = default;
FolderWatch::FolderWatch(FolderWatch&&) noexcept = default;

Result<FolderWatch> FolderWatch::open(const std::vector<std::string>& paths, const std::string& index_folder) {
  auto impl = std::make_unique<Impl>();
  impl->descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (impl->descriptor < 0)
    return fail(ErrorCode::failed, fmt::format("folders cannot be watched: {}", std::strerror(errno)),
                "run `spalte index` from time to time");
  std::error_code error;
  impl->index_folder = fs::weakly_canonical(index_folder, error).string();
  for (const std::string& typed : paths) {
    fs::path path = fs::weakly_canonical(fs::absolute(typed), error);
    if (!fs::exists(path, error))
      return fail(ErrorCode::usage, fmt::format("{} is not there to be watched", typed), "name a folder of articles");
    if (!fs::is_directory(path, error)) path = path.parent_path();
    std::string folder = path.string();
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    impl->roots.insert(folder);
    if (Status followed = impl->follow(folder); !followed) return fail(std::move(followed));
  }
  return FolderWatch(std::move(impl));
}

Result<FolderWatch::Changes> FolderWatch::wait(const std::atomic<bool>& stop) {
  impl_->changes = {};
  const auto some = [this] { return impl_->changes.everything || !impl_->changes.paths.empty(); };
  while (!some() && !stop)
    if (Result<bool> came = impl_->read_events(kPoll); !came) return fail(std::move(came));
  const auto first = Clock::now();
  for (bool quiet = false; !quiet && !stop && Clock::now() - first < kLongest;) {
    Result<bool> came = impl_->read_events(kQuiet);
    if (!came) return fail(std::move(came));
    quiet = !*came;
  }
  if (stop) return Changes{};
  Changes out = std::move(impl_->changes);
  for (auto path = out.paths.begin(); path != out.paths.end();) {
    bool inside = false;
    for (fs::path up = fs::path(*path).parent_path(); !inside && up.has_relative_path(); up = up.parent_path())
      inside = out.paths.contains(up.string());
    path = inside ? out.paths.erase(path) : std::next(path);
  }
  return out;
}

}  // namespace spalte::indexer
