// How are names counted without waiting for memory?
#include "query/name_table.h"

namespace spalte::query {

void NameTable::add(const std::vector<NameCount>& article) {
  // Tables of hundreds of thousands of names lie outside the caches. Each round asks for what the next one needs.
  for (const NameCount& n : article) __builtin_prefetch(&slots_[home(n.name)]);
  for (const NameCount& n : article)
    if (const std::uint32_t place = slots_[home(n.name)]; place != kFree) __builtin_prefetch(&all_[place], 1);
  for (const NameCount& n : article) {
    NameTally& t = at(n.name);
    (n.mentions > 0 || n.given ? t.articles : t.derived_only) += 1;
    t.mentions += n.mentions;
  }
}

NameTally& NameTable::at(NameId name) {
  std::size_t slot = home(name);
  while (slots_[slot] != kFree && all_[slots_[slot]].name != name) slot = (slot + 1) & (slots_.size() - 1);
  if (slots_[slot] != kFree) return all_[slots_[slot]];
  slots_[slot] = static_cast<std::uint32_t>(all_.size());
  all_.push_back({name});
  if (all_.size() * 2 > slots_.size()) grow();
  return all_.back();
}

void NameTable::grow() {
  slots_.assign(slots_.size() * 4, kFree);
  for (std::uint32_t place = 0; place < all_.size(); ++place) {
    std::size_t slot = home(all_[place].name);
    while (slots_[slot] != kFree) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = place;
  }
}

}  // namespace spalte::query
