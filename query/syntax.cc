// What are the rules of the query language? A recursive descent over bytes; each rule is a function.
//
//   query  := or            or    := and (OR and)*          and  := unary+ (AND, ANDNOT and nothing between them)
//   unary  := (NOT | -) unary | prox                        prox := atom ((NEAR/n | ONEAR/n | SAME/s | SAME/p) atom)*
//   atom   := ( or ) | scope{ or } | field:value | "phrase" | =word | word* | word | *
#include "query/syntax.h"

#include "language/normalise.h"
#include "language/segment.h"
#include "query/operators.h"
#include "query/place.h"
#include "schema/nearest.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace spalte::query {
namespace {

constexpr bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The length of an opening quotation mark at `s`, and which mark closes it; 0: none.
std::size_t opening_mark(std::string_view s, std::string_view& close) {
  constexpr std::pair<std::string_view, std::string_view> kMarks[] = {{"\"", "\""}, {"«", "»"}, {"“", "”"}, {"„", "“"}};
  for (const auto& [open, closing] : kMarks)
    if (s.starts_with(open)) {
      close = closing;
      return open.size();
    }
  return 0;
}

struct Failure {
  Error error;
};

class Parser {
 public:
  explicit Parser(std::string_view q) : q_(q) {}

  Node run() {
    skip();
    if (at_ == q_.size()) raise(0, "the query is empty", "give a word, or `*` for every article");
    Node node = disjunction();
    skip();
    if (at_ < q_.size())
      raise(at_, fmt::format("`{}` closes nothing", q_[at_]), "take it out, or put it in quotation marks");
    return node;
  }

 private:
  [[noreturn]] void raise(std::size_t at, std::string_view what, std::string hint) const {
    throw Failure{error_at(q_, at, what, std::move(hint))};
  }

  void skip() {
    while (at_ < q_.size() && blank(q_[at_])) ++at_;
  }
  void count_node() {
    if (++nodes_ > kMaxQueryNodes)
      raise(at_, "the query has too many parts", fmt::format("at most {} are taken", kMaxQueryNodes));
  }

  /// The run of bytes up to a blank, a bracket or a quotation mark.
  std::string_view run_of_word(std::size_t from) const {
    std::size_t end = from;
    while (end < q_.size() && !blank(q_[end]) && std::string_view("(){}\"").find(q_[end]) == std::string_view::npos)
      ++end;
    return q_.substr(from, end - from);
  }

  Operator peek_operator(std::size_t* length = nullptr, int* distance = nullptr) {
    skip();
    const std::string_view word = run_of_word(at_);
    if (word.starts_with("SAME/") && word != "SAME/s" && word != "SAME/p")
      raise(at_, fmt::format("{} is no scope", word), "SAME/s (one sentence) and SAME/p (one paragraph) are");
    for (const OperatorRow& o : kOperators)
      for (std::string_view name : o.names) {
        if (name.empty()) continue;
        const bool takes_number = o.op == Operator::near || o.op == Operator::ordered_near;
        const bool number =
            takes_number && word.starts_with(name) && word.size() > name.size() && word[name.size()] == '/';
        if (word != name && !number) continue;
        int n = kDefaultDistance;
        if (number) {
          const char* end = word.data() + word.size();
          const auto [stop, error] = std::from_chars(word.data() + name.size() + 1, end, n);
          if (error != std::errc() || stop != end || n < 1 || n > kMaxDistance)
            raise(at_, fmt::format("{} needs a number of words from 1 to {}", word, kMaxDistance),
                  fmt::format("{}/5", name));
        }
        if (length != nullptr) *length = word.size();
        if (distance != nullptr) *distance = n;
        return o.op;
      }
    return Operator::none;
  }

  bool at_end() {
    skip();
    return at_ == q_.size() || q_[at_] == ')' || q_[at_] == '}';
  }

