// `spalte export`: every row of what is known of the matching articles
#include "query/arguments.h"
#include "query/article_json.h"
#include "query/matched_rows.h"
#include "query/table.h"
#include "schema/command.h"
#include "schema/terms.h"

#include <algorithm>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class What : std::uint8_t { articles, mentions, quotes, topics };

struct Kind {
  std::string_view schema;
  std::vector<std::string> columns;
};

/// By What. Every row begins with the article that it belongs to.
const Kind& kind_of(What what) {
  static const std::vector<Kind> kinds = {
      {"spalte.article/1",
       {"id", "date", "source", "agency", "section", "lang", "byline", "title", "url", "path", "words", "text"}},
      {"spalte.mention/1",
       {"article", "date", "source", "paragraph", "start", "end", "text", "kind", "name", "name_id", "role",
        "derived"}},
      {"spalte.quotation/1",
       {"article", "date", "source", "paragraph", "start", "end", "text", "speaker", "name_id", "described", "verb",
        "style", "how", "certain"}},
      {"spalte.article-topic/1", {"article", "date", "source", "id", "name", "top", "score"}},
  };
  return kinds[static_cast<std::size_t>(what)];
}

Cell count_cell(std::size_t n) { return static_cast<std::int64_t>(n); }
Cell text_cell(std::string_view s) { return std::string(s); }

std::size_t paragraph_of(const Article& a, std::uint32_t at) {
  const auto after = std::upper_bound(a.paragraphs.begin(), a.paragraphs.end(), at,
                                      [](std::uint32_t b, const Paragraph& p) { return b < p.begin; });
  return static_cast<std::size_t>(after - a.paragraphs.begin());
}

class ExportCommand : public CommandRun {
 public:
  explicit ExportCommand(CLI::App& app) : query_(app) {
    add_choice(app, "--what", what_,
               std::map<std::string, What>{{"articles", What::articles},
                                           {"mentions", What::mentions},
                                           {"quotes", What::quotes},
                                           {"topics", What::topics}},
               "WHAT", "articles (default), mentions, quotes or topics");
    add_choice(app, "--format", format_,
               std::map<std::string, TableFormat>{{"csv", TableFormat::csv}, {"jsonl", TableFormat::jsonl}}, "FORMAT",
               "csv (default) or jsonl; articles as jsonl hold all that is known of each");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<std::vector<MatchedRow>> rows = reader->request([&]() -> Result<std::vector<MatchedRow>> {
      Result<Compiled> compiled = query_.compile(context, *reader, true);
      if (!compiled) return fail(std::move(compiled));
      return matched_rows(*compiled, query_.match.guessed_dates, *reader);
    });
    if (!rows) return fail(std::move(rows));
    const Kind& kind = kind_of(what_);
    const Table table(std::string(kind.schema), kind.columns);
    std::ostream& out = context.io.out;
    table.begin(context, format_);
    for (const MatchedRow& m : *rows) {
      Result<std::optional<ArticleRow>> row = reader->catalogue().article(m.row);
      if (!row) return fail(std::move(row));
      // Gone since the query was answered.
      if (!*row || (*row)->deleted) continue;
      if (Status written = write(context, **row, table, *reader); !written) return fail(std::move(written));
      // Nobody reads any more: `spalte export … | head`.
      if (!out) break;
    }
    return rows->empty() ? 1 : 0;
  }

 private:
  Status write(const Context& context, ArticleRow& row, const Table& table, Reader& reader) const {
    std::ostream& out = context.io.out;
    Article& a = row.article;
    if (Status loaded = reader.catalogue().load_text(row.row, a); !loaded) return loaded;
    Annotation annotation;
    if (what_ != What::articles || format_ == TableFormat::jsonl) {
      Result<Annotation> loaded = reader.catalogue().annotation(row.row);
      if (!loaded) return fail(std::move(loaded));
      annotation = std::move(*loaded);
    }
    const std::string date = a.date_guessed ? "" : a.published;
    switch (what_) {
      case What::articles:
        if (format_ == TableFormat::jsonl)
          out << article_json(row, annotation, context) << '\n';
        else
          table.write_row(context, format_,
                          {a.id, date, a.source, a.agency, a.section, a.lang, a.byline, row.title, a.url, a.path,
                           count_cell(row.words), a.text});
        break;
      case What::mentions:
        for (const auto& [list, derived] : {std::pair{&annotation.mentions, false}, {&annotation.derived, true}})
          for (const Mention& m : *list) {
            const ArticleActor* actor = m.actor < annotation.actors.size() ? &annotation.actors[m.actor] : nullptr;
            table.write_row(context, format_,
                            {a.id, date, a.source, count_cell(paragraph_of(a, m.begin)), count_cell(m.begin),
                             count_cell(m.end), text_cell(std::string_view(a.text).substr(m.begin, m.end - m.begin)),
                             text_cell(actor_kind_name(actor != nullptr ? actor->kind : m.kind)),
                             actor != nullptr ? actor->name : "",
                             actor != nullptr ? name_id_text(name_id(actor->kind, actor->name)) : "",
                             actor != nullptr ? actor->role : "", Cell::truth(derived)});
          }
        break;
      case What::quotes:
        for (const Quote& q : annotation.quotes) {
          const ArticleActor* speaker = q.actor < annotation.actors.size() ? &annotation.actors[q.actor] : nullptr;
          table.write_row(
              context, format_,
              {a.id, date, a.source, count_cell(paragraph_of(a, q.text_begin)), count_cell(q.begin), count_cell(q.end),
               text_cell(std::string_view(a.text).substr(q.text_begin, q.text_end - q.text_begin)),
               speaker != nullptr ? speaker->name : "",
               speaker != nullptr ? name_id_text(name_id(speaker->kind, speaker->name)) : "", q.described, q.verb,
               text_cell(quote_style_name(q.style)), text_cell(speaker_found_name(q.how)),
               Cell::truth(speaker != nullptr && speaker_certainty(q.how) >= kCertainSpeaker)});
        }
        break;
      case What::topics:
        for (const TopicScore& t : annotation.topics)
          if (t.assigned)
            table.write_row(context, format_, {a.id, date, a.source, t.id, t.name, t.top, Cell::decimal(t.score, 3)});
        break;
    }
    return {};
  }

  QueryArguments query_;
  What what_ = What::articles;
  TableFormat format_ = TableFormat::csv;
};

}  // namespace

std::unique_ptr<CommandRun> setup_export(CLI::App& app) { return std::make_unique<ExportCommand>(app); }

}  // namespace spalte::query
