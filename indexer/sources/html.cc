// Which of metadata and content is believed?
#include "indexer/sources/html.h"

#include "indexer/sources/given.h"
#include "indexer/sources/html_content.h"
#include "indexer/sources/html_metadata.h"
#include "indexer/sources/limits.h"

#include <algorithm>

namespace spalte::indexer {
namespace {

/// A page that does not call itself an article is one from so much text on; from half of that where it has a headline
/// and paragraphs of whole sentences.
constexpr std::size_t kEnoughText = 300, kEnoughSentences = 3;

bool reads_as_article(const PageContent& content) {
  if (content.characters() >= kEnoughText) return true;
  const auto sentences = std::count_if(content.blocks.begin(), content.blocks.end(), [](const HtmlBlock& b) {
    return !b.heading && (b.text.ends_with('.') || b.text.ends_with('!') || b.text.ends_with('?'));
  });
  return !content.title.empty() && content.characters() >= kEnoughText / 2 &&
         static_cast<std::size_t>(sentences) >= kEnoughSentences;
}

std::string host_of(std::string_view url) {
  std::string key = url_key(url);
  return key.substr(0, key.find('/'));
}

void add_keywords(const std::vector<std::string>& keywords, Article& a) {
  for (std::string_view list : keywords)
    while (!list.empty()) {
      const std::size_t end = list.find_first_of(",;");
      add_topic(a, list.substr(0, end));
      list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
}

/// Paragraphs of JSON-LD's articleBody, which is plain text or HTML.
std::vector<HtmlBlock> body_blocks(const std::string& body) {
  if (body.find('<') != std::string::npos)
    if (Result<std::vector<HtmlBlock>> blocks = fragment_blocks(body)) return std::move(*blocks);
  std::vector<HtmlBlock> out;
  for (std::string_view rest = body; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    if (std::string line = one_line(rest.substr(0, end)); !line.empty()) out.push_back({std::move(line), false});
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

}  // namespace

Result<std::optional<Article>> article_of_page(std::string_view bytes, std::string_view charset, std::string_view url,
                                               ArticleSink& sink) {
  Result<HtmlTree> tree = HtmlTree::parse(bytes, charset);
  if (!tree) return fail(std::move(tree));
  PageMetadata m = page_metadata(tree->root());
  PageContent content = extract_content(tree->root(), m.title, m.description);
  if (m.body.size() * 7 > content.characters() * 10) content.blocks = body_blocks(m.body);
  if (content.blocks.empty() && content.lead.empty() && m.article) content.lead = one_line(m.description);
  if (!m.article && !reads_as_article(content)) return std::optional<Article>();
  Article a;
  ArticleText text(a);
  // The headline on the page is what its readers saw; the metadata's may be made for other sites.
  const bool own_title = !content.title.empty() && lowered(content.title) != lowered(one_line(m.publisher));
  text.add(ParagraphRole::title, own_title ? content.title : one_line(m.title));
  text.add(ParagraphRole::lead, content.lead);
  for (const HtmlBlock& b : content.blocks) text.add(b.heading ? ParagraphRole::subhead : ParagraphRole::body, b.text);
  if (a.paragraphs.empty()) return std::optional<Article>();
  a.url = one_line(m.url.find("://") == std::string::npos ? url : std::string_view(m.url));
  if (!a.url.empty()) a.family = short_id(url_key(a.url));
  a.source = one_line(m.publisher);
  if (a.source.empty()) a.source = host_of(a.url);
  a.section = one_line(m.section);
  a.lang = language_of(m.language);
  if (m.authors.empty()) m.authors.push_back(content.byline);
  for (const std::string& author : m.authors) add_byline(a, author);
  add_keywords(m.keywords, a);
  set_date(a.published, m.published.empty() ? content.published : m.published, sink);
  set_date(a.modified, m.modified, sink);
  return std::optional(std::move(a));
}

bool recognises_html(const SourceFile& file, std::string_view head) {
  const std::string start = lowered(head.substr(0, std::min<std::size_t>(head.size(), 1024)));
  if (start.find("<!doctype html") != std::string::npos || start.find("<html") != std::string::npos) return true;
  const std::string kind = file_kind(file.relative);
  return (kind == ".html" || kind == ".htm" || kind == ".xhtml") && head.find('\0') == std::string_view::npos;
}

Status read_html(const Reading& reading) {
  Result<std::string> bytes = reading.bytes.rest(limit::kHtmlBytes);
  if (!bytes) return fail(std::move(bytes));
  Result<std::optional<Article>> article = article_of_page(*bytes, "", "", reading.sink);
  if (!article) return fail(std::move(article));
  if (!*article) {
    reading.sink.skipped("page without article");
    return {};
  }
  (*article)->path = reading.file.path;
  hand_on(reading, std::move(**article), 0);
  return {};
}

}  // namespace spalte::indexer
