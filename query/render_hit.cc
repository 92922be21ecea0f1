// Which columns does a hit have?
#include "query/render_hit.h"

#include "query/arguments.h"
#include "query/partial.h"
#include "schema/terminal.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& s) { return s.empty() ? Json(nullptr) : Json(s); }

Json value(const std::string& field, const Hit& h, const Snippet& s) {
  if (field == "rank") return h.rank;
  if (field == "id") return h.data.id;
  if (field == "path") return h.data.path;
  if (field == "title") return or_null(h.data.title);
  if (field == "date") return h.data.date_guessed ? Json(nullptr) : or_null(h.data.date);
  if (field == "date_guessed") return h.data.date_guessed ? or_null(h.data.date) : Json(nullptr);
  if (field == "source") return or_null(h.data.source);
  if (field == "lang") return or_null(h.data.lang);
  if (field == "score") return std::round(h.score * 10000) / 10000;
  if (field == "versions") return h.versions;
  if (field == "dup") return or_null(h.duplicates);
  if (field == "opening") return or_null(h.data.opening);
  return or_null(s.text);
}

std::string cell(const Json& v) {
  if (v.is_null()) return {};
  if (v.is_string()) return v.get<std::string>();
  return v.dump();
}

const std::vector<std::string>& columns(const HitRendering& r) {
  // csv keeps the columns it has always had; the others are there for the asking.
  static const std::vector<std::string> csv(hit_fields().begin(), hit_fields().end() - 2);
  return !r.fields.empty() ? r.fields : r.format == HitFormat::csv ? csv : hit_fields();
}

void write_text(std::ostream& out, const HitRendering& r, const Hit& h, const Snippet& s) {
  const auto style = [&](std::string_view code, const std::string& text) {
    return r.color && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  };
  const std::string date =
      h.data.date.empty() ? "undated" : norwegian_date(h.data.date) + (h.data.date_guessed ? "?" : "");
  const std::string source = printable(h.data.source.empty() ? "–" : h.data.source);
  const std::string title = printable(h.data.title.empty() ? h.data.opening : h.data.title);
  out << fmt::format("{:>3}  {}  {}  {}\n", h.rank, date, source, style("1", title));
  if (!s.text.empty()) {
    std::string line = coloured(s, r.color);
    if (!s.speaker.empty())
      line += "  " + style("2", fmt::format("[{}{}{}{}]", printable(s.speaker), s.certain ? "" : "?",
                                            s.verb.empty() ? "" : " ", printable(s.verb)));
    out << "     " << line << '\n';
  }
  std::string last = h.data.id;
  if (h.versions > 1) last += fmt::format("  {} versions", h.versions);
  if (h.hidden > 0) last += fmt::format("  and {} near-duplicate{}", h.hidden, h.hidden == 1 ? "" : "s");
  out << "     " << style("2", last) << '\n';
}

}  // namespace

const std::vector<std::string>& hit_fields() {
  static const std::vector<std::string> fields = {"rank", "id",    "path",    "title",    "date", "source",
                                                  "lang", "score", "snippet", "versions", "dup"};
  return fields;
}

bool needs_snippet(const HitRendering& r) {
  if (r.format == HitFormat::text) return true;
  if (r.format != HitFormat::jsonl && r.format != HitFormat::csv) return false;
  return std::find(columns(r).begin(), columns(r).end(), "snippet") != columns(r).end();
}

void write_hit_header(std::ostream& out, const HitRendering& r) {
  if (r.format == HitFormat::csv) out << csv_line(columns(r));
}

void write_hit(const Context& context, const HitRendering& r, const Hit& h, const Snippet& s) {
  std::ostream& out = context.io.out;
  switch (r.format) {
    case HitFormat::text:
      write_text(out, r, h, s);
      return;
    case HitFormat::ids:
      out << h.data.id << (r.nul ? '\0' : '\n');
      return;
    case HitFormat::paths:
      out << (r.nul ? h.data.path : printable(h.data.path)) << (r.nul ? '\0' : '\n');
      return;
    case HitFormat::trec: {
      std::string docno;
      for (char c : h.data.path)
        docno += c == ' '                               ? std::string("%20")
                 : static_cast<unsigned char>(c) < 0x20 ? fmt::format("%{:02X}", c)
                                                        : std::string(1, c);
      out << fmt::format("{} Q0 {} {} {:.6f} spalte\n", r.query_id, docno, h.rank, h.score);
      return;
    }
    case HitFormat::csv: {
      std::vector<std::string> cells;
      for (const std::string& f : columns(r)) cells.push_back(cell(value(f, h, s)));
      out << csv_line(cells);
      return;
    }
    case HitFormat::jsonl: {
      Json row{{"schema", "spalte.hit/1"}};
      for (const std::string& f : columns(r)) row[f] = value(f, h, s);
      if (needs_snippet(r)) {
        Json marks = Json::array();
        for (const Highlight& m : s.highlights) marks.push_back({m.begin, m.end});
        row["highlights"] = std::move(marks);
        if (!s.speaker.empty()) {
          row["speaker"] = s.speaker;
          row["verb"] = or_null(s.verb);
          row["certain"] = s.certain;
        }
      }
      if (r.query_id != "0") row["query"] = r.query_id;
      mark_partial(row, context);
      out << row.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
      return;
    }
  }
}

}  // namespace spalte::query
