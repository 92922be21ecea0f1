// How are a dump's lines compressed and its file made safe?
#include "indexer/dump.h"

#include "schema/catalogue_dump.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

constexpr int kCompression = 9;
/// A line is an article at most; a longer one comes from no dump of ours.
constexpr std::size_t kMaxLine = 1U << 30U;

tl::unexpected<Error> system_failure(const std::string& what, int error) {
  const ErrorCode code = error == ENOSPC || error == EDQUOT                    ? ErrorCode::no_space
                         : error == EACCES || error == EPERM || error == EROFS ? ErrorCode::not_permitted
                                                                               : ErrorCode::failed;
  return fail(code, fmt::format("{}: {}", what, std::strerror(error)),
              code == ErrorCode::no_space ? "free some space and run the command again" : "name another place");
}

struct Descriptor {
  int number = -1;
  bool ours = false;
  Descriptor(int n, bool o) : number(n), ours(o) {}
  ~Descriptor() {
    if (ours && number >= 0) ::close(number);
  }
  Descriptor(Descriptor&&) = delete;
};

/// Compresses what it is given and writes it to a descriptor.
class PackedWriter {
 public:
  explicit PackedWriter(int descriptor, std::string name)
      : descriptor_(descriptor), name_(std::move(name)), context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kCompression);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
    buffer_.resize(ZSTD_CStreamOutSize());
  }
  Status write(std::string_view text) { return push(text, ZSTD_e_continue); }
  Status finish() { return push({}, ZSTD_e_end); }

 private:
  Status push(std::string_view text, ZSTD_EndDirective mode) {
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    for (;;) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(context_.get(), &out, &in, mode);
      if (ZSTD_isError(left) != 0U)
        return fail(ErrorCode::failed, fmt::format("{}: {}", name_, ZSTD_getErrorName(left)));
      for (std::size_t at = 0; at < out.pos;) {
        const ssize_t n = ::write(descriptor_, buffer_.data() + at, out.pos - at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure(name_, errno);
        at += static_cast<std::size_t>(n);
      }
      if (mode == ZSTD_e_end ? left == 0 : in.pos == in.size) return {};
    }
  }

  int descriptor_;
  std::string name_;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_;
  std::string buffer_;
};

/// Hands each line of a compressed file to `line`.
Status each_packed_line(int descriptor, const std::string& name, const std::function<Status(std::string_view)>& line) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  std::string packed(ZSTD_DStreamInSize(), '\0'), plain(ZSTD_DStreamOutSize(), '\0'), pending;
  bool whole = false;  // the frame has ended and its checksum was right
  for (;;) {
    const ssize_t n = ::read(descriptor, packed.data(), packed.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_failure(name, errno);
    if (n == 0) break;
    ZSTD_inBuffer in{packed.data(), static_cast<std::size_t>(n), 0};
    while (in.pos < in.size) {
      ZSTD_outBuffer out{plain.data(), plain.size(), 0};
      const std::size_t left = ZSTD_decompressStream(context.get(), &out, &in);
      if (ZSTD_isError(left) != 0U)
        return fail(ErrorCode::bad_input, fmt::format("{} is no dump, or damaged: {}", name, ZSTD_getErrorName(left)),
                    "take another dump; nothing was restored");
      whole = left == 0;
      std::string_view text(plain.data(), out.pos);
      for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        pending += text.substr(0, end);
        text.remove_prefix(end + 1);
        if (Status taken = line(pending); !taken) return taken;
        pending.clear();
      }
      pending += text;
      if (pending.size() > kMaxLine)
        return fail(ErrorCode::bad_input, fmt::format("{}: a line is longer than {} MB", name, kMaxLine >> 20U),
                    "take another dump; nothing was restored");
    }
  }
  if (!whole || !pending.empty())
    return fail(ErrorCode::bad_input, fmt::format("{} was cut short", name), "take another dump; nothing was restored");
  return {};
}

}  // namespace

Result<std::int64_t> dump_archive(const IndexFolder& folder, const std::string& file) {
  if (Status there = require_index(folder); !there) return fail(std::move(there));
  const bool to_stdout = file == "-";
  std::error_code error;
  if (!to_stdout && fs::exists(file, error))
    return fail(ErrorCode::usage, fmt::format("{} is there already", file), "name a new file; nothing is overwritten");
  std::string topics;
  if (const std::string own = own_topics(folder); !own.empty()) {
    std::ifstream in(own, std::ios::binary);
    topics.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) return system_failure(own, EIO);
  }
  const std::string part = file + ".part";
  const Descriptor out(to_stdout ? STDOUT_FILENO : ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
                       !to_stdout);
  if (out.number < 0) return system_failure(file, errno);
  PackedWriter writer(out.number, file);
  std::int64_t rows = -2;  // the head and the end are none
  Status done = dump_catalogue(folder.catalogue(), topics, [&](std::string_view line) -> Status {
    ++rows;
    if (Status written = writer.write(line); !written) return written;
    return writer.write("\n");
  });
  if (done) done = writer.finish();
  if (done && !to_stdout) {
    if (::fsync(out.number) != 0 || ::rename(part.c_str(), file.c_str()) != 0) done = system_failure(file, errno);
  }
  if (!done) {
    if (!to_stdout) ::unlink(part.c_str());
    return fail(std::move(done));
  }
  return rows;
}

Result<std::int64_t> restore_archive(const IndexFolder& folder, const std::string& file, const RestoreOptions& options,
                                     const Resources& resources, const std::atomic<bool>& stop,
                                     const std::function<void(const Progress&)>& progress) {
  std::error_code error;
  const std::string target = fs::absolute(folder.dir).lexically_normal().string();
  if (fs::exists(target, error) && !(fs::is_directory(target, error) && fs::is_empty(target, error)))
    return fail(ErrorCode::usage, fmt::format("{} holds something already", target),
                "name a new folder with --db; restoring never replaces an archive");
  const Descriptor in(file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC), file != "-");
  if (in.number < 0) return system_failure(file, errno);
  const IndexFolder beside{target + ".restoring"};
  fs::remove_all(beside.dir, error);
  if (fs::create_directories(fs::path(target).parent_path(), error); error)
    return system_failure(fs::path(target).parent_path().string(), error.value());
  if (::mkdir(beside.dir.c_str(), 0700) != 0) return system_failure(beside.dir, errno);
  std::int64_t articles = 0;
  const auto build = [&]() -> Status {
    CatalogueRestore restore(beside.catalogue());
    const Status read = each_packed_line(in.number, file, [&](std::string_view line) -> Status {
      if (stop) return fail(ErrorCode::interrupted, "interrupted; nothing was restored", "run the command again");
      if (Status taken = restore.line(line); !taken) return taken;
      progress({"reading", restore.articles(), 0});
      return {};
    });
    if (!read) return read;
    if (Status finished = restore.finish(); !finished) return finished;
    articles = restore.articles();
    if (restore.topics().empty())
      return rebuild_index(beside, options.annotate, options.jobs, resources, stop, progress);
    std::ofstream out(beside.topics_file(), std::ios::binary);
    if (!(out << restore.topics()).flush()) return system_failure(beside.topics_file(), errno);
    Result<Resources> own = open_resources_of(beside.dir);
    if (!own) return fail(std::move(own));
    return rebuild_index(beside, options.annotate, options.jobs, *own, stop, progress);
  };
  Status done = build();
  if (done && ::rename(beside.dir.c_str(), target.c_str()) != 0) done = system_failure(target, errno);
  if (!done) {
    fs::remove_all(beside.dir, error);
    return fail(std::move(done));
  }
  return articles;
}

}  // namespace spalte::indexer
