// How do ICU's names and the table of demonyms become look-ups?
#include "annotate/gazetteer.h"

#include "annotate/demonyms.h"

#include <algorithm>
#include <cstring>

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace spalte::annotate {
namespace {

template <typename Visit>
void split(std::string_view list, char separator, Visit&& visit) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(separator), list.size());
    if (end > 0) visit(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

std::string icu_name(const char* code, const char* language) {
  icu::UnicodeString name;
  icu::Locale("", code).getDisplayCountry(icu::Locale(language), name);
  std::string out;
  name.toUTF8String(out);
  return out;
}

using Endings = std::span<const std::string_view>;
constexpr std::string_view kStrong[] = {"er", "eren", "ere", "erne", "ar", "aren", "arar", "arane", "erane"};
constexpr std::string_view kWeak[] = {"e", "en", "er", "ene", "ar", "ane"};
constexpr std::string_view kPlain[] = {"", "en", "er", "ene", "erne", "ar", "ane"};
constexpr std::string_view kMann[] = {"mann",   "mannen",  "menn",    "mennene", "kvinne",
                                      "kvinna", "kvinnen", "kvinner", "kvinnene"};
constexpr std::string_view kOnly[] = {""};

Endings endings(char pattern) {
  switch (pattern) {
    case '+':
      return kStrong;
    case '~':
      return kWeak;
    case '=':
      return kPlain;
    case '!':
      return kMann;
    default:
      return kOnly;
  }
}

/// The first four bytes, hashed to a number below 2^16.
std::size_t beginning(std::string_view word) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, word.data(), std::min(word.size(), sizeof(bytes)));
  return bytes * 0x9e3779b1U >> 16U;
}

}  // namespace

const Gazetteer& Gazetteer::instance() {
  static const Gazetteer gazetteer;
  return gazetteer;
}

Gazetteer::Gazetteer() {
  std::unordered_map<std::string, CountryId> by_code;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    const auto id = static_cast<CountryId>(countries_.size());
    countries_.push_back({icu_name(*code, "nb")});
    names_.emplace(countries_.back().name, id);
    names_.emplace(icu_name(*code, "nn"), id);
    by_code.emplace(*code, id);
  }
  for (const CountryRow& row : country_rows()) {
    const auto known = by_code.find(std::string(row.code));
    const CountryId id = known != by_code.end() ? known->second : static_cast<CountryId>(countries_.size());
    if (known == by_code.end()) countries_.emplace_back();
    split(row.names, '|', [&](std::string_view name) {
      if (name.front() == '=') {
        name.remove_prefix(1);
        countries_[id].name = name;
      }
      names_.insert_or_assign(std::string(name), id);
    });
    add_demonyms(row, id);
  }
  for (const CountryRow& row : shared_demonyms()) add_demonyms(row, kSeveralCountries);
  for (const auto& [form, id] : demonyms_) demonym_beginnings_.set(beginning(form));
}

void Gazetteer::add_demonyms(const CountryRow& row, CountryId id) {
  const auto add = [&](std::string_view stem, std::string_view ending, bool genitive) {
    std::string form(stem);
    form += ending;
    if (genitive && !form.ends_with('s')) demonyms_.try_emplace(form + 's', id);
    demonyms_.try_emplace(std::move(form), id);
  };
  split(row.adjectives, ' ', [&](std::string_view stem) {
    add(stem, "", false);
    add(stem, "e", false);
  });
  split(row.people, ' ', [&](std::string_view entry) {
    const std::string_view stem = entry.substr(0, entry.size() - 1);
    for (const std::string_view ending : endings(entry.back())) add(stem, ending, true);
  });
}

CountryId Gazetteer::country(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? kNoCountry : found->second;
}

CountryId Gazetteer::demonym(std::string_view lower) const {
  if (!demonym_beginnings_[beginning(lower)]) return kNoCountry;
  const auto found = demonyms_.find(lower);
  return found == demonyms_.end() ? kNoCountry : found->second;
}

}  // namespace spalte::annotate
