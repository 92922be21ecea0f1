// Which fields can be asked for? The one table from which index, parser, help and completion derive.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "schema/slots.h"
#include "schema/terms.h"

namespace spalte {

/// How a field's value is matched.
enum class FieldKind : std::uint8_t {
  words,   ///< keys of words, as in the text
  value,   ///< the whole value, case aside
  date,    ///< a day, a period or a range
  actor,   ///< a name, through the catalogue
  topic,   ///< a topic and those below it
  path,    ///< parts of the path
  id,      ///< exactly this article
  family,  ///< all versions of a story
  quote,   ///< words inside a quotation
  speaker, ///< who is quoted
  lang,    ///< nb, nn or other
  saved,   ///< a saved query
};

inline constexpr std::uint32_t kNoSlot = UINT32_MAX;

struct Field {
  std::string_view name;                      ///< as `to_string` writes it
  std::array<std::string_view, 3> aliases;    ///< Norwegian names, both standards; empty: none
  std::string_view prefix;                    ///< of its terms; empty: none of its own
  std::uint32_t slot = kNoSlot;               ///< of its value, for sorting and facets
  FieldKind kind = FieldKind::words;
  std::string_view summary;
  std::string_view example;                   ///< a whole query
};

inline constexpr std::array kFields = {
    Field{"title", {"tittel", "overskrift", ""}, prefix::kTitle, kNoSlot, FieldKind::words, "words of the title", "title:valg"},
    Field{"lead", {"ingress", "", ""}, prefix::kLead, kNoSlot, FieldKind::words, "words of the lead", "ingress:streik"},
    Field{"sub", {"mellomtittel", "subhead", ""}, prefix::kSubhead, kNoSlot, FieldKind::words, "words of subheads", "mellomtittel:bakgrunn"},
    Field{"body", {"brødtekst", "tekst", ""}, "", kNoSlot, FieldKind::words, "words anywhere in the text", "body:fiskeri"},
    Field{"quote", {"sitat", "", ""}, "", kNoSlot, FieldKind::quote, "words inside a quotation", "sitat:atomvåpen"},
    Field{"speaker", {"sitert", "", ""}, prefix::kSpeaker, kNoSlot, FieldKind::speaker, "who is quoted", "speaker:Tillerson"},
    Field{"actor", {"aktør", "", ""}, prefix::kName, slot::kNames, FieldKind::actor, "a person, organisation or place, however named", "aktør:Tillerson"},
    Field{"person", {"", "", ""}, prefix::kName, slot::kNames, FieldKind::actor, "a person", "person:\"Wang Yi\""},
    Field{"org", {"organisasjon", "organisation", ""}, prefix::kName, slot::kNames, FieldKind::actor, "an organisation", "org:Stortinget"},
    Field{"country", {"land", "", ""}, prefix::kName, slot::kNames, FieldKind::actor, "a country, region or town", "land:Kina"},
    Field{"place", {"sted", "stad", ""}, prefix::kName, slot::kNames, FieldKind::actor, "any place", "sted:Oslo"},
    Field{"topic", {"emne", "tema", ""}, prefix::kTopic, slot::kTopics, FieldKind::topic, "a topic and those below it", "emne:politikk"},
    Field{"source", {"kilde", "kjelde", "avis"}, prefix::kSource, slot::kSource, FieldKind::value, "the newspaper", "kilde:\"Dag og Tid\""},
    Field{"agency", {"byrå", "", ""}, prefix::kAgency, slot::kAgency, FieldKind::value, "the wire agency", "byrå:NTB"},
    Field{"byline", {"forfatter", "forfattar", "av"}, prefix::kByline, slot::kByline, FieldKind::value, "who wrote it", "av:\"Kari Nordmann\""},
    Field{"section", {"seksjon", "", ""}, prefix::kSection, slot::kSection, FieldKind::value, "the section", "seksjon:sport"},
    Field{"date", {"dato", "", ""}, "", slot::kPublished, FieldKind::date, "when it was published", "date:2017-03-01..2017-03-31"},
    Field{"modified", {"endret", "endra", ""}, "", slot::kModified, FieldKind::date, "when it was changed", "endret:2017"},
    Field{"added", {"indeksert", "indexed", ""}, "", slot::kAdded, FieldKind::date, "when it was indexed", "added:7d.."},
    Field{"lang", {"språk", "målform", "language"}, prefix::kLanguage, slot::kLanguage, FieldKind::lang, "nb, nn or other", "målform:nynorsk"},
    Field{"path", {"sti", "", ""}, prefix::kPath, kNoSlot, FieldKind::path, "folders and file name", "path:2011/mai"},
    Field{"id", {"", "", ""}, prefix::kId, slot::kSortId, FieldKind::id, "one article", "id:3k7w2m9q0xhf"},
    Field{"family", {"familie", "", ""}, prefix::kFamily, kNoSlot, FieldKind::family, "all versions of a story", "family:3k7w2m9q0xhf"},
    Field{"urn", {"", "", ""}, prefix::kUrn, kNoSlot, FieldKind::value, "the library's number of a scan", "urn:\"URN:NBN:no-nb_digavis_fjordposten_null_null_19200101_12_1_1\""},
    Field{"issue", {"utgave", "utgåve", ""}, prefix::kIssue, kNoSlot, FieldKind::value, "the printed newspaper's number", "utgave:61"},
    Field{"page", {"side", "", ""}, prefix::kPage, kNoSlot, FieldKind::value, "the page it begins on in print", "side:1"},
    Field{"confidence", {"sikkerhet", "sikkerheit", ""}, prefix::kConfidence, kNoSlot, FieldKind::value, "words of a scan recognised with at least so many percent, in steps of 5", "confidence:90"},
    Field{"dup", {"duplikat", "", ""}, prefix::kDuplicate, slot::kDuplicate, FieldKind::value, "near-duplicates of a group", "dup:3k7w2m9q0xhf"},
    Field{"query", {"søk", "", ""}, "", kNoSlot, FieldKind::saved, "a saved query", "query:valget"},
};

constexpr bool field_names_are_unique() {
  for (std::size_t i = 0; i < kFields.size(); ++i)
    for (std::size_t j = 0; j < kFields.size(); ++j) {
      if (i != j && kFields[i].name == kFields[j].name) return false;
      for (std::string_view alias : kFields[j].aliases) {
        if (!alias.empty() && alias == kFields[i].name) return false;
        for (std::string_view other : kFields[i].aliases)
          if (i != j && !alias.empty() && alias == other) return false;
      }
    }
  return true;
}
static_assert(field_names_are_unique());

/// By name or alias, lower case; nullptr: there is none.
constexpr const Field* find_field(std::string_view name) {
  for (const Field& f : kFields) {
    if (f.name == name) return &f;
    for (std::string_view alias : f.aliases)
      if (!alias.empty() && alias == name) return &f;
  }
  return nullptr;
}

}  // namespace spalte
