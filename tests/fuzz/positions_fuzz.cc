// Is there a damaged value of positions that is read beyond its end, or one that is not read as it was packed? The first
// byte says how many keys are asked for; they follow, three bytes each; the rest is the value.
#include "schema/positions.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace spalte;
  if (size == 0) return 0;
  std::vector<std::uint32_t> keys;
  const std::size_t asked = std::min<std::size_t>(data[0] % 16, (size - 1) / 3);
  for (std::size_t i = 0; i < asked; ++i)
    keys.push_back((data[1 + i * 3] | data[2 + i * 3] << 8U | data[3 + i * 3] << 16U) & 0x3fffffU);
  PositionReader reader(keys);
  std::vector<Place> places =
      reader.places(std::string_view(reinterpret_cast<const char*>(data), size).substr(1 + asked * 3));
  for (Place& p : places) {
    if (p.key >= keys.size() || p.position == 0) std::abort();
    p.key = keys[p.key];
  }
  // Two keys asked for may be one, and one key stand twice at a place.
  const auto order = [](const Place& a, const Place& b) {
    return a.position != b.position ? a.position < b.position : a.key < b.key;
  };
  std::stable_sort(places.begin(), places.end(), order);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  constexpr std::uint32_t kFar = 1'000'000;  // packing writes an item for each hundred positions
  if (places.empty() || places.back().position > kFar) return 0;
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  PositionReader again(keys);
  std::vector<Place> read = again.places(pack_positions(places, reader.title_end()));
  for (Place& p : read) p.key = keys[p.key];
  if (read != places || again.title_end() != reader.title_end()) std::abort();
  return 0;
}
