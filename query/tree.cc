// How is a tree written?
#include "query/tree.h"

#include <fmt/format.h>

namespace spalte::query {
namespace {

std::string_view scope_name(Scope s) {
  switch (s) {
    case Scope::sentence:
      return "sent";
    case Scope::paragraph:
      return "para";
    case Scope::quote:
      return "quote";
  }
  return "";
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

/// A field's value needs marks where it would be read as something else.
bool needs_marks(std::string_view value) {
  return value.empty() || value.find_first_of(" ()\"{}") != std::string_view::npos || value.ends_with('*') ||
         value.starts_with('=');
}

std::string join(const Node& n, std::string_view between);

std::string atom(const Node& n) {
  switch (n.kind) {
    case NodeKind::conjunction:
    case NodeKind::disjunction:
    case NodeKind::near:
    case NodeKind::same:
      return "(" + to_string(n) + ")";
    case NodeKind::negation:
      return "(" + to_string(n) + ")";
    default:
      return to_string(n);
  }
}

std::string join(const Node& n, std::string_view between) {
  std::string out;
  for (const Node& child : n.children) out += (out.empty() ? "" : std::string(between)) + atom(child);
  return out;
}

}  // namespace

std::string to_string(const Node& n) {
  switch (n.kind) {
    case NodeKind::all:
      return "*";
    case NodeKind::word:
      return (n.exact ? "=" : "") + n.text + (n.wildcard ? "*" : "");
    case NodeKind::phrase:
      return quoted(n.text);
    case NodeKind::field:
      if (!n.children.empty()) return fmt::format("{}:{}", n.field->name, atom(n.children[0]));
      return fmt::format("{}{}:{}", n.field->name, n.exact ? "=" : "", needs_marks(n.text) ? quoted(n.text) : n.text);
    case NodeKind::conjunction: {
      std::string out;
      for (const Node& child : n.children)
        out += (out.empty() ? "" : " ") + (child.kind == NodeKind::negation ? to_string(child) : atom(child));
      return out;
    }
    case NodeKind::disjunction:
      return join(n, " OR ");
    case NodeKind::negation:
      return "NOT " + atom(n.children[0]);
    case NodeKind::near:
      return join(n, fmt::format(" {}/{} ", n.ordered ? "ONEAR" : "NEAR", n.distance));
    case NodeKind::same:
      return join(n, n.scope == Scope::sentence ? " SAME/s " : " SAME/p ");
    case NodeKind::inside:
      return fmt::format("{}{{{}}}", scope_name(n.scope), to_string(n.children[0]));
  }
  return {};
}

namespace {

void draw_into(const Node& n, std::size_t depth, std::string& out) {
  out.append(depth * 2, ' ');
  switch (n.kind) {
    case NodeKind::conjunction:
      out += "all of";
      break;
    case NodeKind::disjunction:
      out += "any of";
      break;
    case NodeKind::negation:
      out += "not";
      break;
    case NodeKind::near:
      out += fmt::format("within {} words{}", n.distance, n.ordered ? ", in order" : "");
      break;
    case NodeKind::same:
      out += n.scope == Scope::sentence ? "in one sentence" : "in one paragraph";
      break;
    case NodeKind::inside:
      out += n.scope == Scope::quote      ? "inside one quotation"
             : n.scope == Scope::sentence ? "inside one sentence"
                                          : "inside one paragraph";
      break;
    case NodeKind::field:
      out += n.children.empty() ? fmt::format("{}: {}", n.field->name, n.text) : fmt::format("{}:", n.field->name);
      break;
    case NodeKind::all:
      out += "every article";
      break;
    case NodeKind::word:
      out +=
          fmt::format("word {}{}{}", n.text, n.exact ? " (as written)" : "", n.wildcard ? " (and what begins so)" : "");
      break;
    case NodeKind::phrase:
      out += fmt::format("phrase {}", n.text);
      break;
  }
  out += '\n';
  for (const Node& child : n.children) draw_into(child, depth + 1, out);
}

}  // namespace

std::string draw(const Node& node) {
  std::string out;
  draw_into(node, 0, out);
  return out;
}

}  // namespace spalte::query
