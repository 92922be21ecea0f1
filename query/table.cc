// How are columns aligned?
#include "query/table.h"

#include "query/arguments.h"
#include "query/display_width.h"
#include "query/partial.h"
#include "schema/terminal.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {

const std::map<std::string, TableFormat>& table_formats() {
  static const std::map<std::string, TableFormat> formats = {
      {"text", TableFormat::text}, {"csv", TableFormat::csv}, {"jsonl", TableFormat::jsonl}};
  return formats;
}

Cell Cell::decimal(double value, int places) {
  Cell c(fmt::format("{:.{}f}", value, places));
  c.number = true;
  return c;
}

Cell Cell::truth(bool value) {
  Cell c(value ? "true" : "false");
  c.number = true;
  return c;
}

Cell Cell::none() {
  Cell c("");
  c.number = true;
  return c;
}

void Table::begin(const Context& context, TableFormat format) const {
  if (format == TableFormat::csv) context.io.out << csv_line(columns_);
}

void Table::write_row(const Context& context, TableFormat format, const std::vector<Cell>& row) const {
  std::ostream& out = context.io.out;
  if (format == TableFormat::csv) {
    std::vector<std::string> cells;
    for (const Cell& c : row) cells.push_back(c.text);
    out << csv_line(cells);
    return;
  }
  nlohmann::ordered_json object{{"schema", schema_}};
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (row[c].number) {
      object[columns_[c]] = row[c].text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(row[c].text);
    } else {
      object[columns_[c]] = row[c].text;
    }
  }
  mark_partial(object, context);
  out << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

void Table::write(const Context& context, TableFormat format) const {
  if (format == TableFormat::text) return write_text(context.io.out);
  begin(context, format);
  for (const auto& row : rows_) write_row(context, format, row);
}

void Table::write_text(std::ostream& out) const {
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], shown_width(printable(row[c].text)));
  if (names_shown_ && !rows_.empty()) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::string name = printable(columns_[c]);
      widths[c] = std::max(widths[c], shown_width(name));
      if (c > 0) line += "  ";
      line += rows_.front()[c].number ? padded_left(name, widths[c]) : padded(name, widths[c]);
    }
    out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string text = printable(row[c].text);
      if (c > 0) line += "  ";
      line += row[c].number ? padded_left(text, widths[c]) : c + 1 < row.size() ? padded(text, widths[c]) : text;
    }
    out << line << '\n';
  }
}

}  // namespace spalte::query
