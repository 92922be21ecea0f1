// How is a folder walked and held against the catalogue?
#include "indexer/scan.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

constexpr std::size_t kMaxDepth = 100;
/// Files from this size on hold many articles, about one in so many bytes (JSONL of news; packed ones hold more).
constexpr std::int64_t kManyFrom = 1 << 20, kManyBytes = 8 << 10;

std::int64_t nanoseconds(const timespec& t) { return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec; }

class Walk {
 public:
  Walk(Catalogue& catalogue, const RootRow& root, const ScanOptions& options,
       const std::function<bool(FileTask&&)>& on_task)
      : catalogue_(catalogue), root_(root), options_(options), on_task_(on_task) {}

  Result<ScanResult> run() {
    struct stat st {};
    if (::stat(root_.path.c_str(), &st) != 0)
      return fail(ErrorCode::bad_input, root_.path + ": " + std::strerror(errno),
                  "its articles stay in the index; --forget-missing takes them out");
    if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
      return fail(ErrorCode::bad_input, root_.path + " is neither a file nor a folder", "");
    if (options_.below.empty()) {
      part("");
    } else {
      for (const std::string& below : options_.below) part(below);
    }
    if (error_) return tl::unexpected<Error>(std::move(*error_));
    if (stopped_) result_.gone.clear();  // what has not been walked is not gone
    return std::move(result_);
  }

 private:
  /// The root, or one file or folder of it, which may be gone.
  void part(const std::string& below) {
    if (stopped_ || error_) return;
    known_.emplace(catalogue_, root_.root, below);
    kept_.clear();
    advance();
    struct stat st {};
    const std::string path = path_of(below);
    // As below: links are not followed, but a root may be one.
    const int flags = below.empty() ? 0 : AT_SYMLINK_NOFOLLOW;
    if (::fstatat(AT_FDCWD, path.c_str(), &st, flags) != 0) {
      if (errno != ENOENT && errno != ENOTDIR) {
        result_.failed.push_back({path, std::string("cannot be entered: ") + std::strerror(errno)});
        keep_below(below);
      }
    } else if (S_ISDIR(st.st_mode)) {
      folder(below, static_cast<std::size_t>(std::count(below.begin(), below.end(), '/')));
    } else if (S_ISREG(st.st_mode)) {
      file(below, st);
    }
    while (next_ && !error_ && !stopped_) pass();
    known_.reset();
  }

  /// The catalogue's next file.
  void advance() {
    Result<std::optional<FileRow>> row = known_->next();
    if (!row) {
      error_ = std::move(row.error());
      next_.reset();
      return;
    }
    next_ = std::move(*row);
  }

  /// The catalogue's next file has not been met: it is gone, unless nobody could look.
  void pass() {
    if (std::none_of(kept_.begin(), kept_.end(), [this](const std::string& k) { return next_->path.starts_with(k); }))
      result_.gone.push_back(std::move(*next_));
    advance();
  }

