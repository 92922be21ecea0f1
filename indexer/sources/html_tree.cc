// What is asked of gumbo, and what is kept from it?
#include "indexer/sources/html_tree.h"

#include "indexer/encoding.h"
#include "indexer/sources/byte_stream.h"
#include "indexer/sources/given.h"
#include "indexer/sources/html_content.h"
#include "indexer/sources/limits.h"

#include <algorithm>
#include <chrono>
#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// Asked before anything walks the tree by recursion.
bool deeper_than(const GumboNode* root, std::size_t most) {
  std::vector<std::pair<const GumboNode*, unsigned>> open = {{root, 0}};  // and which child comes next
  while (!open.empty()) {
    auto& [node, next] = open.back();
    if (!is_element(node) || next == node->v.element.children.length) {
      open.pop_back();
    } else {
      const auto* child = static_cast<const GumboNode*>(node->v.element.children.data[next++]);
      if (open.size() > most) return true;
      open.emplace_back(child, 0);
    }
  }
  return false;
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

/// What gumbo allocates, so that it can be counted, and freed without gumbo, which would walk the tree by recursion.
class HtmlTree::Memory {
 public:
  explicit Memory(std::size_t bytes)
      : most_(std::min(static_cast<std::size_t>(limit::kHtmlMost),
                       static_cast<std::size_t>(limit::kMegabyte) * 16 + bytes * limit::kHtmlMemory)),
        end_(now() + std::chrono::seconds(limit::kHtmlSeconds * (1 + static_cast<std::int64_t>(bytes) / limit::kMegabyte))) {
    all_.next = all_.previous = &all_;
  }
  ~Memory() {
    for (Piece* p = all_.next; p != &all_;) std::free(std::exchange(p, p->next));
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  /// nullptr: it asked for too much.
  GumboOutput* parse(const std::string& text) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = this;
    options.max_errors = 0;
    // Gumbo does not ask whether an allocation failed, and no exception may pass through C. Only its frames are left,
    // and all that they hold is ours.
    // NOLINTNEXTLINE(cert-err52-cpp)
    if (setjmp(out_) != 0) return nullptr;
    return gumbo_parse_with_options(&options, text.data(), text.size());
  }

 private:
  struct alignas(std::max_align_t) Piece {
    Piece *previous, *next;
    std::size_t size;
  };

  static std::chrono::nanoseconds now() {
    timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
  }
  static void* allocate(void* self, std::size_t size) { return static_cast<Memory*>(self)->take(size); }
  static void deallocate(void* self, void* bytes) { static_cast<Memory*>(self)->give_back(bytes); }

  void* take(std::size_t size) {
    constexpr std::uint32_t kSeldom = 256;
    const bool late = ++calls_ % kSeldom == 0 && now() > end_;
    auto* piece = late || used_ + size > most_ ? nullptr : static_cast<Piece*>(std::malloc(sizeof(Piece) + size));
    if (piece == nullptr) std::longjmp(out_, 1);  // NOLINT(cert-err52-cpp): see parse
    used_ += piece->size = size + sizeof(Piece);
    piece->previous = &all_;
    piece->next = all_.next;
    all_.next->previous = piece;
    all_.next = piece;
    return piece + 1;
  }
  void give_back(void* bytes) {
    if (bytes == nullptr) return;
    Piece* piece = static_cast<Piece*>(bytes) - 1;
    used_ -= piece->size;
    piece->previous->next = piece->next;
    piece->next->previous = piece->previous;
    std::free(piece);
  }

  Piece all_{};  ///< a ring
  std::size_t used_ = 0, most_;
  std::uint32_t calls_ = 0;
  std::chrono::nanoseconds end_;
  std::jmp_buf out_{};
};

void HtmlTree::Release::operator()(Memory* m) const { delete m; }

Result<HtmlTree> HtmlTree::parse(std::string_view bytes, std::string_view declared) {
  if (static_cast<std::int64_t>(bytes.size()) > limit::kHtmlBytes)
    return tl::unexpected<Error>(too_large("a page", static_cast<std::int64_t>(bytes.size()), limit::kHtmlBytes));
  std::string charset = declared_charset(bytes);
  if (charset.empty()) charset = declared;
  HtmlTree tree;
  tree.text_ = std::make_unique<std::string>(to_utf8(bytes, charset));
  tree.memory_.reset(new Memory(tree.text_->size()));
  const GumboOutput* output = tree.memory_->parse(*tree.text_);
  if (output == nullptr)
    return fail(ErrorCode::bad_input, "its elements take far more memory or time than a page of its size does", "");
  tree.root_ = output->root;
  if (deeper_than(tree.root_, limit::kHtmlDepth))
    return fail(ErrorCode::bad_input, fmt::format("elements are nested deeper than {}", limit::kHtmlDepth), "");
  return tree;
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
