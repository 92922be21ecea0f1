// `spalte show`: what is known of an article?
#include "query/arguments.h"
#include "query/find_article.h"
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

}  // namespace

std::unique_ptr<CommandRun> setup_show(CLI::App& app) { return std::make_unique<ShowCommand>(app); }

}  // namespace spalte::query
