// `spalte save` and `spalte new`: queries kept under a name, and what is new since one was last looked at
#include "query/arguments.h"
#include "query/compiler.h"
#include "query/hit_list.h"
#include "query/report.h"
#include "query/saved_query.h"
#include "query/search.h"
#include "query/seen_rows.h"
#include "query/shown.h"
#include "query/syntax.h"
#include "query/table.h"
#include "schema/command.h"
#include "schema/date.h"
#include "schema/nearest.h"

#include <algorithm>
#include <cstdint>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

using SavedQuery = Catalogue::SavedQuery;

/// What can stand behind query: without quotation marks.
Status check_name(const std::string& name) {
  const bool plain = !name.empty() && name[0] != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  if (plain) return {};
  return fail(ErrorCode::usage, fmt::format("`{}` is no name for a query", name),
              "letters, digits, - and _ may be in it: spalte save valget 'valg OR stortingsvalg'");
}

Result<SavedQuery> find_saved(ArchiveCatalogue& catalogue, const std::string& name) {
  Result<std::vector<SavedQuery>> all = catalogue.saved_queries();
  if (!all) return fail(std::move(all));
  std::vector<std::string_view> names;
  for (SavedQuery& s : *all) {
    if (s.name == name) return std::move(s);
    names.push_back(s.name);
  }
  const std::string_view near = nearest_name(name, names);
  return fail(ErrorCode::usage, fmt::format("there is no saved query `{}`", name),
              (near.empty() ? "" : fmt::format("did you mean `{}`? ", near)) +
                  "`spalte save` lists them, `spalte save NAME QUERY` makes one");
}

