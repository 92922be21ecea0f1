// `spalte show` and `spalte explain`: an article, and what the program takes a query for
#include "query/arguments.h"
#include "query/search.h"
#include "query/syntax.h"
#include "schema/command.h"
#include "schema/terminal.h"
#include "schema/terms.h"

#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

/// An article by its id, or by the beginning of it where that is enough.
Result<ArticleRow> find_article(Reader& reader, const std::string& id) {
  Result<std::optional<ArticleRow>> row = reader.catalogue().article_by_id(id);
  if (!row) return fail(std::move(row));
  if (*row) return std::move(**row);
  Result<std::vector<std::string>> near = reader.catalogue().ids_with_prefix(id, 6);
  if (!near) return fail(std::move(near));
  if (near->size() == 1) {
    row = reader.catalogue().article_by_id(near->front());
    if (!row) return fail(std::move(row));
    if (*row) return std::move(**row);
  }
  std::string hint = near->empty() ? "`spalte search` shows the ids of articles" : "these begin so:";
  for (const std::string& n : *near) hint += " " + n;
  return fail(ErrorCode::not_found, fmt::format("there is no article `{}`", id), hint);
}

class ShowCommand : public CommandRun {
 public:
  explicit ShowCommand(CLI::App& app) {
    app.add_option("ID", ids_, "ids of articles, or their beginnings")->required();
    app.add_option("--format", format_, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
    app.add_option("--para", paragraph_, "this paragraph alone")->check(CLI::PositiveNumber)->type_name("N");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context.db);
    if (!reader) return fail(std::move(reader));
    for (const std::string& id : ids_) {
      Result<ArticleRow> row = find_article(*reader, id);
      if (!row) return fail(std::move(row));
      if (Status loaded = reader->catalogue().load_text(row->row, row->article); !loaded)
        return fail(std::move(loaded));
      Result<Annotation> annotation = reader->catalogue().annotation(row->row);
      if (!annotation) return fail(std::move(annotation));
      if (paragraph_ > static_cast<int>(row->article.paragraphs.size()))
        return fail(ErrorCode::not_found,
                    fmt::format("article {} has {} paragraphs", row->article.id, row->article.paragraphs.size()), "");
      if (format_ == "json") {
        context.io.out << json(*row, *annotation) << '\n';
      } else {
        text(context, *row, *annotation);
      }
    }
    return 0;
  }

 private:
  void text(Context& context, const ArticleRow& row, const Annotation& n) const {
    std::ostream& out = context.io.out;
    const Article& a = row.article;
    if (paragraph_ > 0) {
      out << printable(a.view(a.paragraphs[static_cast<std::size_t>(paragraph_) - 1])) << '\n';
      return;
    }
    const auto bold = [&](std::string_view s) {
      return context.color ? fmt::format("\x1b[1m{}\x1b[0m", printable(s)) : printable(s);
    };
    const auto line = [&](std::string_view label, const std::string& value) {
      if (!value.empty()) out << fmt::format("{:<11}{}\n", label, printable(value));
    };
    for (const Paragraph& p : a.paragraphs) {
      if (p.role == ParagraphRole::title) {
        out << bold(a.view(p)) << "\n\n";
        continue;
      }
      out << (p.role == ParagraphRole::subhead ? bold(a.view(p)) : printable(a.view(p))) << "\n\n";
    }
    line("id", a.id);
    line("date", a.published.empty()
                     ? ""
                     : norwegian_date(a.published) + (a.date_guessed ? " (guessed from the file's time)" : ""));
    line("source", a.source);
    line("byline", a.byline);
    line("section", a.section);
    line("language", a.lang);
    line("url", a.url);
    line("path", a.path);
    std::string actors;
    for (const ArticleActor& x : n.actors)
      actors += fmt::format("{}{}{} ({})", actors.empty() ? "" : ", ", x.name, x.role.empty() ? "" : ", " + x.role,
                            x.mentions);
    line("actors", actors);
    for (const TopicScore& t : n.topics) {
      std::string words;
      for (const std::string& w : t.evidence) words += (words.empty() ? "" : ", ") + w;
      line("topic", fmt::format("{} ({})", t.name, words));
    }
    for (const std::string& given : a.topics_given) line("given topic", given);
    for (const Quote& q : n.quotes) {
      const std::string speaker = q.actor != kNoActor   ? n.actors[q.actor].name
                                  : q.described.empty() ? "?"
                                                        : q.described;
      const bool inferred = q.actor != kNoActor && speaker_certainty(q.how) < kCertainSpeaker;
      line("quote", fmt::format("{}{}: {}", speaker, inferred ? "?" : "",
                                std::string_view(a.text).substr(q.text_begin, q.text_end - q.text_begin)));
    }
  }

