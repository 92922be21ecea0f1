// In which of the places that a page has for it does each field stand?
#include "indexer/sources/html_metadata.h"

#include "indexer/sources/given.h"
#include "indexer/sources/json.h"

#include <algorithm>
#include <array>

namespace spalte::indexer {
namespace {

using Json = nlohmann::json;

void set(std::string& into, std::string_view value) {
  if (into.empty()) into = value;
}

/// A string, or the "name" of an object, or of the first in a list.
std::string name_in(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object()) return string_at(value, "name");
  if (value.is_array() && !value.empty()) return name_in(value.front());
  return {};
}

void names_in(const Json& value, std::vector<std::string>& out) {
  if (value.is_array()) {
    for (const Json& one : value) names_in(one, out);
  } else if (std::string name = name_in(value); !name.empty()) {
    out.push_back(std::move(name));
  }
}

bool is_article(const Json& node) {
  std::vector<std::string> types;
  if (const auto type = node.find("@type"); type != node.end()) names_in(*type, types);
  return std::any_of(types.begin(), types.end(), [](const std::string& t) {
    return t.ends_with("Article") || t == "Report" || t == "BlogPosting" || t == "LiveBlogPosting" ||
           t == "http://schema.org/NewsArticle";
  });
}

/// The article in JSON-LD: the thing itself, one of a list, one of @graph, or what a page is about.
const Json* article_in(const Json& node, int depth) {
  if (depth > 4) return nullptr;
  if (node.is_array()) {
    for (const Json& one : node)
      if (const Json* found = article_in(one, depth + 1)) return found;
    return nullptr;
  }
  if (!node.is_object()) return nullptr;
  if (is_article(node)) return &node;
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"})
    if (const auto inner = node.find(key); inner != node.end())
      if (const Json* found = article_in(*inner, depth + 1)) return found;
  return nullptr;
}

void from_json_ld(const GumboNode* root, PageMetadata& m) {
  each_element(root, [&](const GumboNode* n) {
    if (!is_element(n, GUMBO_TAG_SCRIPT) || lowered(attribute(n, "type")).find("ld+json") == std::string::npos)
      return true;
    const Json json = parse_json_or_null(raw_text(n));
    const Json* a = article_in(json, 0);
    if (a == nullptr || m.article) return true;
    m.article = true;
    set(m.title, string_at(*a, "headline"));
    set(m.title, string_at(*a, "name"));
    set(m.description, string_at(*a, "description"));
    set(m.body, string_at(*a, "articleBody"));
    set(m.published, string_at(*a, "datePublished"));
    set(m.modified, string_at(*a, "dateModified"));
    set(m.language, string_at(*a, "inLanguage"));
    if (const auto p = a->find("publisher"); p != a->end()) set(m.publisher, name_in(*p));
    if (const auto s = a->find("articleSection"); s != a->end()) set(m.section, name_in(*s));
    if (const auto au = a->find("author"); au != a->end()) names_in(*au, m.authors);
    if (const auto k = a->find("keywords"); k != a->end()) {
      if (k->is_string()) {
        m.keywords.push_back(k->get<std::string>());
      } else {
        names_in(*k, m.keywords);
      }
    }
    set(m.url, string_at(*a, "url"));
    if (const auto page = a->find("mainEntityOfPage"); page != a->end())
      set(m.url, page->is_object() ? string_at(*page, "@id") : name_in(*page));
    return true;
  });
}

struct MetaName {
  std::string_view name;  // of property, name or itemprop, lower case
  std::string PageMetadata::*field;
};

/// In order of trust within each field.
constexpr std::array kMetaNames = {
    MetaName{"og:title", &PageMetadata::title},
    MetaName{"twitter:title", &PageMetadata::title},
    MetaName{"headline", &PageMetadata::title},
    MetaName{"dc.title", &PageMetadata::title},
    MetaName{"og:description", &PageMetadata::description},
    MetaName{"description", &PageMetadata::description},
    MetaName{"article:published_time", &PageMetadata::published},
    MetaName{"datepublished", &PageMetadata::published},
    MetaName{"dc.date", &PageMetadata::published},
    MetaName{"dc.date.issued", &PageMetadata::published},
    MetaName{"dcterms.created", &PageMetadata::published},
    MetaName{"cxenseparse:recs:publishtime", &PageMetadata::published},
    MetaName{"date", &PageMetadata::published},
    MetaName{"pubdate", &PageMetadata::published},
    MetaName{"article:modified_time", &PageMetadata::modified},
    MetaName{"datemodified", &PageMetadata::modified},
    MetaName{"last-modified", &PageMetadata::modified},
    MetaName{"og:site_name", &PageMetadata::publisher},
    MetaName{"dc.publisher", &PageMetadata::publisher},
    MetaName{"application-name", &PageMetadata::publisher},
    MetaName{"article:section", &PageMetadata::section},
    MetaName{"section", &PageMetadata::section},
    MetaName{"og:url", &PageMetadata::url},
    MetaName{"dc.language", &PageMetadata::language},
};

void from_meta(const GumboNode* root, PageMetadata& m) {
  struct Found {
    std::string name, content;
  };
  std::vector<Found> all;
  std::string title, canonical;
  each_element(root, [&](const GumboNode* n) {
    if (is_element(n, GUMBO_TAG_META)) {
      for (const char* key : {"property", "name", "itemprop", "http-equiv"})
        if (const auto name = attribute(n, key); !name.empty())
          all.push_back({lowered(name), std::string(attribute(n, "content"))});
    } else if (is_element(n, GUMBO_TAG_TITLE) && title.empty()) {
      title = text_of(n);
    } else if (is_element(n, GUMBO_TAG_LINK) && lowered(attribute(n, "rel")) == "canonical") {
      canonical = attribute(n, "href");
    } else if (is_element(n, GUMBO_TAG_HTML)) {
      set(m.language, attribute(n, "lang"));
    }
    return !is_element(n, GUMBO_TAG_BODY);
  });
  // The canonical address outweighs all others.
  if (canonical.find("://") != std::string::npos) m.url = canonical;
  const bool has_authors = !m.authors.empty(), has_keywords = !m.keywords.empty();
  for (const MetaName& known : kMetaNames)
    for (const Found& f : all)
      if (f.name == known.name && !f.content.empty()) set(m.*(known.field), f.content);
  for (const Found& f : all) {
    if (f.name == "og:type" && f.content == "article") m.article = true;
    const bool address = f.content.find("://") != std::string::npos;
    if (!has_authors && !address && (f.name == "author" || f.name == "article:author" || f.name == "dc.creator"))
      m.authors.push_back(f.content);
    if (!has_keywords && (f.name == "keywords" || f.name == "article:tag" || f.name == "news_keywords"))
      m.keywords.push_back(f.content);
  }
  if (!m.title.empty() || title.empty()) return;
  // "Ferga står – Havnebladet": the site's name goes, where it is the known one or what follows the last mark is short.
  for (std::string_view mark : {" | ", " – ", " — ", " - ", " :: "}) {
    const std::size_t at = title.rfind(mark);
    if (at == std::string::npos) continue;
    const std::string site = title.substr(at + mark.size());
    if (m.publisher.empty() ? site.size() <= 30 && site.size() * 2 < at : lowered(site) == lowered(m.publisher)) {
      set(m.publisher, site);
      title.erase(at);
      break;
    }
  }
  m.title = title;
}

}  // namespace

PageMetadata page_metadata(const GumboNode* root) {
  PageMetadata m;
  from_json_ld(root, m);
  from_meta(root, m);
  return m;
}

}  // namespace spalte::indexer
