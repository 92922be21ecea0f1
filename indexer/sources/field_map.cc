// Which names do people give to the fields of articles?
#include "indexer/sources/field_map.h"

#include "indexer/encoding.h"
#include "indexer/sources/given.h"
#include "indexer/sources/html_tree.h"
#include "indexer/sources/plain_text.h"
#include "schema/date.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace spalte::indexer {
namespace {

constexpr MapFieldRow kFields[] = {
    {MapField::id, "id", "id _id guid uuid article_id articleid doc_id docid"},
    {MapField::family, "family", "family family_id familie"},
    {MapField::version, "version", "version versjon"},
    {MapField::title, "title", "title headline tittel overskrift heading"},
    {MapField::lead, "lead", "lead ingress preamble standfirst description summary abstract excerpt"},
    {MapField::text, "text",
     "text body body_html body_text content html article articlebody bodytext fulltext full_text maintext main_text "
     "tekst brødtekst brodtekst innhold"},
    {MapField::source, "source", "source kilde kjelde newspaper avis publication publisher site domain"},
    {MapField::agency, "agency", "agency byrå byraa"},
    {MapField::byline, "byline", "author authors byline forfatter forfattar journalist creator"},
    {MapField::section, "section", "section seksjon category kategori"},
    {MapField::url, "url", "url link lenke lenkje canonical_url uri"},
    {MapField::date, "date",
     "date published dato publisert date_published datepublished published_at publish_date publication_date pubdate "
     "firstcreated created created_at timestamp"},
    {MapField::modified, "modified", "modified updated endret endra date_modified datemodified updated_at last_modified"},
    {MapField::embargo, "embargo", "embargo embargoed sperrefrist"},
    {MapField::lang, "lang", "lang language språk sprak målform"},
    {MapField::topics, "topics", "topics topic emne emner tags keywords stikkord subjects"},
    {MapField::persons, "persons", "persons people personer"},
    {MapField::organisations, "organisations", "organisations organizations organisasjoner"},
    {MapField::places, "places", "places steder stader"},
    {MapField::urn, "urn", "urn"},
    {MapField::issue, "issue", "issue utgave"},
    {MapField::page, "page", "page side"},
    {MapField::confidence, "confidence", "confidence ocr_confidence"},
};

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = list.find(' ');
    if (end != 0) out.emplace_back(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return out;
}

const MapFieldRow* row_named(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kFields), std::end(kFields), [&](const MapFieldRow& r) { return r.name == name; });
  return found == std::end(kFields) ? nullptr : &*found;
}

/// Seconds or milliseconds since 1970, as databases export them.
std::optional<std::string> epoch_date(std::string_view value) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
  if (error != std::errc() || end != value.data() + value.size()) return {};
  if (value.size() == 13) n /= 1000;
  if (value.size() != 13 && value.size() != 10 && value.size() != 9) return {};
  return local_time(n).substr(0, 16);
}

void date(std::string& into, std::string_view value, ArticleSink& sink) {
  const std::string text = one_line(value);
  if (auto iso = epoch_date(text)) {
    into = *iso;
  } else {
    set_date(into, text, sink);
  }
}

template <typename Each>
void each_part(std::string_view list, const Each& each) {
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(",;|\n");
    each(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
}

/// "Kari Nordmann (Q42)": the name, and the Wikidata id that may stand behind it.
void add_named(Article& a, std::string_view value, ActorKind kind) {
  const std::string text = one_line(value);
  const std::size_t open = text.rfind('(');
  const bool ends = open != std::string::npos && open > 0 && text.back() == ')';
  const std::string inside = ends ? " " + text.substr(open + 1, text.size() - open - 2) : "";
  const std::string wikidata = wikidata_of(inside);
  add_actor(a, wikidata.empty() ? text : text.substr(0, open), kind, wikidata, "");
}

Error map_error(const std::string& path, std::string what, std::string hint) {
  return {ErrorCode::usage, fmt::format("{}: {}", path, what), std::move(hint)};
}

}  // namespace

std::span<const MapFieldRow> map_fields() { return kFields; }

std::string FieldMap::to_string() const {
  std::string out;
  for (const MapFieldRow& row : kFields) {
    const auto place = places.find(row.field);
    const auto constant = constants.find(row.field);
    if (place == places.end() && constant == constants.end()) continue;
    out += fmt::format("{}{} = ", out.empty() ? "" : ", ", row.name);
    if (place != places.end()) {
      for (std::size_t i = 0; i < place->second.size(); ++i) out += (i > 0 ? " + " : "") + place->second[i];
    } else {
      out += fmt::format("\"{}\"", constant->second);
    }
  }
  return out.empty() ? "nothing known" : out;
}

