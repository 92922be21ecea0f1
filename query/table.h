// How does a report print its rows, in each format?
#pragma once

#include "schema/command.h"

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace spalte::query {

enum class TableFormat : std::uint8_t { text, csv, jsonl };

/// text, csv, jsonl: the values of --format.
const std::map<std::string, TableFormat>& table_formats();

/// A cell: text, or a number, a truth or nothing (right-aligned in text and bare in JSON).
struct Cell {
  std::string text;
  bool number = false;                                             ///< `text` is JSON as well; empty: null
  Cell(std::string s) : text(std::move(s)) {}                      // NOLINT: a cell is made from what it shows
  Cell(const char* s) : text(s) {}                                 // NOLINT
  Cell(std::int64_t n) : text(std::to_string(n)), number(true) {}  // NOLINT
  static Cell decimal(double value, int places);
  static Cell truth(bool value);
  static Cell none();
};

/// Rows under named columns: aligned for people, csv with a header, or JSON objects with "schema".
class Table {
 public:
  Table(std::string schema, std::vector<std::string> columns)
      : schema_(std::move(schema)), columns_(std::move(columns)) {}
  /// People see the columns' names as well.
  void show_names() { names_shown_ = true; }
  void add(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  /// To stdout, like all below. An object says which shards the answer is without (query/partial.h).
  void write(const Context& context, TableFormat format) const;

  /// For csv and jsonl a row at a time, without holding any: what comes before the first, and each.
  void begin(const Context& context, TableFormat format) const;
  void write_row(const Context& context, TableFormat format, const std::vector<Cell>& row) const;

 private:
  void write_text(std::ostream& out) const;

  std::string schema_;
  std::vector<std::string> columns_;
  std::vector<std::vector<Cell>> rows_;
  bool names_shown_ = false;
};

}  // namespace spalte::query
