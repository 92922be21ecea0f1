// `spalte quotes`: who said what?
#include "query/arguments.h"
#include "query/partial.h"
#include "query/quotations.h"
#include "query/snippet.h"
#include "query/syntax.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShownBytes = 400;

enum class Format : std::uint8_t { text, jsonl, csv };

const std::map<std::string, Format> kFormats = {{"text", Format::text}, {"jsonl", Format::jsonl}, {"csv", Format::csv}};

std::string_view slice(const Article& a, std::uint32_t begin, std::uint32_t end) {
  return std::string_view(a.text).substr(begin, end - begin);
}

std::size_t paragraph_of(const Article& a, std::uint32_t byte) {
  const auto p =
      std::find_if(a.paragraphs.begin(), a.paragraphs.end(), [&](const Paragraph& x) { return byte < x.end; });
  return static_cast<std::size_t>(p - a.paragraphs.begin()) + 1;
}

Json or_null(std::string_view s) { return s.empty() ? Json(nullptr) : Json(s); }

/// All that is told of a quotation; csv has the same columns in the same order.
Json object(const QuotationHit& h) {
  const Article& a = h.row->article;
  const Quote& q = *h.quote;
  const bool named = q.actor != kNoActor;
  return {{"rank", h.rank},
          {"speaker", named ? Json(h.annotation->actors[q.actor].name) : Json(nullptr)},
          {"how", or_null(speaker_found_name(q.how))},
          {"certain", named && speaker_certainty(q.how) >= kCertainSpeaker},
          {"described", or_null(q.described)},
          {"verb", or_null(q.verb)},
          {"style", quote_style_name(q.style)},
          {"text", slice(a, q.text_begin, q.text_end)},
          {"id", a.id},
          {"title", or_null(a.title())},
          {"date", a.date_guessed ? Json(nullptr) : or_null(a.published)},
          {"source", or_null(a.source)},
          {"path", a.path},
          {"paragraph", paragraph_of(a, q.text_begin)},
          {"start", q.begin},
          {"end", q.end},
          {"text_start", q.text_begin},
          {"text_end", q.text_end},
          {"score", std::round(h.score * 10000) / 10000}};
}

std::string cell(const Json& v) {
  if (v.is_null()) return {};
  return v.is_string() ? v.get<std::string>() : v.dump();
}

class QuotesCommand : public CommandRun {
 public:
  explicit QuotesCommand(CLI::App& app) : query_(app) {
    app.add_option("--by", by_, "quotations of this person, organisation or country alone")->type_name("NAME");
    add_paging(app, options_, "quotations");
    add_choice(app, "--format", format_, kFormats, "FORMAT", "text, jsonl or csv");
    app.add_option("--fields", fields_, "columns of csv and keys of jsonl, separated by commas")
        ->delimiter(',')
        ->check(CLI::IsMember(all_fields()))
        ->type_name("F,…");
  }

  Result<int> run(Context& context) override {
    options_.match = query_.match;
    if (fields_.empty()) fields_ = all_fields();
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<Node> tree = asked(context);
    if (!tree) return fail(std::move(tree));
    std::int64_t shown = 0, total = 0;
    std::string page;
    std::vector<std::string> notes;
    const Status done = reader->request([&]() -> Status {
      Result<Compiled> compiled = compile_quotes(*tree, query_.match, *reader);
      if (!compiled) return fail(std::move(compiled));
      std::ostringstream out;
      shown = 0;
      const Status searched = search_quotations(*compiled, options_, *reader, [&](const QuotationHit& h) {
        ++shown;
        write(context, *compiled, h, *reader, out);
        return true;
      });
      if (!searched) return searched;
      total = count_quotations(compiled->query, *reader);
      notes = compiled->notes;
      page = out.str();
      return {};
    });
    if (!done) return fail(done);
    if (!context.quiet)
      for (const std::string& note : notes) context.io.err << "spalte: " << printable(note) << '\n';
    if (format_ == Format::csv) context.io.out << csv_line(fields_);
    context.io.out << page;
    if (format_ == Format::text && !context.quiet) {
      if (shown > 0) {
        context.io.out << fmt::format("{}–{} of {}\n", options_.offset + 1, options_.offset + shown, total);
      } else {
        context.io.err << "spalte: nothing found\n";
      }
    }
    return shown > 0 ? 0 : 1;
  }

