// Does the query language parse what the help shows, round-trip what it parses, and say where an error is?
#include "query/syntax.h"

#include "query/help_query.h"
#include "query/tree.h"
#include "schema/field.h"

#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace spalte::query {
namespace {

Node parsed(std::string_view text) {
  Result<Node> tree = parse(text);
  INFO(text);
  if (!tree) FAIL(tree.error().message);
  return std::move(*tree);
}

std::string canonical(std::string_view text) { return to_string(parsed(text)); }

/// Trees as a user could type them: every kind of node, nested.
class RandomTrees {
 public:
  explicit RandomTrees(std::uint32_t seed) : random_(seed) {}

  Node tree(int depth = 0) {
    const int kind = pick(depth > 3 ? 4 : 12);
    Node n;
    switch (kind) {
      case 0:
      case 1:
      case 2:
        return word();
      case 3:
        return phrase();
      case 4:
      case 5:
        n.kind = NodeKind::conjunction;
        break;
      case 6:
        n.kind = NodeKind::disjunction;
        break;
      case 7:
        return negation(depth);
      case 8:
        return value();
      case 9:
        return field(depth);
      case 10:
        n.kind = NodeKind::near;
        n.ordered = pick(2) == 0;
        n.distance = 1 + pick(20);
        n.children = {near_operand(), near_operand()};
        return n;
      default:
        n.kind = pick(2) == 0 ? NodeKind::same : NodeKind::inside;
        n.scope = pick(2) == 0 ? Scope::sentence : Scope::paragraph;
        n.children = n.kind == NodeKind::same ? std::vector<Node>{word(), phrase()} : std::vector<Node>{group()};
        return n;
    }
    const int children = 2 + pick(3);
    while (static_cast<int>(n.children.size()) < children) {
      Node child = tree(depth + 1);
      if (child.kind != n.kind) n.children.push_back(std::move(child));
    }
    return n;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

  Node word() {
    static constexpr std::string_view kWords[] = {"norge",    "Stortinget", "EU-kommisjonen", "ærlig", "og",  "2017",
                                                  "l'orange", "a.b",        "NATO",           "år",    "skål"};
    Node n;
    n.kind = NodeKind::word;
    n.text = kWords[pick(std::size(kWords))];
    n.exact = pick(5) == 0;
    n.wildcard = !n.exact && pick(6) == 0;
    return n;
  }

  Node near_operand() {
    Node n = word();
    n.wildcard = false;
    return n;
  }

  Node phrase() {
    Node n;
    n.kind = NodeKind::phrase;
    n.text = pick(2) == 0 ? "i det hele tatt" : "wang yi";
    return n;
  }

  Node group() {
    Node n;
    n.kind = pick(2) == 0 ? NodeKind::conjunction : NodeKind::disjunction;
    n.children = {word(), word()};
    return n;
  }

  Node negation(int depth) {
    Node n;
    n.kind = NodeKind::negation;
    do n.children = {tree(depth + 1)};
    while (n.children[0].kind == NodeKind::negation);
    return n;
  }

  Node value() {
    static constexpr std::pair<std::string_view, std::string_view> kValues[] = {
        {"source", "Dag og Tid"}, {"date", "2017-03-01..2017-03-31"},
        {"actor", "Wang Yi"},     {"topic", "politikk"},
        {"path", "2011/mai"},     {"lang", "nn"}};
    const auto& [name, text] = kValues[pick(std::size(kValues))];
    Node n;
    n.kind = NodeKind::field;
    n.field = find_field(name);
    n.text = text;
    n.exact = name == "topic" && pick(2) == 0;
    return n;
  }

  Node field(int depth) {
    Node n;
    n.kind = NodeKind::field;
    n.field = find_field(depth % 2 == 0 ? "title" : "lead");
    n.children = {pick(2) == 0 ? word() : pick(2) == 0 ? phrase() : group()};
    return n;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("what a tree is written as parses to the same tree") {
  RandomTrees trees(20261124);
  for (int i = 0; i < 2000; ++i) {
    const Node tree = trees.tree();
    const std::string text = to_string(tree);
    INFO(text);
    const Result<Node> again = parse(text);
    REQUIRE(again);
    REQUIRE(to_string(*again) == text);
    REQUIRE(*again == tree);
  }
}

TEST_CASE("every example of the help parses, and every field's own") {
  for (const QueryExample& e : query_examples()) CHECK(parse(e.query));
  for (const Field& f : kFields) {
    INFO(f.name);
    CHECK(parse(f.example));
  }
}

TEST_CASE("operators in both languages, small letters are words") {
  CHECK(canonical("fisk ELLER laks") == canonical("fisk OR laks"));
  CHECK(canonical("fisk IKKE laks") == canonical("fisk NOT laks"));
  CHECK(canonical("fisk IKKJE laks") == canonical("fisk -laks"));
  CHECK(canonical("fisk ANDNOT laks") == canonical("fisk -laks"));
  CHECK(canonical("fisk OG laks") == canonical("fisk laks"));
  CHECK(parsed("fisk og laks").children.size() == 3);
  CHECK(canonical("avis:VG") == canonical("source:VG"));
  CHECK(canonical("kjelde:VG") == canonical("kilde:VG"));
  CHECK(canonical("a OR b c") == canonical("a OR (b c)"));
}

TEST_CASE("quotation marks of every make open and close a phrase") {
  for (std::string_view text : {"\"wang yi\"", "«wang yi»", "“wang yi”", "„wang yi“"}) {
    INFO(text);
    CHECK(parsed(text).kind == NodeKind::phrase);
  }
}

TEST_CASE("an error says what, where, and what to do") {
  struct Wrong {
    std::string_view query;
    int character;
    std::string_view says;
  };
  for (const Wrong& w :
       {Wrong{"norge \"uklar", 7, "not closed"}, Wrong{"dat:2017", 1, "no field `dat`"},
        Wrong{"fisk (a OR b", 6, "not closed"}, Wrong{"a)", 2, "closes nothing"}, Wrong{"a OR", 3, "missing"},
        Wrong{"AND a", 1, "missing"}, Wrong{"a NEAR/x b", 3, "NEAR/x"}, Wrong{"quote{a", 6, "not closed"},
        Wrong{"æøå \"b", 5, "not closed"}, Wrong{"-", 1, "no letter"}}) {
    INFO(w.query);
    const Result<Node> tree = parse(w.query);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().code == ErrorCode::usage);
    CHECK_THAT(tree.error().message, Catch::Contains(std::string(w.says)));
    CHECK_THAT(tree.error().message, Catch::Contains("(at character " + std::to_string(w.character) + ")"));
    CHECK_FALSE(tree.error().hint.empty());
  }
}

TEST_CASE("a wrong field gets the nearest one as a suggestion") {
  CHECK(nearest_field("dat") == "date");
  CHECK(nearest_field("akør") == "aktør");
  CHECK(nearest_field("person1") == "person");
  CHECK(nearest_field("xyzzyq").empty());
}

TEST_CASE("no bytes crash the parser, and it ends at its limits") {
  std::mt19937 random(7);
  static constexpr std::string_view kPieces[] = {"(",      ")",     "\"",     "{",      "}",  ":", "-", "*",
                                                 "=",      "OR",    "NEAR/3", "SAME/s", " ",  "a", "å", "\xff",
                                                 "quote{", "date:", "title:", "\0",     "..", "«", "»"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    if (const Result<Node> tree = parse(text)) {
      INFO(text);
      const Result<Node> again = parse(to_string(*tree));
      REQUIRE(again);
      REQUIRE(*again == *tree);
    }
  }
  CHECK_FALSE(parse(std::string(kMaxQueryBytes + 1, 'a')));
  CHECK_FALSE(parse(std::string(kMaxQueryDepth + 10, '(') + "a" + std::string(kMaxQueryDepth + 10, ')')));
}

}  // namespace spalte::query
