// `spalte status`: what does the archive hold, how well is it covered, and what failed?
#include "query/arguments.h"
#include "query/coverage.h"
#include "query/display_width.h"
#include "query/partial.h"
#include "query/quotations.h"
#include "query/reader.h"
#include "query/search.h"
#include "query/shard.h"
#include "query/shown.h"
#include "query/table.h"
#include "schema/command.h"
#include "schema/index_format.h"
#include "schema/terminal.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

std::string shown_source(const SourceCoverage& c) { return c.source.empty() ? "(none)" : c.source; }

std::string shown_languages(const SourceCoverage& c) {
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [language, n] : c.languages) order.emplace_back(-n, language.empty() ? "unknown" : language);
  std::sort(order.begin(), order.end());
  std::string out;
  for (const auto& [n, language] : order) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", language, -n);
  return out;
}

class StatusCommand : public CommandRun {
 public:
  explicit StatusCommand(CLI::App& app) {
    app.add_flag("--coverage", coverage_, "articles of each source and month, gaps marked");
    add_choice(app, "--format", format_, table_formats(), "FORMAT",
               "text, jsonl, or csv (of --coverage: source,month,count,gap; else a line a source)");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    std::vector<SourceCoverage> sources;
    std::int64_t articles = 0, older = 0, quotations = 0;
    std::string analyser;
    const Status read = reader->request([&]() -> Status {
      sources = coverage(*reader);
      articles = count(newest_shown(Xapian::Query::MatchAll, *reader), *reader);
      older = count(without_embargoed(Xapian::Query::MatchAll, *reader), *reader) - articles;
      quotations = count_quotations(without_embargoed(Xapian::Query::MatchAll, *reader), *reader);
      analyser = reader->articles().get_metadata(state_key::kAnalyser);
      return {};
    });
    if (!read) return fail(read);
    std::ostream& out = context.io.out;
    if (coverage_) {
      if (format_ == TableFormat::text)
        draw_months(sources, out);
      else
        month_table(sources).write(context, format_);
      return 0;
    }
    if (format_ == TableFormat::csv) {
      source_table(sources).write(context, format_);
      return 0;
    }
    return format_ == TableFormat::jsonl ? as_json(context, *reader, sources, articles, quotations, analyser)
                                         : as_text(context, *reader, sources, articles, older, quotations, analyser);
  }

 private:
  static Table source_table(const std::vector<SourceCoverage>& sources) {
    Table table("spalte.source/1", {"source", "articles", "first", "last", "undated", "nb", "nn", "other", "unknown"});
    for (const SourceCoverage& c : sources) {
      const auto of = [&](const char* language) {
        const auto found = c.languages.find(language);
        return Cell(found == c.languages.end() ? std::int64_t{0} : found->second);
      };
      table.add({c.source, c.articles, c.first, c.last, c.undated, of("nb"), of("nn"), of("other"), of("")});
    }
    return table;
  }

  static Table month_table(const std::vector<SourceCoverage>& sources) {
    Table table("spalte.coverage/1", {"source", "month", "count", "gap"});
    for (const SourceCoverage& c : sources) {
      for (const auto& [month, n] : months_of(c)) table.add({c.source, month, n, Cell::truth(n == 0)});
      if (c.without_month > 0) table.add({c.source, "undated", c.without_month, Cell::truth(false)});
    }
    return table;
  }

  /// A line a year of twelve signs, high for many articles; dots are gaps within what the archive has of the source.
  static void draw_months(const std::vector<SourceCoverage>& sources, std::ostream& out) {
    constexpr std::string_view kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    bool first = true;
    for (const SourceCoverage& c : sources) {
      const auto months = months_of(c);
      std::int64_t most = 0, gaps = 0;
      for (const auto& [month, n] : months) {
        most = std::max(most, n);
        gaps += n == 0 ? 1 : 0;
      }
      out << (first ? "" : "\n") << printable(shown_source(c)) << fmt::format(", {} articles", c.articles);
      if (!months.empty()) out << fmt::format(", at most {} a month", most);
      if (gaps > 0) out << fmt::format(", {} month{} without any", gaps, gaps == 1 ? "" : "s");
      out << '\n';
      first = false;
      for (std::size_t i = 0; i < months.size();) {
        const std::string year = months[i].first.substr(0, 4);
        std::string line = "  " + year + "  ";
        std::int64_t sum = 0;
        for (int before = std::stoi(months[i].first.substr(5)) - 1; before > 0; --before) line += " ";
        std::size_t shown = static_cast<std::size_t>(std::stoi(months[i].first.substr(5)) - 1);
        for (; i < months.size() && months[i].first.starts_with(year); ++i, ++shown) {
          const std::int64_t n = months[i].second;
          sum += n;
          // The lowest block is for few, not for none.
          line += n == 0 ? std::string_view("·") : kHeights[static_cast<std::size_t>((n * 8 - 1) / most)];
        }
        out << line << std::string(12 - shown, ' ') << fmt::format("  {:>7}\n", sum);
      }
      if (c.without_month > 0) out << fmt::format("  undated{:>20}\n", c.without_month);
    }
  }

