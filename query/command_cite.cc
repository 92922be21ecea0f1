// `spalte cite`: how is an article cited?
#include "query/arguments.h"
#include "query/citation.h"
#include "query/find_article.h"
#include "query/reader.h"
#include "query/shard.h"
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
    std::ostream& out = context.io.out;
    std::string all;
    for (const std::string& id : ids_) {
      Result<ArticleRow> row = find_article(*reader, id);
      if (!row) return fail(std::move(row));
      if (Status loaded = reader->catalogue().load_text(row->row, row->article); !loaded)
        return fail(std::move(loaded));
      if (Status there = require_paragraph(row->article, paragraph_); !there) return fail(std::move(there));
      set_archive(c, reader->archive(), row->row);
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
  /// The archive and revision that hold a row: those of its shard.
  static void set_archive(CitationContext& c, const Archive& archive, std::int64_t row) {
    const auto places = static_cast<std::int64_t>(archive.shards().size() + archive.missing().size());
    for (std::size_t s = 0; s < archive.shards().size(); ++s) {
      if (row % places != archive.global_row(s, 0)) continue;
      c.archive = archive.shards()[s]->uuid();
      c.revision = std::to_string(archive.shards()[s]->generation());
    }
  }

  std::vector<std::string> ids_;
  Style style_ = Style::text;
  int paragraph_ = 0;
  std::string accessed_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_cite(CLI::App& app) { return std::make_unique<CiteCommand>(app); }

}  // namespace spalte::query
