// `spalte timeline`: how many of the matching articles in each period?
#include "query/arguments.h"
#include "query/report.h"
#include "query/syntax.h"
#include "query/table.h"
#include "query/timeline.h"
#include "schema/command.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace spalte::query {
namespace {

class TimelineCommand : public CommandRun {
 public:
  explicit TimelineCommand(CLI::App& app) : query_(app) {
    add_choice(app, "--by", by_,
               std::map<std::string, Period>{
                   {"day", Period::day}, {"week", Period::week}, {"month", Period::month}, {"year", Period::year}},
               "PERIOD", "day, week, month or year (default)");
    app.add_flag("--relative", relative_, "bars show the share of all articles of the period");
    add_choice(app, "--format", format_, table_formats(), "FORMAT", "text, csv or jsonl");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context.db);
    if (!reader) return fail(std::move(reader));
    Result<Timeline> line = reader->request([&]() -> Result<Timeline> {
      Result<Compiled> compiled = query_.compile(context, *reader, true);
      if (!compiled) return fail(std::move(compiled));
      Node frame;
      if (!query_.match.any) {
        Result<Node> tree = query_.tree(context, true);
        if (!tree) return fail(std::move(tree));
        frame = frame_of(*tree);
      }
      Result<Compiled> all = query::compile(frame, query_.match, *reader);
      if (!all) return fail(std::move(all));
      return make_timeline(compiled->query, all->query, by_, query_.match.guessed_dates, *reader);
    });
    if (!line) return fail(std::move(line));
    if (format_ == TableFormat::text) {
      write_bars(*line, relative_, context);
      return 0;
    }
    Table table("spalte.timeline/1", {"period", "count", "total", "share"});
    for (const TimelineRow& r : line->rows)
      table.add({r.period, r.count, r.total,
                 Cell::decimal(r.total > 0 ? static_cast<double>(r.count) / static_cast<double>(r.total) : 0, 6)});
    table.add({"undated", line->undated, line->undated_total,
               Cell::decimal(line->undated_total > 0
                                 ? static_cast<double>(line->undated) / static_cast<double>(line->undated_total)
                                 : 0,
                             6)});
    table.write(context.io.out, format_);
    return 0;
  }

 private:
  static void write_bars(const Timeline& line, bool relative, Context& context) {
    constexpr double kWidth = 40;
    double most = 0;
    const auto size = [&](const TimelineRow& r) {
      return relative ? (r.total > 0 ? static_cast<double>(r.count) / static_cast<double>(r.total) : 0)
                      : static_cast<double>(r.count);
    };
    for (const TimelineRow& r : line.rows) most = std::max(most, size(r));
    for (const TimelineRow& r : line.rows) {
      std::string bar;
      // A period for which the archive holds nothing is no zero.
      if (r.total == 0) bar = "·";
      const auto cells = most > 0 ? static_cast<int>(size(r) / most * kWidth + 0.5) : 0;
      for (int i = 0; i < std::max(cells, r.count > 0 ? 1 : 0); ++i) bar += "█";
      context.io.out << fmt::format("{:<10}  {:>7}{}  {}\n", r.period, r.count,
                                    relative ? fmt::format("  {:>6.2f} %", size(r) * 100) : "", bar);
    }
    if (line.undated > 0) context.io.out << fmt::format("{:<10}  {:>7}\n", "undated", line.undated);
  }

  QueryArguments query_;
  Period by_ = Period::year;
  bool relative_ = false;
  TableFormat format_ = TableFormat::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_timeline(CLI::App& app) { return std::make_unique<TimelineCommand>(app); }

}  // namespace spalte::query
