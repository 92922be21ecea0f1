// How does libarchive read from our streams, and what is watched meanwhile?
#include "indexer/sources/container.h"

#include "indexer/encoding.h"
#include "indexer/sources/alto.h"
#include "indexer/sources/limits.h"
#include "indexer/sources/spool.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

namespace spalte::indexer {
namespace {

using namespace std::string_view_literals;

/// First bytes of gzip, zstd, bzip2, xz and zip; tar has its mark further in.
constexpr std::array kMagic = {"\x1f\x8b"sv, "\x28\xb5\x2f\xfd"sv, "BZh"sv, "\xfd" "7zXZ\0"sv, "PK\3\4"sv};
constexpr std::size_t kTarMark = 257;
/// Zip files that are one document.
constexpr std::array kDocuments = {".docx"sv, ".xlsx"sv, ".pptx"sv, ".odt"sv, ".ods"sv,
                                   ".odp"sv,  ".epub"sv, ".jar"sv,  ".apk"sv, ".idml"sv};
constexpr std::array kCompressed = {".gz"sv, ".zst"sv, ".bz2"sv, ".xz"sv, ".gzip"sv, ".zstd"sv};

std::string reason_of(archive* a) {
  const char* text = archive_error_string(a);
  return text == nullptr ? "the archive is damaged" : clean_text(text);
}

/// libarchive converts names by the thread's locale; in others than UTF-8 it gives none with Norwegian letters.
class Utf8Names {
 public:
  Utf8Names() : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = ::uselocale(utf8_);
  }
  ~Utf8Names() {
    if (utf8_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;

 private:
  locale_t utf8_ = nullptr, before_ = nullptr;
};

/// What the callbacks share.
struct Packed {
  Packed(InputBytes& b, Expansion& e, bool o) : bytes(b), expansion(e), outermost(o) {}
  InputBytes& bytes;
  Expansion& expansion;
  bool outermost;
  std::vector<char> buffer = std::vector<char>(std::size_t{64} << 10);
  std::optional<Error> error;

  static la_ssize_t read(archive* a, void* self, const void** out) {
    auto& p = *static_cast<Packed*>(self);
    Result<std::size_t> got = p.bytes.read(p.buffer.data(), p.buffer.size());
    if (!got) {
      p.error = std::move(got.error());
      archive_set_error(a, EIO, "%s", p.error->message.c_str());
      return ARCHIVE_FATAL;
    }
    // Seeking back counts again.
    if (p.outermost) p.expansion.packed += static_cast<std::int64_t>(*got);
    *out = p.buffer.data();
    return static_cast<la_ssize_t>(*got);
  }
  static la_int64_t seek(archive* a, void* self, la_int64_t offset, int whence) {
    auto& p = *static_cast<Packed*>(self);
    const std::int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? p.bytes.offset() : p.bytes.size().value_or(0);
    if (p.bytes.seek(from + offset)) return p.bytes.offset();
    archive_set_error(a, EIO, "the archive cannot be read from its end");
    return ARCHIVE_FATAL;
  }
};

/// A container while it is gone through.
class Container {
 public:
  /// `around`: how far what it lies in has expanded; nullptr: it is the outermost. Archives in archives count together:
  /// each level alone could unpack to 200 times its size.
  Container(InputBytes& bytes, Expansion* around)
      : expansion(around != nullptr ? *around : own_),
        packed(bytes, expansion, around == nullptr),
        archive_(archive_read_new(), archive_read_free) {}
  Container(const Container&) = delete;

  Status open() {
    archive* a = archive_.get();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
    archive_read_set_options(a, "hdrcharset=UTF-8");
    archive_read_set_read_callback(a, Packed::read);
    if (packed.bytes.size()) archive_read_set_seek_callback(a, Packed::seek);
    archive_read_set_callback_data(a, &packed);
    if (archive_read_open1(a) != ARCHIVE_OK)
      return fail(ErrorCode::bad_input, fmt::format("cannot be unpacked: {}", reason_of(a)), "");
    return {};
  }
  /// The next member; nullptr: there is none.
  Result<archive_entry*> next() {
    archive_entry* entry = nullptr;
    const int got = archive_read_next_header(archive_.get(), &entry);
    if (got == ARCHIVE_EOF) return nullptr;
    if (got < ARCHIVE_WARN)
      return fail(
          ErrorCode::bad_input,
          fmt::format("cannot be unpacked further than {} members: {}", members, reason_of(archive_.get())),
          "unpack it with its own program, if that can");
    if (++members > limit::kMembers)
      return fail(ErrorCode::bad_input, fmt::format("holds more than {} members", limit::kMembers), "split it");
    return entry;
  }
  /// One compressed file, no archive.
  bool alone() const { return archive_format(archive_.get()) == ARCHIVE_FORMAT_RAW; }
  archive* get() const { return archive_.get(); }

  Expansion& expansion;
  Packed packed;
  std::int64_t members = 0;

 private:
  Expansion own_;
  const Utf8Names names_;
  const std::unique_ptr<archive, int (*)(archive*)> archive_;
};

/// The member that the archive stands at.
class MemberStream : public ByteStream {
 public:
  explicit MemberStream(Container& container) : container_(container) {}

  Result<std::size_t> read(char* into, std::size_t room) override {
    const la_ssize_t got = archive_read_data(container_.get(), into, room);
    if (got < 0) {
      broken_ = got == ARCHIVE_FATAL;
      return fail(ErrorCode::bad_input, reason_of(container_.get()), "unpack it with its own program, if that can");
    }
    Expansion& e = container_.expansion;
    e.unpacked += got;
    if (e.unpacked > limit::kExpansionFrom && e.unpacked / limit::kExpansion > e.packed) {
      broken_ = true;
      return fail(ErrorCode::bad_input,
                  fmt::format("unpacks to more than {} times its size, as no archive of articles does",
                              limit::kExpansion),
                  "unpack it yourself if it is meant so");
    }
    return static_cast<std::size_t>(got);
  }
  /// The archive cannot be read on after it.
  bool broken() const { return broken_; }

 private:
  Container& container_;
  bool broken_ = false;
};

/// Says of which member what comes from within it is.
class MemberSink : public ArticleSink {
 public:
  MemberSink(ArticleSink& outer, std::string place) : outer_(outer), place_(std::move(place)) {}

  bool article(Article&& a) override {
    go_on_ = outer_.article(std::move(a));
    return go_on_;
  }
  void warn(std::string what) override { outer_.warn(place_.empty() ? what : fmt::format("{}: {}", place_, what)); }
  void failed(std::string_view place, std::string reason) override {
    outer_.failed(place_.empty() ? std::string(place) : fmt::format("{}, {}", place_, place), std::move(reason));
  }
  void skipped(std::string kind) override { outer_.skipped(std::move(kind)); }
  void mapped(std::string map) override { outer_.mapped(place_.empty() ? map : fmt::format("{}: {}", place_, map)); }
  bool go_on() const { return go_on_; }

 private:
  ArticleSink& outer_;
  const std::string place_;
  bool go_on_ = true;
};

std::string member_name(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  if (name == nullptr) return {};
  Result<std::string> text = decode_text(name);
  std::string out = text ? std::move(*text) : std::string();
  std::replace(out.begin(), out.end(), '\n', ' ');
  while (out.starts_with('/') || out.starts_with("./")) out.erase(0, out[0] == '/' ? 1 : 2);
  return out;
}

/// Of a container that is opened anew: the one that is being read stands where it is.
class OpenedAgain : public Siblings {
 public:
  using Open = std::function<Result<std::unique_ptr<ByteStream>>()>;
  explicit OpenedAgain(Open open) : open_(std::move(open)) {}

  const std::vector<std::string>& issues() override {
    if (std::exchange(listed_, true)) return issues_;
    // What cannot be listed cannot be read either, and is said there.
    (void)each([&](const std::string& name, Container&) {
      if (is_mets_name(name)) issues_.push_back(name);
    });
    return issues_;
  }
  Status read(const std::set<std::string>& wanted,
              const std::function<void(const std::string&, InputBytes&)>& visit) override {
    return each([&](const std::string& name, Container& container) {
      if (!wanted.contains(name)) return;
      MemberStream stream(container);
      InputBytes bytes(stream);
      visit(name, bytes);
    });
  }

 private:
  Status each(const std::function<void(const std::string&, Container&)>& visit) {
    Result<std::unique_ptr<ByteStream>> stream = open_();
    if (!stream) return fail(std::move(stream));
    InputBytes bytes(**stream);
    Container container(bytes, nullptr);
    if (Status opened = container.open(); !opened) return opened;
    for (;;) {
      Result<archive_entry*> entry = container.next();
      if (!entry) return fail(std::move(entry));
      if (*entry == nullptr) return {};
      // Each issue of METS goes through it once more.
      if (++visited_ > limit::kMembers)
        return fail(ErrorCode::bad_input, "holds too many issues and members to find the pages of each", "unpack it");
      if (archive_entry_filetype(*entry) == AE_IFREG) visit(member_name(*entry), container);
    }
  }

  const Open open_;
  std::vector<std::string> issues_;
  bool listed_ = false;
  std::int64_t visited_ = 0;  ///< members, in all passes
};

/// What was put aside, and what comes after it.
class Continued : public ByteStream {
 public:
  Continued(const Spool& spool, InputBytes& rest) : begin_(spool.stream()), rest_(rest) {}
  Result<std::size_t> read(char* into, std::size_t room) override {
    Result<std::size_t> got = begin_->read(into, room);
    return !got || *got > 0 ? std::move(got) : rest_.read(into, room);
  }

 private:
  const std::unique_ptr<ByteStream> begin_;
  InputBytes& rest_;
};

bool hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != std::string_view::npos || path.starts_with("__MACOSX/");
}

std::string without_compression(std::string_view name) {
  for (std::string_view ending : kCompressed)
    if (name.ends_with(ending) && name.size() > ending.size()) return std::string(name.substr(0, name.size() - ending.size()));
  return std::string(name);
}

/// One with members, as far as head and name tell; else it may be a single compressed file.
bool has_members(std::string_view relative, std::string_view head) {
  if (head.starts_with("PK\3\4") || (head.size() > kTarMark + 5 && head.substr(kTarMark, 5) == "ustar")) return true;
  return file_kind(without_compression(relative)) == ".tar" || file_kind(relative).starts_with(".t");
}

Status read_members(const Reading& reading, OpenedAgain* siblings);

}  // namespace

bool recognises_container(const SourceFile& file, std::string_view head) {
  const std::string kind = file_kind(file.relative);
  if (std::find(kDocuments.begin(), kDocuments.end(), kind) != kDocuments.end()) return false;
  if (head.size() > kTarMark + 5 && head.substr(kTarMark, 5) == "ustar") return true;
  return std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view m) { return head.starts_with(m); });
}

