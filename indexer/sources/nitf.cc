// Where does each field stand in NITF?
#include "indexer/sources/nitf.h"

#include "indexer/sources/given.h"
#include "indexer/sources/xml.h"

#include <charconv>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

std::string meta(const pugi::xml_node& head, std::string_view name) {
  for (const pugi::xml_node& m : children(head, "meta"))
    if (lowered(m.attribute("name").value()) == name) return attribute(m, "content");
  return {};
}

/// The number at the end of "NTBabc_02", cut off `family`; nothing: there is none.
std::optional<std::uint32_t> cut_version(std::string& family) {
  const std::size_t dash = family.find_last_of('_');
  if (dash == std::string::npos || dash + 1 == family.size()) return {};
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(family.data() + dash + 1, family.data() + family.size(), version);
  if (error != std::errc() || end != family.data() + family.size()) return {};
  family.erase(dash);
  return version;
}

void set_identity(const pugi::xml_node& docdata, const pugi::xml_node& head, Article& a) {
  const std::string id = attribute(child(docdata, "doc-id"), "id-string");
  if (!a.id.empty()) return;
  a.id = id;
  a.family = id;
  const unsigned key_version = child(docdata, "du-key").attribute("version").as_uint(0);
  if (const auto updates = cut_version(a.family); updates && id.starts_with("NTB")) {
    a.version = *updates + 1;
  } else {
    a.family = id;
    if (key_version > 0) {
      a.version = key_version;
      if (!id.empty() && key_version > 1) a.id += fmt::format("@{}", key_version);
    }
  }
  if (const std::string ntb = meta(head, "ntbid"); a.id.empty() && !ntb.empty()) {
    a.family = ntb;
    a.version = std::max(1U, key_version);
    a.id = fmt::format("{}@{}", ntb, a.version);
  }
}

/// medtop codes and names are topics; person: and organisation: are actors; NTB's old eight-digit codes keep their names.
void add_subject(const pugi::xml_node& subject, Article& a) {
  const std::string refnum = attribute(subject, "tobject.subject.refnum");
  std::string name, wikidata = wikidata_of(refnum);
  for (const char* key : {"tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"})
    if (name.empty()) name = attribute(subject, key);
  for (const pugi::xml_attribute& other : subject.attributes())
    if (wikidata.empty()) wikidata = wikidata_of(other.value());
  const std::string scheme = lowered(refnum.substr(0, refnum.find(':')));
  if (scheme == "person" || scheme == "organisation" || scheme == "organization" || scheme == "place") {
    const ActorKind kind = scheme == "person" ? ActorKind::person : scheme == "place" ? ActorKind::gpe : ActorKind::org;
    if (name.empty() && wikidata.empty()) name = refnum.substr(refnum.find(':') + 1);
    add_actor(a, name, kind, wikidata, "");
    return;
  }
  if (scheme == "medtop") add_topic(a, refnum);
  add_topic(a, name);
}

}  // namespace

void fill_from_nitf(const pugi::xml_node& nitf, Article& a, ArticleSink& sink) {
  const pugi::xml_node head = child(nitf, "head"), docdata = child(head, "docdata"), body = child(nitf, "body");
  const pugi::xml_node top = child(body, "body.head"), content = child(body, "body.content");
  set_identity(docdata, head, a);
  const std::string status = lowered(attribute(docdata, "management-status"));
  if (status == "canceled" || status == "cancelled" || status == "withheld" || status == "retracted")
    a.withdrawn = true;

  std::string title = text_of(at(top, "hedline/hl1"));
  if (title.empty()) title = text_of(child(head, "title"));
  ArticleText text(a);
  if (a.title().empty()) text.add(ParagraphRole::title, title);
  if (const pugi::xml_node hl2 = at(top, "hedline/hl2")) text.add(ParagraphRole::subhead, text_of(hl2));
  const pugi::xml_node abstract = child(top, "abstract");
  if (abstract) text.add(ParagraphRole::lead, text_of(abstract));
  add_blocks(content, text);

  if (a.published.empty()) {
    for (const std::string& value :
         {attribute(child(docdata, "date.issue"), "norm"), attribute(child(head, "pubdata"), "date.publication"),
          meta(head, "timestamp"), meta(head, "ntb-dato"), meta(head, "ntbutdato"), text_of(at(top, "dateline/story.date"))})
      if (a.published.empty()) set_date(a.published, value, sink);
  }
  if (a.embargo.empty()) set_date(a.embargo, attribute(child(docdata, "date.release"), "norm"), sink);

  // NTB's own multi-service files say whose release it is; the distributor is the agency (NPK: nynorsk).
  const std::string distributor = text_of(at(top, "distributor/org"));
  std::string agency = distributor;
  if (agency.empty()) agency = text_of(child(top, "distributor"));
  if (agency.empty()) agency = attribute(child(docdata, "doc-id"), "regsrc");
  if (a.agency.empty()) a.agency = agency;
  if (a.source.empty()) a.source = meta(head, "ntbkilde");
  if (a.source.empty()) a.source = a.agency;
  if (a.lang.empty()) a.lang = language_of(attribute(nitf, "baselang"));
  if (a.lang.empty()) a.lang = language_of(attribute(nitf, "xml:lang"));
  if (a.lang.empty() && agency == "NPK") a.lang = "nn";
  const pugi::xml_node tobject = child(head, "tobject");
  if (a.section.empty()) a.section = attribute(tobject, "tobject.type");
  if (a.section.empty()) a.section = meta(head, "ntbstoffgruppe");
  if (a.section.empty()) a.section = meta(head, "ntbtjeneste");
  for (const pugi::xml_node& subject : children(tobject, "tobject.subject")) add_subject(subject, a);
  for (const pugi::xml_node& list : {child(docdata, "key-list"), child(head, "key-list")})
    for (const pugi::xml_node& keyword : children(list, "keyword")) add_topic(a, attribute(keyword, "key"));
  add_topic(a, meta(head, "ntbstikkord"));
  for (const pugi::xml_node& byline : children(top, "byline")) {
    const pugi::xml_node person = child(byline, "person");
    add_byline(a, text_of(person ? person : byline));
  }
  for (const pugi::xml_node& place : children(docdata, "evloc"))
    for (const char* key : {"city", "county-dist", "state-prov"})
      if (const std::string name = attribute(place, key); !name.empty() && name != "Global") {
        add_actor(a, name, ActorKind::gpe, "", "");
        break;
      }
  const pugi::xml_node dateline = child(top, "dateline");
  add_actor(a, text_of(child(dateline, "location") ? child(dateline, "location") : dateline), ActorKind::gpe, "", "");
}

bool recognises_nitf(const SourceFile&, std::string_view head) { return root_name(head) == "nitf"; }

Status read_nitf(const Reading& reading) {
  pugi::xml_document document;
  if (Status parsed = parse_xml(reading.bytes, document); !parsed) return parsed;
  Article a;
  a.path = reading.file.path;
  fill_from_nitf(child(document, "nitf"), a, reading.sink);
  hand_on(reading, std::move(a), 0);
  return {};
}

}  // namespace spalte::indexer
