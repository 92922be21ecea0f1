// `spalte versions`: which versions has an article?
#include "query/arguments.h"
#include "query/find_article.h"
#include "query/report.h"
#include "query/table.h"
#include "schema/command.h"

#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>

namespace spalte::query {
namespace {

class VersionsCommand : public CommandRun {
 public:
  explicit VersionsCommand(CLI::App& app) {
    app.add_option("ID", id_, "id of an article, or its beginning")->required();
    add_choice(app, "--format", format_, table_formats(), "FORMAT", "text, csv or jsonl");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<ArticleRow> article = find_article(*reader, id_);
    if (!article && article.error().code != ErrorCode::not_found) return fail(std::move(article));
    Result<std::vector<WithdrawnVersion>> withdrawn =
        reader->catalogue().withdrawn(article && !article->article.family.empty() ? article->article.family : id_);
    if (!withdrawn) return fail(std::move(withdrawn));
    // Of a story that is gone altogether it is still told that it was withdrawn.
    if (!article && withdrawn->empty()) return fail(std::move(article));
    Result<std::vector<Version>> versions =
        article ? versions_of(*reader, *article) : Result<std::vector<Version>>(std::vector<Version>());
    if (!versions) return fail(std::move(versions));
    Table table("spalte.version/1",
                {"version", "id", "date", "modified", "added", "source", "words", "title", "withdrawn"});
    // People read it in the title's place.
    const auto is_withdrawn = [&](bool is) { return format_ == TableFormat::text ? Cell("") : Cell::truth(is); };
    for (const WithdrawnVersion& w : *withdrawn)
      table.add({static_cast<std::int64_t>(w.version), w.id, "", "", "", "", Cell::none(),
                 format_ == TableFormat::text ? "withdrawn by its source" : "", is_withdrawn(true)});
    for (const Version& v : *versions) {
      Result<std::optional<ArticleRow>> row = reader->catalogue().article(v.row);
      if (!row) return fail(std::move(row));
      if (!*row) continue;
      const Article& a = (*row)->article;
      table.add({v.number, a.id, a.date_guessed ? "" : a.published, a.modified, (*row)->added, a.source,
                 static_cast<std::int64_t>((*row)->words), (*row)->title, is_withdrawn(false)});
    }
    table.write(context, format_);
    if (versions->size() == 1 && withdrawn->empty() && format_ == TableFormat::text && !context.quiet)
      context.io.err << "spalte: the archive holds one version of it\n";
    return 0;
  }

 private:
  std::string id_;
  TableFormat format_ = TableFormat::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_versions(CLI::App& app) { return std::make_unique<VersionsCommand>(app); }

}  // namespace spalte::query