Status read_container(const Reading& reading) {
  if (reading.depth >= limit::kContainers)
    return fail(ErrorCode::bad_input, fmt::format("containers are nested deeper than {}", limit::kContainers),
                "unpack the outer ones");
  if (reading.depth == 0) {
    OpenedAgain siblings([&]() -> Result<std::unique_ptr<ByteStream>> {
      Result<FileStream> stream = FileStream::open(reading.file.path);
      if (!stream) return fail(std::move(stream));
      return std::make_unique<FileStream>(std::move(*stream));
    });
    return read_members(reading, &siblings);
  }
  const Result<std::string_view> head = reading.bytes.peek(limit::kHead);
  if (!head) return fail(head);
  if (!has_members(reading.file.relative, *head)) return read_members(reading, nullptr);
  Result<Spool> spool = Spool::take(reading.bytes, limit::kSpool);
  if (!spool) return fail(std::move(spool));
  OpenedAgain siblings([&]() -> Result<std::unique_ptr<ByteStream>> { return spool->stream(); });
  const std::unique_ptr<ByteStream> stream =
      spool->whole() ? spool->stream() : std::make_unique<Continued>(*spool, reading.bytes);
  InputBytes bytes(*stream);
  return read_members({reading.file, bytes, reading.sink, reading.depth, reading.map, nullptr, {}, reading.expansion},
                      spool->whole() ? &siblings : nullptr);
}

