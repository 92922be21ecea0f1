// `spalte facets`: how many of the matching articles by source, section, year …?
#include "query/collation.h"
#include "query/period.h"
#include "query/report.h"
#include "query/table.h"
#include "query/tally.h"
#include "query/values.h"
#include "schema/field.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// What can be counted by: a field with a slot of values, or a period of the date.
struct Facet {
  const Field* field = nullptr;
  Period by = Period::year;

  bool dated() const { return field->kind == FieldKind::date; }
};

Result<Facet> find_facet(const std::string& name) {
  const Field* date = find_field("date");
  if (name == "year" || name == "år") return Facet{date, Period::year};
  if (name == "month" || name == "måned" || name == "månad") return Facet{date, Period::month};
  const Field* f = find_field(name == "language" ? "lang" : name);
  if (f != nullptr && (f->kind == FieldKind::value || f->kind == FieldKind::lang) && f->slot != kNoSlot)
    return Facet{f};
  return fail(
      ErrorCode::usage, fmt::format("`{}` cannot be counted by", name),
      "source, section, lang, byline, agency, year and month can; actors and topics have commands of their own");
}

/// The values of one facet, numbered as they turn up, each document's read once.
class FacetValues {
 public:
  FacetValues(const Facet& facet, bool guessed_dates)
      : facet_(facet),
        slot_(facet.dated() && guessed_dates ? std::uint32_t{slot::kPublishedAny} : facet.field->slot) {}

  /// Of a date the day is enough: there are fewer of them than of minutes.
  CountedSlot slot() const { return facet_.dated() ? CountedSlot{slot_, 10} : CountedSlot{slot_}; }
  std::size_t of(const std::string& value) {
    if (!facet_.dated()) return numbered(value, numbers_);
    const std::uint32_t day = packed_day(value);
    const auto known = days_.find(day);
    if (known != days_.end()) return known->second;
    return days_[day] = numbered(period_of(unpacked_day(day), facet_.by), numbers_);
  }
  const std::string& value(std::size_t number) const { return *values_[number]; }
  std::size_t size() const { return values_.size(); }

  /// Numbers in the order in which people read them: periods by date, other values by count and then by name.
  std::vector<std::size_t> order(const std::vector<std::int64_t>& counts) const {
    std::vector<std::size_t> out(size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    std::vector<std::string> keys;
    for (const std::string* v : values_) keys.push_back(facet_.dated() ? *v : collation_key(*v));
    std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
      if (facet_.dated()) {
        // What has no date comes last.
        if (keys[a].empty() != keys[b].empty()) return keys[b].empty();
        return keys[a] < keys[b];
      }
      return counts[a] != counts[b] ? counts[a] > counts[b] : keys[a] < keys[b];
    });
    return out;
  }

  /// For people.
  std::string shown(std::size_t number) const {
    return !value(number).empty() ? value(number) : facet_.dated() ? "undated" : "(none)";
  }

 private:
  std::size_t numbered(const std::string& value, std::unordered_map<std::string, std::size_t>& numbers) {
    const auto found = numbers.find(value);
    if (found != numbers.end()) return found->second;
    const auto [made, ignored] = numbers.emplace(value, values_.size());
    values_.push_back(&made->first);
    return made->second;
  }

  Facet facet_;
  std::uint32_t slot_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::unordered_map<std::uint32_t, std::size_t> days_;
  std::vector<const std::string*> values_;
};

std::int64_t sum(const std::vector<std::int64_t>& counts) {
  std::int64_t out = 0;
  for (std::int64_t n : counts) out += n;
  return out;
}

