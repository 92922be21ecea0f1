// `spalte compare A B`: two queries side by side, over time and by the words that tell them apart
#include "query/arguments.h"
#include "query/chart.h"
#include "query/contrast.h"
#include "query/display_width.h"
#include "query/partial.h"
#include "query/table.h"
#include "query/timeline_query.h"
#include "query/values.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

enum class Format : std::uint8_t { text, csv, jsonl, svg };
enum class What : std::uint8_t { all, time, words };

struct Comparison {
  std::array<std::string, 2> queries;
  std::array<std::int64_t, 2> counts{};
  std::int64_t both = 0;
  std::vector<Timeline> lines;
  Contrast words;
};

class CompareCommand : public CommandRun {
 public:
  explicit CompareCommand(CLI::App& app) : query_(app) {
    add_choice(app, "--what", what_,
               std::map<std::string, What>{{"all", What::all}, {"time", What::time}, {"words", What::words}}, "WHAT",
               "all (default; csv: time), time or words");
    add_choice(app, "--by", by_, period_names(), "PERIOD", "day, week (ISO 8601), month or year (default)");
    app.add_flag("--relative", relative_, "bars and lines show the share of all articles of the period");
    app.add_option("--words", most_words_, "so many words of each (default 15)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    add_choice(app, "--format", format_,
               std::map<std::string, Format>{
                   {"text", Format::text}, {"csv", Format::csv}, {"jsonl", Format::jsonl}, {"svg", Format::svg}},
               "FORMAT", "text, csv, jsonl or svg");
    app.add_option("--width", width_, "of the svg, in pixels (default 900)")
        ->check(CLI::Range(kLeastChartWidth, kMostChartWidth))
        ->type_name("N");
  }

  Result<int> run(Context& context) override {
    if (context.words.size() != 2)
      return fail(ErrorCode::usage,
                  fmt::format("two queries are compared, and there {} {}", context.words.size() == 1 ? "is" : "are",
                              context.words.size()),
                  "one argument each: spalte compare 'klima OR miljø' 'aktør:Equinor olje'");
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    const std::vector<std::string> words = context.words;
    Result<Comparison> made = reader->request([&]() -> Result<Comparison> {
      Comparison c;
      std::vector<TimelineQuery> queries;
      std::array<std::vector<Xapian::docid>, 2> found;
      for (std::size_t q = 0; q < 2; ++q) {
        context.words = {words[q]};
        c.queries[q] = words[q];
        Result<TimelineQuery> query = timeline_query(query_, context, *reader);
        if (!query) return fail(std::move(query));
        found[q] = matching(query->matches, *reader);
        c.counts[q] = static_cast<std::int64_t>(found[q].size());
        queries.push_back(std::move(*query));
      }
      std::vector<Xapian::docid> both;
      std::set_intersection(found[0].begin(), found[0].end(), found[1].begin(), found[1].end(),
                            std::back_inserter(both));
      c.both = static_cast<std::int64_t>(both.size());
      c.lines = make_timelines(queries, by_, Span::matches, query_.match.guessed_dates, *reader);
      if (shows_words()) c.words = contrast(found[0], found[1], static_cast<std::size_t>(most_words_), *reader);
      return c;
    });
    if (!made) return fail(std::move(made));
    std::ostream& out = context.io.out;
    switch (format_) {
      case Format::text:
        write_text(*made, out);
        break;
      case Format::csv:
        if (what_ == What::words)
          word_table(*made).write(context, TableFormat::csv);
        else
          time_table(*made).write(context, TableFormat::csv);
        break;
      case Format::jsonl:
        write_jsonl(*made, context);
        break;
      case Format::svg:
        out << draw(chart(*made));
        break;
    }
    return made->counts[0] + made->counts[1] > 0 ? 0 : 1;
  }

 private:
  bool shows_time() const { return what_ != What::words; }
  bool shows_words() const {
    return what_ == What::words || (what_ == What::all && (format_ == Format::text || format_ == Format::jsonl));
  }

  static Table time_table(const Comparison& c) {
    Table table("spalte.compare-period/1", {"period", "a", "b", "total_a", "total_b", "share_a", "share_b"});
    const auto add = [&](const TimelineRow& a, const TimelineRow& b) {
      const auto share = [](const TimelineRow& r) { return r.gap() ? Cell::none() : Cell::decimal(r.share(), 6); };
      table.add({a.period, a.count, b.count, a.total, b.total, share(a), share(b)});
    };
    for (std::size_t i = 0; i < c.lines[0].rows.size(); ++i) add(c.lines[0].rows[i], c.lines[1].rows[i]);
    add(c.lines[0].undated, c.lines[1].undated);
    return table;
  }

  static Table word_table(const Comparison& c) {
    Table table("spalte.compare-word/1", {"of", "word", "likelihood", "a", "b", "sample_a", "sample_b"});
    for (const auto& [of, list] : {std::pair{"a", &c.words.of_a}, {"b", &c.words.of_b}})
      for (const ContrastWord& w : *list)
        table.add({of, w.key, Cell::decimal(w.score, 2), w.a, w.b, c.words.sample_a, c.words.sample_b});
    return table;
  }

