// How are dictionaries chosen and kept ready?
#include "schema/packing.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>

namespace spalte {

namespace embedded {
extern const std::string_view text, annotation;
}

namespace {

constexpr int kCompression = 3;
/// No article is larger (indexer/sources refuse it); a frame that claims more is damaged.
constexpr unsigned long long kMaxTextBytes = 1ULL << 30;
constexpr std::array kKinds = {Packed::text, Packed::annotation};

/// Made once, then only read.
class Dictionaries {
 public:
  static const Dictionaries& get() {
    static const Dictionaries all;
    return all;
  }
  const ZSTD_CDict* packing(Packed kind) const { return all_[static_cast<std::size_t>(kind)].packing.get(); }
  /// Nothing: this program has none of that number.
  const ZSTD_DDict* unpacking(unsigned number) const {
    const auto* found = std::find_if(all_.begin(), all_.end(), [&](const One& d) { return d.number == number; });
    return found == all_.end() ? nullptr : found->unpacking.get();
  }

 private:
  struct One {
    unsigned number = 0;
    std::unique_ptr<ZSTD_CDict, decltype(&ZSTD_freeCDict)> packing{nullptr, &ZSTD_freeCDict};
    std::unique_ptr<ZSTD_DDict, decltype(&ZSTD_freeDDict)> unpacking{nullptr, &ZSTD_freeDDict};
  };
  Dictionaries() {
    for (const Packed kind : kKinds) {
      const std::string_view bytes = dictionary(kind);
      One& one = all_[static_cast<std::size_t>(kind)];
      one.number = ZSTD_getDictID_fromDict(bytes.data(), bytes.size());
      one.packing.reset(ZSTD_createCDict(bytes.data(), bytes.size(), kCompression));
      one.unpacking.reset(ZSTD_createDDict(bytes.data(), bytes.size()));
    }
  }
  std::array<One, kKinds.size()> all_;
};

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::index_damaged, fmt::format("the catalogue is damaged: {}", what),
              "run `spalte check`; index the folder again with --full");
}

}  // namespace

std::string_view dictionary(Packed kind) { return kind == Packed::text ? embedded::text : embedded::annotation; }

std::string pack(std::string_view bytes, Packed kind) {
  // One context a thread: ZSTD_compress would make and free one for each text.
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  thread_local std::string buffer;
  buffer.resize(ZSTD_compressBound(bytes.size()));
  const std::size_t size = ZSTD_compress_usingCDict(context.get(), buffer.data(), buffer.size(), bytes.data(),
                                                    bytes.size(), Dictionaries::get().packing(kind));
  return buffer.substr(0, size);
}

Result<std::string> unpack(std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size > kMaxTextBytes) return damaged("a text has no valid length");
  // As for packing: ZSTD_decompress would map and free 150 kB for each text, five times what unpacking one takes.
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  const unsigned number = ZSTD_getDictID_fromFrame(packed.data(), packed.size());
  const ZSTD_DDict* with = number == 0 ? nullptr : Dictionaries::get().unpacking(number);
  if (number != 0 && with == nullptr)
    return damaged(fmt::format("a text is packed with dictionary {}, which this program does not have", number));
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      with == nullptr
          ? ZSTD_decompressDCtx(context.get(), out.data(), out.size(), packed.data(), packed.size())
          : ZSTD_decompress_usingDDict(context.get(), out.data(), out.size(), packed.data(), packed.size(), with);
  if (ZSTD_isError(got) != 0U || got != size) return damaged("a text cannot be unpacked");
  return out;
}

}  // namespace spalte