class FacetsCommand : public Report {
 public:
  explicit FacetsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many values (default: all); of two fields: of the first")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
  }

 protected:
  Status prepare(Context& context) override {
    if (context.words.empty())
      return fail(ErrorCode::usage, "the field to count by is missing", "spalte facets source [QUERY]");
    std::istringstream fields(context.words.front());
    context.words.erase(context.words.begin());
    for (std::string name; std::getline(fields, name, ',');) {
      Result<Facet> f = find_facet(name);
      if (!f) return fail(std::move(f));
      facets_.push_back(*f);
    }
    if (facets_.empty() || facets_.size() > 2)
      return fail(ErrorCode::usage, "one field, or two with a comma between them", "spalte facets source,year [QUERY]");
    return {};
  }

  Result<Table> make(Context& /*context*/, const Compiled& compiled, Reader& reader) override {
    return facets_.size() == 2 ? two(compiled.query, reader) : one(compiled.query, reader);
  }

 private:
  Table one(const Xapian::Query& query, Reader& reader) {
    FacetValues values(facets_[0], query_.match.guessed_dates);
    std::vector<std::int64_t> counts;
    for (const auto& [value, n] : tally_values(query, {values.slot()}, reader)) {
      const std::size_t v = values.of(value[0]);
      if (v >= counts.size()) counts.resize(v + 1);
      counts[v] += n;
    }
    Table table("spalte.facet/1", {"value", "count"});
    for (std::size_t v : head(values.order(counts)))
      table.add({format_ == TableFormat::text ? values.shown(v) : values.value(v), counts[v]});
    return table;
  }

  Table two(const Xapian::Query& query, Reader& reader) {
    FacetValues rows(facets_[0], query_.match.guessed_dates), columns(facets_[1], query_.match.guessed_dates);
    std::vector<std::vector<std::int64_t>> counts;
    std::vector<std::int64_t> row_sums, column_sums;
    for (const auto& [values, n] : tally_values(query, {rows.slot(), columns.slot()}, reader)) {
      const std::size_t r = rows.of(values[0]), c = columns.of(values[1]);
      if (r >= counts.size()) counts.resize(r + 1);
      if (c >= counts[r].size()) counts[r].resize(c + 1);
      counts[r][c] += n;
    }
    column_sums.resize(columns.size());
    for (auto& row : counts) {
      row.resize(columns.size());
      row_sums.push_back(sum(row));
      for (std::size_t c = 0; c < row.size(); ++c) column_sums[c] += row[c];
    }
    const std::vector<std::size_t> across = columns.order(column_sums), all = rows.order(row_sums), down = head(all);
    if (format_ != TableFormat::text) {
      Table table("spalte.facet/1", {"value", "value2", "count"});
      for (std::size_t r : down)
        for (std::size_t c : across)
          if (counts[r][c] > 0) table.add({rows.value(r), columns.value(c), counts[r][c]});
      return table;
    }
    // Wide tables are unreadable: of values that are no dates, the rarest share a column.
    const std::size_t kept = facets_[1].dated() || across.size() <= kMostColumns ? across.size() : kMostColumns - 1;
    std::vector<std::string> names = {""};
    for (std::size_t i = 0; i < kept; ++i) names.push_back(columns.shown(across[i]));
    if (kept < across.size()) names.push_back(fmt::format("{} more", across.size() - kept));
    names.push_back("total");
    Table table("spalte.facet/1", names);
    table.show_names();
    const auto add = [&](const std::string& name, const std::vector<std::int64_t>& row) {
      std::vector<Cell> cells = {name};
      std::int64_t more = 0;
      for (std::size_t i = 0; i < across.size(); ++i) {
        const std::int64_t n = row[across[i]];
        if (i >= kept)
          more += n;
        else
          cells.push_back(n > 0 ? Cell(n) : Cell::none());
      }
      if (kept < across.size()) cells.emplace_back(more);
      cells.emplace_back(sum(row));
      table.add(std::move(cells));
    };
    std::vector<std::int64_t> others(columns.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i < down.size()) {
        add(rows.shown(all[i]), counts[all[i]]);
        continue;
      }
      for (std::size_t c = 0; c < others.size(); ++c) others[c] += counts[all[i]][c];
    }
    if (down.size() < all.size()) add(fmt::format("{} more", all.size() - down.size()), others);
    if (!all.empty()) add("total", column_sums);
    return table;
  }

  std::vector<std::size_t> head(std::vector<std::size_t> order) const {
    if (top_ > 0 && order.size() > static_cast<std::size_t>(top_)) order.resize(static_cast<std::size_t>(top_));
    return order;
  }

  static constexpr std::size_t kMostColumns = 10;
  std::vector<Facet> facets_;
  std::int64_t top_ = 0;
};

}  // namespace

std::unique_ptr<CommandRun> setup_facets(CLI::App& app) { return std::make_unique<FacetsCommand>(app); }

}  // namespace spalte::query