Result<FieldMap> read_field_map(const std::string& path) {
  FieldMap map;
  std::string names;
  for (const MapFieldRow& row : kFields) names += (names.empty() ? "" : ", ") + std::string(row.name);
  try {
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      if (const toml::table* inner = value.as_table()) {
        for (const auto& [inner_key, inner_value] : *inner) {
          const MapFieldRow* row = row_named(inner_key.str());
          const auto text = inner_value.value<std::string>();
          if (name == "csv" && inner_key.str() == "delimiter" && text && text->size() == 1) {
            map.delimiter = (*text)[0];
          } else if (name == "constant" && row != nullptr && text) {
            map.constants[row->field] = *text;
          } else {
            return tl::unexpected<Error>(
                map_error(path, fmt::format("[{}] {} is not understood", name, inner_key.str()),
                          fmt::format("[constant] holds FIELD = \"value\", [csv] delimiter = \";\"; fields: {}", names)));
          }
        }
        continue;
      }
      const MapFieldRow* row = row_named(name);
      if (row == nullptr)
        return tl::unexpected<Error>(
            map_error(path, fmt::format("there is no field `{}`", name), fmt::format("fields: {}", names)));
      if (const auto one = value.value<std::string>()) map.places[row->field].push_back(*one);
      if (const toml::array* list = value.as_array())
        for (const auto& one : *list)
          if (const auto text = one.value<std::string>()) map.places[row->field].push_back(*text);
      if (map.places[row->field].empty())
        return tl::unexpected<Error>(map_error(path, fmt::format("`{}` names no column or JSON pointer", name),
                                               "write FIELD = \"column\" or FIELD = [\"/a/pointer\", \"another\"]"));
    }
  } catch (const toml::parse_error& e) {
    return tl::unexpected<Error>(
        map_error(path, fmt::format("line {}: {}", e.source().begin.line, e.description()),
                  "a map is TOML: FIELD = \"column or /json/pointer\", a line each"));
  }
  if (!map.has_text())
    return tl::unexpected<Error>(map_error(path, "maps neither text nor title", "add text = \"…\""));
  return map;
}

FieldMap guess_field_map(const std::vector<std::string>& names) {
  FieldMap map;
  std::vector<bool> taken(names.size());
  for (const MapFieldRow& row : kFields)
    for (const std::string& guess : words(row.guesses)) {
      const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& n) { return lowered(n) == guess; });
      if (found == names.end() || taken[static_cast<std::size_t>(found - names.begin())]) continue;
      taken[static_cast<std::size_t>(found - names.begin())] = true;
      map.places[row.field].push_back(*found);
      break;
    }
  return map;
}

void set_field(MapField field, std::string_view value, const SourceFile& file, Article& a, MappedText& text,
               ArticleSink& sink) {
  const auto append = [&](std::string& into) { into += (into.empty() ? "" : " ") + one_line(value); };
  switch (field) {
    case MapField::id:
      a.id = own_id(file, value);
      break;
    case MapField::family:
      a.family = one_line(value);
      break;
    case MapField::version: {
      const std::string v = one_line(value);
      std::uint32_t n = 0;
      const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), n);
      if (error == std::errc() && end == v.data() + v.size() && n > 0) {
        a.version = n;
      } else {
        sink.warn(fmt::format("the version `{}` is no number and was left out", v));
      }
      break;
    }
    case MapField::title:
      append(text.title);
      break;
    case MapField::lead:
      append(text.lead);
      break;
    case MapField::text:
      text.body.emplace_back(value);
      break;
    case MapField::source:
      append(a.source);
      break;
    case MapField::agency:
      append(a.agency);
      break;
    case MapField::byline:
      each_part(value, [&](std::string_view one) { add_byline(a, one); });
      break;
    case MapField::section:
      append(a.section);
      break;
    case MapField::url:
      a.url = one_line(value);
      break;
    case MapField::date:
      date(a.published, value, sink);
      break;
    case MapField::modified:
      date(a.modified, value, sink);
      break;
    case MapField::embargo:
      date(a.embargo, value, sink);
      break;
    case MapField::lang:
      a.lang = language_of(value);
      break;
    case MapField::topics:
      each_part(value, [&](std::string_view one) { add_topic(a, one); });
      break;
    case MapField::persons:
      each_part(value, [&](std::string_view one) { add_named(a, one, ActorKind::person); });
      break;
    case MapField::organisations:
      each_part(value, [&](std::string_view one) { add_named(a, one, ActorKind::org); });
      break;
    case MapField::places:
      each_part(value, [&](std::string_view one) { add_named(a, one, ActorKind::gpe); });
      break;
    case MapField::urn:
      append(a.print.urn);
      break;
    case MapField::issue:
      append(a.print.issue);
      break;
    case MapField::page:
      append(a.print.page);
      break;
    case MapField::confidence: {
      // 0.93 and 93 both mean 93 %
      const double c = std::strtod(one_line(value).c_str(), nullptr);
      if (c > 0 && c <= 100) a.print.confidence = static_cast<int>(std::lround(c <= 1 ? c * 100 : c));
      break;
    }
  }
}

void add_mapped_text(const MappedText& mapped, Article& a) {
  ArticleText text(a);
  text.add(ParagraphRole::title, mapped.title);
  if (const std::string lead = mapped.lead; lead.find('<') == std::string::npos) {
    text.add(ParagraphRole::lead, lead);
  } else if (Result<std::vector<HtmlBlock>> blocks = fragment_blocks(lead)) {
    for (const HtmlBlock& b : *blocks) text.add(ParagraphRole::lead, b.text);
  }
  for (const std::string& body : mapped.body) {
    const bool html = body.find("</") != std::string::npos || body.find("<p") != std::string::npos ||
                      body.find("<br") != std::string::npos;
    Result<std::vector<HtmlBlock>> blocks = html ? fragment_blocks(body) : fail(ErrorCode::failed, "");
    if (html && blocks) {
      for (const HtmlBlock& b : *blocks) text.add(b.heading ? ParagraphRole::subhead : ParagraphRole::body, b.text);
    } else {
      add_plain_paragraphs(clean_text(body), text);
    }
  }
}

}  // namespace spalte::indexer
