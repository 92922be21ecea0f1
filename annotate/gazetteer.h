// Which words name a country, or the people and things of one?
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::annotate {

struct CountryRow;

/// A row of the table of countries: ICU gives the names, aliases and demonyms come from the table in demonyms.cc.
struct Country {
  std::string name;  ///< bokmål, as a newspaper writes it: the name of the actor
};

using CountryId = std::uint16_t;
inline constexpr CountryId kNoCountry = UINT16_MAX;
/// A demonym that belongs to no one state (koreansk: the peninsula).
inline constexpr CountryId kSeveralCountries = UINT16_MAX - 1;

/// Names of countries in both standards (from ICU, regional codes of two letters), their aliases, and demonyms.
/// Immutable after the first use; thread-safe.
class Gazetteer {
 public:
  static const Gazetteer& instance();

  /// By a name or alias as written in either standard ("Noreg", "De forente stater", "Sør-Korea"), without genitive s.
  /// kNoCountry for anything else.
  CountryId country(std::string_view name) const;
  bool is_country(std::string_view name) const { return country(name) != kNoCountry; }
  const std::string& country_name(CountryId id) const { return countries_[id].name; }
  std::size_t size() const { return countries_.size(); }

  /// By a lower-case word without hyphens, any inflection of either standard, genitive s allowed: "kinesisk",
  /// "kineserne", "kinesarane" → Kina; kSeveralCountries; kNoCountry for what is no demonym.
  CountryId demonym(std::string_view lower) const;

 private:
  /// Look-ups by string_view without a copy.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using Names = std::unordered_map<std::string, CountryId, Hash, std::equal_to<>>;

  Gazetteer();
  void add_demonyms(const CountryRow& row, CountryId id);

  std::vector<Country> countries_;
  Names names_;
  Names demonyms_;
  /// How demonyms begin, hashed: nearly all words are told from them without a look-up.
  std::bitset<1U << 16U> demonym_beginnings_;
};

}  // namespace spalte::annotate
