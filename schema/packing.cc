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

// Each is made when it is first asked for, then only read. A query never packs, and is not made to wait for what packs.

const ZSTD_CDict* to_pack(Packed kind) {
  using Dictionary = std::unique_ptr<ZSTD_CDict, decltype(&ZSTD_freeCDict)>;
  static const std::array<Dictionary, kKinds.size()> all = [] {
    const auto make = [](Packed k) {
      return Dictionary(ZSTD_createCDict(dictionary(k).data(), dictionary(k).size(), kCompression), &ZSTD_freeCDict);
    };
    return std::array{make(kKinds[0]), make(kKinds[1])};
  }();
  return all[static_cast<std::size_t>(kind)].get();
}

/// Nothing: this program has none of that number.
const ZSTD_DDict* to_unpack(unsigned number) {
  using Dictionary = std::unique_ptr<ZSTD_DDict, decltype(&ZSTD_freeDDict)>;
  static const std::array<Dictionary, kKinds.size()> all = [] {
    const auto make = [](Packed k) {
      return Dictionary(ZSTD_createDDict(dictionary(k).data(), dictionary(k).size()), &ZSTD_freeDDict);
    };
    return std::array{make(kKinds[0]), make(kKinds[1])};
  }();
  const auto* found =
      std::find_if(all.begin(), all.end(), [&](const Dictionary& d) { return ZSTD_getDictID_fromDDict(d.get()) == number; });
  return found == all.end() ? nullptr : found->get();
}

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
                                                    bytes.size(), to_pack(kind));
  return buffer.substr(0, size);
}

Result<std::string> unpack(std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size > kMaxTextBytes) return damaged("a text has no valid length");
  // As for packing: ZSTD_decompress would map and free 150 kB for each text, five times what unpacking one takes.
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  const unsigned number = ZSTD_getDictID_fromFrame(packed.data(), packed.size());
  const ZSTD_DDict* with = number == 0 ? nullptr : to_unpack(number);
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
