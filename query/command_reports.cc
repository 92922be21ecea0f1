// `spalte facets`, `topics` and `timeline`: what are the matching articles like?
#include "query/arguments.h"
#include "query/collation.h"
#include "query/facets.h"
#include "query/report.h"
#include "query/search.h"
#include "query/syntax.h"
#include "query/table.h"
#include "query/timeline.h"
#include "schema/command.h"

#include <algorithm>
#include <map>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Facets: fields with a slot, and the year of the date.
struct Facet {
  std::string_view name;
  std::uint32_t slot;
  std::size_t cut;
};
constexpr std::size_t kWhole = 4096;

Result<Facet> find_facet(const std::string& name) {
  if (name == "year" || name == "år") return Facet{"year", slot::kPublished, 4};
  if (name == "month" || name == "måned" || name == "månad") return Facet{"month", slot::kPublished, 7};
  const Field* f = find_field(name);
  if (f != nullptr && (f->kind == FieldKind::value || f->kind == FieldKind::lang) && f->slot != kNoSlot)
    return Facet{f->name, f->slot, kWhole};
  return fail(
      ErrorCode::usage, fmt::format("`{}` cannot be counted by", name),
      "source, section, lang, byline, agency, year and month can; actors and topics have commands of their own");
}

class FacetsCommand : public Report {
 public:
  explicit FacetsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many values (default: all)")->check(CLI::NonNegativeNumber)->type_name("N");
  }

 protected:
  Status prepare(Context& context) override {
    if (context.words.empty())
      return fail(ErrorCode::usage, "the field to count by is missing", "spalte facets source [QUERY]");
    const std::string fields = context.words.front();
    context.words.erase(context.words.begin());
    const std::size_t comma = fields.find(',');
    for (const std::string& name : comma == std::string::npos
                                       ? std::vector{fields}
                                       : std::vector{fields.substr(0, comma), fields.substr(comma + 1)}) {
      Result<Facet> f = find_facet(name);
      if (!f) return fail(std::move(f));
      facets_.push_back(*f);
    }
    return {};
  }

  Result<Table> make(Context& /*context*/, const Compiled& compiled, Reader& reader) override {
    if (facets_.size() == 2) {
      Table table("spalte.facet/1", {"value", "value2", "count"});
      for (const auto& [pair, n] :
           count_pairs(compiled.query, {facets_[0].slot, facets_[0].cut}, {facets_[1].slot, facets_[1].cut}, reader))
        table.add({pair.first, pair.second, n});
      return table;
    }
    Table table("spalte.facet/1", {"value", "count"});
    const auto counts = count_values(compiled.query, facets_[0].slot, facets_[0].cut, reader);
    std::vector<std::pair<std::string, std::int64_t>> rows(counts.begin(), counts.end());
    if (facets_[0].slot != slot::kPublished)
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : collation_key(a.first) < collation_key(b.first);
      });
    if (top_ > 0 && rows.size() > static_cast<std::size_t>(top_)) rows.resize(static_cast<std::size_t>(top_));
    for (const auto& [value, n] : rows)
      table.add({value.empty() && format_ == TableFormat::text
                     ? (facets_[0].slot == slot::kPublished ? "undated" : "(none)")
                     : value,
                 n});
    return table;
  }

 private:
  std::vector<Facet> facets_;
  std::int64_t top_ = 0;
};

class TopicsCommand : public Report {
 public:
  explicit TopicsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many topics; 0: all (default)")->check(CLI::NonNegativeNumber)->type_name("N");
    app.add_option("--words", words_, "so many words that set the result apart (default 15)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
  }

 protected:
  Result<Table> make(Context& context, const Compiled& compiled, Reader& reader) override {
    const auto counts = count_topics(compiled.query, reader);
    std::vector<std::pair<std::uint32_t, std::int64_t>> order(counts.begin(), counts.end());
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    Table table("spalte.topic/1", {"articles", "id", "name"});
    std::int64_t shown = 0;
    for (const auto& [code, n] : order) {
      if (top_ > 0 && shown++ == top_) break;
      const std::string id = fmt::format("medtop:{:08}", code);
      const annotate::Topic* topic = reader.topics().by_id(id);
      table.add({n, id, topic != nullptr ? topic->name_nb : std::string()});
    }
    const bool whole = context.words.empty() || (context.words.size() == 1 && context.words[0] == "*");
    if (format_ == TableFormat::text && words_ > 0 && !whole && !context.quiet) {
      std::string line;
      for (const DistinctiveWord& w : distinctive_words(compiled.query, reader, static_cast<std::size_t>(words_)))
        line += (line.empty() ? "" : ", ") + w.key;
      if (!line.empty()) table.add({"", "words", line});
    }
    return table;
  }

 private:
  std::int64_t top_ = 0, words_ = 15;
};

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

std::unique_ptr<CommandRun> setup_facets(CLI::App& app) { return std::make_unique<FacetsCommand>(app); }
std::unique_ptr<CommandRun> setup_topics(CLI::App& app) { return std::make_unique<TopicsCommand>(app); }
std::unique_ptr<CommandRun> setup_timeline(CLI::App& app) { return std::make_unique<TimelineCommand>(app); }

}  // namespace spalte::query
