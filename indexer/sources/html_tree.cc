// What is asked of gumbo, and what is kept from it?
#include "indexer/sources/html_tree.h"

#include "indexer/encoding.h"
#include "indexer/sources/byte_stream.h"
#include "indexer/sources/given.h"
#include "indexer/sources/html_content.h"
#include "indexer/sources/limits.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// Elements that HTML closes by itself, or that have no end: they do not nest.
constexpr std::array<std::string_view, 27> kNotNesting = {
    "p",   "li",  "dt",    "dd",   "tr",   "td",    "th",    "thead", "tbody", "tfoot", "option", "optgroup", "br", "hr",
    "img", "input", "meta", "link", "area", "base",  "col",   "embed", "source", "track", "wbr",   "rp",       "rt"};

/// How deep elements nest at most, by their tags alone: gumbo frees its tree by recursion, so this is asked before.
std::size_t deepest(std::string_view html) {
  std::size_t depth = 0, most = 0;
  for (std::size_t i = html.find('<'); i != std::string_view::npos; i = html.find('<', i + 1)) {
    std::string_view rest = html.substr(i + 1);
    const bool end = rest.starts_with('/');
    if (end) rest.remove_prefix(1);
    if (rest.starts_with("!--")) {
      const std::size_t close = html.find("-->", i);
      if (close == std::string_view::npos) break;
      i = close;
      continue;
    }
    std::size_t n = 0;
    while (n < rest.size() && n < 20 && ((rest[n] | 0x20) >= 'a' && (rest[n] | 0x20) <= 'z')) ++n;
    if (n == 0) continue;
    const std::string name = lowered(rest.substr(0, n));
    if (!end && (name == "script" || name == "style")) {
      const std::size_t close = std::min(html.find("</" + name, i), html.find("</" + std::string(name == "script" ? "SCRIPT" : "STYLE"), i));
      if (close == std::string_view::npos) break;
      i = close;
      continue;
    }
    if (std::find(kNotNesting.begin(), kNotNesting.end(), name) != kNotNesting.end()) continue;
    if (end) {
      depth -= depth > 0 ? 1U : 0U;
    } else {
      most = std::max(most, ++depth);
    }
  }
  return most;
}

/// charset=… of a <meta> in the page's head.
std::string declared_charset(std::string_view bytes) {
  const std::string head = lowered(bytes.substr(0, 4096));
  std::size_t at = head.find("charset=");
  if (at == std::string::npos) return {};
  at += 8;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
  return head.substr(at, std::min(head.find_first_of("\"' />;", at), head.size()) - at);
}

void append_text(const GumboNode* node, std::string& out) {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
      out += node->v.text.text;
      return;
    case GUMBO_NODE_ELEMENT:
      break;
    default:
      return;
  }
  const GumboTag tag = node->v.element.tag;
  if (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_NOSCRIPT) return;
  const bool apart = tag == GUMBO_TAG_BR || is_block(node);
  if (apart) out += ' ';
  for (const GumboNode* c : children(node)) append_text(c, out);
  if (apart) out += ' ';
}

}  // namespace

Result<HtmlTree> HtmlTree::parse(std::string_view bytes, std::string_view declared) {
  if (static_cast<std::int64_t>(bytes.size()) > limit::kHtmlBytes)
    return tl::unexpected<Error>(too_large("a page", static_cast<std::int64_t>(bytes.size()), limit::kHtmlBytes));
  std::string charset = declared_charset(bytes);
  if (charset.empty()) charset = declared;
  auto text = std::make_unique<std::string>(to_utf8(bytes, charset));
  if (const std::size_t deep = deepest(*text); deep > limit::kHtmlDepth)
    return fail(ErrorCode::bad_input,
                fmt::format("elements are nested {} deep, more than {}", deep, limit::kHtmlDepth), "");
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, text->data(), text->size());
  return HtmlTree(std::move(text), output);
}

bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT; }
bool is_element(const GumboNode* node, GumboTag tag) { return is_element(node) && node->v.element.tag == tag; }

std::vector<const GumboNode*> children(const GumboNode* node) {
  if (!is_element(node)) return {};
  const GumboVector& all = node->v.element.children;
  std::vector<const GumboNode*> out(all.length);
  for (unsigned i = 0; i < all.length; ++i) out[i] = static_cast<const GumboNode*>(all.data[i]);
  return out;
}

std::string_view attribute(const GumboNode* node, const char* name) {
  if (!is_element(node)) return {};
  const GumboAttribute* a = gumbo_get_attribute(&node->v.element.attributes, name);
  return a == nullptr ? std::string_view() : std::string_view(a->value);
}

std::string text_of(const GumboNode* node) {
  std::string out;
  append_text(node, out);
  return one_line(out);
}

std::string raw_text(const GumboNode* node) {
  std::string out;
  for (const GumboNode* c : children(node))
    if (c->type == GUMBO_NODE_TEXT || c->type == GUMBO_NODE_WHITESPACE || c->type == GUMBO_NODE_CDATA)
      out += c->v.text.text;
  return out;
}

const GumboNode* find(const GumboNode* node, GumboTag tag) {
  if (is_element(node, tag)) return node;
  for (const GumboNode* c : children(node))
    if (const GumboNode* found = find(c, tag)) return found;
  return nullptr;
}

Result<std::vector<HtmlBlock>> fragment_blocks(std::string_view html) {
  Result<HtmlTree> tree = HtmlTree::parse(html, "utf-8");
  if (!tree) return fail(std::move(tree));
  return blocks_below(tree->root());
}

}  // namespace spalte::indexer
