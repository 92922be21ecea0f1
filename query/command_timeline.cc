// `spalte timeline`: how many of the matching articles in each period?
#include "query/arguments.h"
#include "query/chart.h"
#include "query/display_width.h"
#include "query/syntax.h"
#include "query/table.h"
#include "query/timeline.h"
#include "query/timeline_query.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Format : std::uint8_t { text, csv, jsonl, svg };

std::vector<Cell> cells(const TimelineRow& r) {
  return {r.period, r.count, r.total, r.gap() ? Cell::none() : Cell::decimal(r.share(), 6)};
}

class TimelineCommand : public CommandRun {
 public:
  explicit TimelineCommand(CLI::App& app) : query_(app) {
    add_choice(app, "--by", by_, period_names(), "PERIOD", "day, week (ISO 8601), month or year (default)");
    app.add_flag("--relative", relative_, "bars show the share of all articles of the period");
    app.add_flag("--whole", whole_, "every period the archive has, not only from the first to the last match");
    add_choice(app, "--format", format_,
               std::map<std::string, Format>{
                   {"text", Format::text}, {"csv", Format::csv}, {"jsonl", Format::jsonl}, {"svg", Format::svg}},
               "FORMAT", "text, csv, jsonl or svg");
    app.add_option("--width", width_, "of the svg, in pixels (default 900)")
        ->check(CLI::Range(kLeastChartWidth, kMostChartWidth))
        ->type_name("N");
  }

  Result<int> run(Context& context) override {
    Result<std::string> text = query_.text(context, true);
    if (!text) return fail(std::move(text));
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<Timeline> line = reader->request([&]() -> Result<Timeline> {
      Result<TimelineQuery> query = timeline_query(query_, context, *reader);
      if (!query) return fail(std::move(query));
      return std::move(
          make_timelines({*query}, by_, whole_ ? Span::archive : Span::matches, query_.match.guessed_dates, *reader)
              .front());
    });
    if (!line) return fail(std::move(line));
    std::ostream& out = context.io.out;
    switch (format_) {
      case Format::text:
        write_bars(*line, out);
        break;
      case Format::svg:
        out << draw(chart(*line, *text));
        break;
      case Format::csv: {
        Table table("", {"period", "count", "total", "share"});
        for (const TimelineRow& r : line->rows) table.add(cells(r));
        table.add(cells(line->undated));
        table.write(context, TableFormat::csv);
        break;
      }
      case Format::jsonl: {
        Table table("spalte.timeline/1", {"period", "count", "total", "share", "gap"});
        for (const TimelineRow& r : line->rows) add_with_gap(table, r, r.gap());
        add_with_gap(table, line->undated, false);
        table.write(context, TableFormat::jsonl);
        break;
      }
    }
    return 0;
  }

 private:
  static void add_with_gap(Table& table, const TimelineRow& r, bool gap) {
    std::vector<Cell> row = cells(r);
    row.push_back(Cell::truth(gap));
    table.add(std::move(row));
  }

  void write_bars(const Timeline& line, std::ostream& out) const {
    constexpr double kWidth = 40;
    const auto size = [&](const TimelineRow& r) { return relative_ ? r.share() : static_cast<double>(r.count); };
    double most = 0;
    std::size_t digits = std::to_string(line.undated.count).size();
    for (const TimelineRow& r : line.rows) {
      most = std::max(most, size(r));
      digits = std::max(digits, std::to_string(r.count).size());
    }
    const std::size_t left = by_ == Period::day ? 10 : 8;
    for (const TimelineRow& r : line.rows) {
      // A period for which the archive holds nothing is no zero.
      std::string row = padded(r.period, left) + "  " + padded_left(r.gap() ? "–" : std::to_string(r.count), digits);
      if (r.gap()) {
        out << row << "  (no articles in the archive)\n";
        continue;
      }
      if (relative_) row += fmt::format("  {:>6.2f} %", r.share() * 100);
      const std::string bar = most > 0 ? block_bar(size(r) / most * kWidth) : std::string();
      out << row << (bar.empty() ? "" : "  ") << bar << '\n';
    }
    if (line.undated.count > 0)
      out << padded("undated", left) << "  " << padded_left(std::to_string(line.undated.count), digits) << '\n';
  }

  Chart chart(const Timeline& line, const std::string& text) const {
    Chart c;
    c.title = chart_title(text);
    c.by = by_;
    c.shares = relative_;
    c.width = width_;
    Series s;
    std::int64_t dated = 0;
    for (const TimelineRow& r : line.rows) {
      dated += r.count;
      c.periods.push_back(r.period);
      c.gaps.push_back(r.gap());
      s.values.push_back(relative_ ? r.share() : static_cast<double>(r.count));
      s.notes.push_back(fmt::format("{}: {} av {}", norwegian_period(r.period, by_),
                                    norwegian_number(static_cast<double>(r.count), 0),
                                    norwegian_number(static_cast<double>(r.total), 0)));
    }
    c.series.push_back(std::move(s));
    c.subtitle = chart_subtitle(relative_, by_, c.periods);
    c.footnote = norwegian_number(static_cast<double>(dated), 0) + (dated == 1 ? " artikkel" : " artikler");
    if (line.undated.count > 0)
      c.footnote +=
          fmt::format("; {} til uten dato er ikke med", norwegian_number(static_cast<double>(line.undated.count), 0));
    return c;
  }

  QueryArguments query_;
  Period by_ = Period::year;
  bool relative_ = false, whole_ = false;
  Format format_ = Format::text;
  int width_ = 900;
};

}  // namespace

std::unique_ptr<CommandRun> setup_timeline(CLI::App& app) { return std::make_unique<TimelineCommand>(app); }

}  // namespace spalte::query
