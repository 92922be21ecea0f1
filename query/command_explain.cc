// `spalte explain`: what is a query taken for?
#include "query/arguments.h"
#include "query/search.h"
#include "query/syntax.h"
#include "schema/command.h"
#include "schema/terminal.h"
#include "schema/terms.h"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

class ExplainCommand : public CommandRun {
 public:
  explicit ExplainCommand(CLI::App& app) : query_(app) {}

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<std::string> text = query_.text(context, false);
    if (!text) return fail(std::move(text));
    std::ostream& out = context.io.out;
    std::vector<std::string> words;
    if (query_.match.any) {
      words = plain_words(*text);
    } else {
      Result<Node> tree = parse(*text);
      if (!tree) return fail(std::move(tree));
      out << "query      " << printable(to_string(*tree)) << "\n\n";
      const std::string drawn = draw(*tree);
      for (std::size_t at = 0; at < drawn.size(); at = drawn.find('\n', at) + 1)
        out << "  " << printable(std::string_view(drawn).substr(at, drawn.find('\n', at) - at)) << '\n';
      out << '\n';
      collect(*tree, words);
    }
    const Status done = reader->request([&]() -> Status {
      Result<Compiled> compiled = query_.compile(context, *reader, false);
      if (!compiled) return fail(std::move(compiled));
      for (const std::string& w : words) explain_word(out, *reader, w);
      for (const MatchedActor& a : compiled->actors) {
        out << "actor      " << printable(a.typed) << '\n';
        for (const Actor& x : a.actors) {
          out << fmt::format("             {}, {}, named in {} articles, derived alone in {}, id {}\n",
                             printable(x.name()), actor_kind_name(x.kind), count(newest_naming(x, false, *reader), *reader),
                             count(newest_naming(x, true, *reader), *reader) - count(newest_naming(x, false, *reader), *reader),
                             name_id_text(x.id()));
          for (std::size_t i = 1; i < x.names.size(); ++i)
            out << fmt::format("               also {}, {}, in {} articles, id {}\n", printable(x.names[i].text),
                               actor_kind_name(x.names[i].kind),
                               reader->articles().get_termfreq(term(prefix::kName, name_id_text(x.names[i].id))),
                               name_id_text(x.names[i].id));
        }
      }
      out << "articles   " << count(compiled->query, *reader) << "\n\nXapian     "
          << printable(compiled->query.get_description()) << '\n';
      return {};
    });
    if (!done) return fail(done);
    return 0;
  }

 private:
  static void collect(const Node& n, std::vector<std::string>& words) {
    if (n.kind == NodeKind::word || n.kind == NodeKind::phrase)
      for (std::string& w : plain_words(n.text)) words.push_back(std::move(w));
    for (const Node& c : n.children) collect(c, words);
  }

  static void explain_word(std::ostream& out, Reader& reader, const std::string& word) {
    const language::QueryWord q = reader.analyser().query_word(word);
    out << "word       " << printable(word) << (q.stopword ? " (a function word: not required)" : "") << '\n';
    constexpr std::size_t kForms = 40;
    for (const std::string& key : q.keys) {
      out << fmt::format("  key      {}: {} articles, in compounds {}\n", key, reader.articles().get_termfreq(key),
                         reader.articles().get_termfreq(term(prefix::kPart, key)));
      std::string forms[2];
      for (const language::Form& f : reader.analyser().forms(key, kForms))
        forms[f.standard == language::Standard::nn ? 1 : 0] += " " + f.text;
      if (!forms[0].empty()) out << "    nb    " << forms[0] << '\n';
      if (!forms[1].empty()) out << "    nn    " << forms[1] << '\n';
    }
    for (const auto& [label, lists] : {std::pair{"pieces", &q.pieces}, {"parts", &q.parts}}) {
      if (lists->empty()) continue;
      out << fmt::format("  {:<8}", label);
      for (const auto& keys : *lists) out << ' ' << fmt::format("{}", fmt::join(keys, "/"));
      out << '\n';
    }
  }

  QueryArguments query_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_explain(CLI::App& app) { return std::make_unique<ExplainCommand>(app); }

}  // namespace spalte::query
