// How are columns aligned?
#include "query/table.h"

#include "query/arguments.h"
#include "schema/terminal.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::query {

Cell Cell::decimal(double value, int places) {
  Cell c(fmt::format("{:.{}f}", value, places));
  c.number = true;
  return c;
}

std::size_t shown_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

void Table::write(std::ostream& out, TableFormat format) const {
  if (format == TableFormat::csv) out << csv_line(columns_);
  std::vector<std::size_t> widths(columns_.size());
  if (format == TableFormat::text)
    for (const auto& row : rows_)
      for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], shown_width(printable(row[c].text)));
  for (const auto& row : rows_) {
    if (format == TableFormat::csv) {
      std::vector<std::string> cells;
      for (const Cell& c : row) cells.push_back(c.text);
      out << csv_line(cells);
    } else if (format == TableFormat::jsonl) {
      nlohmann::ordered_json object{{"schema", schema_}};
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (row[c].number) {
          object[columns_[c]] = nlohmann::ordered_json::parse(row[c].text);
        } else {
          object[columns_[c]] = row[c].text;
        }
      }
      out << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    } else {
      std::string line;
      for (std::size_t c = 0; c < row.size(); ++c) {
        const std::string text = printable(row[c].text);
        const std::string pad(widths[c] - shown_width(text), ' ');
        if (c > 0) line += "  ";
        line += row[c].number ? pad + text : c + 1 < row.size() ? text + pad : text;
      }
      out << line << '\n';
    }
  }
}

}  // namespace spalte::query
