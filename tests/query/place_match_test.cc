// Do placements hold where a slow reading of the places says so?
#include "query/place_match.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace spalte;
using query::Placement;

namespace {

using Text = std::vector<std::pair<std::uint32_t, std::string>>;  ///< position, key; by position

/// Tries every choice of a place for each operand.
bool holds(const Text& text, const Placement& p, std::uint32_t title_end) {
  std::vector<std::uint32_t> chosen;
  const std::function<bool()> choose = [&] {
    if (chosen.size() == p.operands.size()) {
      const auto [low, high] = std::minmax_element(chosen.begin(), chosen.end());
      return *high - *low < p.window;
    }
    const std::vector<std::string>& keys = p.operands[chosen.size()];
    for (const auto& [position, key] : text) {
      if (p.title && position >= title_end) continue;
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) continue;
      if (std::find(chosen.begin(), chosen.end(), position) != chosen.end()) continue;
      if (p.ordered && !chosen.empty() && position < chosen.back()) continue;
      chosen.push_back(position);
      const bool found = choose();
      chosen.pop_back();
      if (found) return true;
    }
    return false;
  };
  return choose();
}

}  // namespace

TEST_CASE("in order, near each other and in the title: as a slow reading says") {
  std::mt19937 random(20261128);
  const auto pick = [&](std::size_t n) { return random() % n; };
  int held = 0;
  for (int round = 0; round < 4000; ++round) {
    Text text;
    std::vector<Place> places;
    std::uint32_t position = 1;
    for (std::size_t n = pick(25); n > 0; --n) {
      const std::string key(1, static_cast<char>('a' + pick(5)));
      if (!text.empty() && text.back() == std::pair(position, key)) continue;
      text.emplace_back(position, key);
      places.push_back({position, position_key(key)});
      position += pick(5) == 0 ? 0 : static_cast<std::uint32_t>(1 + pick(2));
    }
    Placement p;
    for (std::size_t n = 1 + pick(4); n > 0; --n) {
      std::vector<std::string>& keys = p.operands.emplace_back();
      for (std::size_t k = 1 + pick(2); k > 0; --k) keys.emplace_back(1, static_cast<char>('a' + pick(6)));
    }
    p.window = static_cast<std::uint32_t>(p.operands.size() + pick(4));
    p.ordered = pick(2) == 0;
    p.title = pick(4) == 0;
    const auto title_end = static_cast<std::uint32_t>(1 + pick(30));
    query::PlaceMatch match(p);
    const std::string packed = pack_positions(places, title_end);
    const bool wanted = holds(text, p, title_end);
    CHECK(match.in(packed) == wanted);
    CHECK(match.in(packed) == wanted);  // nothing is left over from the document before
    held += wanted ? 1 : 0;
  }
  CHECK(held > 500);
  CHECK(held < 3500);
}

TEST_CASE("one word asked for a hundred times near itself is refuted at once") {
  std::vector<Place> places;
  for (std::uint32_t i = 0; i < 200; ++i) places.push_back({1 + i * 20, position_key("ferge")});
  const std::string packed = pack_positions(places, 1);
  for (const std::size_t words : {50U, 60U, 100U, 400U}) {
    Placement p;
    p.operands.assign(words, {"ferge"});
    p.window = 1000;  // 50 of them
    p.ordered = false;
    query::PlaceMatch match(p);
    const std::clock_t begun = std::clock();
    CHECK(match.in(packed) == (words <= 50));
    CHECK(std::clock() - begun < CLOCKS_PER_SEC);  // it took hours
  }
}
