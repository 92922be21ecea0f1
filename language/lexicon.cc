// How is the lexicon mapped and asked?
#include "language/lexicon.h"

#include "language/lexicon_format.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::language {
namespace {

constexpr std::size_t kLongestEnding = 7;

const lex::Header& header_of(const char* map) { return *reinterpret_cast<const lex::Header*>(map); }

bool at_boundary(std::string_view s, std::size_t at) { return (static_cast<unsigned char>(s[at]) & 0xc0U) != 0x80U; }

}  // namespace

template <typename T>
const T* Lexicon::items(std::uint64_t offset) const {
  return reinterpret_cast<const T*>(map_ + offset);
}

Result<std::shared_ptr<const Lexicon>> Lexicon::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return fail(ErrorCode::bad_data, fmt::format("the lexicon {} cannot be read: {}", path, std::strerror(errno)),
                "build or install the program again");
  struct stat st {};
  void* map = MAP_FAILED;
  if (::fstat(descriptor, &st) == 0 && st.st_size >= static_cast<off_t>(sizeof(lex::Header)))
    map = ::mmap(nullptr, static_cast<std::size_t>(st.st_size), PROT_READ, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  if (map == MAP_FAILED)
    return fail(ErrorCode::bad_data, fmt::format("the lexicon {} is cut short", path),
                "build or install the program again");
  std::shared_ptr<Lexicon> lexicon(new Lexicon);
  lexicon->map_ = static_cast<const char*>(map);
  lexicon->size_ = static_cast<std::size_t>(st.st_size);
  if (Status sound = lexicon->check(path); !sound) return fail(std::move(sound));
  const lex::Header& h = header_of(lexicon->map_);
  lexicon->version_.assign(h.version, ::strnlen(h.version, sizeof(h.version)));
  return std::shared_ptr<const Lexicon>(std::move(lexicon));
}

Lexicon::~Lexicon() {
  if (map_ != nullptr) ::munmap(const_cast<char*>(map_), size_);
}

/// Sections must lie in the file; what they hold is checked where it is used, so that opening reads no pages.
Status Lexicon::check(const std::string& path) const {
  const lex::Header& h = header_of(map_);
  const auto damaged = [&] {
    return fail(ErrorCode::bad_data, fmt::format("{} is no lexicon of this program, or is damaged", path),
                "build or install the program again");
  };
  if (std::memcmp(h.magic, lex::kMagic, sizeof(h.magic)) != 0) return damaged();
  const std::pair<const lex::Section*, std::size_t> sections[] = {{&h.forms, lex::kFormSlotBytes},
                                                                  {&h.heads, sizeof(lex::HeadEntry)},
                                                                  {&h.pairs, sizeof(lex::FormEntry)},
                                                                  {&h.sets, sizeof(std::uint32_t)},
                                                                  {&h.keys, sizeof(lex::KeyEntry)},
                                                                  {&h.suffix_rules, sizeof(lex::SuffixRule)},
                                                                  {&h.inverse, sizeof(lex::FormsOfKey)},
                                                                  {&h.endings, sizeof(std::uint32_t)},
                                                                  {&h.strings, 1}};
  for (const auto& [section, bytes] : sections)
    if (section->offset > size_ || section->count > (size_ - section->offset) / bytes || section->count == 0 ||
        section->offset % 8 != 0)
      return damaged();
  if (map_[h.strings.offset + h.strings.count - 1] != '\0') return damaged();
  return {};
}

const void* Lexicon::find(std::string_view form) const {
  const lex::Header& h = header_of(map_);
  const std::uint64_t hash = lex::hash(form), check = lex::form_check(hash);
  const char* table = map_ + h.forms.offset;
  std::uint64_t at = lex::first_slot(hash, h.forms.count);
  for (std::uint64_t probes = 0; probes < h.forms.count; ++probes, at = at + 1 == h.forms.count ? 0 : at + 1) {
    std::uint64_t slot = 0;
    std::memcpy(&slot, table + at * lex::kFormSlotBytes, lex::kFormSlotBytes);
    if (slot == 0) return nullptr;
    if (slot >> lex::kFormBits != check) continue;
    const std::uint64_t number = (slot & ((1U << lex::kFormBits) - 1U)) - 1;
    return number < h.pairs.count ? items<lex::FormEntry>(h.pairs.offset) + number : nullptr;
  }
  return nullptr;
}

Lexicon::Keys Lexicon::decode(std::uint64_t set) const {
  Keys out;
  const lex::Header& h = header_of(map_);
  if (set == 0 || set >= h.sets.count) return out;
  const std::uint32_t* words = items<std::uint32_t>(h.sets.offset) + set;
  const std::size_t count = std::min<std::size_t>({words[0], out.list.size(), h.sets.count - set - 1});
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t ref = words[i + 1];
    if (ref >> lex::kRefShift >= h.keys.count) break;
    out.list[out.count++] = {ref >> lex::kRefShift, (ref & lex::kImprobable) != 0, (ref & lex::kTail) != 0};
  }
  return out;
}

Lexicon::Keys Lexicon::keys(std::string_view form, Standard standard) const {
  const auto* entry = static_cast<const lex::FormEntry*>(find(form));
  if (entry == nullptr) return {};
  // A form that only the other standard has counts in both.
  const std::uint32_t own = standard == Standard::nn ? entry->nn : entry->nb;
  return decode(own != 0 ? own : entry->nn + entry->nb);
}

Lexicon::Standards Lexicon::standards(std::string_view form) const {
  const auto* entry = static_cast<const lex::FormEntry*>(find(form));
  if (entry == nullptr) return {};
  const auto words = [this](std::uint32_t set) {
    const Keys keys = decode(set);
    return std::any_of(keys.begin(), keys.end(), [this](const LexiconKey& k) { return !name_only(k.number); });
  };
  return {words(entry->nb), words(entry->nn)};
}

