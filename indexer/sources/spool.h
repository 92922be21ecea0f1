// How is a container inside another gone through more than once? It is put aside first.
#pragma once

#include "indexer/sources/byte_stream.h"

#include <memory>
#include <string>

namespace spalte::indexer {

/// The bytes of a stream that cannot go back: a few in memory, more in a file without a name (TMPDIR, else /var/tmp), which
/// goes with this object.
class Spool {
 public:
  /// Takes all of `bytes`, or the first `most` of them. Errors: of `bytes`; bad_input where the file cannot be written.
  static Result<Spool> take(InputBytes& bytes, std::int64_t most);
  ~Spool();
  Spool(Spool&& other) noexcept;
  Spool(const Spool&) = delete;

  /// False: the stream goes on after what was taken.
  bool whole() const { return whole_; }
  /// From the beginning, with a place of its own. The spool stays until the last of them has gone.
  std::unique_ptr<ByteStream> stream() const;

 private:
  Spool() = default;
  Status write(std::string_view bytes);

  std::string held_;
  int file_ = -1;
  std::int64_t size_ = 0;
  bool whole_ = false;
};

}  // namespace spalte::indexer
