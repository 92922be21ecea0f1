// `spalte diff`: what differs between two articles, or two versions of one?
#include "query/arguments.h"
#include "query/difference.h"
#include "query/find_article.h"
#include "query/partial.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

enum class Format : std::uint8_t { text, json, html };

std::string_view change_name(Change c) {
  switch (c) {
    case Change::removed:
      return "removed";
    case Change::added:
      return "added";
    case Change::same:
      break;
  }
  return "same";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += "<br>\n";
        break;
      default:
        out += c;
    }
  }
  return out;
}

class DiffCommand : public CommandRun {
 public:
  explicit DiffCommand(CLI::App& app) {
    app.add_option("ID", ids_, "one id: its last two versions; two: these articles, or versions ID@N")
        ->required()
        ->expected(1, 2);
    add_choice(app, "--format", format_,
               std::map<std::string, Format>{{"text", Format::text}, {"json", Format::json}, {"html", Format::html}},
               "FORMAT", "text, json or html");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<std::pair<ArticleRow, ArticleRow>> pair = articles(*reader);
    if (!pair) return fail(std::move(pair));
    for (ArticleRow* row : {&pair->first, &pair->second})
      if (Status loaded = reader->catalogue().load_text(row->row, row->article); !loaded) return fail(std::move(loaded));
    const std::vector<Stretch> stretches = difference(pair->first.article.text, pair->second.article.text);
    switch (format_) {
      case Format::text:
        write_text(context, pair->first, pair->second, stretches);
        break;
      case Format::json:
        context.io.out << json(context, pair->first, pair->second, stretches) << '\n';
        break;
      case Format::html:
        write_html(context.io.out, pair->first, pair->second, stretches);
        break;
    }
    return 0;
  }

 private:
  Result<std::pair<ArticleRow, ArticleRow>> articles(Reader& reader) const {
    Result<ArticleRow> last = find_article(reader, ids_.back());
    if (!last) return fail(std::move(last));
    if (ids_.size() == 2) {
      Result<ArticleRow> first = find_article(reader, ids_.front());
      if (!first) return fail(std::move(first));
      return std::pair(std::move(*first), std::move(*last));
    }
    Result<std::vector<Version>> versions = versions_of(reader, *last);
    if (!versions) return fail(std::move(versions));
    auto at = std::find_if(versions->begin(), versions->end(), [&](const Version& v) { return v.row == last->row; });
    // A copy of a version stands for none of its own: then the newest is meant.
    if (at == versions->end()) at = std::prev(versions->end());
    if (at == versions->begin())
      return fail(ErrorCode::not_found,
                  fmt::format("there is no version of {} before {}", last->article.id,
                              versions->size() == 1 ? "the one that the archive holds" : "this one"),
                  "name two articles: spalte diff ID ID");
    Result<std::optional<ArticleRow>> before = reader.catalogue().article(std::prev(at)->row);
    if (!before) return fail(std::move(before));
    if (!*before) return fail(ErrorCode::not_found, "the earlier version has just been taken out", "");
    return std::pair(std::move(**before), std::move(*last));
  }

  static std::string heading(const ArticleRow& row) {
    const Article& a = row.article;
    const std::string& date = !a.modified.empty() ? a.modified : a.published;
    return fmt::format("{}  {}  {}", a.id, a.date_guessed || date.empty() ? "undated" : norwegian_date(date),
                       a.source.empty() ? "–" : a.source);
  }

  static void write_text(Context& context, const ArticleRow& before, const ArticleRow& after,
                         const std::vector<Stretch>& stretches) {
    std::ostream& out = context.io.out;
    const auto style = [&](std::string_view code, const std::string& text) {
      return context.color && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    };
    out << style("31", "--- " + printable(heading(before))) << '\n' << style("32", "+++ " + printable(heading(after))) << "\n\n";
    bool line_start = true;
    for (const Stretch& s : stretches) {
      std::string_view text = s.text;
      while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string line = printable(text.substr(0, end));
        if (!line.empty()) {
          if (!line_start) out << ' ';
          // Without colour the marks must stand in the text itself.
          out << (s.change == Change::same      ? line
                  : s.change == Change::removed ? style("31;9", context.color ? line : "[-" + line + "-]")
                                                : style("32", context.color ? line : "{+" + line + "+}"));
          line_start = false;
        } else if (s.change != Change::same) {
          // Only the end of a paragraph has come or gone.
          out << (line_start ? "" : " ") << style(s.change == Change::removed ? "31" : "32", "¶");
          line_start = false;
        }
        if (end == std::string_view::npos) break;
        // A removed paragraph's end is shown as well: else the next one would run on.
        out << '\n';
        line_start = true;
        text.remove_prefix(end + 1);
      }
    }
    if (!line_start) out << '\n';
  }

  static std::string json(const Context& context, const ArticleRow& before, const ArticleRow& after,
                          const std::vector<Stretch>& stretches) {
    Json changes = Json::array();
    for (const Stretch& s : stretches) changes.push_back({{"change", change_name(s.change)}, {"text", s.text}});
    Json out{{"schema", "spalte.diff/1"},
             {"before", before.article.id},
             {"after", after.article.id},
             {"changes", changes}};
    mark_partial(out, context);
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  static void write_html(std::ostream& out, const ArticleRow& before, const ArticleRow& after,
                         const std::vector<Stretch>& stretches) {
    out << "<!doctype html>\n<meta charset=\"utf-8\">\n<title>" << escaped(before.article.id) << " → "
        << escaped(after.article.id) << "</title>\n<p><del>" << escaped(heading(before)) << "</del><br>\n<ins>"
        << escaped(heading(after)) << "</ins></p>\n<p>";
    for (const Stretch& s : stretches) {
      const std::string_view tag = s.change == Change::removed ? "del" : s.change == Change::added ? "ins" : "";
      out << (tag.empty() ? escaped(s.text) : fmt::format("<{0}>{1}</{0}>", tag, escaped(s.text)))
          << (s.text.ends_with('\n') ? "" : " ");
    }
    out << "</p>\n";
  }

  std::vector<std::string> ids_;
  Format format_ = Format::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_diff(CLI::App& app) { return std::make_unique<DiffCommand>(app); }

}  // namespace spalte::query
