// Where does each field stand in an item of RSS and in an entry of Atom?
#include "indexer/sources/feed.h"

#include "indexer/sources/given.h"
#include "indexer/sources/html_tree.h"
#include "indexer/sources/xml.h"

namespace spalte::indexer {
namespace {

/// The text of the first child of one of the names that has any.
std::string first_text(const pugi::xml_node& node, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names)
    for (const pugi::xml_node& c : children(node, name))
      if (std::string text = text_of(c); !text.empty()) return text;
  return {};
}

/// The raw value, in which HTML stands escaped or as CDATA.
std::string raw(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& c : node.children())
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) out += c.value();
  return out;
}

void add_content(const pugi::xml_node& node, ParagraphRole role, ArticleText& text) {
  if (!node) return;
  if (attribute(node, "type") == "xhtml") {
    add_blocks(node, text);
  } else if (Result<std::vector<HtmlBlock>> blocks = fragment_blocks(raw(node))) {
    for (const HtmlBlock& b : *blocks) text.add(b.heading ? ParagraphRole::subhead : role, b.text);
  }
}

std::string link_of(const pugi::xml_node& item) {
  std::string link;
  for (const pugi::xml_node& l : children(item, "link")) {
    const std::string href = attribute(l, "href"), rel = attribute(l, "rel");
    if (!href.empty() && (rel.empty() || rel == "alternate")) return href;
    if (href.empty() && link.empty()) link = text_of(l);
  }
  return link;
}

/// A child in the default namespace or of that prefixed name: media:title is no title.
pugi::xml_node plain(const pugi::xml_node& item, const char* name) { return item.child(name); }

Article article_of(const pugi::xml_node& item, const std::string& source, const std::string& lang,
                   const Reading& reading) {
  Article a;
  a.path = reading.file.path;
  a.source = source;
  a.lang = lang;
  a.url = link_of(item);
  const pugi::xml_node guid = child(item, "guid");
  std::string id = text_of(guid ? guid : child(item, "id"));
  if (a.url.empty() && id.starts_with("http") && attribute(guid, "isPermaLink") != "false") a.url = id;
  if (id.empty()) id = a.url;
  // Guids may be numbers that other feeds use too.
  if (!id.empty()) a.id = short_id("feed\n" + source + "\n" + id);
  if (!a.url.empty()) a.family = short_id(url_key(a.url));
  ArticleText text(a);
  if (Result<std::vector<HtmlBlock>> title = fragment_blocks(raw(plain(item, "title")))) {
    std::string all;
    for (const HtmlBlock& b : *title) all += (all.empty() ? "" : " ") + b.text;
    text.add(ParagraphRole::title, all);
  }
  const pugi::xml_node encoded = child(item, "encoded");
  const pugi::xml_node content = encoded ? encoded : plain(item, "content");
  const pugi::xml_node summary = plain(item, "description") ? plain(item, "description") : plain(item, "summary");
  add_content(summary, ParagraphRole::lead, text);
  add_content(content, ParagraphRole::body, text);
  set_date(a.published, first_text(item, {"pubDate", "published", "issued", "date"}), reading.sink);
  set_date(a.modified, first_text(item, {"updated", "modified"}), reading.sink);
  if (a.published.empty()) a.published = a.modified;
  for (const pugi::xml_node& author : children(item, "author")) {
    const std::string name = first_text(author, {"name"});
    add_byline(a, name.empty() ? text_of(author) : name);
  }
  for (const pugi::xml_node& creator : children(item, "creator")) add_byline(a, text_of(creator));
  for (const pugi::xml_node& category : children(item, "category")) {
    std::string name = attribute(category, "label");
    if (name.empty()) name = attribute(category, "term");
    if (name.empty()) name = text_of(category);
    add_topic(a, name);
  }
  return a;
}

}  // namespace

bool recognises_feed(const SourceFile&, std::string_view head) {
  const std::string root = root_name(head);
  return root == "rss" || root == "feed" || (root == "rdf" && head.find("purl.org/rss/1.0") != std::string_view::npos);
}

Status read_feed(const Reading& reading) {
  pugi::xml_document document;
  if (Status parsed = parse_xml(reading.bytes, document); !parsed) return parsed;
  const pugi::xml_node root = document.document_element();
  const pugi::xml_node channel = child(root, "channel") ? child(root, "channel") : root;
  const std::string source = text_of(child(channel, "title"));
  std::string lang = language_of(first_text(channel, {"language"}));
  if (lang.empty()) lang = language_of(attribute(root, "xml:lang"));
  std::vector<pugi::xml_node> items = children(channel, "item");
  if (items.empty()) items = children(root, "item");
  if (items.empty()) items = children(root, "entry");
  if (items.empty()) reading.sink.skipped("feed without items");
  std::size_t number = 0;
  for (const pugi::xml_node& item : items)
    if (!hand_on(reading, article_of(item, source, lang, reading), ++number)) break;
  return {};
}

}  // namespace spalte::indexer
