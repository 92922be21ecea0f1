// Where do the names of countries come from? ICU has them in both standards.
#include "annotate/gazetteer.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace spalte::annotate {

const Gazetteer& Gazetteer::instance() {
  static const Gazetteer gazetteer;
  return gazetteer;
}

Gazetteer::Gazetteer() {
  const icu::Locale nb("nb"), nn("nn");
  const auto name_in = [](const icu::Locale& country, const icu::Locale& language) {
    icu::UnicodeString name;
    country.getDisplayCountry(language, name);
    std::string out;
    name.toUTF8String(out);
    return out;
  };
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    const auto id = static_cast<CountryId>(countries_.size());
    countries_.push_back({name_in(country, nb)});
    names_.emplace(countries_.back().name, id);
    names_.emplace(name_in(country, nn), id);
  }
}

CountryId Gazetteer::country(std::string_view name) const {
  const auto found = names_.find(std::string(name));
  return found == names_.end() ? kNoCountry : found->second;
}

CountryId Gazetteer::demonym(std::string_view lower) const {
  const auto found = demonyms_.find(std::string(lower));
  return found == demonyms_.end() ? kNoCountry : found->second;
}

}  // namespace spalte::annotate
