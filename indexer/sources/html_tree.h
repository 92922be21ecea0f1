// How is HTML parsed, and what can be asked of its elements? Hides gumbo, an HTML5 parser that never gives up.
#pragma once

#include "schema/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

namespace spalte::indexer {

/// A parsed page. The nodes live as long as it.
class HtmlTree {
 public:
  /// `bytes` in any encoding: what the page's <meta> declares, else `declared` (an HTTP header's charset). Errors:
  /// bad_input for more than limit::kHtmlBytes, elements nested deeper than limit::kHtmlDepth, and pages that would take
  /// more memory or time than limit::kHtmlMemory and kHtmlSeconds allow.
  static Result<HtmlTree> parse(std::string_view bytes, std::string_view declared = {});
  const GumboNode* root() const { return root_; }

 private:
  class Memory;
  struct Release {
    void operator()(Memory* m) const;
  };
  HtmlTree() = default;
  std::unique_ptr<std::string> text_;  // gumbo points into it
  std::unique_ptr<Memory, Release> memory_;
  const GumboNode* root_ = nullptr;
};

bool is_element(const GumboNode* node);
bool is_element(const GumboNode* node, GumboTag tag);
/// The node's children; none for a text.
std::vector<const GumboNode*> children(const GumboNode* node);
/// Empty where it is not there.
std::string_view attribute(const GumboNode* node, const char* name);
/// Everything below it as one line; scripts and styles are none.
std::string text_of(const GumboNode* node);
/// The raw text of a <script> or <title>.
std::string raw_text(const GumboNode* node);
/// The first element of that tag at or below the node, in order; nullptr: none.
const GumboNode* find(const GumboNode* node, GumboTag tag);
/// Calls for every element at and below the node until it returns false for one: then not what is below that one.
template <typename Visit>
void each_element(const GumboNode* node, const Visit& visit) {
  if (!is_element(node) || !visit(node)) return;
  for (const GumboNode* c : children(node)) each_element(c, visit);
}

/// What a fragment of HTML says, as paragraphs; for texts that come as HTML in other formats.
struct HtmlBlock {
  std::string text;
  bool heading = false;
};
Result<std::vector<HtmlBlock>> fragment_blocks(std::string_view html);

}  // namespace spalte::indexer
