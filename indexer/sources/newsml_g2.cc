// Where does each field stand in a newsItem?
#include "indexer/sources/newsml_g2.h"

#include "indexer/sources/given.h"
#include "indexer/sources/nitf.h"
#include "indexer/sources/xml.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// A name in Norwegian where there are several languages, else the first; the literal or qcode where there is none.
std::string name_of(const pugi::xml_node& node) {
  std::string first;
  for (const pugi::xml_node& name : children(node, "name")) {
    const std::string text = text_of(name), lang = attribute(name, "xml:lang");
    if (lang.starts_with("n")) return text;
    if (first.empty()) first = text;
  }
  if (first.empty()) first = text_of(child(node, "definition"));
  return first.empty() ? attribute(node, "literal") : first;
}

std::string code_of(const pugi::xml_node& node) {
  const std::string qcode = attribute(node, "qcode");
  return qcode.empty() ? attribute(node, "uri") : qcode;
}

/// "wd:Q123" on the node itself or as sameAs below it.
std::string given_wikidata(const pugi::xml_node& node) {
  std::string id = wikidata_of(code_of(node));
  for (const pugi::xml_node& same : children(node, "sameAs"))
    if (id.empty()) id = wikidata_of(code_of(same));
  return id;
}

/// "cpnat:person" and its like; nothing: a topic.
std::optional<ActorKind> kind_of(const pugi::xml_node& subject) {
  std::string type = attribute(subject, "type");
  if (type.empty()) type = attribute(subject, "typeuri");
  type = lowered(type.substr(type.find_last_of(":/") == std::string::npos ? 0 : type.find_last_of(":/") + 1));
  if (type == "person") return ActorKind::person;
  if (type == "organisation" || type == "organization") return ActorKind::org;
  if (type == "geoarea" || type == "place" || type == "city" || type == "country") return ActorKind::gpe;
  if (type == "poi") return ActorKind::loc;
  return {};
}

void add_subject(const pugi::xml_node& subject, Article& a) {
  const std::string name = name_of(subject), code = code_of(subject);
  if (const auto kind = kind_of(subject)) {
    const pugi::xml_node role = child(subject, "related");
    add_actor(a, name, *kind, given_wikidata(subject), role ? name_of(role) : "");
    return;
  }
  if (code.starts_with("medtop:")) add_topic(a, code);
  const std::size_t medtop = code.find("/mediatopic/");
  if (medtop != std::string::npos) add_topic(a, "medtop:" + code.substr(medtop + 12));
  add_topic(a, name.empty() ? code : name);
}

