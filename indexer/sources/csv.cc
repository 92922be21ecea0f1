// Where does a row of CSV end, and a field?
#include "indexer/sources/csv.h"

#include "indexer/encoding.h"
#include "indexer/sources/field_map.h"
#include "indexer/sources/limits.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// The separator that the row of names has most of.
char guess_delimiter(std::string_view names) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (char c : {',', ';', '\t', '|'})
    if (const std::ptrdiff_t n = std::count(names.begin(), names.end(), c); n > most) {
      most = n;
      best = c;
    }
  return best;
}

/// Does a quotation mark stand open behind what was added so far? As csv_fields reads it, but a byte is looked at once,
/// however many lines a row has.
class OpenQuote {
 public:
  void add(std::string_view piece, char delimiter) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const char c = piece[i];
      if (quoted_ && c == '"' && i + 1 < piece.size() && piece[i + 1] == '"') {
        empty_ = false;
        ++i;
      } else if (c == '"' && (quoted_ || empty_)) {
        quoted_ = !quoted_;
      } else {
        empty_ = !quoted_ && c == delimiter;
      }
    }
  }
  explicit operator bool() const { return quoted_; }

 private:
  bool quoted_ = false, empty_ = true;
};

class Rows {
 public:
  explicit Rows(const Reading& reading, char delimiter) : reading_(reading), delimiter_(delimiter) {}

  /// The next row; empty at the end. What cannot be read has failed by itself.
  Result<std::vector<std::string>> next() {
    for (;;) {
      std::string row;
      OpenQuote open;
      first_ = line_ + 1;
      for (;;) {
        Result<std::optional<std::string_view>> line = reading_.bytes.line(limit::kLineBytes);
        ++line_;
        if (!line) {
          reading_.sink.failed(place(), line.error().message);
          if (Status skipped = reading_.bytes.skip_line(); !skipped) return fail(std::move(skipped));
          row.clear();
          break;
        }
        if (!*line) {
          if (!row.empty()) reading_.sink.failed(place(), "a quotation mark is never closed");
          return std::vector<std::string>();
        }
        if (first_ == 1 && delimiter_ == '\0') delimiter_ = guess_delimiter(**line);
        if (!row.empty()) {
          row += '\n';
          open.add("\n", delimiter_);
        }
        std::string_view piece = **line;
        row.append(piece);
        if (line_ == 1 && piece.starts_with("\xEF\xBB\xBF")) piece.remove_prefix(3);
        open.add(piece, delimiter_);
        if (static_cast<std::int64_t>(row.size()) > limit::kLineBytes) {
          reading_.sink.failed(place(), too_large("a row", static_cast<std::int64_t>(row.size()), limit::kLineBytes).message);
          row.clear();
          break;
        }
        if (row.empty()) break;
        if (open) continue;
        if (auto fields = csv_fields(to_utf8(row, ""), delimiter_)) return std::move(*fields);
        reading_.sink.failed(place(), "a quotation mark is never closed");
        break;
      }
    }
  }
  std::string place() const { return fmt::format("line {}", first_); }

 private:
  const Reading& reading_;
  char delimiter_;
  std::size_t line_ = 0, first_ = 0;
};

Status read_rows(const Reading& reading) {
  Rows rows(reading, reading.map != nullptr ? reading.map->delimiter : '\0');
  Result<std::vector<std::string>> names = rows.next();
  if (!names) return fail(std::move(names));
  FieldMap guessed;
  if (reading.map == nullptr) guessed = guess_field_map(*names);
  const FieldMap& map = reading.map != nullptr ? *reading.map : guessed;
  reading.sink.mapped(map.to_string());
  struct Column {
    MapField field;
    std::size_t at;
  };
  std::vector<Column> columns;
  for (const auto& [field, places] : map.places)
    for (const std::string& place : places) {
      const auto found = std::find(names->begin(), names->end(), place);
      if (found != names->end()) columns.push_back({field, static_cast<std::size_t>(found - names->begin())});
    }
  if (std::none_of(columns.begin(), columns.end(),
                   [](const Column& c) { return c.field == MapField::text || c.field == MapField::title; })) {
    reading.sink.skipped(file_kind(reading.file.relative));
    return {};
  }
  for (std::size_t number = 1;; ++number) {
    Result<std::vector<std::string>> row = rows.next();
    if (!row) return fail(std::move(row));
    if (row->empty()) return {};
    if (row->size() != names->size()) {
      reading.sink.failed(rows.place(), fmt::format("has {} fields, the first row {}", row->size(), names->size()));
      continue;
    }
    Article a;
    a.path = reading.file.path;
    MappedText text;
    for (const auto& [field, constant] : map.constants) set_field(field, constant, reading.file, a, text, reading.sink);
    for (const Column& c : columns)
      if (!(*row)[c.at].empty()) set_field(c.field, (*row)[c.at], reading.file, a, text, reading.sink);
    add_mapped_text(text, a);
    if (!hand_on(reading, std::move(a), number)) return {};
  }
}

}  // namespace

std::optional<std::vector<std::string>> csv_fields(std::string_view row, char delimiter) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (quoted) {
      if (c != '"') {
        out.back() += c;
      } else if (i + 1 < row.size() && row[i + 1] == '"') {
        out.back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && out.back().empty()) {
      quoted = true;
    } else if (c == delimiter) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  if (quoted) return {};
  return out;
}

bool recognises_csv(const SourceFile& file, std::string_view) {
  const std::string kind = file_kind(file.relative);
  return kind == ".csv" || kind == ".tsv" || kind == ".tab";
}

Status read_csv(const Reading& reading) {
  const Result<std::string_view> head = reading.bytes.peek(2);
  if (!head) return fail(head);
  if (*head != "\xFF\xFE" && *head != "\xFE\xFF") return read_rows(reading);
  // Spreadsheets' "Unicode text": lines can be told apart only in UTF-8.
  Result<std::string> all = reading.bytes.rest(limit::kWholeBytes);
  if (!all) return fail(std::move(all));
  const std::string text = to_utf8(*all, "");
  MemoryStream stream(text);
  InputBytes bytes(stream);
  return read_rows({reading.file, bytes, reading.sink, reading.depth, reading.map});
}

}  // namespace spalte::indexer
