// Where are the bytes put, and how are they read again?
#include "indexer/sources/spool.h"

#include "indexer/sources/limits.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

class SpooledStream : public ByteStream {
 public:
  SpooledStream(int file, std::int64_t size) : file_(file), size_(size) {}

  Result<std::size_t> read(char* into, std::size_t room) override {
    const ssize_t got = ::pread(file_, into, room, at_);
    if (got < 0)
      return fail(ErrorCode::bad_input, fmt::format("the copy put aside cannot be read: {}", std::strerror(errno)),
                  "check the disk");
    at_ += got;
    return static_cast<std::size_t>(got);
  }
  std::optional<std::int64_t> size() const override { return size_; }
  bool seek(std::int64_t place) override {
    if (place < 0 || place > size_) return false;
    at_ = place;
    return true;
  }

 private:
  int file_;
  std::int64_t size_, at_ = 0;
};

std::string folder() {
  const char* named = std::getenv("TMPDIR");
  // Not /tmp: that is memory on many machines.
  return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

tl::unexpected<Error> unwritable() {
  return fail(ErrorCode::bad_input,
              fmt::format("is an archive in an archive and cannot be put aside in {}: {}", folder(), std::strerror(errno)),
              "set TMPDIR to a folder with room, or unpack the outer archive");
}

}  // namespace

Result<Spool> Spool::take(InputBytes& bytes, std::int64_t most) {
  Spool out;
  std::string piece(std::size_t{256} << 10U, '\0');
  while (out.size_ < most) {
    const auto room = std::min(static_cast<std::int64_t>(piece.size()), most - out.size_);
    Result<std::size_t> got = bytes.read(piece.data(), static_cast<std::size_t>(room));
    if (!got) return fail(std::move(got));
    if (*got == 0) {
      out.whole_ = true;
      break;
    }
    if (Status written = out.write(std::string_view(piece).substr(0, *got)); !written) return fail(std::move(written));
  }
  return out;
}

Status Spool::write(std::string_view bytes) {
  size_ += static_cast<std::int64_t>(bytes.size());
  if (file_ < 0 && size_ <= limit::kSpoolHeld) {
    held_ += bytes;
    return {};
  }
  if (file_ < 0) {
    std::string name = folder() + "/spalte-XXXXXX";
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0) return unwritable();
    ::unlink(name.c_str());
    const std::string held = std::exchange(held_, {});
    size_ -= static_cast<std::int64_t>(bytes.size() + held.size());
    if (Status written = write(held); !written) return written;
    return write(bytes);
  }
  while (!bytes.empty()) {
    const ssize_t got = ::write(file_, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unwritable();
    bytes.remove_prefix(static_cast<std::size_t>(got));
  }
  return {};
}

std::unique_ptr<ByteStream> Spool::stream() const {
  if (file_ < 0) return std::make_unique<MemoryStream>(held_);
  return std::make_unique<SpooledStream>(file_, size_);
}

Spool::Spool(Spool&& other) noexcept
    : held_(std::move(other.held_)), file_(std::exchange(other.file_, -1)), size_(other.size_), whole_(other.whole_) {}

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace spalte::indexer
