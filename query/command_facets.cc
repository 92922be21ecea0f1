// `spalte facets`: how many of the matching articles by source, section, year …?
#include "query/collation.h"
#include "query/facets.h"
#include "query/report.h"
#include "query/table.h"
#include "schema/field.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Facets: fields with a slot, and the year of the date.
struct Facet {
  std::string_view name;
  std::uint32_t slot;
  std::size_t cut;
};
constexpr std::size_t kWhole = 4096;

Result<Facet> find_facet(const std::string& name) {
  if (name == "year" || name == "år") return Facet{"year", slot::kPublished, 4};
  if (name == "month" || name == "måned" || name == "månad") return Facet{"month", slot::kPublished, 7};
  const Field* f = find_field(name);
  if (f != nullptr && (f->kind == FieldKind::value || f->kind == FieldKind::lang) && f->slot != kNoSlot)
    return Facet{f->name, f->slot, kWhole};
  return fail(
      ErrorCode::usage, fmt::format("`{}` cannot be counted by", name),
      "source, section, lang, byline, agency, year and month can; actors and topics have commands of their own");
}

class FacetsCommand : public Report {
 public:
  explicit FacetsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many values (default: all)")->check(CLI::NonNegativeNumber)->type_name("N");
  }

 protected:
  Status prepare(Context& context) override {
    if (context.words.empty())
      return fail(ErrorCode::usage, "the field to count by is missing", "spalte facets source [QUERY]");
    const std::string fields = context.words.front();
    context.words.erase(context.words.begin());
    const std::size_t comma = fields.find(',');
    for (const std::string& name : comma == std::string::npos
                                       ? std::vector{fields}
                                       : std::vector{fields.substr(0, comma), fields.substr(comma + 1)}) {
      Result<Facet> f = find_facet(name);
      if (!f) return fail(std::move(f));
      facets_.push_back(*f);
    }
    return {};
  }

  Result<Table> make(Context& /*context*/, const Compiled& compiled, Reader& reader) override {
    if (facets_.size() == 2) {
      Table table("spalte.facet/1", {"value", "value2", "count"});
      for (const auto& [pair, n] :
           count_pairs(compiled.query, {facets_[0].slot, facets_[0].cut}, {facets_[1].slot, facets_[1].cut}, reader))
        table.add({pair.first, pair.second, n});
      return table;
    }
    Table table("spalte.facet/1", {"value", "count"});
    const auto counts = count_values(compiled.query, facets_[0].slot, facets_[0].cut, reader);
    std::vector<std::pair<std::string, std::int64_t>> rows(counts.begin(), counts.end());
    if (facets_[0].slot != slot::kPublished)
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : collation_key(a.first) < collation_key(b.first);
      });
    if (top_ > 0 && rows.size() > static_cast<std::size_t>(top_)) rows.resize(static_cast<std::size_t>(top_));
    for (const auto& [value, n] : rows)
      table.add({value.empty() && format_ == TableFormat::text
                     ? (facets_[0].slot == slot::kPublished ? "undated" : "(none)")
                     : value,
                 n});
    return table;
  }

 private:
  std::vector<Facet> facets_;
  std::int64_t top_ = 0;
};

}  // namespace

std::unique_ptr<CommandRun> setup_facets(CLI::App& app) { return std::make_unique<FacetsCommand>(app); }

}  // namespace spalte::query
