// Are places read as they were packed?
#include "schema/positions.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace spalte;

namespace {

/// A document of random words: gaps, several keys at one place, few or many distinct keys.
std::vector<Place> random_places(std::mt19937& random, std::vector<std::uint32_t>& keys) {
  const auto pick = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  std::vector<Place> out;
  keys.clear();
  for (std::uint32_t k = 1 + pick(random() % 4 == 0 ? 3000 : 40); k > 0; --k) keys.push_back(position_key("ord" + std::to_string(random())));
  std::uint32_t position = 1;
  for (std::uint32_t n = pick(600); n > 0; --n) {
    out.push_back({position, keys[pick(static_cast<std::uint32_t>(keys.size()))]});
    const std::uint32_t dice = pick(20);
    position += dice == 0 ? 0 : dice == 1 ? 2 : dice == 2 ? kParagraphGap : dice == 3 ? 2 * kParagraphGap + pick(50) : 1;
  }
  return out;
}

}  // namespace

TEST_CASE("every key's places are those that were packed, and no others") {
  std::mt19937 random(20261128);
  std::vector<std::uint32_t> keys;
  for (int round = 0; round < 300; ++round) {
    const std::vector<Place> places = random_places(random, keys);
    const std::string packed = pack_positions(places, round % 7 + 1U);
    std::vector<std::uint32_t> asked = {position_key("mangler")};
    for (int n = 0; n < 5; ++n) asked.push_back(keys[random() % keys.size()]);
    PositionReader reader(asked);
    for (int twice = 0; twice < 2; ++twice) {
      std::vector<Place> wanted;
      for (const Place& p : places)
        for (std::uint32_t k = 0; k < asked.size(); ++k)
          if (asked[k] == p.key) wanted.push_back({p.position, k});
      std::vector<Place> found = reader.places(packed);
      const auto order = [](const Place& a, const Place& b) {
        return a.position != b.position ? a.position < b.position : a.key < b.key;
      };
      CHECK(std::is_sorted(found.begin(), found.end(), [](const Place& a, const Place& b) { return a.position < b.position; }));
      std::sort(found.begin(), found.end(), order);
      std::sort(wanted.begin(), wanted.end(), order);
      REQUIRE(found == wanted);
      CHECK(reader.title_end() == round % 7 + 1U);
    }
  }
}

TEST_CASE("a word costs about two bytes and a half once and a byte each time") {
  std::vector<Place> places;
  for (std::uint32_t p = 1; p <= 400; ++p) places.push_back({p, position_key("ord" + std::to_string(p * p % 251))});
  CHECK(pack_positions(places, 1).size() < 800);
}

TEST_CASE("damaged values give something, at once") {
  std::mt19937 random(7);
  std::vector<std::uint32_t> keys;
  for (int round = 0; round < 2000; ++round) {
    std::string packed = pack_positions(random_places(random, keys), 3);
    for (int n = 0; n < 3 && !packed.empty(); ++n) packed[random() % packed.size()] = static_cast<char>(random());
    packed.resize(random() % (packed.size() + 1));
    PositionReader reader({keys[0], position_key("x")});
    CHECK(reader.places(packed).size() <= packed.size() * 8);
  }
}
