// `spalte cite`: how is an article cited?
#include "query/arguments.h"
#include "query/citation.h"
#include "query/find_article.h"
#include "schema/command.h"
#include "schema/date.h"
#include "schema/terminal.h"

#include <ctime>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Style : std::uint8_t { text, bibtex, csl };

class CiteCommand : public CommandRun {
 public:
  explicit CiteCommand(CLI::App& app) {
    app.add_option("ID", ids_, "ids of articles, or their beginnings")->required();
    add_choice(app, "--format", style_,
               std::map<std::string, Style>{{"text", Style::text}, {"bibtex", Style::bibtex}, {"csl-json", Style::csl}},
               "STYLE", "text (Norwegian), bibtex or csl-json");
    app.add_option("--para", paragraph_, "of this paragraph, counted as `show --para` does")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    app.add_option("--accessed", accessed_, "the day it was read (default: today)")->type_name("DATE");
  }

  Result<int> run(Context& context) override {
    CitationContext c{{}, {}, local_time(std::time(nullptr)).substr(0, 10), paragraph_};
    if (!accessed_.empty()) {
      const std::optional<std::string> day = parse_date(accessed_);
      if (!day || day->size() < 10)
        return fail(ErrorCode::usage, fmt::format("`{}` is no day", accessed_), "2017-03-16 or 16.03.2017, say");
      c.accessed = day->substr(0, 10);
    }
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    for (const auto& [key, value] : {std::pair{state_key::kUuid, &c.archive}, {state_key::kGeneration, &c.revision}}) {
      Result<std::string> stored = reader->catalogue().state(key);
      if (!stored) return fail(std::move(stored));
      *value = std::move(*stored);
    }
    std::ostream& out = context.io.out;
    std::string all;
    for (const std::string& id : ids_) {
      Result<ArticleRow> row = find_article(*reader, id);
      if (!row) return fail(std::move(row));
      if (Status loaded = reader->catalogue().load_text(row->row, row->article); !loaded)
        return fail(std::move(loaded));
      if (Status there = require_paragraph(row->article, paragraph_); !there) return fail(std::move(there));
      switch (style_) {
        case Style::text:
          all += printable(citation_text(*row, c)) + "\n";
          break;
        case Style::bibtex:
          all += (all.empty() ? "" : "\n") + citation_bibtex(*row, c);
          break;
        case Style::csl:
          all += (all.empty() ? "[\n" : ",\n") + citation_csl(*row, c);
          break;
      }
    }
    out << all << (style_ == Style::csl ? "\n]\n" : "");
    return 0;
  }

 private:
  std::vector<std::string> ids_;
  Style style_ = Style::text;
  int paragraph_ = 0;
  std::string accessed_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_cite(CLI::App& app) { return std::make_unique<CiteCommand>(app); }

}  // namespace spalte::query
