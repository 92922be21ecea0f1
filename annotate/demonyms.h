// What are the people and things of a country called? The declared table behind the gazetteer.
#pragma once

#include <span>
#include <string_view>

namespace spalte::annotate {

/// One country. Lists are separated by blanks; names of several words are separated by '|'.
struct CountryRow {
  std::string_view
      code;  ///< ISO 3166 (ICU gives the name in both standards); or "-": no ISO code, `names` has them all
  /// Other names. The first one is what newspapers write where it begins with '=': it replaces ICU's.
  std::string_view names;
  /// Adjectives in their short form, both standards: "kinesisk" stands for kinesiske as well.
  std::string_view adjectives;
  /// People, as a stem and the way it is inflected:
  ///   kines+     kineser, -en, -e, -ne and nynorsk kinesar, -en, -ar, -ane
  ///   brit~      brite, -n, -r, -ne and nynorsk britar, -ane
  ///   polakk=    polakk, -en, -er, -ene, -erne and nynorsk -ar, -ane
  ///   fransk!    franskmann, -mannen, -menn, -mennene, -kvinne, -kvinnen, -kvinna, -kvinner, -kvinnene
  ///   finnen.    this form alone
  std::string_view people;
};

/// Written for this project; grammars and the usage of newspapers in both standards. States that are gone are in it:
/// archives are full of them. Forms that are common words of another meaning (finner, danser, ester) are left out.
std::span<const CountryRow> country_rows();

/// Demonyms that belong to no one state: the peninsula, the two Congos.
std::span<const CountryRow> shared_demonyms();

}  // namespace spalte::annotate
