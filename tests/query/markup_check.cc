// How is a document read strictly, without a library?
#include "tests/query/markup_check.h"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>
#include <vector>

namespace spalte::test {
namespace {

bool name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

/// A reference must follow each '&'.
bool references_are_sound(std::string_view text) {
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::size_t end = text.find(';', at);
    if (end == std::string_view::npos) return false;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    static const std::set<std::string_view> known = {"amp", "lt", "gt", "quot"};
    if (known.count(name) == 0) return false;
  }
  return true;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

}  // namespace

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

std::string markup_fault(std::string_view text) {
  static const std::set<std::string_view> kVoid = {"meta", "link", "br", "hr", "img"};
  const bool html = text.substr(0, 9) == "<!DOCTYPE";
  std::vector<std::string> open;
  bool root_closed = false;
  std::size_t at = 0;
  const auto fault = [&](const std::string& what) {
    return what + " at byte " + std::to_string(at) + ": " + std::string(text.substr(at, 80));
  };
  for (char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return "a control character";
  while (at < text.size()) {
    if (text[at] != '<') {
      const std::size_t end = std::min(text.find('<', at), text.size());
      const std::string_view run = text.substr(at, end - at);
      if (open.empty() && run.find_first_not_of(" \n\t") != std::string_view::npos)
        return fault("text outside the root");
      // A style element's text is CSS, where > has a meaning of its own.
      if (!references_are_sound(run)) return fault("a bare &");
      at = end;
      continue;
    }
    if (text.substr(at, 2) == "<?" || text.substr(at, 2) == "<!") {
      const std::size_t end = text.find('>', at);
      if (end == std::string_view::npos) return fault("an open declaration");
      at = end + 1;
      continue;
    }
    const bool closing = text.substr(at, 2) == "</";
    std::size_t i = at + (closing ? 2 : 1);
    const std::size_t begin = i;
    while (i < text.size() && name_letter(text[i])) ++i;
    const std::string name(text.substr(begin, i - begin));
    if (name.empty()) return fault("a bare <");
    if (closing) {
      if (text[i] != '>') return fault("a closing tag with more");
      if (open.empty() || open.back() != name)
        return fault("</" + name + "> where </" + (open.empty() ? "" : open.back()) + "> belongs");
      open.pop_back();
      root_closed = open.empty();
      at = i + 1;
      continue;
    }
    if (root_closed) return fault("a second root");
    std::set<std::string> attributes;
    while (i < text.size() && text[i] != '>' && text.substr(i, 2) != "/>") {
      if (text[i] == ' ' || text[i] == '\n') {
        ++i;
        continue;
      }
      const std::size_t from = i;
      while (i < text.size() && name_letter(text[i])) ++i;
      if (i == from || text.substr(i, 2) != "=\"") return fault("an attribute without quotation marks");
      if (!attributes.insert(std::string(text.substr(from, i - from))).second) return fault("an attribute twice");
      const std::size_t end = text.find('"', i + 2);
      if (end == std::string_view::npos) return fault("an open attribute");
      const std::string_view value = text.substr(i + 2, end - i - 2);
      if (value.find('<') != std::string_view::npos || !references_are_sound(value))
        return fault("a bare < or & in an attribute");
      i = end + 1;
    }
    if (i >= text.size()) return fault("an open tag");
    const bool alone = text[i] == '/';
    if (!alone && !(html && kVoid.count(name) != 0)) open.push_back(name);
    at = i + (alone ? 2 : 1);
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

std::string overlapping_labels(const std::string& svg) {
  constexpr double kLetter = 13 * 0.55;
  std::smatch size;
  if (!std::regex_search(svg, size, std::regex("viewBox=\"0 0 ([0-9]+) "))) return "no viewBox";
  const double width = std::stod(size[1]);
  struct Label {
    double y, from, to;
    std::string text;
  };
  std::vector<Label> labels;
  const std::regex element("<text x=\"([0-9.]+)\" y=\"([0-9.]+)\" text-anchor=\"middle\" class=\"x\">([^<]*)</text>");
  for (std::sregex_iterator i(svg.begin(), svg.end(), element), end; i != end; ++i) {
    const std::string text = (*i)[3];
    const auto letters = static_cast<double>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    const double x = std::stod((*i)[1]), half = letters * kLetter / 2;
    labels.push_back({std::stod((*i)[2]), x - half, x + half, text});
  }
  if (labels.empty()) return "no labels";
  std::sort(labels.begin(), labels.end(),
            [](const Label& a, const Label& b) { return a.y != b.y ? a.y < b.y : a.from < b.from; });
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].from < 0 || labels[i].to > width) return labels[i].text + " leaves the picture";
    if (i > 0 && labels[i - 1].y == labels[i].y && labels[i - 1].to + 2 > labels[i].from)
      return labels[i - 1].text + " and " + labels[i].text;
  }
  return {};
}

std::string text_within(const std::string& html, const std::string& starts) {
  std::string out;
  const std::regex element("<(?:" + starts + ")[^>]*>(.*)</(?:h1|h2|p)>\n");
  for (std::sregex_iterator i(html.begin(), html.end(), element), end; i != end; ++i) {
    std::string inner = std::regex_replace((*i)[1].str(), std::regex("<[^>]*>"), "");
    inner = replaced(replaced(replaced(inner, "&lt;", "<"), "&gt;", ">"), "&quot;", "\"");
    out += replaced(inner, "&amp;", "&") + "\n";
  }
  return out;
}

}  // namespace spalte::test
