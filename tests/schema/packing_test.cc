// Are texts, annotations and sketches what they were, and smaller than without what they have in common?
#include "schema/packing.h"
#include "schema/sketch.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <zstd.h>

namespace spalte {
namespace {

std::string packed_alone(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace

TEST_CASE("what is packed comes back, whatever its kind, and short news is smaller for the dictionary") {
  const std::string news =
      "Kommunen vil bygge ny bru over elva\nDet var i går klart at kommunen vil bygge en ny bru, men det er ikke bestemt "
      "hvor mye penger som skal brukes. – Vi har ikke tatt stilling til det ennå, sier ordføreren til lokalavisen.\n";
  std::mt19937 random(7);
  for (const std::string& text : {std::string(), std::string("å"), news, std::string(100000, 'x')})
    for (const Packed kind : {Packed::text, Packed::annotation}) {
      const auto back = unpack(pack(text, kind));
      REQUIRE(back);
      CHECK(*back == text);
    }
  std::string noise;
  for (int i = 0; i < 3000; ++i) noise += static_cast<char>(random());
  CHECK(unpack(pack(noise, Packed::text)).value() == noise);
  CHECK(pack(news, Packed::text).size() * 10 < packed_alone(news).size() * 9);
  // As archives had it before there were dictionaries.
  CHECK(unpack(packed_alone(news)).value() == news);
}

TEST_CASE("a damaged text, and one packed with a dictionary that is not there, are told from each other") {
  std::string packed = pack("en tekst som er pakket og så skadet", Packed::text);
  const auto cut = unpack(packed.substr(0, packed.size() - 5));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == ErrorCode::index_damaged);
  CHECK_FALSE(unpack("tull"));
  CHECK_FALSE(unpack(""));
  // zstd's frame: four bytes of magic, one that says how long the dictionary's number is, the number (RFC 8878).
  REQUIRE((packed[4] & 3) == 2);
  packed[5] = packed[6] = 0x11;
  const auto unknown = unpack(packed);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("dictionary 4369") != std::string::npos);
}

TEST_CASE("a sketch comes back as it was, of any number of shingles, and as it was stored before") {
  std::mt19937 random(11);
  for (const std::uint32_t shingles : {0U, 1U, 2U, 3U, 12U, 95U, 96U, 97U, 500U, 30000U, 4000000000U}) {
    Sketch s{shingles, {}};
    // The smallest of so many, or of what a few hundred thousand would be.
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < std::min(shingles, 200000U); ++i) all.push_back(static_cast<std::uint32_t>(random()));
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    s.hashes.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kSketchHashes)));
    const std::string packed = pack_hashes(s);
    CHECK(unpack_hashes(packed, shingles) == s.hashes);
    if (shingles == 500) CHECK(packed.size() < kSketchHashes * 4 * 4 / 5);
    std::string plain;
    for (const std::uint32_t h : s.hashes)
      for (unsigned i = 0; i < 4; ++i) plain += static_cast<char>(h >> (8 * i) & 0xffU);
    CHECK(unpack_hashes(plain, shingles) == s.hashes);
    // Damaged: anything but a crash.
    for (std::size_t cut = 0; cut < packed.size(); cut += 7) {
      std::string broken = packed.substr(0, packed.size() - cut);
      broken[random() % broken.size()] = static_cast<char>(random());
      CHECK(unpack_hashes(broken, shingles).size() <= std::max(kSketchHashes, packed.size()));
    }
  }
  // Hashes that lie as no sample's do are stored, too.
  const Sketch far{96, std::vector<std::uint32_t>(96, 0xffffffffU)};
  CHECK(unpack_hashes(pack_hashes(far), 96) == far.hashes);
}

}  // namespace spalte