  Node disjunction() {
    if (++depth_ > kMaxQueryDepth)
      raise(at_, "brackets are nested too deeply", fmt::format("at most {} levels are taken", kMaxQueryDepth));
    Node first = conjunction();
    Node out;
    out.kind = NodeKind::disjunction;
    std::size_t length = 0;
    while (!at_end() && peek_operator(&length) == Operator::or_) {
      const std::size_t op_at = at_;
      at_ += length;
      if (at_end())
        raise(op_at, "after OR a word is missing", "give one, or write `or` in small letters for the word itself");
      if (out.children.empty()) out.children.push_back(std::move(first));
      out.children.push_back(conjunction());
    }
    --depth_;
    return out.children.empty() ? first : out;
  }

  Node conjunction() {
    Node out;
    out.kind = NodeKind::conjunction;
    std::size_t length = 0;
    while (!at_end()) {
      const Operator op = peek_operator(&length);
      if (op == Operator::or_) {
        if (out.children.empty())
          raise(at_, "before OR a word is missing", "give one, or write `or` in small letters for the word itself");
        break;
      }
      bool negated = false;
      if (op == Operator::and_ || op == Operator::and_not) {
        const std::size_t op_at = at_;
        if (out.children.empty())
          raise(at_, fmt::format("before {} a word is missing", q_.substr(at_, length)),
                "give one, or write it in small letters for the word itself");
        at_ += length;
        if (at_end())
          raise(op_at, fmt::format("after {} a word is missing", q_.substr(op_at, length)),
                "give one, or write it in small letters for the word itself");
        negated = op == Operator::and_not;
      }
      Node next = unary();
      if (negated) next = negation(std::move(next));
      out.children.push_back(std::move(next));
    }
    if (out.children.empty()) raise(at_, "a word is missing here", "brackets may not be empty");
    if (out.children.size() == 1) return std::move(out.children[0]);
    return out;
  }

  Node negation(Node child) {
    count_node();
    Node out;
    out.kind = NodeKind::negation;
    out.begin = child.begin;
    out.end = child.end;
    out.children.push_back(std::move(child));
    return out;
  }

  Node unary() {
    std::size_t length = 0;
    const Operator op = peek_operator(&length);
    const bool minus = at_ + 1 < q_.size() && q_[at_] == '-' && !blank(q_[at_ + 1]) && q_[at_ + 1] != '-';
    if (op != Operator::not_ && !minus) return proximity();
    const std::size_t op_at = at_;
    at_ += minus ? 1 : length;
    if (at_end())
      raise(op_at, "after NOT a word is missing", "give one, or write it in small letters for the word itself");
    if (++depth_ > kMaxQueryDepth) raise(at_, "NOT is nested too deeply", "two of them are none: leave them out");
    Node child = unary();
    --depth_;
    return negation(std::move(child));
  }

  Node proximity() {
    Node first = operand();
    std::size_t length = 0;
    int distance = 0;
    while (!at_end()) {
      const Operator op = peek_operator(&length, &distance);
      if (op != Operator::near && op != Operator::ordered_near && op != Operator::same_sentence &&
          op != Operator::same_paragraph)
        break;
      const std::size_t op_at = at_;
      at_ += length;
      if (at_end())
        raise(op_at, fmt::format("after {} a word is missing", q_.substr(op_at, length)),
              "give one, or put it in quotation marks for the word itself");
      count_node();
      Node out;
      out.begin = first.begin;
      out.kind = op == Operator::near || op == Operator::ordered_near ? NodeKind::near : NodeKind::same;
      if (out.kind == NodeKind::near) {
        out.distance = distance;
        out.ordered = op == Operator::ordered_near;
      } else {
        out.scope = op == Operator::same_sentence ? Scope::sentence : Scope::paragraph;
      }
      if (first.kind == out.kind && first.distance == out.distance && first.ordered == out.ordered &&
          first.scope == out.scope) {
        out.children = std::move(first.children);  // a NEAR/5 b NEAR/5 c: all three together
      } else {
        out.children.push_back(std::move(first));
      }
      out.children.push_back(operand());
      out.end = at_;
      if (out.kind == NodeKind::near)
        for (const Node& child : out.children)
          if (!is_near_operand(child))
            raise(child.begin, "NEAR stands between words, phrases and their alternatives only",
                  "use SAME/s or SAME/p for anything else");
      first = std::move(out);
    }
    return first;
  }

