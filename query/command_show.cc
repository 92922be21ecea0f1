// `spalte show`: what is known of an article?
#include "query/arguments.h"
#include "query/article_html.h"
#include "query/article_json.h"
#include "query/find_article.h"
#include "schema/command.h"
#include "schema/terminal.h"
#include "schema/terms.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Format : std::uint8_t { text, json, html };

class ShowCommand : public CommandRun {
 public:
  explicit ShowCommand(CLI::App& app) {
    app.add_option("ID", ids_, "ids of articles, or their beginnings; ID@N: version N")->required();
    add_choice(app, "--format", format_,
               std::map<std::string, Format>{{"text", Format::text}, {"json", Format::json}, {"html", Format::html}},
               "FORMAT", "text, json or html (one page that needs nothing else)");
    app.add_option("--para", paragraph_, "this paragraph alone")->check(CLI::PositiveNumber)->type_name("N");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    std::string page;
    for (const std::string& id : ids_) {
      Result<ArticleRow> row = find_article(*reader, id);
      if (!row) return fail(std::move(row));
      if (Status loaded = reader->catalogue().load_text(row->row, row->article); !loaded)
        return fail(std::move(loaded));
      Result<Annotation> annotation = reader->catalogue().annotation(row->row);
      if (!annotation) return fail(std::move(annotation));
      if (Status there = require_paragraph(row->article, paragraph_); !there) return fail(std::move(there));
      switch (format_) {
        case Format::text:
          text(context, *row, *annotation);
          break;
        case Format::json:
          context.io.out << article_json(*row, *annotation, context) << '\n';
          break;
        case Format::html:
          page += article_html(*row, *annotation, static_cast<std::size_t>(paragraph_), ids_.size() > 1);
          break;
      }
      if (title_.empty()) title_ = shown_title(*row);
    }
    if (format_ == Format::html) context.io.out << html_page(title_, page);
    return 0;
  }

 private:
  /// A drive may be taken out; its articles stay. What lies inside an archive is there with it.
  static bool there(const std::string& path) {
    std::error_code error;
    for (std::filesystem::path at(path); at.has_relative_path(); at = at.parent_path())
      if (std::filesystem::is_regular_file(at, error)) return true;
    return false;
  }

  void text(Context& context, const ArticleRow& row, const Annotation& n) const {
    std::ostream& out = context.io.out;
    const Article& a = row.article;
    if (paragraph_ > 0) {
      out << printable(a.view(a.paragraphs[static_cast<std::size_t>(paragraph_) - 1])) << '\n';
      return;
    }
    const auto bold = [&](std::string_view s) {
      return context.color ? fmt::format("\x1b[1m{}\x1b[0m", printable(s)) : printable(s);
    };
    const auto line = [&](std::string_view label, const std::string& value) {
      if (!value.empty()) out << fmt::format("{:<12}{}\n", label, printable(value));
    };
    for (const Paragraph& p : a.paragraphs) {
      if (p.role == ParagraphRole::title) {
        out << bold(a.view(p)) << "\n\n";
        continue;
      }
      out << (p.role == ParagraphRole::subhead ? bold(a.view(p)) : printable(a.view(p))) << "\n\n";
    }
    line("id", a.id);
    line("date", a.published.empty()
                     ? ""
                     : norwegian_date(a.published) + (a.date_guessed ? " (guessed from the file's time)" : ""));
    line("modified", norwegian_date(a.modified));
    line("source", a.source);
    line("agency", a.agency);
    line("byline", a.byline);
    line("section", a.section);
    line("language", a.lang);
    if (!a.print.empty()) {
      line("urn", a.print.urn);
      line("print", fmt::format("issue {}, page {}{}", a.print.issue, a.print.page,
                                a.print.confidence < 0 ? "" : fmt::format(", recognised {} %", a.print.confidence)));
    }
    line("url", a.url);
    line("path", a.path + (there(a.path) ? "" : " (not there now)"));
    std::string actors;
    for (const ArticleActor& x : n.actors)
      actors += fmt::format("{}{}{} ({}{})", actors.empty() ? "" : ", ", x.name, x.role.empty() ? "" : ", " + x.role,
                            x.given && x.mentions == 0 ? "" : std::to_string(x.mentions),
                            !x.given          ? ""
                            : x.mentions == 0 ? "given"
                                              : ", given");
    line("actors", actors);
    for (const TopicScore& t : n.topics) {
      std::string words;
      for (const std::string& w : t.evidence) words += (words.empty() ? "" : ", ") + w;
      line("topic", fmt::format("{} ({})", t.name, words));
    }
    for (const std::string& given : a.topics_given) line("given topic", given);
    for (const Quote& q : n.quotes) {
      const std::string speaker = q.actor != kNoActor   ? n.actors[q.actor].name
                                  : q.described.empty() ? "?"
                                                        : q.described;
      const bool inferred = q.actor != kNoActor && speaker_certainty(q.how) < kCertainSpeaker;
      line("quote", fmt::format("{}{}: {}", speaker, inferred ? "?" : "",
                                std::string_view(a.text).substr(q.text_begin, q.text_end - q.text_begin)));
    }
  }

  std::vector<std::string> ids_;
  Format format_ = Format::text;
  std::string title_;  ///< of the page
  int paragraph_ = 0;
};

}  // namespace

std::unique_ptr<CommandRun> setup_show(CLI::App& app) { return std::make_unique<ShowCommand>(app); }

}  // namespace spalte::query
