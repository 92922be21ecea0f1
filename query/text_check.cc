// How is a text held against a check?
#include "query/text_check.h"

#include "language/normalise.h"
#include "query/syntax.h"
#include "query/verify.h"

#include <memory>
#include <utility>

namespace spalte::query {
namespace {

using Test = std::function<bool(const Article&)>;

Test phrase_test(const TextCheck& check) {
  return [phrase = ExactPhrase(check.words), role = check.role, buffer = std::string()](const Article& a) mutable {
    // Most texts have it in small letters, and normalising costs more than looking.
    for (const Paragraph& p : a.paragraphs)
      if ((!role || p.role == *role) && phrase.in(a.view(p))) return true;
    buffer.clear();
    for (const Paragraph& p : a.paragraphs) {
      if (role && p.role != *role) continue;
      language::normalise_to(a.view(p), buffer);
      buffer += '\n';
    }
    return phrase.in(buffer);
  };
}

/// Cuts the text into sentences and words and asks `Matcher` of them.
template <typename Matcher>
Test analysed_test(const Node& tree, const TextCheck& check, language::Analyser& analyser) {
  return [matcher = std::make_shared<Matcher>(tree, check.options, analyser), &analyser,
          ranges = std::vector<language::ByteRange>(), text = language::AnalysedText()](const Article& a) mutable {
    ranges.clear();
    for (const Paragraph& p : a.paragraphs) ranges.push_back({p.begin, p.end});
    analyser.analyse(a.text, ranges, text);
    return matcher->matches(text, analyser);
  };
}

}  // namespace

Result<Test> text_test(const TextCheck& check, language::Analyser& analyser) {
  if (check.kind == TextCheck::Kind::phrase) return phrase_test(check);
  Result<Node> tree = parse(check.tree);
  if (!tree) return fail(std::move(tree));
  if (check.kind == TextCheck::Kind::window) return analysed_test<WindowMatcher>(*tree, check, analyser);
  return analysed_test<NearMatcher>(*tree, check, analyser);
}

}  // namespace spalte::query