 private:
  /// The query and --by, as one tree.
  Result<Node> asked(const Context& context) const {
    Result<Node> tree = query_.match.any ? any_word(context) : query_.tree(context, true);
    if (!tree || by_.empty()) return tree;
    Node speaker;
    speaker.kind = NodeKind::field;
    speaker.field = find_field("speaker");
    speaker.text = by_;
    if (tree->kind == NodeKind::all) return speaker;
    Node both;
    both.kind = NodeKind::conjunction;
    both.children.push_back(std::move(*tree));
    both.children.push_back(std::move(speaker));
    return both;
  }

  Result<Node> any_word(const Context& context) const {
    Result<std::string> text = query_.text(context, true);
    if (!text) return fail(std::move(text));
    Node any;
    any.kind = NodeKind::disjunction;
    for (std::string& word : plain_words(*text)) {
      Node n;
      n.kind = NodeKind::word;
      n.text = std::move(word);
      any.children.push_back(std::move(n));
    }
    if (any.children.empty()) any.kind = NodeKind::all;
    return any;
  }

  static std::vector<std::string> all_fields() {
    // The object's keys: an empty quotation has them all.
    const ArticleRow row;
    const Annotation annotation;
    const Quote quote;
    const Json keys = object({0, 0, &row, &annotation, &quote});
    std::vector<std::string> names;
    for (const auto& [key, value] : keys.items()) names.push_back(key);
    return names;
  }

  void write(const Context& context, const Compiled& compiled, const QuotationHit& h, Reader& reader,
             std::ostream& out) const {
    switch (format_) {
      case Format::jsonl: {
        Json row{{"schema", "spalte.quote/1"}};
        const Json all = object(h);
        for (const std::string& f : fields_) row[f] = all[f];
        mark_partial(row, context);
        out << row.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        return;
      }
      case Format::csv: {
        std::vector<std::string> cells;
        const Json row = object(h);
        for (const std::string& f : fields_) cells.push_back(cell(row[f]));
        out << csv_line(cells);
        return;
      }
      case Format::text:
        return write_text(context, compiled, h, reader, out);
    }
  }

  static void write_text(const Context& context, const Compiled& compiled, const QuotationHit& h, Reader& reader,
                         std::ostream& out) {
    const auto style = [&](std::string_view code, const std::string& text) {
      return context.color && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    };
    const Article& a = h.row->article;
    const Quote& q = *h.quote;
    const bool named = q.actor != kNoActor;
    const std::string who = printable(speaker_of(*h.annotation, q));
    std::string how = named ? std::string(speaker_found_name(q.how)) : "not named";
    out << fmt::format("{:>3}  {}{}{}{}  ({})\n", h.rank, style("1", who.empty() ? "–" : who),
                       named && speaker_certainty(q.how) < kCertainSpeaker ? "?" : "", q.verb.empty() ? "" : "  ",
                       printable(q.verb), how);
    const Snippet s = passage(compiled, a, *h.annotation, q.text_begin, q.text_end, reader, kShownBytes);
    out << "     " << coloured(s, context.color) << '\n';
    const std::string date =
        a.published.empty() ? "undated" : norwegian_date(a.published) + (a.date_guessed ? "?" : "");
    out << "     "
        << style("2", fmt::format("{}  {}  {}  {}, paragraph {}", date, printable(a.source.empty() ? "–" : a.source),
                                  printable(std::string(a.title())), a.id, paragraph_of(a, q.text_begin)))
        << '\n';
  }

  QueryArguments query_;
  SearchOptions options_;
  Format format_ = Format::text;
  std::string by_;
  std::vector<std::string> fields_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_quotes(CLI::App& app) { return std::make_unique<QuotesCommand>(app); }

}  // namespace spalte::query