namespace {

Status read_members(const Reading& reading, OpenedAgain* siblings) {
  Container container(reading.bytes, reading.expansion);
  if (Status opened = container.open(); !opened) return opened;
  for (;;) {
    Result<archive_entry*> next = container.next();
    if (!next) return fail(std::move(next));
    archive_entry* entry = *next;
    if (entry == nullptr) return {};
    const bool alone = container.alone();
    if (!alone && archive_entry_filetype(entry) == AE_IFDIR) continue;
    if (!alone && archive_entry_filetype(entry) != AE_IFREG) {
      reading.sink.skipped(archive_entry_filetype(entry) == AE_IFLNK ? "symbolic link" : "device");
      continue;
    }
    SourceFile file = reading.file;
    std::string place;
    if (alone) {
      file.relative = without_compression(file.relative);
    } else {
      place = member_name(entry);
      if (place.empty()) place = fmt::format("member {}", container.members);
      if (hidden(place)) {
        reading.sink.skipped("hidden");
        continue;
      }
      file.path += "/" + place;
      file.relative += "/" + place;
      if (archive_entry_mtime_is_set(entry) != 0) file.mtime = archive_entry_mtime(entry);
    }
    MemberStream stream(container);
    InputBytes bytes(stream);
    MemberSink sink(reading.sink, place);
    Status read = read_source({file, bytes, sink, reading.depth + 1, reading.map,
                               alone ? nullptr : siblings, place, &container.expansion});
    if (!sink.go_on()) return {};
    if (!read && (stream.broken() || alone)) {
      if (!place.empty()) read.error().message = fmt::format("{}: {}", place, read.error().message);
      return read;
    }
    if (!read) reading.sink.failed(place, std::move(read.error().message));
  }
}

}  // namespace

}  // namespace spalte::indexer
