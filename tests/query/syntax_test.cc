// Does the query language parse what the help shows, round-trip what it parses, and say where an error is?
#include "query/syntax.h"

#include "query/help_query.h"
#include "query/operators.h"
#include "query/display_width.h"
#include "query/tree.h"
#include "schema/field.h"

#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>

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
        n.scope = n.kind == NodeKind::inside && pick(3) == 0 ? Scope::quote
                  : pick(2) == 0                            ? Scope::sentence
                                                            : Scope::paragraph;
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
    if (pick(3) > 0) return word();
    if (pick(2) == 0) return phrase();
    Node n;
    n.kind = NodeKind::disjunction;
    n.children = {word(), phrase()};
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

TEST_CASE("every example of the help parses, and the page shows all there is") {
  const std::string page = help_query();
  for (const QueryExample& e : query_examples()) {
    INFO(e.query);
    CHECK(parse(e.query));
    CHECK_THAT(page, Catch::Contains(std::string(e.query)));
  }
  for (const OperatorRow& o : kOperators)
    for (std::string_view name : o.names) CHECK_THAT(page, Catch::Contains(std::string(name)));
  for (const Field& f : kFields)
    for (std::string_view alias : f.aliases) CHECK_THAT(page, Catch::Contains(std::string(alias)));
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
  CHECK(canonical("setning{a b} avsnitt{c} Sitat{d}") == canonical("sent{a b} para{c} quote{d}"));
  for (const OperatorRow& o : kOperators)
    for (std::string_view name : o.names)
      if (!name.empty()) CHECK(canonical(fmt::format("laks {} torsk", name)) != canonical("laks og torsk"));
}

TEST_CASE("every field has the same meaning in each of its spellings") {
  for (const Field& f : kFields)
    for (std::string_view alias : f.aliases) {
      if (alias.empty()) continue;
      INFO(alias);
      std::string capitals(alias);
      capitals[0] = capitals[0] >= 'a' && capitals[0] <= 'z' ? static_cast<char>(capitals[0] - 32) : capitals[0];
      CHECK(canonical(fmt::format("{}:2017", alias)) == canonical(fmt::format("{}:2017", f.name)));
      CHECK(canonical(fmt::format("{}:2017", capitals)) == canonical(fmt::format("{}:2017", f.name)));
    }
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
        Wrong{"æøå \"b", 5, "not closed"}, Wrong{"-", 1, "no letter"}, Wrong{"", 1, "empty"},
        Wrong{"a SAME/x b", 3, "no scope"}, Wrong{"a SAME/s", 3, "missing"}, Wrong{"a NEAR/0 b", 3, "from 1 to"},
        Wrong{"a NEAR/5 kilde:VG", 10, "NEAR stands between"}, Wrong{"kilde:", 1, "no value"},
        Wrong{"a kilde:\"\"", 9, "no value"}, Wrong{"tittel:(a kilde:b)", 11, "words and phrases only"},
        Wrong{"title=:a", 1, "not known"}, Wrong{"a*b", 1, "end only"}, Wrong{"x =a*", 3, "cannot be on one word"},
        Wrong{"()", 2, "missing"}, Wrong{"a {b}", 3, "does not belong"}, Wrong{"fisk{b}", 1, "before a brace"},
        Wrong{"a \"\"", 3, "no word between"}, Wrong{"OR a", 1, "missing"}, Wrong{"a NOT", 3, "missing"},
        Wrong{"a AND OR b", 7, "before OR a word"}, Wrong{"a NEAR/5 NOT b", 10, "before NOT a word"},
        Wrong{"NEAR/3 a", 1, "before NEAR/3 a word"}, Wrong{"a OG OG b", 6, "before OG a word"},
        Wrong{"(((((a", 5, "not closed"}, Wrong{"å \"", 3, "not closed"}}) {
    INFO(w.query);
    const Result<Node> tree = parse(w.query);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().code == ErrorCode::usage);
    CHECK_THAT(tree.error().message, Catch::Contains(std::string(w.says)));
    CHECK_THAT(tree.error().message, Catch::Contains("(at character " + std::to_string(w.character) + ")"));
    CHECK_FALSE(tree.error().hint.empty());
  }
}

TEST_CASE("a field's value may be a word that is an operator elsewhere") {
  for (std::string_view text : {"tittel:OG", "title:NOT fisk", "kilde:OR", "a OR =OR"}) {
    INFO(text);
    const Node tree = parsed(text);
    CHECK(parse(to_string(tree)).value() == tree);
  }
}

TEST_CASE("of a long query the part around the mistake is shown, the caret below it") {
  const Result<Node> tree = parse(std::string(3000, 'a') + " å \"b " + std::string(3000, 'c'));
  REQUIRE_FALSE(tree);
  const std::string& message = tree.error().message;
  CHECK(message.size() < 700);
  const std::size_t first = message.find('\n'), second = message.find('\n', first + 1);
  const std::string line = message.substr(first + 1, second - first - 1), caret = message.substr(second + 1);
  // One column a code point.
  CHECK(shown_width(line.substr(0, line.find('"'))) == caret.find('^'));
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
                                                 "AND",    " OR ",  " NOT ",
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
