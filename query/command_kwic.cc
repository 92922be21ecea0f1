// `spalte kwic`: each place that answers a query, in its context
#include "query/arguments.h"
#include "query/collation.h"
#include "query/display_width.h"
#include "query/kwic.h"
#include "query/matched_rows.h"
#include "query/table.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <ostream>

#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Order : std::uint8_t { date, left, right };

struct Line {
  std::string id, date, source, title;
  Place place;
  std::string left, match, right;  ///< of the paragraph, on one line
  std::string key;                 ///< what it is sorted by
};

/// The words before the place, nearest first: "til Kina reiser" for "reiser Kina til |".
std::string backwards(std::string_view text) {
  std::string out;
  std::size_t end = text.size();
  while (end > 0) {
    const std::size_t blank = text.find_last_of(' ', end - 1);
    const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
    if (end > begin) out.append(text.substr(begin, end - begin)) += ' ';
    end = blank == std::string_view::npos ? 0 : blank;
  }
  return out;
}

class KwicCommand : public CommandRun {
 public:
  explicit KwicCommand(CLI::App& app) : query_(app) {
    add_choice(app, "--sort", order_,
               std::map<std::string, Order>{{"date", Order::date}, {"left", Order::left}, {"right", Order::right}},
               "ORDER", "date (newest first, default), left or right: by the words on that side");
    app.add_option("--width", width_,
                   "columns of context on each side; of csv and jsonl too; 0: the paragraph (default 36)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    app.add_option("-n", limit_, "number of lines; 0: all (default 50)")->check(CLI::NonNegativeNumber)->type_name("N");
    add_choice(app, "--format", format_, table_formats(), "FORMAT", "text, csv or jsonl");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<Compiled> compiled = fail(ErrorCode::failed, "");
    std::vector<MatchedRow> rows;
    const Status found = reader->request([&]() -> Status {
      compiled = query_.compile(context, *reader, false);
      if (!compiled) return fail(compiled);
      rows = matched_rows(*compiled, query_.match.guessed_dates, *reader);
      return {};
    });
    if (!found) return fail(found);
    Node tree;
    if (!query_.match.any) {
      Result<Node> parsed = query_.tree(context, false);
      if (!parsed) return fail(std::move(parsed));
      tree = std::move(*parsed);
    }
    // Newest first, undated last; ties as they were indexed.
    std::stable_sort(rows.begin(), rows.end(), [](const MatchedRow& a, const MatchedRow& b) { return a.day > b.day; });

    Concordance concordance(*compiled, tree, query_.match.exact, *reader);
    Table table("spalte.kwic/1",
                {"id", "date", "source", "title", "paragraph", "start", "end", "left", "match", "right"});
    if (format_ != TableFormat::text) table.begin(context, format_);
    const auto show = [&](const Line& line) {
      if (format_ == TableFormat::text)
        write(line, context);
      else
        table.write_row(context, format_, cells(line));
    };
    std::int64_t shown = 0;
    std::vector<Line> kept;
    for (const MatchedRow& row : rows) {
      if (order_ == Order::date && limit_ > 0 && shown == limit_) break;
      const Status read = each_line(row, concordance, *reader, [&](Line line) {
        if (order_ != Order::date) {
          line.key = collation_key(order_ == Order::left ? backwards(line.left) : line.right);
          kept.push_back(std::move(line));
        } else if (limit_ == 0 || shown < limit_) {
          show(line);
          ++shown;
        }
      });
      if (!read) return fail(read);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Line& a, const Line& b) { return a.key < b.key; });
    for (const Line& line : kept) {
      if (limit_ > 0 && shown == limit_) break;
      show(line);
      ++shown;
    }
    if (shown == 0 && !rows.empty() && !context.quiet)
      context.io.err << "spalte: " << rows.size() << " articles match, but the query names no word of their text\n";
    return shown > 0 ? 0 : 1;
  }

 private:
  static Status each_line(const MatchedRow& row, Concordance& concordance, Reader& reader,
                          const std::function<void(Line)>& visit) {
    Result<std::optional<ArticleRow>> article = reader.catalogue().article(row.row);
    if (!article) return fail(std::move(article));
    if (!*article || (*article)->deleted) return {};
    Article& a = (*article)->article;
    if (Status loaded = reader.catalogue().load_text(row.row, a); !loaded) return loaded;
    Annotation annotation;
    if (concordance.needs_annotation()) {
      Result<Annotation> loaded = reader.catalogue().annotation(row.row);
      if (!loaded) return fail(std::move(loaded));
      annotation = std::move(*loaded);
    }
    for (const Place& p : concordance.places(a, annotation)) {
      const Paragraph& around = a.paragraphs[p.paragraph - 1];
      const std::string_view text = a.text;
      visit({a.id,
             a.date_guessed ? "" : a.published,
             a.source,
             (*article)->title,
             p,
             std::string(text.substr(around.begin, p.begin - around.begin)),
             std::string(text.substr(p.begin, p.end - p.begin)),
             std::string(text.substr(p.end, around.end > p.end ? around.end - p.end : 0)),
             {}});
    }
    return {};
  }

  std::string_view left(const std::string& text) const {
    return width_ == 0 ? std::string_view(text) : last_columns(text, static_cast<std::size_t>(width_));
  }
  std::string_view right(const std::string& text) const {
    return width_ == 0 ? std::string_view(text) : first_columns(text, static_cast<std::size_t>(width_));
  }

  std::vector<Cell> cells(const Line& l) const {
    const auto n = [](std::size_t value) { return Cell(static_cast<std::int64_t>(value)); };
    const auto text = [](std::string_view s) { return Cell(std::string(s)); };
    return {l.id,
            l.date,
            l.source,
            l.title,
            n(l.place.paragraph),
            n(l.place.begin),
            n(l.place.end),
            text(left(l.left)),
            l.match,
            text(right(l.right))};
  }

  void write(const Line& l, Context& context) const {
    const auto style = [&](std::string_view code, const std::string& text) {
      return context.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    };
    // Control characters become visible ones first, so that columns can be counted.
    const std::string before = printable(l.left), after = printable(l.right);
    const std::string_view shown = right(after);
    const auto width = static_cast<std::size_t>(width_);
    context.io.out << padded_left(left(before), width) << style("1;33", printable(l.match)) << padded(shown, width)
                   << "  " << (l.date.empty() ? "undated   " : padded(norwegian_date(l.date), 10)) << "  "
                   << style("2", l.id) << '\n';
  }

  QueryArguments query_;
  Order order_ = Order::date;
  std::int64_t width_ = 36, limit_ = 50;
  TableFormat format_ = TableFormat::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_kwic(CLI::App& app) { return std::make_unique<KwicCommand>(app); }

}  // namespace spalte::query