  void folder(const std::string& relative, std::size_t depth) {
    const std::string path = relative.empty() ? root_.path : root_.path + "/" + relative;
    if (depth > kMaxDepth) {
      result_.failed.push_back({path, "folders are nested deeper than 100"});
      return;
    }
    DIR* dir = ::opendir(path.c_str());
    if (dir == nullptr) {
      result_.failed.push_back({path, std::string("the folder cannot be read: ") + std::strerror(errno)});
      keep_below(relative);
      return;
    }
    const int descriptor = ::dirfd(dir);
    // Sorted as the paths below are: a folder's name counts with its slash.
    std::vector<std::string> names;
    const auto next = [dir] {
      errno = 0;
      return ::readdir(dir);
    };
    while (const dirent* entry = next()) {
      bool is_folder = entry->d_type == DT_DIR;
      if (struct stat st {}; entry->d_type == DT_UNKNOWN)
        is_folder = ::fstatat(descriptor, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
      names.emplace_back(entry->d_name);
      if (is_folder) names.back() += '/';
    }
    if (errno != 0) {
      // A list that breaks off (a drive that goes away) does not say what is gone.
      result_.failed.push_back({path, std::string("the folder cannot be read to its end: ") + std::strerror(errno)});
      keep_below(relative);
    }
    std::sort(names.begin(), names.end());
    for (std::string& name : names) {
      if (stopped_ || error_) break;
      if (name.ends_with('/')) name.pop_back();
      if (name == "." || name == "..") continue;
      if (name[0] == '.') {
        ++result_.skipped["hidden"];
        continue;
      }
      const std::string below = relative.empty() ? name : relative + "/" + name;
      struct stat st {};
      if (::fstatat(descriptor, name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) continue;  // gone since it was listed
        // A folder that may be listed but not entered: said once, not for each of its files.
        result_.failed.push_back({path, std::string("the folder cannot be entered: ") + std::strerror(errno)});
        keep_below(relative);
        break;
      }
      if (S_ISDIR(st.st_mode)) {
        const std::string full = root_.path + "/" + below;
        if (full == options_.index_folder) continue;
        if (std::find(options_.other_roots.begin(), options_.other_roots.end(), full) != options_.other_roots.end())
          continue;
        folder(below, depth + 1);
      } else if (S_ISREG(st.st_mode)) {
        file(below, st);
      } else {
        ++result_.skipped[S_ISLNK(st.st_mode) ? "symbolic link" : "device"];
      }
    }
    ::closedir(dir);
  }

  void file(const std::string& below, const struct stat& st) {
    ++result_.seen;
    while (next_ && !error_ && next_->path < below) pass();
    if (error_) return;
    const std::optional<FileRow> known =
        next_ && next_->path == below ? std::exchange(next_, std::nullopt) : std::optional<FileRow>();
    if (known) advance();
    const std::int64_t mtime = nanoseconds(st.st_mtim);
    const bool same = known && known->size == st.st_size && known->mtime == mtime && !options_.full;
    if (same && !(options_.retry_failed && known->outcome == FileOutcome::failed)) {
      switch (known->outcome) {
        case FileOutcome::indexed:
          ++result_.unchanged;
          break;
        case FileOutcome::skipped:
          ++result_.skipped[known->reason];
          break;
        case FileOutcome::failed:
          result_.failed.push_back({path_of(below), known->reason});
          break;
      }
      return;
    }
    ++result_.to_read;
    result_.articles_expected += st.st_size < kManyFrom ? 1 : st.st_size / kManyBytes;
    if (!on_task_) return;
    FileTask task;
    task.file = {path_of(below), below.empty() ? root_.name : below, root_.name, st.st_mtim.tv_sec};
    task.root = root_.root;
    task.below = below;
    task.size = st.st_size;
    task.mtime = mtime;
    task.known = known;
    if (!on_task_(std::move(task))) stopped_ = true;
  }

  /// What lies below a folder that cannot be read is not gone.
  void keep_below(const std::string& relative) { kept_.push_back(relative.empty() ? "" : relative + "/"); }

  std::string path_of(const std::string& below) const { return below.empty() ? root_.path : root_.path + "/" + below; }

  Catalogue& catalogue_;
  const RootRow& root_;
  const ScanOptions& options_;
  const std::function<bool(FileTask&&)>& on_task_;
  ScanResult result_;
  std::optional<Catalogue::FilesInOrder> known_;
  std::optional<FileRow> next_;     ///< the first that the walk has not reached
  std::vector<std::string> kept_;  ///< beginnings of paths below folders that cannot be read
  std::optional<Error> error_;
  bool stopped_ = false;
};

}  // namespace

Result<FileStream> open_task(const FileTask& task) {
  const std::string& path = task.file.path;
  if (task.below.empty()) return FileStream::open(path);
  return FileStream::open_below(path.substr(0, path.size() - task.below.size()), task.below);
}

Result<ScanResult> scan(Catalogue& catalogue, const RootRow& root, const ScanOptions& options,
                        const std::function<bool(FileTask&&)>& on_task) {
  return Walk(catalogue, root, options, on_task).run();
}

}  // namespace spalte::indexer