template <typename F>
Status change(Reader& reader, const F& write) {
  Result<std::string> path = reader.writable_catalogue();
  if (!path) return fail(std::move(path));
  Result<Catalogue> catalogue = Catalogue::open(*path, Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  if (Status s = catalogue->begin(); !s) return s;
  if (Status s = write(*catalogue); !s) return s;
  return catalogue->commit();
}

class SaveCommand : public CommandRun {
 public:
  explicit SaveCommand(CLI::App& app) {
    app.add_flag("--list", list_, "list the saved queries (as without arguments)");
    app.add_option("--drop", drop_, "remove the query of that name")->type_name("NAME");
    add_choice(app, "--format", format_, table_formats(), "FORMAT", "of the list: text, csv or jsonl");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    if (!drop_.empty() && (list_ || !context.words.empty()))
      return fail(ErrorCode::usage, "--drop goes alone", "spalte save --drop NAME");
    if (!drop_.empty()) return drop(*reader);
    if (list_ || context.words.empty()) return show(context, *reader, {});
    const std::string name = context.words.front();
    if (Status named = check_name(name); !named) return fail(std::move(named));
    std::string text;
    for (std::size_t i = 1; i < context.words.size(); ++i) text += (text.empty() ? "" : " ") + context.words[i];
    if (text.empty()) {
      Result<SavedQuery> one = find_saved(reader->catalogue(), name);
      if (!one) return fail(std::move(one));
      return show(context, *reader, name);
    }
    return save(*reader, name, text);
  }

 private:
  static Result<int> save(Reader& reader, const std::string& name, const std::string& text) {
    if (Status sound = check_saved_query(name, text, reader.catalogue()); !sound) return fail(std::move(sound));
    // What cannot be asked now (a topic that there is none of) could not be asked later.
    const Status asked = reader.request([&]() -> Status {
      Result<Node> tree = parse(text);
      if (!tree) return fail(std::move(tree));
      Result<Compiled> compiled = compile(*tree, {}, reader, text);
      if (!compiled) return fail(std::move(compiled));
      return {};
    });
    if (!asked) return fail(asked);
    const std::string now = local_now();
    const Status saved = change(reader, [&](Catalogue& catalogue) -> Status {
      Result<std::vector<SavedQuery>> all = catalogue.saved_queries();
      if (!all) return fail(std::move(all));
      // Saved again as it was, what has been seen of it stays seen.
      for (const SavedQuery& s : *all)
        if (s.name == name && s.query == text) return {};
      return catalogue.save_query({name, text, now, 0});
    });
    if (!saved) return fail(saved);
    return 0;
  }

  Result<int> drop(Reader& reader) const {
    Result<SavedQuery> there = find_saved(reader.catalogue(), drop_);
    if (!there) return fail(std::move(there));
    const Status dropped = change(reader, [&](Catalogue& catalogue) -> Status {
      Result<bool> was = catalogue.drop_query(drop_);
      if (!was) return fail(std::move(was));
      return {};
    });
    if (!dropped) return fail(dropped);
    return 0;
  }

  Result<int> show(Context& context, Reader& reader, const std::string& name) const {
    Result<std::vector<SavedQuery>> all = reader.catalogue().saved_queries();
    if (!all) return fail(std::move(all));
    Table table("spalte.saved/1", {"name", "query", "made"});
    for (const SavedQuery& s : *all)
      if (name.empty() || s.name == name) table.add({s.name, s.query, s.made});
    if (table.empty() && format_ == TableFormat::text) {
      if (!context.quiet) context.io.err << "spalte: no query is saved; `spalte save NAME QUERY` makes one\n";
      return 0;
    }
    table.write(context, format_);
    return 0;
  }

  bool list_ = false;
  std::string drop_;
  TableFormat format_ = TableFormat::text;
};

class NewCommand : public CommandRun {
 public:
  explicit NewCommand(CLI::App& app) : hits_(app) {
    app.add_option("NAME", name_, "a saved query")->required();
    add_order(app, options_);
    app.add_flag("--keep", keep_, "let them be new the next time too");
  }

  Result<int> run(Context& context) override {
    options_.limit = 0;
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Result<SavedQuery> saved = find_saved(reader->catalogue(), name_);
    if (!saved) return fail(std::move(saved));
    Result<SeenRows> seen = read_seen(context, *saved, *reader);
    if (!seen) return fail(std::move(seen));
    Result<std::string> seen_time = read_seen_time(context, *saved, *reader);
    if (!seen_time) return fail(std::move(seen_time));
    SeenRows newest;
    std::string now;
    Result<std::int64_t> shown = hits_.print(
        context, *reader, options_,
        [&]() -> Result<Compiled> {
          // Rows that are marked indexed were in the index before they were: the snapshot, which is newer, has them.
          Result<SeenRows> indexed = reader->catalogue().newest_indexed_rows();
          if (!indexed) return fail(std::move(indexed));
          newest = std::move(*indexed);
          now = local_now();
          if (Status fresh = reader->refresh(); !fresh) return fail(std::move(fresh));
          return since(*reader, *saved, *seen, newest, *seen_time);
        },
        false);
    if (!shown) return fail(std::move(shown));
    context.io.out.flush();
    const bool further = std::any_of(newest.begin(), newest.end(),
                                     [&](const auto& row) { return row.second > (*seen)[row.first]; });
    if (!keep_ && (further || *shown > 0) && context.io.out.good())
      if (Status noted = note(context, *reader, *saved, newest, now); !noted) return fail(std::move(noted));
    if (*shown == 0 && !context.quiet) context.io.err << "spalte: nothing new\n";
    return *shown > 0 ? 0 : 1;
  }

 private:
  static Status note(const Context& context, Reader& reader, const SavedQuery& saved, const SeenRows& newest,
                     const std::string& now) {
    if (!context.cluster.empty()) return write_seen(context, saved, newest, now);
    return change(reader, [&](Catalogue& catalogue) {
      Status noted = catalogue.saw_query(saved.name, newest.begin()->second);
      return noted ? catalogue.set_state(seen_time_key(saved), now) : noted;
    });
  }

  static Result<Compiled> since(Reader& reader, const SavedQuery& saved, const SeenRows& seen, const SeenRows& newest,
                                const std::string& seen_time) {
    Result<Node> tree = parse(saved.query);
    if (!tree) return fail(std::move(tree));
    Result<Compiled> compiled = compile(*tree, {}, reader, saved.query);
    if (!compiled) return compiled;
    // The first time all are new but those that came in since the catalogues were asked.
    const bool first_time =
        std::none_of(newest.begin(), newest.end(), [&](const auto& row) { return seen.contains(row.first); });
    ArchiveCatalogue::RowRanges ranges;
    for (const auto& [uuid, row] : newest) {
      const auto known = seen.find(uuid);
      ranges[uuid] = first_time ? std::pair(row + 1, INT64_MAX)
                                : std::pair(known == seen.end() ? std::int64_t{1} : known->second + 1, row);
    }
    Result<std::vector<std::string>> ids = reader.catalogue().ids_of_rows(ranges);
    if (!ids) return fail(std::move(ids));
    compiled->query = first_time ? without_articles(compiled->query, *ids, reader)
                                 : either(only_articles(compiled->query, *ids, reader),
                                          lifted_since(compiled->query, std::max(seen_time, saved.made), reader));
    return compiled;
  }

  HitList hits_;
  SearchOptions options_;
  std::string name_;
  bool keep_ = false;
};

}  // namespace

std::unique_ptr<CommandRun> setup_save(CLI::App& app) { return std::make_unique<SaveCommand>(app); }
std::unique_ptr<CommandRun> setup_new(CLI::App& app) { return std::make_unique<NewCommand>(app); }

}  // namespace spalte::query
