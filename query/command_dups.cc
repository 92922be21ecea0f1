// `spalte dups`: which articles are copies of each other?
#include "query/arguments.h"
#include "query/facets.h"
#include "query/find_article.h"
#include "query/report.h"
#include "query/table.h"
#include "schema/command.h"
#include "schema/slots.h"
#include "schema/terminal.h"

#include <algorithm>
#include <map>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

/// A group, earliest article first.
struct Group {
  std::string name;
  std::vector<ArticleRow> articles;
};

bool earlier(const ArticleRow& a, const ArticleRow& b) {
  const auto key = [](const ArticleRow& r) {
    return std::pair(r.article.published.empty() ? std::string("~") : r.article.published, r.article.id);
  };
  return key(a) < key(b);
}

class DupsCommand : public CommandRun {
 public:
  explicit DupsCommand(CLI::App& app) : query_(app) {
    app.add_option("--agency", agency_, "groups with an article of this agency alone, printed with its mark or without")
        ->type_name("NAME");
    app.add_option("-n", limit_, "number of groups; 0: all (default 10)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    add_choice(app, "--format", format_, table_formats(), "FORMAT", "text, csv or jsonl");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<std::optional<ArticleRow>> of = article(context, *reader);
    if (!of) return fail(std::move(of));
    std::size_t all = 0;
    Result<std::vector<Group>> groups = *of ? group_of(*reader, **of, all) : matching(context, *reader, all);
    if (!groups) return fail(std::move(groups));
    if (Status written = write(context, *reader, *groups, *of ? &**of : nullptr); !written) return fail(std::move(written));
    if (format_ == TableFormat::text && !context.quiet) {
      if (all == 0) {
        context.io.err << (*of ? "spalte: it stands alone\n" : "spalte: nothing found\n");
      } else if (!*of) {
        context.io.out << fmt::format("{} of {} groups\n", groups->size(), all);
      }
    }
    return all > 0 ? 0 : 1;
  }

 private:
  /// The article whose id is the only word. A word without digits is a query.
  static Result<std::optional<ArticleRow>> article(const Context& context, Reader& reader) {
    if (context.words.size() != 1 || context.words[0].find_first_of("0123456789") == std::string::npos)
      return std::optional<ArticleRow>();
    Result<ArticleRow> row = find_article(reader, context.words[0]);
    if (row) return std::optional<ArticleRow>(std::move(*row));
    if (row.error().code != ErrorCode::not_found) return fail(std::move(row));
    return std::optional<ArticleRow>();
  }

  static Result<Group> load(Reader& reader, const std::string& name) {
    Result<std::vector<Catalogue::GroupMember>> members = reader.catalogue().group(name);
    if (!members) return fail(std::move(members));
    Group group{name, {}};
    for (const Catalogue::GroupMember& m : *members) {
      Result<std::optional<ArticleRow>> row = reader.catalogue().article(m.row);
      if (!row) return fail(std::move(row));
      if (*row) group.articles.push_back(std::move(**row));
    }
    std::sort(group.articles.begin(), group.articles.end(), earlier);
    return group;
  }

  static Result<std::vector<Group>> group_of(Reader& reader, const ArticleRow& row, std::size_t& all) {
    std::vector<Group> out;
    if (row.duplicates.empty()) return out;
    Result<Group> group = load(reader, row.duplicates);
    if (!group) return fail(std::move(group));
    out.push_back(std::move(*group));
    all = 1;
    return out;
  }

  /// Groups with at least one article that matches, those with most such articles first; `all`: how many there are.
  Result<std::vector<Group>> matching(Context& context, Reader& reader, std::size_t& all) {
    if (!agency_.empty()) context.words.push_back("agency:\"" + agency_ + "\"");
    Result<std::map<std::string, std::int64_t>> counts = reader.request([&]() -> Result<std::map<std::string, std::int64_t>> {
      Result<Compiled> compiled = query_.compile(context, reader, true);
      if (!compiled) return fail(std::move(compiled));
      if (compiled->query.empty()) return std::map<std::string, std::int64_t>();
      return count_values(Xapian::Query(Xapian::Query::OP_FILTER, compiled->query,
                                        Xapian::Query(Xapian::Query::OP_VALUE_GE, slot::kDuplicate, "!")),
                          slot::kDuplicate, kWholeValue, reader);
    });
    if (!counts) return fail(std::move(counts));
    std::vector<std::pair<std::string, std::int64_t>> order(counts->begin(), counts->end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    all = order.size();
    if (limit_ > 0 && all > static_cast<std::size_t>(limit_)) order.resize(static_cast<std::size_t>(limit_));
    std::vector<Group> out;
    for (const auto& [name, n] : order) {
      Result<Group> group = load(reader, name);
      if (!group) return fail(std::move(group));
      out.push_back(std::move(*group));
    }
    return out;
  }

  /// How much of the shorter text stands in the longer one, of an article and the one its group is told by.
  static Result<double> share(Reader& reader, std::int64_t row, std::int64_t other) {
    Result<std::optional<Sketch>> a = reader.catalogue().sketch(row);
    if (!a) return fail(std::move(a));
    Result<std::optional<Sketch>> b = reader.catalogue().sketch(other);
    if (!b) return fail(std::move(b));
    return *a && *b ? containment(**a, **b) : 0.0;
  }

  Status write(Context& context, Reader& reader, const std::vector<Group>& groups, const ArticleRow* of) const {
    Table table("spalte.dup/1", {"group", "size", "id", "date", "source", "agency", "shared", "title", "path"});
    std::ostream& out = context.io.out;
    for (const Group& g : groups) {
      const ArticleRow& reference = of != nullptr ? *of : g.articles.front();
      if (format_ == TableFormat::text) out << fmt::format("{} near-duplicates  dup:{}\n", g.articles.size(), g.name);
      for (const ArticleRow& row : g.articles) {
        const Article& a = row.article;
        Result<double> shared = share(reader, row.row, reference.row);
        if (!shared) return fail(std::move(shared));
        const std::string date = a.date_guessed ? "" : a.published;
        if (format_ == TableFormat::text) {
          out << fmt::format("  {}  {:>10}  {:>4.0f} %  {}  {}{}\n", a.id, date.empty() ? "undated" : norwegian_date(date),
                             *shared * 100, printable(a.source.empty() ? "–" : a.source), printable(row.title),
                             a.agency.empty() ? "" : "  (" + printable(a.agency) + ")");
        } else {
          table.add({g.name, static_cast<std::int64_t>(g.articles.size()), a.id, date, a.source, a.agency,
                     Cell::decimal(*shared, 2), row.title, a.path});
        }
      }
    }
    if (format_ != TableFormat::text) table.write(context, format_);
    return {};
  }

  QueryArguments query_;
  std::string agency_;
  std::int64_t limit_ = 10;
  TableFormat format_ = TableFormat::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_dups(CLI::App& app) { return std::make_unique<DupsCommand>(app); }

}  // namespace spalte::query