  /// What each shard says of itself, as one.
  static Result<ShardUpkeep> upkeep(Reader& reader) {
    Result<std::vector<ShardUpkeep>> all = reader.catalogue().upkeep();
    if (!all) return fail(std::move(all));
    ShardUpkeep sum;
    for (ShardUpkeep& u : *all) {
      sum.waiting += u.waiting;
      sum.held += u.held;
      sum.bytes += u.bytes;
      for (RootFiles& r : u.roots) {
        const auto same = std::find_if(sum.roots.begin(), sum.roots.end(), [&](const RootFiles& x) { return x.path == r.path; });
        if (same == sum.roots.end()) {
          sum.roots.push_back(std::move(r));
        } else {
          same->files += r.files;
          same->there = same->there && r.there;
        }
      }
      for (const auto& [outcome, n] : u.files) sum.files[outcome] += n;
      for (FailedFile& f : u.failed) sum.failed.push_back(std::move(f));
    }
    return sum;
  }

  static std::string shown_place(const Context& context) {
    return context.cluster.empty() ? context.db : context.cluster;
  }

  static Result<int> as_text(Context& context, Reader& reader, const std::vector<SourceCoverage>& sources,
                             std::int64_t articles, std::int64_t older, std::int64_t quotations,
                             const std::string& analyser) {
    Result<ShardUpkeep> u = upkeep(reader);
    if (!u) return fail(std::move(u));
    std::ostream& out = context.io.out;
    const auto line = [&](std::string_view label, const std::string& value) {
      out << padded(label, 12) << printable(value) << '\n';
    };
    line(context.cluster.empty() ? "index" : "cluster", shown_place(context));
    if (!context.cluster.empty()) {
      for (const auto& shard : reader.archive().shards())
        line("shard", fmt::format("{}  {}  {} articles, revision {}", shard->place().name, shard->place().at(),
                                  shard->database(Part::articles).get_doccount(), shard->generation()));
      for (const Archive::Missing& m : reader.archive().missing())
        line("missing", fmt::format("{}  {}  {}", m.name, m.at, m.why));
    }
    line("archive", context.provenance.archive);
    line("revision", std::to_string(context.provenance.revision));
    line("models", context.provenance.models);
    if (const std::string own = own_topics({context.db}); context.cluster.empty() && !own.empty())
      line("topics", "ours and " + own);
    line("analyser", analyser);
    line("articles", fmt::format("{}{}", articles, older > 0 ? fmt::format(", and {} older versions", older) : ""));
    line("quotations", std::to_string(quotations));
    if (u->waiting > 0) line("waiting", fmt::format("{} articles: the next `spalte index` brings them in", u->waiting));
    if (u->held > 0) line("embargo", fmt::format("{} article{}: found when the time has come", u->held, u->held == 1 ? "" : "s"));
    line("size", fmt::format("{:.1f} MB", static_cast<double>(u->bytes) / 1e6));
    for (const RootFiles& r : u->roots)
      line("root", r.path + (r.there ? "" : fmt::format(" (not there; what came from its {} files stays)", r.files)));
    line("files", fmt::format("{} indexed, {} skipped, {} failed", u->files[FileOutcome::indexed],
                              u->files[FileOutcome::skipped], u->files[FileOutcome::failed]));
    for (const FailedFile& f : u->failed) line("failed", fmt::format("{}: {}", f.path, f.reason));
    if (sources.empty()) return 0;
    Table table("", {"source", "articles", "first", "last", "undated", "language"});
    table.show_names();
    for (const SourceCoverage& c : sources)
      table.add({shown_source(c), c.articles, norwegian_date(c.first), norwegian_date(c.last), c.undated,
                 shown_languages(c)});
    out << '\n';
    table.write(context, TableFormat::text);
    return 0;
  }

  static Result<int> as_json(Context& context, Reader& reader, const std::vector<SourceCoverage>& sources,
                             std::int64_t articles, std::int64_t quotations, const std::string& analyser) {
    Result<ShardUpkeep> u = upkeep(reader);
    if (!u) return fail(std::move(u));
    Json roots = Json::array(), failed = Json::array();
    for (const RootFiles& r : u->roots) roots.push_back(r.path);
    for (const FailedFile& f : u->failed) failed.push_back({{"path", f.path}, {"reason", f.reason}});
    Json head{{"schema", "spalte.status/1"},
                    {"index", shown_place(context)},
                    {"archive", context.provenance.archive},
                    {"revision", std::to_string(context.provenance.revision)},
                    {"models", context.provenance.models},
                    {"analyser", analyser},
                    {"articles", articles},
                    {"quotations", quotations},
                    {"waiting", u->waiting},
                    {"held", u->held},
                    {"bytes", u->bytes},
                    {"topics", own_topics({context.db})},
                    {"roots", roots},
                    {"files",
                     {{"indexed", u->files[FileOutcome::indexed]},
                      {"skipped", u->files[FileOutcome::skipped]},
                      {"failed", u->files[FileOutcome::failed]}}},
                    {"failed", failed}};
    mark_partial(head, context);
    context.io.out << head.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    source_table(sources).write(context, TableFormat::jsonl);
    return 0;
  }

  bool coverage_ = false;
  TableFormat format_ = TableFormat::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_status(CLI::App& app) { return std::make_unique<StatusCommand>(app); }

}  // namespace spalte::query
