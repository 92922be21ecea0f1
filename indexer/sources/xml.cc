// Which elements part words, which part paragraphs, and which are no text?
#include "indexer/sources/xml.h"

#include "indexer/encoding.h"
#include "indexer/sources/given.h"
#include "indexer/sources/limits.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 24> kBlocks = {
    "p",  "hl2", "h1", "h2", "h3", "h4", "h5",      "h6",    "li", "blockquote", "div",  "td",
    "th", "tr",  "dt", "dd", "bq", "pre", "section", "table", "ul", "ol",         "note", "block"};
constexpr std::array<std::string_view, 7> kSubheads = {"hl2", "h2", "h3", "h4", "h5", "h6", "h1"};
constexpr std::array<std::string_view, 9> kNoText = {"media",  "figure", "figcaption", "script", "style",
                                                     "iframe", "aside",  "img",        "media-caption"};

bool is_block(const pugi::xml_node& node) { return among(kBlocks, local_name(node)); }

bool holds_blocks(const pugi::xml_node& node) {
  for (const pugi::xml_node& c : node.children())
    if (c.type() == pugi::node_element && (is_block(c) || holds_blocks(c))) return true;
  return false;
}

void append_text(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node& c : node.children()) {
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) {
      out += c.value();
    } else if (c.type() == pugi::node_element && !among(kNoText, local_name(c))) {
      const bool apart = is_block(c) || local_name(c) == "br";
      if (apart) out += ' ';
      append_text(c, out);
      if (apart) out += ' ';
    }
  }
}

class BlockWalk {
 public:
  explicit BlockWalk(ArticleText& out) : out_(out) {}

  void walk(const pugi::xml_node& node) {
    std::string loose;
    const auto flush = [&] {
      add(node, one_line(loose));
      loose.clear();
    };
    for (const pugi::xml_node& c : node.children()) {
      if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) {
        loose += c.value();
      } else if (c.type() != pugi::node_element || among(kNoText, local_name(c))) {
        continue;
      } else if (is_block(c) || holds_blocks(c)) {
        flush();
        if (holds_blocks(c)) {
          walk(c);
        } else {
          add(c, text_of(c));
        }
      } else if (local_name(c) == "br") {
        // Two line breaks part paragraphs in old bodies.
        while (!loose.empty() && (loose.back() == ' ' || loose.back() == '\n')) loose.pop_back();
        if (loose.ends_with('\v')) {
          loose.pop_back();
          flush();
        } else {
          loose += '\v';
        }
      } else {
        append_text(c, loose);
      }
    }
    flush();
  }

 private:
  void add(const pugi::xml_node& node, const std::string& text) {
    if (text.empty()) return;
    ParagraphRole role = ParagraphRole::body;
    if (among(kSubheads, local_name(node))) {
      role = ParagraphRole::subhead;
    } else if (!lead_ && (attribute(node, "lede") == "true" || attribute(node, "class") == "lead")) {
      role = ParagraphRole::lead;
      lead_ = true;
    }
    out_.add(role, text);
  }

  ArticleText& out_;
  bool lead_ = false;
};

std::string declared_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.size(), 200));
  const std::size_t end = head.find("?>");
  const std::size_t at = head.find("encoding=");
  if (!head.starts_with("<?xml") || end == std::string_view::npos || at > end || at + 11 > head.size()) return {};
  const char quote = head[at + 9];
  const std::size_t close = head.find(quote, at + 10);
  return close == std::string_view::npos ? "" : std::string(head.substr(at + 10, close - at - 10));
}

/// Depth of the deepest element, looked at without recursion.
bool deeper_than(const pugi::xml_node& root, std::size_t most) {
  std::size_t depth = 0;
  for (pugi::xml_node n = root.first_child(); n;) {
    if (n.first_child()) {
      n = n.first_child();
      if (++depth > most) return true;
      continue;
    }
    while (n && !n.next_sibling() && n.parent() != root) {
      n = n.parent();
      --depth;
    }
    n = n.next_sibling();
  }
  return false;
}

}  // namespace

std::string root_name(std::string_view head) {
  const std::string text = to_utf8(head, "");
  std::string_view rest = text;
  for (;;) {
    const std::size_t open = rest.find_first_not_of(" \t\r\n");
    if (open == std::string_view::npos || rest[open] != '<') return {};
    rest.remove_prefix(open + 1);
    std::string_view end = ">";
    if (rest.starts_with("!--")) {
      end = "-->";
    } else if (!rest.starts_with("?") && !rest.starts_with("!")) {
      break;
    } else if (rest.starts_with("!DOCTYPE") && rest.substr(0, rest.find('>')).find('[') != std::string_view::npos) {
      end = "]>";
    }
    const std::size_t close = rest.find(end);
    if (close == std::string_view::npos) return {};
    rest.remove_prefix(close + end.size());
  }
  std::string name(rest.substr(0, rest.find_first_of(" \t\r\n>/")));
  if (const std::size_t colon = name.find(':'); colon != std::string::npos) name.erase(0, colon + 1);
  return lowered(name);
}

Status parse_xml(InputBytes& bytes, pugi::xml_document& out) {
  Result<std::string> all = bytes.rest(limit::kWholeBytes);
  if (!all) return fail(std::move(all));
  return parse_xml(*all, out);
}

Status parse_xml(std::string_view bytes, pugi::xml_document& out) {
  const std::string text = to_utf8(bytes, declared_encoding(bytes));
  const pugi::xml_parse_result parsed =
      out.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  if (!parsed) {
    const auto at = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)), text.size());
    return fail(ErrorCode::bad_input,
                fmt::format("is no sound XML: line {}: {}",
                            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'),
                            parsed.description()),
                "fetch the file again; it may be cut off");
  }
  if (deeper_than(out, limit::kDepth))
    return fail(ErrorCode::bad_input, fmt::format("elements are nested deeper than {}", limit::kDepth), "");
  return {};
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& c : node.children())
    if (local_name(c) == name) return c;
  return {};
}

pugi::xml_node at(const pugi::xml_node& node, std::string_view path) {
  pugi::xml_node n = node;
  while (n && !path.empty()) {
    const std::size_t slash = path.find('/');
    n = child(n, path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return n;
}

std::vector<pugi::xml_node> children(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node& c : node.children())
    if (local_name(c) == name) out.push_back(c);
  return out;
}

std::string attribute(const pugi::xml_node& node, const char* name) { return one_line(node.attribute(name).value()); }

std::string text_of(const pugi::xml_node& node) {
  std::string out;
  append_text(node, out);
  return one_line(out);
}

void add_blocks(const pugi::xml_node& node, ArticleText& out) { BlockWalk(out).walk(node); }

}  // namespace spalte::indexer