  static bool is_near_operand(const Node& n) {
    const auto is_text = [](const Node& c) { return c.kind == NodeKind::word || c.kind == NodeKind::phrase; };
    return is_text(n) ||
           (n.kind == NodeKind::disjunction && std::all_of(n.children.begin(), n.children.end(), is_text));
  }

  /// An atom that is no operator: taken for a word, the one in `a AND OR b` would be an operator once the tree is written
  /// again. A field's value may be one.
  Node operand() {
    if (std::size_t length = 0; peek_operator(&length) != Operator::none)
      raise(at_, fmt::format("before {} a word is missing", q_.substr(at_, length)),
            "give one, or write it in small letters for the word itself");
    return atom();
  }

  Node atom() {
    skip();
    count_node();
    const std::size_t begin = at_;
    if (at_ == q_.size()) raise(at_, "a word is missing here", "give one, or `*` for every article");
    Node node;
    std::string_view close;
    const char c = q_[at_];
    if (c == '(') {
      ++at_;
      node = disjunction();
      skip();
      if (at_ == q_.size() || q_[at_] != ')') raise(begin, "this bracket is not closed", "add `)`");
      ++at_;
    } else if (c == ')' || c == '}' || c == '{') {
      raise(at_, fmt::format("`{}` does not belong here", c), "take it out, or put it in quotation marks");
    } else if (opening_mark(q_.substr(at_), close) > 0) {
      node.kind = NodeKind::phrase;
      node.text = marked_text();
      if (plain_words(node.text).empty()) raise(begin, "there is no word between the quotation marks", "give one");
    } else {
      node = word_or_field();
    }
    node.begin = begin;
    node.end = at_;
    return node;
  }

  /// The text between quotation marks, blanks folded; `at_` stands on the opening one.
  std::string marked_text() {
    std::string_view close;
    const std::size_t begin = at_;
    at_ += opening_mark(q_.substr(at_), close);
    const std::size_t end = q_.find(close, at_);
    if (end == std::string_view::npos) raise(begin, "this quotation mark is not closed", fmt::format("add {}", close));
    std::string out;
    for (char c : q_.substr(at_, end - at_)) {
      if (c == '"') c = ' ';  // inside « »: it could not be written again
      if (blank(c)) {
        if (!out.empty() && out.back() != ' ') out += ' ';
      } else {
        out += c;
      }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    at_ = end + close.size();
    return out;
  }

  Node word_or_field() {
    const std::size_t begin = at_;
    const std::string_view word = run_of_word(at_);
    const std::size_t after = at_ + word.size();
    if (after < q_.size() && q_[after] == '{') {
      const std::string name = language::normalise(word);
      for (const ScopeRow& s : kScopes)
        if (name == s.names[0] || name == s.names[1]) return scoped(s.scope, after);
      raise(begin, fmt::format("`{}` cannot stand before a brace", word), "quote{…}, para{…} and sent{…} can");
    }
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos && colon > 0 && !word.substr(colon + 1).starts_with("//")) {
      const bool given = word[colon - 1] == '=';  // topic=:politikk
      if (const std::string_view name = word.substr(0, given ? colon - 1 : colon); is_field_name(name))
        return field(name, given);
    }
    Node node;
    node.kind = NodeKind::word;
    at_ = after;
    std::string_view text = word;
    if (text == "*") {
      node.kind = NodeKind::all;
      return node;
    }
    if (text.starts_with('=')) {
      node.exact = true;
      text.remove_prefix(1);
      std::string_view close;
      if (text.empty() && at_ < q_.size() && opening_mark(q_.substr(at_), close) > 0) {
        node.kind = NodeKind::phrase;
        node.exact = false;
        node.text = marked_text();
        if (plain_words(node.text).empty()) raise(begin, "there is no word between the quotation marks", "give one");
        return node;
      }
    }
    if (text.ends_with('*')) {
      node.wildcard = true;
      while (text.ends_with('*')) text.remove_suffix(1);
    }
    if (node.wildcard && node.exact) raise(begin, "`=` and `*` cannot be on one word", "leave one of them out");
    if (text.find('*') != std::string_view::npos)
      raise(begin, "`*` may stand at a word's end only", "use OR for the forms that are meant");
    node.text = text;
    if (plain_words(text).empty())
      raise(begin, fmt::format("`{}` holds no letter and no digit", word), "give a word, or `*` for every article");
    return node;
  }