void fill_content(const pugi::xml_node& item, Article& a, ArticleSink& sink) {
  const pugi::xml_node set = child(item, "contentSet");
  for (const pugi::xml_node& inline_xml : children(set, "inlineXML")) {
    if (const pugi::xml_node nitf = child(inline_xml, "nitf")) {
      fill_from_nitf(nitf, a, sink);
    } else {
      const pugi::xml_node html = child(inline_xml, "html");
      ArticleText text(a);
      add_blocks(html ? child(html, "body") : inline_xml, text);
    }
    if (a.lang.empty()) a.lang = language_of(attribute(inline_xml, "xml:lang"));
  }
  for (const pugi::xml_node& data : children(set, "inlineData")) {
    ArticleText text(a);
    std::string_view rest = data.child_value();
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      text.add(ParagraphRole::body, one_line(rest.substr(0, end)));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
}

Article article_of(const pugi::xml_node& item, const Reading& reading) {
  Article a;
  a.path = reading.file.path;
  const pugi::xml_node item_meta = child(item, "itemMeta"), content = child(item, "contentMeta");
  const std::string guid = attribute(item, "guid");
  a.family = guid;
  a.version = std::max(1U, item.attribute("version").as_uint(1));
  if (!guid.empty()) a.id = own_id(reading.file, a.version == 1 ? guid : fmt::format("{}@{}", guid, a.version));
  const std::string status = code_of(child(item_meta, "pubStatus"));
  a.withdrawn = status.ends_with("canceled") || status.ends_with("cancelled") || status.ends_with("withheld");
  set_date(a.embargo, text_of(child(item_meta, "embargoed")), reading.sink);
  set_date(a.modified, text_of(child(item_meta, "versionCreated")), reading.sink);
  set_date(a.published, text_of(child(item_meta, "firstCreated")), reading.sink);
  if (a.published.empty()) set_date(a.published, text_of(child(content, "contentCreated")), reading.sink);
  if (a.published.empty()) a.published = a.modified;
  a.agency = name_of(child(item_meta, "provider"));
  if (a.agency.empty()) a.agency = attribute(child(item_meta, "provider"), "literal");
  if (const std::string code = code_of(child(item_meta, "provider")); a.agency.empty() && !code.empty())
    a.agency = code.substr(code.find(':') == std::string::npos ? 0 : code.find(':') + 1);
  a.source = name_of(child(content, "infoSource"));
  if (a.source.empty()) a.source = a.agency;
  a.lang = language_of(attribute(child(content, "language"), "tag"));
  for (const pugi::xml_node& link : children(item_meta, "link"))
    if (attribute(link, "rel").ends_with("canonical")) a.url = attribute(link, "href");
  std::string headline;
  for (const pugi::xml_node& h : children(content, "headline"))
    if (headline.empty() || attribute(h, "role").ends_with("main")) headline = text_of(h);
  ArticleText(a).add(ParagraphRole::title, headline);
  for (const pugi::xml_node& by : children(content, "by")) add_byline(a, text_of(by));
  if (a.byline.empty())
    for (const pugi::xml_node& creator : children(content, "creator")) add_byline(a, name_of(creator));
  for (const pugi::xml_node& subject : children(content, "subject")) add_subject(subject, a);
  for (const pugi::xml_node& keyword : children(content, "keyword")) add_topic(a, text_of(keyword));
  for (const pugi::xml_node& slug : children(content, "slugline")) add_topic(a, text_of(slug));
  for (const pugi::xml_node& place : children(content, "located"))
    add_actor(a, name_of(place), ActorKind::gpe, given_wikidata(place), "");
  for (const pugi::xml_node& genre : children(content, "genre"))
    if (a.section.empty()) a.section = name_of(genre);
  for (const pugi::xml_node& d : children(content, "description"))
    if (attribute(d, "role").ends_with("summary") || attribute(d, "role").ends_with("lead"))
      ArticleText(a).add(ParagraphRole::lead, text_of(d));
  fill_content(item, a, reading.sink);
  return a;
}

bool is_text(const pugi::xml_node& item) {
  const std::string item_class = code_of(at(item, "itemMeta/itemClass"));
  return item_class.empty() || item_class.ends_with("text") || item_class.ends_with("composite");
}

}  // namespace

bool recognises_newsml_g2(const SourceFile&, std::string_view head) {
  const std::string root = root_name(head);
  return root == "newsmessage" || root == "newsitem" || root == "packageitem";
}

Status read_newsml_g2(const Reading& reading) {
  pugi::xml_document document;
  if (Status parsed = parse_xml(reading.bytes, document); !parsed) return parsed;
  const pugi::xml_node root = document.document_element();
  std::vector<pugi::xml_node> items = children(child(root, "itemSet"), "newsItem");
  if (local_name(root) == "newsItem") items.push_back(root);
  std::size_t number = 0, passed = 0;
  for (const pugi::xml_node& item : items) {
    ++number;
    if (!is_text(item)) {
      ++passed;
    } else if (!hand_on(reading, article_of(item, reading), items.size() > 1 ? number : 0)) {
      return {};
    }
  }
  if (passed == items.size()) reading.sink.skipped("NewsML-G2 without text");
  return {};
}

}  // namespace spalte::indexer