std::string_view Lexicon::key_text(std::uint32_t number) const {
  const lex::Header& h = header_of(map_);
  const std::uint32_t text = items<lex::KeyEntry>(h.keys.offset)[number].text;
  return text < h.strings.count ? std::string_view(map_ + h.strings.offset + text) : std::string_view();
}

double Lexicon::key_frequency(std::uint32_t number) const {
  return items<lex::KeyEntry>(header_of(map_).keys.offset)[number].frequency / 256.0;
}
bool Lexicon::name_only(std::uint32_t number) const {
  return (items<lex::KeyEntry>(header_of(map_).keys.offset)[number].flags & lex::kNameOnly) != 0;
}
bool Lexicon::noun(std::uint32_t number) const {
  return (items<lex::KeyEntry>(header_of(map_).keys.offset)[number].flags & lex::kNoun) != 0;
}

std::optional<Lexicon::Head> Lexicon::head(std::string_view form) const {
  const lex::Header& h = header_of(map_);
  const std::uint64_t hash = lex::hash(form);
  const std::uint32_t check = static_cast<std::uint32_t>(hash) | 1U;
  const auto* table = items<lex::HeadEntry>(h.heads.offset);
  std::uint64_t at = lex::first_slot(hash, h.heads.count);
  for (std::uint64_t probes = 0; probes < h.heads.count && table[at].check != 0;
       ++probes, at = at + 1 == h.heads.count ? 0 : at + 1) {
    if (table[at].check != check) continue;
    Head out{table[at].key >> 1U, {}};
    if (out.key >= h.keys.count) return {};
    if (table[at].bokmaal != 0 && table[at].bokmaal < h.strings.count)
      out.bokmaal = map_ + h.strings.offset + table[at].bokmaal;
    return out;
  }
  return {};
}

std::optional<std::uint32_t> Lexicon::key_number(std::string_view text) const {
  const lex::Header& h = header_of(map_);
  for (std::uint32_t k = 0; k < h.keys.count; ++k)
    if (key_text(k) == text) return k;
  return {};
}

void Lexicon::visit_forms(const lex::FormsOfKey& row, const std::function<bool(std::string_view)>& stem_fits,
                          const std::function<void(const FormOfKey&)>& visit) const {
  const lex::Header& h = header_of(map_);
  const std::uint64_t number = row.endings, begin = row.stem, bytes = row.stem_bytes;
  if (number >= h.endings.count) return;
  const std::uint32_t endings = items<std::uint32_t>(h.endings.offset)[number];
  if (endings >= h.strings.count || begin + bytes >= h.strings.count) return;
  const std::string_view stem(map_ + h.strings.offset + begin, bytes);
  if (!stem_fits(stem)) return;
  FormOfKey form{{}, static_cast<std::uint32_t>(row.key), (row.standards & 1U) != 0, (row.standards & 2U) != 0};
  std::string text;
  for (std::string_view rest(map_ + h.strings.offset + endings);;) {
    const std::size_t end = rest.find(' ');
    text.assign(stem).append(rest.substr(0, end));
    form.text = text;
    visit(form);
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

void Lexicon::forms_of(std::uint32_t number, const std::function<void(const FormOfKey&)>& visit) const {
  const lex::Header& h = header_of(map_);
  const auto* first = items<lex::FormsOfKey>(h.inverse.offset);
  const auto* last = first + h.inverse.count;
  for (const auto *row = std::lower_bound(first, last, number,
                                          [](const lex::FormsOfKey&r, std::uint32_t wanted) { return r.key < wanted; });
       row != last && row->key == number; ++row)
    visit_forms(
        *row, [](std::string_view) { return true; }, visit);
}

void Lexicon::all_forms(const std::function<bool(std::string_view)>& stem_fits,
                        const std::function<void(const FormOfKey&)>& visit) const {
  const lex::Header& h = header_of(map_);
  const auto* rows = items<lex::FormsOfKey>(h.inverse.offset);
  for (std::uint64_t i = 0; i < h.inverse.count; ++i)
    if (rows[i].key < h.keys.count) visit_forms(rows[i], stem_fits, visit);
}

std::string Lexicon::key_by_ending(std::string_view word, Standard standard) const {
  const lex::Header& h = header_of(map_);
  const auto* table = items<lex::SuffixRule>(h.suffix_rules.offset);
  char buffer[1 + kLongestEnding];
  buffer[0] = standard == Standard::nn ? '1' : '0';
  for (std::size_t length = std::min(kLongestEnding, word.size() > 2 ? word.size() - 2 : 0); length > 0; --length) {
    if (!at_boundary(word, word.size() - length)) continue;
    std::memcpy(buffer + 1, word.data() + word.size() - length, length);
    const std::uint64_t hash = lex::hash(std::string_view(buffer, length + 1));
    const std::uint32_t check = static_cast<std::uint32_t>(hash) | 1U;
    std::uint64_t at = lex::first_slot(hash, h.suffix_rules.count);
    for (std::uint64_t probes = 0; probes < h.suffix_rules.count && table[at].check != 0;
         ++probes, at = at + 1 == h.suffix_rules.count ? 0 : at + 1) {
      if (table[at].check != check) continue;
      if (table[at].strip >= word.size() || table[at].add >= h.strings.count) return {};
      return std::string(word.substr(0, word.size() - table[at].strip)).append(map_ + h.strings.offset + table[at].add);
    }
  }
  return {};
}

}  // namespace spalte::language