  Node scoped(Scope scope, std::size_t brace) {
    at_ = brace + 1;
    Node node;
    node.kind = NodeKind::inside;
    node.scope = scope;
    node.children.push_back(disjunction());
    skip();
    if (at_ == q_.size() || q_[at_] != '}') raise(brace, "this brace is not closed", "add `}`");
    ++at_;
    return node;
  }

  /// Letters only: "12:30" and "C:" are no fields.
  static bool is_field_name(std::string_view name) {
    return name.size() > 1 && std::all_of(name.begin(), name.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
           });
  }

  Node field(std::string_view name, bool given) {
    const std::size_t begin = at_;
    const Field* f = find_field(language::normalise(name));
    if (f == nullptr) {
      const std::string_view near = nearest_field(language::normalise(name));
      raise(begin, fmt::format("there is no field `{}`", name),
            (near.empty() ? std::string() : fmt::format("did you mean {}:? ", near)) +
                "put the word in quotation marks if it is none; `spalte help query` lists the fields");
    }
    if (given && f->kind != FieldKind::topic)
      raise(begin, fmt::format("{}=: is not known", name), "topic=: alone asks for what the source itself gave");
    at_ += name.size() + (given ? 2U : 1U);
    Node node;
    node.kind = NodeKind::field;
    node.field = f;
    node.exact = given;
    std::string_view close;
    const bool words = f->kind == FieldKind::words || f->kind == FieldKind::quote;
    if (at_ == q_.size() || blank(q_[at_]) || q_[at_] == ')')
      raise(begin, fmt::format("{}: has no value", name), std::string(f->example));
    if (words) {
      if (++depth_ > kMaxQueryDepth) raise(at_, "fields are nested too deeply", fmt::format("at most {} levels are taken", kMaxQueryDepth));
      Node child = atom();
      --depth_;
      check_words(child, name);
      node.children.push_back(std::move(child));
    } else if (opening_mark(q_.substr(at_), close) > 0) {
      const std::size_t value_at = at_;
      node.text = marked_text();
      if (node.text.empty()) raise(value_at, fmt::format("{}: has no value", name), std::string(f->example));
    } else {
      const std::string_view value = run_of_word(at_);
      if (value.empty()) raise(at_, fmt::format("{}: takes one value", name), std::string(f->example));
      node.text = value;
      at_ += value.size();
    }
    return node;
  }

  void check_words(const Node& n, std::string_view field_name) {
    switch (n.kind) {
      case NodeKind::word:
      case NodeKind::phrase:
        return;
      case NodeKind::conjunction:
      case NodeKind::disjunction:
      case NodeKind::negation:
        for (const Node& child : n.children) check_words(child, field_name);
        return;
      default:
        raise(n.begin, fmt::format("{}: takes words and phrases only", field_name), "put the rest outside of it");
    }
  }

  std::string_view q_;
  std::size_t at_ = 0, depth_ = 0, nodes_ = 0;
};

}  // namespace

Result<Node> parse(std::string_view query) {
  if (query.size() > kMaxQueryBytes)
    return fail(ErrorCode::usage, fmt::format("the query is {} bytes long", query.size()),
                fmt::format("at most {} are taken", kMaxQueryBytes));
  try {
    return Parser(query).run();
  } catch (Failure& failure) {
    return tl::unexpected<Error>(std::move(failure.error));
  }
}

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<language::Token> tokens;
  std::vector<language::Sentence> sentences;
  language::segment(text, {0, static_cast<std::uint32_t>(text.size())}, tokens, sentences);
  std::vector<std::string> out;
  for (const language::Token& t : tokens)
    if (t.kind != language::TokenKind::punctuation) out.emplace_back(text.substr(t.begin, t.end - t.begin));
  return out;
}

std::string_view nearest_field(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Field& f : kFields) {
    names.push_back(f.name);
    for (std::string_view alias : f.aliases)
      if (!alias.empty()) names.push_back(alias);
  }
  return nearest_name(name, names);
}

}  // namespace spalte::query
