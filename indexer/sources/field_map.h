// Which column or JSON value is which field of an article? A map that the user gives, or one that is guessed from names.
#pragma once

#include "indexer/sources/source.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::indexer {

enum class MapField : std::uint8_t {
  id, family, version, title, lead, text, source, agency, byline, section, url, date, modified, embargo, lang, topics,
  persons, organisations, places, urn, issue, page, confidence
};

/// A field's name in a map file, and the names under which it is looked for where there is no map (lower case, the
/// likeliest first).
struct MapFieldRow {
  MapField field;
  std::string_view name;
  std::string_view guesses;  ///< separated by blanks
};
std::span<const MapFieldRow> map_fields();

/// From fields to columns or JSON pointers ("/meta/date"; without a slash: a member of the object).
struct FieldMap {
  std::map<MapField, std::vector<std::string>> places;
  std::map<MapField, std::string> constants;  ///< the same for every article
  char delimiter = '\0';                      ///< of CSV; 0: guessed
  /// "title = headline, text = body": in the order of map_fields().
  std::string to_string() const;
  bool has_text() const { return places.contains(MapField::text) || places.contains(MapField::title); }
};

/// Errors: usage, with line and what is wrong (an unknown field names those there are).
Result<FieldMap> read_field_map(const std::string& path);
/// By the names that a first row has: the first guess of each field that is there.
FieldMap guess_field_map(const std::vector<std::string>& names);

/// Do a field's values name actors? They may end in a Wikidata id: "Kari Nordmann (Q42)".
constexpr bool names_actors(MapField field) {
  return field == MapField::persons || field == MapField::organisations || field == MapField::places;
}

/// Puts one value of a row into the article. `text` collects what becomes the text, in order title, lead, text.
struct MappedText {
  std::string title, lead;
  std::vector<std::string> body;  ///< each plain text with line breaks, or HTML
};
void set_field(MapField field, std::string_view value, const SourceFile& file, Article& article, MappedText& text,
               ArticleSink& sink);
/// Title, lead and paragraphs of what was collected.
void add_mapped_text(const MappedText& text, Article& article);

}  // namespace spalte::indexer