  void write_jsonl(const Comparison& c, const Context& context) const {
    std::ostream& out = context.io.out;
    Json head{{"schema", "spalte.compare/1"}, {"a", c.queries[0]},      {"b", c.queries[1]},
                    {"count_a", c.counts[0]},       {"count_b", c.counts[1]}, {"both", c.both}};
    mark_partial(head, context);
    out << head.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    if (shows_time()) time_table(c).write(context, TableFormat::jsonl);
    if (shows_words()) word_table(c).write(context, TableFormat::jsonl);
  }

  void write_text(const Comparison& c, std::ostream& out) const {
    const std::size_t digits = std::to_string(std::max(c.counts[0], c.counts[1])).size();
    for (std::size_t q = 0; q < 2; ++q)
      out << fmt::format("{}     {}  {}\n", q == 0 ? 'A' : 'B', padded_left(std::to_string(c.counts[q]), digits),
                         printable(c.queries[q]));
    out << fmt::format("both  {}\n", padded_left(std::to_string(c.both), digits));
    if (shows_time() && !c.lines[0].rows.empty()) {
      out << '\n';
      write_bars(c, out);
    }
    if (!shows_words()) return;
    for (const auto& [name, list] : {std::pair{'A', &c.words.of_a}, {'B', &c.words.of_b}}) {
      std::string line;
      for (const ContrastWord& w : *list) line += (line.empty() ? "" : ", ") + printable(w.key);
      out << fmt::format("\n{} rather than {}: {}\n", name, name == 'A' ? 'B' : 'A',
                         line.empty() ? "no word stands out" : line);
    }
  }

  void write_bars(const Comparison& c, std::ostream& out) const {
    constexpr double kWidth = 24;
    const auto size = [&](const TimelineRow& r) { return relative_ ? r.share() : static_cast<double>(r.count); };
    double most = 0;
    for (const Timeline& l : c.lines)
      for (const TimelineRow& r : l.rows) most = std::max(most, size(r));
    const auto shown = [&](const TimelineRow& r) {
      if (r.gap()) return std::string("–");
      return relative_ ? fmt::format("{:.2f} %", r.share() * 100) : std::to_string(r.count);
    };
    const std::size_t number = relative_ ? 8 : 6;
    const auto row = [&](const TimelineRow& a, const TimelineRow& b) {
      const auto bar = [&](const TimelineRow& r) {
        return r.gap() || most <= 0 ? std::string() : block_bar(size(r) / most * kWidth);
      };
      std::string line = padded(a.period, 10) + padded_left(shown(a), number) + "  " +
                         padded(bar(a), static_cast<std::size_t>(kWidth)) + padded_left(shown(b), number) + "  " +
                         bar(b);
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << '\n';
    };
    out << padded("", 10) << padded_left("A", number) << "  " << padded("", static_cast<std::size_t>(kWidth))
        << padded_left("B", number) << '\n';
    for (std::size_t i = 0; i < c.lines[0].rows.size(); ++i) row(c.lines[0].rows[i], c.lines[1].rows[i]);
    if (c.lines[0].undated.count + c.lines[1].undated.count > 0)
      out << padded("undated", 10) << padded_left(std::to_string(c.lines[0].undated.count), number) << "  "
          << padded("", static_cast<std::size_t>(kWidth))
          << padded_left(std::to_string(c.lines[1].undated.count), number) << '\n';
  }

  Chart chart(const Comparison& c) const {
    Chart out;
    out.title = chart_title(c.queries[0]) + " og " + chart_title(c.queries[1]);
    out.by = by_;
    out.shares = relative_;
    out.width = width_;
    for (std::size_t q = 0; q < 2; ++q) {
      Series s;
      s.name = fmt::format("{} ({})", chart_title(c.queries[q]), norwegian_number(static_cast<double>(c.counts[q]), 0));
      for (const TimelineRow& r : c.lines[q].rows) {
        s.values.push_back(size_of(r));
        s.notes.push_back(fmt::format("{}: {} av {}", norwegian_period(r.period, by_),
                                      norwegian_number(static_cast<double>(r.count), 0),
                                      norwegian_number(static_cast<double>(r.total), 0)));
      }
      out.series.push_back(std::move(s));
    }
    for (std::size_t i = 0; i < c.lines[0].rows.size(); ++i) {
      out.periods.push_back(c.lines[0].rows[i].period);
      out.gaps.push_back(c.lines[0].rows[i].gap() && c.lines[1].rows[i].gap());
    }
    out.subtitle = chart_subtitle(relative_, by_, out.periods);
    out.footnote = fmt::format("{} artikler har begge", norwegian_number(static_cast<double>(c.both), 0));
    if (const std::int64_t undated = c.lines[0].undated.count + c.lines[1].undated.count; undated > 0)
      out.footnote += fmt::format("; {} uten dato er ikke med", norwegian_number(static_cast<double>(undated), 0));
    return out;
  }
  double size_of(const TimelineRow& r) const { return relative_ ? r.share() : static_cast<double>(r.count); }

  QueryArguments query_;
  What what_ = What::all;
  Period by_ = Period::year;
  bool relative_ = false;
  std::int64_t most_words_ = 15;
  Format format_ = Format::text;
  int width_ = 900;
};

}  // namespace

std::unique_ptr<CommandRun> setup_compare(CLI::App& app) { return std::make_unique<CompareCommand>(app); }

}  // namespace spalte::query
