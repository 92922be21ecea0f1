// Where does each field stand in ninjs 1.x, 2.x and 3.x?
#include "indexer/sources/ninjs.h"

#include "indexer/encoding.h"
#include "indexer/sources/given.h"
#include "indexer/sources/html_tree.h"
#include "indexer/sources/json.h"
#include "indexer/sources/plain_text.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

using Json = nlohmann::json;

/// The first of the members, case aside; nullptr: none is there.
const Json* member(const Json& object, std::initializer_list<std::string_view> names) {
  if (!object.is_object()) return nullptr;
  for (std::string_view name : names)
    for (const auto& [key, value] : object.items())
      if (lowered(key) == name && !value.is_null()) return &value;
  return nullptr;
}

std::string text_at(const Json& object, std::initializer_list<std::string_view> names) {
  const Json* value = member(object, names);
  return value == nullptr ? std::string() : as_text(*value);
}

/// Each object of a list; a single value counts as a list of one.
template <typename Each>
void each_of(const Json* list, const Each& each) {
  if (list == nullptr) return;
  if (list->is_array()) {
    for (const Json& one : *list) each(one);
  } else {
    each(*list);
  }
}

std::string name_of(const Json& thing) { return thing.is_string() ? as_text(thing) : text_at(thing, {"name", "title", "literal"}); }

/// An id of Wikidata in any of the places that a thing has for codes.
std::string wikidata_in(const Json& thing) {
  std::string found;
  for (std::string_view key : {"uri", "code", "literal", "contacturi"})
    if (found.empty()) found = wikidata_of(text_at(thing, {key}));
  each_of(member(thing, {"sameas", "altids"}), [&](const Json& same) {
    if (found.empty()) found = wikidata_of(same.is_string() ? as_text(same) : text_at(same, {"uri", "value", "code"}));
  });
  return found;
}

void add_actors(const Json& item, std::initializer_list<std::string_view> names, ActorKind kind, Article& a) {
  each_of(member(item, names), [&](const Json& thing) {
    add_actor(a, name_of(thing), kind, wikidata_in(thing), text_at(thing, {"role", "jobtitle"}));
  });
}

void add_subject(const Json& subject, Article& a) {
  const std::string code = text_at(subject, {"code", "qcode"}), uri = text_at(subject, {"uri"});
  const std::string scheme = lowered(text_at(subject, {"scheme"}));
  if (code.starts_with("medtop:")) {
    add_topic(a, code);
  } else if (!code.empty() && (scheme.find("medtop") != std::string::npos || scheme.find("mediatopic") != std::string::npos)) {
    add_topic(a, "medtop:" + code);
  } else if (const std::size_t at = uri.find("/mediatopic/"); at != std::string::npos) {
    add_topic(a, "medtop:" + uri.substr(at + 12));
  }
  add_topic(a, name_of(subject));
}

/// "headlines": [{"role": "main", "value": …}]: the one of that role, else the first without one.
std::string of_role(const Json& item, std::string_view list, std::string_view role) {
  std::string found, first;
  each_of(member(item, {list}), [&](const Json& one) {
    const std::string value = one.is_string() ? as_text(one) : text_at(one, {"value"});
    const std::string r = lowered(text_at(one, {"role"}));
    if (found.empty() && r.ends_with(role)) found = value;
    if (first.empty()) first = value;
  });
  return found.empty() ? first : found;
}

void add_html(std::string_view html, ArticleText& text, ParagraphRole role) {
  Result<std::vector<HtmlBlock>> blocks = fragment_blocks(html);
  if (!blocks) return;
  for (const HtmlBlock& b : *blocks) text.add(b.heading ? ParagraphRole::subhead : role, b.text);
}

