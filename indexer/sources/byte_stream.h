// Where do a reader's bytes come from? From a file, a member of a container or a record, piece by piece and never all at
// once, unless a reader asks for that.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spalte::indexer {

/// One thread.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Up to `room` next bytes; 0 is the end. Errors: bad_input, with the reason.
  virtual Result<std::size_t> read(char* into, std::size_t room) = 0;
  /// The length, where the stream can also `seek`; else nothing.
  virtual std::optional<std::int64_t> size() const { return {}; }
  virtual bool seek(std::int64_t) { return false; }
};

/// Bytes that someone else holds.
class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(char* into, std::size_t room) override;
  std::optional<std::int64_t> size() const override { return static_cast<std::int64_t>(bytes_.size()); }
  bool seek(std::int64_t place) override;

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// A regular file, opened without waiting for what it may have become (a FIFO does not hang us).
class FileStream : public ByteStream {
 public:
  /// A file that the user has named: links are followed. Errors: bad_input with the system's reason.
  static Result<FileStream> open(const std::string& path);
  /// A file that was found or is pointed at: `below` ("a/b.xml") of a folder that the user has named. Neither a link on
  /// the way nor `..` leads out of the folder, also where a part has become a link since it was looked at. Errors:
  /// bad_input with the system's reason.
  static Result<FileStream> open_below(const std::string& folder, std::string_view below);
  ~FileStream() override;
  FileStream(FileStream&& other) noexcept : descriptor_(other.descriptor_), size_(other.size_), at_(other.at_) {
    other.descriptor_ = -1;
  }
  FileStream(const FileStream&) = delete;
  Result<std::size_t> read(char* into, std::size_t room) override;
  std::optional<std::int64_t> size() const override { return size_; }
  bool seek(std::int64_t place) override;

 private:
  FileStream(int descriptor, std::int64_t size) : descriptor_(descriptor), size_(size) {}
  static Result<FileStream> of(int descriptor);
  int descriptor_ = -1;
  std::int64_t size_ = 0, at_ = 0;
};

/// Looks ahead in a stream and cuts it. One thread.
class InputBytes {
 public:
  explicit InputBytes(ByteStream& stream) : stream_(stream) {}

  /// The next bytes without taking them: `n` of them, fewer where the stream ends. Valid until the next call.
  Result<std::string_view> peek(std::size_t n);
  /// Takes up to `room` bytes; 0 is the end.
  Result<std::size_t> read(char* into, std::size_t room);
  /// Passes over `n` bytes; fewer where the stream ends.
  Status skip(std::int64_t n);
  /// The next line without its end ("\n", "\r\n"), valid until the next call; nothing at the end. Errors: bad_input
  /// where it is longer than `most`.
  Result<std::optional<std::string_view>> line(std::int64_t most);
  /// Passes over the rest of a line that was too long.
  Status skip_line();
  /// All that is left. Errors: bad_input where that is more than `most`.
  Result<std::string> rest(std::int64_t most);
  /// Bytes taken so far.
  std::int64_t offset() const { return offset_; }
  std::optional<std::int64_t> size() const { return stream_.size(); }
  bool seek(std::int64_t place);

 private:
  /// More bytes behind those that are there; false: the stream has ended.
  Result<bool> fill(std::size_t more);
  void take(std::size_t n);

  ByteStream& stream_;
  std::string buffer_;
  std::size_t at_ = 0;  ///< what has been taken of buffer_
  std::int64_t offset_ = 0;
  bool ended_ = false;
};

/// "is larger than … may be (70 MB, at most 64 MB)".
Error too_large(std::string_view what, std::int64_t bytes, std::int64_t most);

}  // namespace spalte::indexer
