// How is an article's text told from what stands around it?
#include "indexer/sources/html_content.h"

#include "indexer/sources/given.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace spalte::indexer {
namespace {

constexpr std::array kBlockTags = {
    GUMBO_TAG_P,       GUMBO_TAG_DIV,     GUMBO_TAG_H1,     GUMBO_TAG_H2,     GUMBO_TAG_H3,         GUMBO_TAG_H4,
    GUMBO_TAG_H5,      GUMBO_TAG_H6,      GUMBO_TAG_UL,     GUMBO_TAG_OL,     GUMBO_TAG_LI,         GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN,   GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER,     GUMBO_TAG_ASIDE,
    GUMBO_TAG_NAV,     GUMBO_TAG_TABLE,   GUMBO_TAG_TR,     GUMBO_TAG_TD,     GUMBO_TAG_TH,         GUMBO_TAG_DL,
    GUMBO_TAG_DT,      GUMBO_TAG_DD,      GUMBO_TAG_FIGURE, GUMBO_TAG_FORM,   GUMBO_TAG_FIGCAPTION, GUMBO_TAG_PRE,
    GUMBO_TAG_HR,      GUMBO_TAG_ADDRESS, GUMBO_TAG_TBODY,  GUMBO_TAG_CENTER, GUMBO_TAG_DETAILS,    GUMBO_TAG_BODY};
constexpr std::array kNeverText = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                   GUMBO_TAG_NAV,    GUMBO_TAG_BUTTON,   GUMBO_TAG_FIGURE,
                                   GUMBO_TAG_FIGCAPTION, GUMBO_TAG_IFRAME, GUMBO_TAG_SVG,  GUMBO_TAG_SELECT,
                                   GUMBO_TAG_TEXTAREA, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO,   GUMBO_TAG_OBJECT,
                                   GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,  GUMBO_TAG_CAPTION,  GUMBO_TAG_HEAD,
                                   GUMBO_TAG_MENU};
/// Words of class, id and role that say: no part of the story. Compared with the words that a name is made of.
constexpr std::array<std::string_view, 78> kOutside = {
    "nav",      "navigation", "navbar",    "menu",       "meny",       "breadcrumb", "breadcrumbs", "teaser",
    "teasers",  "related",    "relatert",  "relaterte",  "relaterade", "promo",      "promotion",   "cookie",
    "cookies",  "consent",    "gdpr",      "samtykke",   "comment",    "comments",   "kommentar",   "kommentarer",
    "kommentarfelt", "disqus", "share",    "sharing",    "social",     "some",       "deling",      "caption",
    "bildetekst", "billedtekst", "credit", "photographer", "ad",       "ads",        "advert",      "advertisement",
    "annonse",  "annonser",   "sponsor",   "sponsored",  "newsletter", "nyhetsbrev", "subscribe",   "abonner",
    "abonnement", "sidebar",  "sidefelt",  "footer",     "bunn",       "recommended", "recommendations", "anbefalt",
    "popular",  "mest",       "mostread",  "tags",       "taglist",    "stikkord",   "emneord",     "paywall",
    "login",    "search",     "sok",       "hidden",     "screenreader", "complementary", "contentinfo", "tipsboks",
    "outbrain", "taboola",    "feedback",  "tipsoss",    "recirculation", "signup"};
constexpr std::array<std::string_view, 12> kLeadNames = {"lead",     "ingress",  "lede",    "standfirst", "preamble",
                                                         "intro",    "lesetekst", "deck",   "introduction", "abstract",
                                                         "undertittel", "subtitle"};
constexpr std::array<std::string_view, 6> kBylineNames = {"byline", "author", "authors", "forfatter", "journalist", "skribent"};
/// Beginnings of short lines that editors' tools put between the paragraphs.
constexpr std::array<std::string_view, 38> kFurniture = {
    "les også",       "les mer",      "les saken",     "les hele",       "foto:",        "foto ",          "(foto:",
    "illustrasjon:",  "video:",       "se også",       "saka held fram", "saken fortsetter", "artikkelen fortsetter",
    "artikkelen held fram", "annonse", "del på",       "del artikkelen", "del saken",    "publisert",      "sist oppdatert",
    "oppdatert:",     "oppdatert ",   "tips oss",      "følg oss",       "logg inn",     "kommentarer",    "kommenter",
    "meld deg på",    "abonner",      "bli abonnent",  "kjøp tilgang",   "fant du en feil", "skriv ut",    "tilbake til",
    "til toppen",     "copyright",     "har du tips",   "har du et tips"};
