// How does a report print its rows, in each format?
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace spalte::query {

enum class TableFormat : std::uint8_t { text, csv, jsonl };

/// A cell: text or a number (numbers are right-aligned in text and bare in JSON).
struct Cell {
  std::string text;
  bool number = false;
  Cell(std::string s) : text(std::move(s)) {}                      // NOLINT: a cell is made from what it shows
  Cell(const char* s) : text(s) {}                                 // NOLINT
  Cell(std::int64_t n) : text(std::to_string(n)), number(true) {}  // NOLINT
  static Cell decimal(double value, int places);
};

/// Rows under named columns: aligned for people, csv with a header, or JSON objects with "schema".
class Table {
 public:
  Table(std::string schema, std::vector<std::string> columns)
      : schema_(std::move(schema)), columns_(std::move(columns)) {}
  void add(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  void write(std::ostream& out, TableFormat format) const;

 private:
  std::string schema_;
  std::vector<std::string> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// Columns that a text takes on a terminal, roughly: code points.
std::size_t shown_width(std::string_view text);

}  // namespace spalte::query