  static std::string json(const ArticleRow& row, const Annotation& n) {
    const Article& a = row.article;
    const auto or_null = [](std::string_view s) { return s.empty() ? Json(nullptr) : Json(s); };
    Json paragraphs = Json::array(), actors = Json::array(), topics = Json::array(), quotes = Json::array();
    constexpr std::string_view kRoles[] = {"title", "lead", "subhead", "body"};
    for (const Paragraph& p : a.paragraphs)
      paragraphs.push_back({{"role", kRoles[static_cast<std::size_t>(p.role)]}, {"start", p.begin}, {"end", p.end}});
    for (const ArticleActor& x : n.actors)
      actors.push_back({{"name", x.name},
                        {"kind", actor_kind_name(x.kind)},
                        {"id", name_id_text(name_id(x.kind, x.name))},
                        {"forms", x.forms},
                        {"mentions", x.mentions},
                        {"role", or_null(x.role)}});
    for (const TopicScore& t : n.topics)
      topics.push_back({{"id", t.id}, {"name", t.name}, {"score", t.score}, {"evidence", t.evidence}});
    for (const Quote& q : n.quotes)
      quotes.push_back({{"start", q.begin},
                        {"end", q.end},
                        {"text", std::string_view(a.text).substr(q.text_begin, q.text_end - q.text_begin)},
                        {"speaker", q.actor != kNoActor ? Json(n.actors[q.actor].name) : Json(nullptr)},
                        {"how", or_null(speaker_found_name(q.how))},
                        {"described", or_null(q.described)},
                        {"verb", or_null(q.verb)},
                        {"style", quote_style_name(q.style)}});
    const Json out{{"schema", "spalte.article/1"},
                   {"id", a.id},
                   {"title", or_null(row.title)},
                   {"date", a.date_guessed ? Json(nullptr) : or_null(a.published)},
                   {"date_guessed", a.date_guessed ? or_null(a.published) : Json(nullptr)},
                   {"source", or_null(a.source)},
                   {"agency", or_null(a.agency)},
                   {"byline", or_null(a.byline)},
                   {"section", or_null(a.section)},
                   {"url", or_null(a.url)},
                   {"lang", or_null(a.lang)},
                   {"path", a.path},
                   {"text", a.text},
                   {"paragraphs", paragraphs},
                   {"actors", actors},
                   {"topics", topics},
                   {"topics_given", a.topics_given},
                   {"quotes", quotes}};
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  std::vector<std::string> ids_;
  std::string format_ = "text";
  int paragraph_ = 0;
};

class ExplainCommand : public CommandRun {
 public:
  explicit ExplainCommand(CLI::App& app) : query_(app) {}

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context.db);
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
                             printable(x.name()), actor_kind_name(x.kind), count(named_query(x, false), *reader),
                             count(named_query(x, true), *reader) - count(named_query(x, false), *reader),
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

std::unique_ptr<CommandRun> setup_show(CLI::App& app) { return std::make_unique<ShowCommand>(app); }
std::unique_ptr<CommandRun> setup_explain(CLI::App& app) { return std::make_unique<ExplainCommand>(app); }

}  // namespace spalte::query