constexpr std::size_t kLongest = 16384;    ///< headlines, leads and titles are looked at up to this
constexpr std::size_t kShort = 120;        ///< furniture is no longer than this
constexpr std::size_t kLabel = 60;         ///< labels above the text are no longer
constexpr std::size_t kParagraph = 25;     ///< shorter blocks earn no points
constexpr double kLinks = 0.5;             ///< blocks with more of their text in links are lists of links
constexpr std::size_t kSiblingShare = 5;   ///< a sibling with a fifth of the best one's points is part of it

template <std::size_t N>
bool among(const std::array<GumboTag, N>& tags, GumboTag tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Whether a class or id is made with one of the words: "article-byline", "siteHeader", "c-teaser__title".
template <std::size_t N>
bool names_one(std::string_view value, const std::array<std::string_view, N>& words) {
  std::string word;
  const auto hit = [&] {
    const bool found = !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
    word.clear();
    return found;
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    if ((!upper && !lower) || (upper && i > 0 && value[i - 1] >= 'a' && value[i - 1] <= 'z'))
      if (hit()) return true;
    if (upper || lower) word += static_cast<char>(c | 0x20);
  }
  return hit();
}

template <std::size_t N>
bool called(const GumboNode* node, const std::array<std::string_view, N>& words) {
  return names_one(attribute(node, "class"), words) || names_one(attribute(node, "id"), words);
}

bool is_article_body(const GumboNode* node) {
  return attribute(node, "itemprop").find("articleBody") != std::string_view::npos;
}

bool unseen(const GumboNode* node) {
  if (gumbo_get_attribute(&node->v.element.attributes, "hidden") != nullptr) return true;
  if (attribute(node, "aria-hidden") == "true") return true;
  std::string style = lowered(attribute(node, "style"));
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos;
}

bool outside_by_name(const GumboNode* node) {
  if (is_article_body(node) || is_element(node, GUMBO_TAG_BODY) || is_element(node, GUMBO_TAG_HTML)) return false;
  return called(node, kOutside) || names_one(attribute(node, "role"), kOutside) ||
         names_one(attribute(node, "data-component"), kOutside) || names_one(attribute(node, "data-test"), kOutside) ||
         names_one(attribute(node, "data-testid"), kOutside) || attribute(node, "role") == "banner" ||
         attribute(node, "role") == "dialog";
}

bool furniture(const std::string& text) {
  if (text.size() > kShort) return false;
  const std::string low = lowered(text);
  return std::any_of(kFurniture.begin(), kFurniture.end(), [&](std::string_view f) { return low.starts_with(f); });
}

bool heading(const GumboNode* node) {
  return is_element(node) && node->v.element.tag >= GUMBO_TAG_H1 && node->v.element.tag <= GUMBO_TAG_H6;
}

void link_text(const GumboNode* node, std::size_t& in_links) {
  if (is_element(node, GUMBO_TAG_A)) {
    in_links += text_of(node).size();
    return;
  }
  for (const GumboNode* c : children(node)) link_text(c, in_links);
}

struct Block {
  const GumboNode* node;  ///< the element whose text it is, or that holds the loose text
  std::string text;
  std::size_t in_links = 0;
  bool heading = false;
};

/// Cuts what is below a node into blocks: loose text and inline elements make one, block elements their own, two line
/// breaks part two.
class Cutter {
 public:
  explicit Cutter(std::vector<Block>& out, const std::unordered_set<const GumboNode*>* dropped)
      : out_(out), dropped_(dropped) {}

  /// `linked`: an <a> around it all makes a teaser of it.
  void cut(const GumboNode* node, bool linked = false) {
    linked = linked || is_element(node, GUMBO_TAG_A);
    std::string loose;
    std::size_t links = 0, breaks = 0;
    const auto flush = [&] {
      std::string text = one_line(loose);
      if (linked) links = text.size();
      if (!text.empty()) out_.push_back({node, std::move(text), links, heading(node)});
      loose.clear();
      links = 0;
    };
    for (const GumboNode* c : children(node)) {
      if (c->type == GUMBO_NODE_WHITESPACE) {
        loose += ' ';
        continue;
      }
      if (is_element(c, GUMBO_TAG_BR)) {
        if (++breaks >= 2) flush();
        loose += ' ';
        continue;
      }
      if (dropped_ != nullptr && dropped_->contains(c)) continue;
      breaks = 0;
      if (c->type == GUMBO_NODE_TEXT || c->type == GUMBO_NODE_CDATA) {
        loose += c->v.text.text;
      } else if (is_element(c)) {
        if (is_block(c) || holds_blocks(c)) {
          flush();
          cut(c, linked);
        } else {
          loose += text_of(c);
          link_text(c, links);
        }
      }
    }
    flush();
  }

 private:
  /// Asked again at each level of elements in elements: remembered.
  bool holds_blocks(const GumboNode* node) {
    if (const auto known = holds_.find(node); known != holds_.end()) return known->second;
    bool holds = false;
    for (const GumboNode* c : children(node))
      if (is_element(c) && (is_block(c) || is_element(c, GUMBO_TAG_BR) || holds_blocks(c))) {
        holds = true;
        break;
      }
    return holds_[node] = holds;
  }

  std::vector<Block>& out_;
  const std::unordered_set<const GumboNode*>* dropped_;
  std::unordered_map<const GumboNode*, bool> holds_;
};

class Page {
 public:
  Page(const GumboNode* root, std::string_view title, std::string_view description)
      : root_(root),
        given_title_(title.size() > kLongest ? "" : one_line(title)),
        description_(description.size() > kLongest ? "" : one_line(description)) {}

  PageContent content() {
    const std::size_t all = drop_never(root_);
    drop_named(root_, all);
    find_marked();
    Cutter(blocks_, &dropped_).cut(root_);
    const GumboNode* top = best();
    if (top != nullptr)
      each_element(top, [&](const GumboNode* n) { return inside_.insert(n).second; });
    if (title_.empty() && top != nullptr) find_title();
    PageContent out;
    out.title = title_;
    out.byline = byline_;
    out.published = published_;
    if (top == nullptr) return out;
    bool begun = false;
    for (const Block& b : blocks_) {
      if (!inside_.contains(b.node)) continue;
      if (!keep(b)) continue;
      const std::string_view text = b.text;
      if (same(text, title_) || same(text, given_title_) || (!lead_.empty() && same(text, lead_))) continue;
      if (!begun && lead_.empty() && !b.heading && !description_.empty() && same(text, description_)) {
        lead_ = b.text;
        continue;
      }
      if (!begun && label(b)) continue;
      begun = true;
      out.blocks.push_back({b.text, b.heading || subhead(b)});
    }
    out.lead = lead_;
    trim(out.blocks);
    return out;
  }

 private:
  static bool same(std::string_view a, std::string_view b) {
    return !a.empty() && a.size() <= 2 * b.size() && b.size() <= 2 * a.size() && lowered(a) == lowered(b);
  }

  /// Tags that never hold the story, and what is not seen. Returns the characters that are left.
  std::size_t drop_never(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT) return std::string_view(node->v.text.text).size();
    if (!is_element(node)) return 0;
    const GumboTag tag = node->v.element.tag;
    if ((among(kNeverText, tag) && !is_article_body(node)) || unseen(node)) {
      // The byline often stands in what is dropped.
      dropped_.insert(node);
      return 0;
    }
    std::size_t sum = 0;
    for (const GumboNode* c : children(node)) sum += drop_never(c);
    characters_[node] = sum;
    return sum;
  }

  /// What its names say is no part of the story, unless it holds most of the page (a body of class "has-sidebar").
  void drop_named(const GumboNode* node, std::size_t all) {
    if (!is_element(node) || dropped_.contains(node)) return;
    // ASP.NET's pages are one form.
    if ((outside_by_name(node) || is_element(node, GUMBO_TAG_FORM)) && characters_[node] * 2 < all) {
      dropped_.insert(node);
      return;
    }
    for (const GumboNode* c : children(node)) drop_named(c, all);
  }

  void find_marked() {
    each_element(root_, [&](const GumboNode* n) {
      if (is_element(n, GUMBO_TAG_TIME) && published_.empty()) published_ = attribute(n, "datetime");
      const bool author = attribute(n, "rel") == "author" || attribute(n, "itemprop") == "author";
      if ((called(n, kBylineNames) || author) && !is_element(n, GUMBO_TAG_BODY)) {
        if (const std::string text = text_of(n); byline_.empty() && !text.empty() && text.size() < kShort) byline_ = text;
        dropped_.insert(n);
        return false;
      }
      return true;
    });
    std::vector<const GumboNode*> headlines;
    each_element(root_, [&](const GumboNode* n) {
      if (dropped_.contains(n)) return false;
      if (is_element(n, GUMBO_TAG_H1) && characters_[n] <= kLongest) headlines.push_back(n);
      return true;
    });
    for (const GumboNode* h : headlines) {
      const std::string text = text_of(h);
      if (title_.empty() || (same(text, given_title_) && !same(title_, given_title_))) title_ = text;
    }
    each_element(root_, [&](const GumboNode* n) {
      if (dropped_.contains(n)) return false;
      const bool marked = called(n, kLeadNames) || attribute(n, "itemprop") == "description";
      if (!marked || !lead_.empty() || is_element(n, GUMBO_TAG_BODY) || characters_[n] > kLongest) return true;
      const std::string text = text_of(n);
      // A lead is a paragraph or two, no part that holds the whole story.
      if (text.size() < kParagraph || text.size() > 1200 || same(text, title_)) return true;
      lead_ = text;
      dropped_.insert(n);
      return false;
    });
  }

  /// Pages without a headline of their own have it in <title>, with the site's name before or after: the part with which
  /// a block begins. What follows it there is the byline, or nothing.
  void find_title() {
    for (Block& b : blocks_) {
      if (!inside_.contains(b.node)) continue;
      for (std::string_view mark : {" - ", " | ", " – ", " — ", ": "})
        for (std::string_view rest = given_title_; !rest.empty();) {
          const std::size_t end = rest.find(mark);
          const std::string_view part = rest.substr(0, end);
          rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + mark.size());
          if (part.size() < kParagraph / 2 || !b.text.starts_with(part)) continue;
          const std::string after = one_line(std::string_view(b.text).substr(part.size()));
          const bool byline = after.starts_with("Av ") && after.size() < kShort / 2;
          if (!after.empty() && !byline) continue;
          title_ = part;
          if (byline && byline_.empty()) byline_ = after;
          b.text.clear();
          return;
        }
    }
  }

  bool keep(const Block& b) const {
    if (b.text.empty()) return false;
    const auto length = static_cast<double>(b.text.size());
    if (b.in_links >= b.text.size()) return false;
    // A sentence with links in it, not a link with a label.
    if (is_element(b.node, GUMBO_TAG_P) && b.text.ends_with('.') && b.text.size() - b.in_links >= kParagraph)
      return !furniture(b.text);
    if (static_cast<double>(b.in_links) > kLinks * length && (b.text.size() < kShort || is_element(b.node, GUMBO_TAG_LI)))
      return false;
    return !furniture(b.text);
  }

  /// A section's name above the headline, author and date below it: short, no sentence, no paragraph.
  static bool label(const Block& b) {
    const bool sentence = b.text.ends_with('.') || b.text.ends_with('!') || b.text.ends_with('?');
    return !b.heading && !sentence && b.text.size() <= kLabel && !is_element(b.node, GUMBO_TAG_P) &&
           !is_element(b.node, GUMBO_TAG_LI) && !is_element(b.node, GUMBO_TAG_BLOCKQUOTE);
  }

  static bool subhead(const Block& b) {
    // <p><strong>Mellomtittel</strong></p>
    if (b.text.size() > 80 || b.text.ends_with('.') || b.text.ends_with(':')) return false;
    if (!is_element(b.node, GUMBO_TAG_P)) return false;
    // No copy: many blocks may be loose text of one element.
    const GumboVector& inner = b.node->v.element.children;
    std::size_t bold = 0;
    for (unsigned i = 0; i < inner.length && bold < 2; ++i) {
      const auto* c = static_cast<const GumboNode*>(inner.data[i]);
      if (is_element(c, GUMBO_TAG_STRONG) || is_element(c, GUMBO_TAG_B)) {
        ++bold;
      } else if (c->type != GUMBO_NODE_WHITESPACE) {
        return false;
      }
    }
    return bold == 1;
  }

  static double points(const Block& b) {
    if (b.text.size() < kParagraph || b.heading) return 0;
    const double text = static_cast<double>(b.text.size()) - static_cast<double>(b.in_links);
    const auto commas = static_cast<double>(std::count(b.text.begin(), b.text.end(), ','));
    const bool sentence = b.text.ends_with('.') || b.text.ends_with('!') || b.text.ends_with('?') ||
                          b.text.ends_with("»") || b.text.ends_with(':');
    return std::max(0.0, text) * (sentence ? 1.0 : 0.3) + 10 * commas;
  }

  /// The element that holds the story: the marked one, else the one whose own and children's paragraphs earn most.
  const GumboNode* best() {
    const GumboNode* marked = nullptr;
    each_element(root_, [&](const GumboNode* n) {
      if (dropped_.contains(n)) return false;
      if (is_article_body(n) && marked == nullptr) marked = n;
      return marked == nullptr;
    });
    for (const Block& b : blocks_) {
      if (!keep(b)) continue;
      const double p = points(b);
      // The holder of a paragraph gets all of it, those above half, a third …: the narrowest that holds most wins.
      double share = 1;
      const GumboNode* holder = is_element(b.node, GUMBO_TAG_DIV) || is_element(b.node, GUMBO_TAG_TD) ? b.node : b.node->parent;
      for (const GumboNode* n = holder; n != nullptr && is_element(n) && share > 0.2; n = n->parent) {
        points_[n] += p * share;
        share *= 0.75;
      }
    }
    if (marked != nullptr && points_[marked] > 0) return marked;
    const GumboNode* top = nullptr;
    double most = 0;
    // In order of the blocks, so that equal points mean the same element everywhere; above one that was seen all were.
    std::unordered_set<const GumboNode*> seen;
    for (const Block& b : blocks_)
      for (const GumboNode* n = b.node; n != nullptr && is_element(n) && seen.insert(n).second; n = n->parent)
        if (points_[n] > most) {
          most = points_[n];
          top = n;
        }
    if (top == nullptr) return nullptr;
    // Parts beside it (sections between advertisements) belong to it: then what holds them all is the story.
    while (top->parent != nullptr && is_element(top->parent) && !is_element(top, GUMBO_TAG_BODY)) {
      double beside = 0;
      for (const GumboNode* c : children(top->parent))
        if (c != top && is_element(c) && !dropped_.contains(c) && points_.contains(c) &&
            points_[c] > most / static_cast<double>(kSiblingShare) && alike(c, top))
          beside += points_[c];
      if (beside == 0) break;
      top = top->parent;
      most = points_[top];
    }
    if (is_element(top, GUMBO_TAG_P) || is_element(top, GUMBO_TAG_BLOCKQUOTE)) top = top->parent;
    return top;
  }

  static bool alike(const GumboNode* a, const GumboNode* b) {
    return a->v.element.tag == b->v.element.tag && attribute(a, "class") == attribute(b, "class");
  }

  /// Subheads with nothing below them are headings of boxes.
  static void trim(std::vector<HtmlBlock>& blocks) {
    // From the end, where what has gone is no neighbour any more.
    std::vector<HtmlBlock> kept;
    kept.reserve(blocks.size());
    for (std::size_t i = blocks.size(); i-- > 0;)
      if (!blocks[i].heading || (!kept.empty() && !kept.back().heading)) kept.push_back(std::move(blocks[i]));
    blocks.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
  }

  const GumboNode* root_;
  const std::string given_title_, description_;
  std::string title_, lead_, byline_, published_;
  std::unordered_set<const GumboNode*> dropped_;
  std::unordered_set<const GumboNode*> inside_;  ///< elements of the story
  std::unordered_map<const GumboNode*, std::size_t> characters_;
  std::unordered_map<const GumboNode*, double> points_;
  std::vector<Block> blocks_;
};

}  // namespace

bool is_block(const GumboNode* node) { return is_element(node) && among(kBlockTags, node->v.element.tag); }

std::size_t PageContent::characters() const {
  std::size_t n = lead.size();
  for (const HtmlBlock& b : blocks) n += b.text.size();
  return n;
}

PageContent extract_content(const GumboNode* root, std::string_view title, std::string_view description) {
  return Page(root, title, description).content();
}

std::vector<HtmlBlock> blocks_below(const GumboNode* node) {
  std::unordered_set<const GumboNode*> dropped;
  each_element(node, [&](const GumboNode* n) {
    const GumboTag tag = n->v.element.tag;
    const bool no_text = tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_FIGURE ||
                         tag == GUMBO_TAG_FIGCAPTION || tag == GUMBO_TAG_IFRAME || tag == GUMBO_TAG_HEAD;
    if (no_text) dropped.insert(n);
    return !no_text;
  });
  std::vector<Block> blocks;
  Cutter(blocks, &dropped).cut(node);
  std::vector<HtmlBlock> out;
  for (Block& b : blocks) out.push_back({std::move(b.text), b.heading});
  return out;
}

}  // namespace spalte::indexer