void add_body(const Json& item, ArticleText& text) {
  std::string html = text_at(item, {"body_html", "body_xhtml"}), plain = text_at(item, {"body_text"});
  each_of(member(item, {"bodies"}), [&](const Json& body) {
    const std::string type = lowered(text_at(body, {"contenttype"})), value = text_at(body, {"value"});
    std::string& into = type.find("html") != std::string::npos || value.find("</p>") != std::string::npos ? html : plain;
    if (into.empty()) into = value;
  });
  if (!html.empty()) {
    add_html(html, text, ParagraphRole::body);
  } else {
    add_plain_paragraphs(clean_text(plain), text);
  }
}

}  // namespace

bool is_ninjs(const Json& object) {
  return member(object, {"uri"}) != nullptr &&
         member(object, {"versioncreated", "pubstatus", "body_html", "body_text", "bodies", "headlines", "firstcreated"}) !=
             nullptr;
}

Article ninjs_article(const Json& item, const Reading& reading) {
  Article a;
  a.path = reading.file.path;
  const std::string uri = text_at(item, {"uri"});
  const std::string version = text_at(item, {"version"});
  std::uint32_t number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  a.version = std::max(1U, number);
  a.family = one_line(uri);
  if (!uri.empty()) a.id = own_id(reading.file, a.version == 1 ? uri : fmt::format("{}@{}", uri, a.version));
  const std::string status = lowered(text_at(item, {"pubstatus"}));
  a.withdrawn = status.ends_with("canceled") || status.ends_with("cancelled") || status.ends_with("withheld");
  set_date(a.modified, text_at(item, {"versioncreated"}), reading.sink);
  set_date(a.published, text_at(item, {"firstcreated", "contentcreated", "firstpublished"}), reading.sink);
  if (a.published.empty()) a.published = a.modified;
  set_date(a.embargo, text_at(item, {"embargoed", "embargo"}), reading.sink);

  ArticleText text(a);
  std::string headline = text_at(item, {"headline"});
  if (headline.empty()) headline = of_role(item, "headlines", "main");
  if (headline.empty()) headline = text_at(item, {"title"});
  text.add(ParagraphRole::title, one_line(headline));
  std::string lead = text_at(item, {"description_html", "description_text"});
  if (lead.empty()) lead = of_role(item, "descriptions", "summary");
  if (lead.empty()) lead = text_at(item, {"abstract"});
  add_html(lead, text, ParagraphRole::lead);
  add_body(item, text);

  add_byline(a, text_at(item, {"byline", "by"}));
  each_of(member(item, {"authors"}), [&](const Json& author) { add_byline(a, name_of(author)); });
  a.lang = language_of(text_at(item, {"language"}));
  each_of(member(item, {"infosources", "infosource"}), [&](const Json& s) {
    if (a.source.empty()) a.source = one_line(name_of(s));
  });
  if (a.source.empty()) a.source = one_line(text_at(item, {"source", "copyrightholder", "usageterms_holder"}));
  a.agency = one_line(text_at(item, {"provider", "copyrightholder", "source"}));
  if (a.agency.empty()) a.agency = a.source;
  each_of(member(item, {"service", "services", "genre", "genres"}), [&](const Json& s) {
    if (a.section.empty()) a.section = one_line(name_of(s));
  });
  each_of(member(item, {"subject", "subjects"}), [&](const Json& s) { add_subject(s, a); });
  each_of(member(item, {"keywords", "keyword"}), [&](const Json& k) { add_topic(a, name_of(k)); });
  add_topic(a, text_at(item, {"slugline", "slug"}));
  add_actors(item, {"people", "person", "persons"}, ActorKind::person, a);
  add_actors(item, {"organisations", "organisation", "organizations"}, ActorKind::org, a);
  add_actors(item, {"places", "place"}, ActorKind::gpe, a);
  if (const Json* located = member(item, {"located"})) add_actor(a, name_of(*located), ActorKind::gpe, wikidata_in(*located), "");
  if (a.url.empty() && uri.starts_with("http")) a.url = one_line(uri);
  return a;
}

}  // namespace spalte::indexer
