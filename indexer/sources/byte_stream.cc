// How are bytes fetched, looked at and cut?
#include "indexer/sources/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

}  // namespace

Result<std::size_t> MemoryStream::read(char* into, std::size_t room) {
  const std::size_t n = std::min(room, bytes_.size() - at_);
  std::copy_n(bytes_.data() + at_, n, into);
  at_ += n;
  return n;
}

bool MemoryStream::seek(std::int64_t place) {
  if (place < 0 || place > static_cast<std::int64_t>(bytes_.size())) return false;
  at_ = static_cast<std::size_t>(place);
  return true;
}

Result<FileStream> FileStream::open(const std::string& path) {
  return of(::open(path.c_str(), kReading));
}

Result<FileStream> FileStream::open_below(const std::string& folder, std::string_view below) {
  int at = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  while (at >= 0) {
    const std::size_t slash = below.find('/');
    const std::string part(below.substr(0, slash));
    const bool last = slash == std::string_view::npos;
    if (part == ".." || (last && part.empty())) {
      ::close(at);
      return fail(ErrorCode::bad_input, "lies outside its folder", "");
    }
    if (!last) below.remove_prefix(slash + 1);
    if (!last && (part.empty() || part == ".")) continue;
    const int next = ::openat(at, part.c_str(), O_NOFOLLOW | (last ? kReading : O_PATH | O_DIRECTORY | O_CLOEXEC));
    const int error = errno;
    ::close(at);
    errno = error;
    if (last) return of(next);
    at = next;
  }
  return of(-1);
}

Result<FileStream> FileStream::of(int descriptor) {
  if (descriptor < 0)
    return fail(ErrorCode::bad_input,
                errno == ELOOP ? "is a symbolic link, which is not followed"
                               : fmt::format("cannot be read: {}", std::strerror(errno)),
                errno == ELOOP ? "name the file or folder itself" : "check the file's rights");
  struct stat st {};
  if (::fstat(descriptor, &st) != 0 || !S_ISREG(st.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::bad_input, "is no regular file", "");
  }
  return FileStream(descriptor, st.st_size);
}

FileStream::~FileStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> FileStream::read(char* into, std::size_t room) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, into, room);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail(ErrorCode::bad_input, fmt::format("reading stopped at byte {}: {}", at_, std::strerror(errno)),
                  "check the disk");
    at_ += got;
    return static_cast<std::size_t>(got);
  }
}

bool FileStream::seek(std::int64_t place) {
  if (::lseek(descriptor_, place, SEEK_SET) < 0) return false;
  at_ = place;
  return true;
}

Result<bool> InputBytes::fill(std::size_t more) {
  if (ended_) return false;
  if (at_ > kPiece && at_ * 2 > buffer_.size()) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const std::size_t old = buffer_.size();
  buffer_.resize(old + std::max(more, kPiece));
  const Result<std::size_t> got = stream_.read(buffer_.data() + old, buffer_.size() - old);
  buffer_.resize(old + (got ? *got : 0));
  if (!got) return fail(got);
  ended_ = *got == 0;
  return !ended_;
}

void InputBytes::take(std::size_t n) {
  at_ += n;
  offset_ += static_cast<std::int64_t>(n);
  if (at_ == buffer_.size()) {
    buffer_.clear();
    at_ = 0;
  }
}

Result<std::string_view> InputBytes::peek(std::size_t n) {
  while (buffer_.size() - at_ < n) {
    const Result<bool> more = fill(0);
    if (!more) return fail(more);
    if (!*more) break;
  }
  return std::string_view(buffer_).substr(at_, n);
}

Result<std::size_t> InputBytes::read(char* into, std::size_t room) {
  if (buffer_.size() > at_) {
    const std::size_t n = std::min(room, buffer_.size() - at_);
    std::copy_n(buffer_.data() + at_, n, into);
    take(n);
    return n;
  }
  const Result<std::size_t> got = stream_.read(into, room);
  if (got) offset_ += static_cast<std::int64_t>(*got);
  return got;
}

Status InputBytes::skip(std::int64_t n) {
  while (n > 0) {
    if (buffer_.size() == at_) {
      const Result<bool> more = fill(0);
      if (!more) return fail(more);
      if (!*more) return {};
    }
    const std::int64_t some = std::min(n, static_cast<std::int64_t>(buffer_.size() - at_));
    take(static_cast<std::size_t>(some));
    n -= some;
  }
  return {};
}

Result<std::optional<std::string_view>> InputBytes::line(std::int64_t most) {
  std::size_t looked = 0;
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_ + looked);
    if (end != std::string::npos || (ended_ && at_ < buffer_.size())) {
      const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
      if (const auto length = static_cast<std::int64_t>(stop - at_); length > most)
        return tl::unexpected<Error>(too_large("a line", length, most));
      std::string_view line = std::string_view(buffer_).substr(at_, stop - at_);
      const std::size_t taken = stop - at_ + (end == std::string::npos ? 0 : 1);
      at_ += taken;
      offset_ += static_cast<std::int64_t>(taken);
      if (line.ends_with('\r')) line.remove_suffix(1);
      return std::optional(line);
    }
    if (ended_) return std::optional<std::string_view>();
    looked = buffer_.size() - at_;
    if (static_cast<std::int64_t>(looked) > most)
      return tl::unexpected<Error>(too_large("a line", static_cast<std::int64_t>(looked), most));
    const Result<bool> more = fill(looked);
    if (!more) return fail(more);
  }
}

Status InputBytes::skip_line() {
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_);
    if (end != std::string::npos) {
      take(end + 1 - at_);
      return {};
    }
    take(buffer_.size() - at_);
    const Result<bool> more = fill(0);
    if (!more) return fail(more);
    if (!*more) return {};
  }
}

Result<std::string> InputBytes::rest(std::int64_t most) {
  const auto size = stream_.size();
  if (size && *size - offset_ > most) return tl::unexpected<Error>(too_large("a file of this kind", *size, most));
  for (;;) {
    const auto have = static_cast<std::int64_t>(buffer_.size() - at_);
    if (have > most) return tl::unexpected<Error>(too_large("a file of this kind", have, most));
    const Result<bool> more = fill(static_cast<std::size_t>(have));
    if (!more) return fail(more);
    if (!*more) break;
  }
  std::string out = at_ == 0 ? std::move(buffer_) : buffer_.substr(at_);
  offset_ += static_cast<std::int64_t>(out.size());
  buffer_.clear();
  at_ = 0;
  return out;
}

bool InputBytes::seek(std::int64_t place) {
  if (!stream_.seek(place)) return false;
  buffer_.clear();
  at_ = 0;
  offset_ = place;
  ended_ = false;
  return true;
}

Error too_large(std::string_view what, std::int64_t bytes, std::int64_t most) {
  return {ErrorCode::bad_input,
          fmt::format("is larger than {} may be ({} MB, at most {} MB)", what, (bytes + (1 << 20) - 1) >> 20,
                      most >> 20),
          "split it"};
}

}  // namespace spalte::indexer
