// `spalte actors`: who is named in the matching articles; who one actor is; what the user corrects
#include "query/actor_card.h"
#include "query/actor_names.h"
#include "query/facets.h"
#include "query/report.h"
#include "query/search.h"
#include "query/tally.h"
#include "schema/date.h"
#include "schema/terminal.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Names that are joined before the best actors are chosen, for each that is asked for: a surname alone may lie far
/// below the full name that it counts for.
constexpr std::size_t kNamesAnActor = 4, kMoreNames = 100;
constexpr std::size_t kMoreOfThem = 8;  ///< times as many, where too few were of the wanted kind

/// Articles by day in the halves of a result.
struct Halves {
  std::string middle;  ///< the first date of the newer half; empty: no two dates
  double older = 0, newer = 0;
};

void split_dates(const std::map<std::string, std::int64_t>& dates, Halves& out) {
  std::int64_t all = 0, before = 0;
  for (const auto& [date, n] : dates) all += date.empty() ? 0 : n;
  for (const auto& [date, n] : dates) {
    if (date.empty()) continue;
    if (before > 0 && out.middle.empty() && before * 2 >= all) out.middle = date;
    before += n;
  }
  if (out.middle.empty() && !dates.empty() && before > 0 && dates.rbegin()->first != dates.upper_bound("")->first)
    out.middle = dates.rbegin()->first;
  for (const auto& [date, n] : dates)
    if (!date.empty()) (date < out.middle ? out.older : out.newer) += static_cast<double>(n);
}

class ActorsCommand : public Report {
 public:
  explicit ActorsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many actors; 0: all (default 30)")->check(CLI::NonNegativeNumber)->type_name("N");
    app.add_option("--kind", kind_, "person, org, gpe or loc")->check(kinds())->type_name("KIND");
    app.add_option("--of", of_, "one actor: its names, forms, roles over time, first and last date")->type_name("NAME");
    app.add_option("--merge", merge_, "two actors are one, called as the first")->expected(2)->type_name("A B");
    app.add_option("--split", split_, "take apart what was joined to it; or, by the id of a single name, that name")
        ->type_name("A");
    app.add_option("--alias", alias_, "another name to ask for it by")->expected(2)->type_name("A NAME");
    app.add_option("--set-kind", set_kind_, "what it is: person, org, gpe or loc")->expected(2)->type_name("A KIND");
  }

  Result<int> run(Context& context) override {
    const int asked = static_cast<int>(!of_.empty()) + static_cast<int>(!merge_.empty()) +
                      static_cast<int>(!split_.empty()) + static_cast<int>(!alias_.empty()) +
                      static_cast<int>(!set_kind_.empty());
    if (asked == 0) return Report::run(context);
    if (asked > 1 || !context.words.empty())
      return fail(ErrorCode::usage, "--of, --merge, --split, --alias and --set-kind go alone, without a query", "");
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    if (!of_.empty()) return show(context, *reader);
    Result<std::vector<Catalogue::Correction>> corrections = reader->request([&]() { return decide(*reader); });
    if (!corrections) return fail(std::move(corrections));
    Result<std::string> path = reader->writable_catalogue();
    if (!path) return fail(std::move(path));
    Result<Catalogue> catalogue = Catalogue::open(*path, Catalogue::Mode::read_write);
    if (!catalogue) return fail(std::move(catalogue));
    if (Status s = catalogue->begin(); !s) return fail(std::move(s));
    for (const Catalogue::Correction& c : *corrections)
      if (Status s = catalogue->add_correction(c); !s) return fail(std::move(s));
    if (Status s = catalogue->commit(); !s) return fail(std::move(s));
    return 0;
  }

 protected:
  Result<Table> make(Context& /*context*/, const Compiled& compiled, Reader& reader) override {
    Result<ActorNames> joins = ActorNames::open(reader);
    if (!joins) return fail(std::move(joins));
    const std::vector<NameTally> counts = tally_names(compiled.query, reader);
    const auto weight = [this](const NameTally& t) {
      return std::pair{t.articles + (query_.match.derived ? t.derived_only : 0), t.mentions};
    };
    const auto before = [&](const NameTally& a, const NameTally& b) {
      return weight(a) != weight(b) ? weight(a) > weight(b) : a.name < b.name;
    };
    // Of many names only the first are wanted, and sorting all would take as long as counting them.
    std::vector<NameTally> order;
    const auto sort_first = [&](std::size_t n) {
      if (n < counts.size()) {
        order.resize(n);
        std::partial_sort_copy(counts.begin(), counts.end(), order.begin(), order.end(), before);
      } else {
        order = counts;
        std::sort(order.begin(), order.end(), before);
      }
    };
    const std::size_t enough = static_cast<std::size_t>(top_) * kNamesAnActor + kMoreNames;
    sort_first(top_ > 0 ? enough : counts.size());
    // Names to actors. Where an actor has several names its articles are counted anew below: one may hold two of them.
    std::map<NameId, NameTally> tallies;
    std::map<NameId, int> names;
    std::size_t taken = 0;
    for (std::size_t next = 0; next < counts.size(); ++next) {
      if (next == order.size()) sort_first(order.size() * kMoreOfThem);  // those of other kinds were left out
      const NameTally tally = order[next];
      if (weight(tally).first == 0) break;
      if (!kind_.empty()) {
        Result<std::optional<NameRow>> row = reader.catalogue().name(tally.name);
        if (!row) return fail(std::move(row));
        if (!*row || actor_kind_name(joins->kind_of(**row)) != kind_) continue;
      }
      if (top_ > 0 && taken++ == enough) break;
      Result<NameId> actor = joins->actor_id(tally.name);
      if (!actor) return fail(std::move(actor));
      NameTally& sum = tallies[*actor];
      sum.name = *actor;
      sum.add(tally);
      ++names[*actor];
    }
    order.clear();
    for (const auto& [id, tally] : tallies) order.push_back(tally);
    for (NameTally& tally : order) {
      if (names[tally.name] < 2) continue;
      Result<std::optional<Actor>> actor = joins->of(tally.name);
      if (!actor) return fail(std::move(actor));
      if (!*actor) continue;
      tally.articles = count(within(compiled.query, named_query(**actor, false)), reader);
      tally.derived_only = count(within(compiled.query, named_query(**actor, true)), reader) - tally.articles;
    }
    std::sort(order.begin(), order.end(), before);
    Halves halves;
    const std::uint32_t dates = query_.match.guessed_dates ? slot::kPublishedAny : slot::kPublished;
    split_dates(count_values(compiled.query, dates, 10, reader), halves);
    Table table("spalte.actor/1", {"articles", "mentions", "trend", "kind", "name", "id"});
    std::int64_t shown = 0;
    for (const NameTally& tally : order) {
      if (top_ > 0 && shown == top_) break;
      Result<std::optional<Actor>> actor = joins->of(tally.name);
      if (!actor) return fail(std::move(actor));
      if (!*actor || (!kind_.empty() && actor_kind_name((*actor)->kind) != kind_)) continue;
      const auto theirs =
          halves.middle.empty()
              ? std::map<std::string, std::int64_t>()
              : count_values(within(compiled.query, named_query(**actor, query_.match.derived)), dates, 10, reader);
      table.add({weight(tally).first, tally.mentions,
                 halves.middle.empty() ? Cell("") : Cell::decimal(trend(theirs, halves), 2),
                 std::string(actor_kind_name((*actor)->kind)), (*actor)->name(), name_id_text((*actor)->id())});
      ++shown;
    }
    return table;
  }

 private:
  static CLI::IsMember kinds() { return CLI::IsMember({"person", "org", "gpe", "loc"}); }

  static Xapian::Query within(const Xapian::Query& all, const Xapian::Query& some) {
    return Xapian::Query(Xapian::Query::OP_FILTER, all, some);
  }

  /// How much more often the actor is named in the newer half of the result's dated articles than in the older one: the
  /// binary logarithm of the shares' ratio, half an article added to each count. 1: twice as often, 0: no change.
  static double trend(const std::map<std::string, std::int64_t>& dates, const Halves& halves) {
    double older = 0.5, newer = 0.5;
    for (const auto& [date, n] : dates)
      if (!date.empty()) (date < halves.middle ? older : newer) += static_cast<double>(n);
    const double ratio = std::log2(newer / (halves.newer + 1) * (halves.older + 1) / older);
    return std::abs(ratio) < 0.005 ? 0 : ratio;
  }

  Result<std::vector<Catalogue::Correction>> decide(Reader& reader) {
    Result<ActorNames> names = ActorNames::open(reader);
    if (!names) return fail(std::move(names));
    const std::string& typed = !merge_.empty()      ? merge_[0]
                               : !alias_.empty()    ? alias_[0]
                               : !set_kind_.empty() ? set_kind_[0]
                                                    : split_;
    Result<Actor> a = names->one(typed);
    if (!a) return fail(std::move(a));
    const std::string id = name_id_text(a->id());
    const std::string now = local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    std::vector<Catalogue::Correction> out;
    if (!merge_.empty()) {
      Result<Actor> b = names->one(merge_[1]);
      if (!b) return fail(std::move(b));
      if (b->id() == a->id())
        return fail(ErrorCode::usage, fmt::format("{} and {} are one actor already", merge_[0], merge_[1]), "");
      out.push_back({0, "merge", id, name_id_text(b->id()), now});
    } else if (!alias_.empty()) {
      if (alias_[1].find_first_not_of(' ') == std::string::npos)
        return fail(ErrorCode::usage, "the alias is empty", "");
      out.push_back({0, "alias", id, alias_[1], now});
    } else if (!set_kind_.empty()) {
      if (std::string wrong = kinds()(set_kind_[1]); !wrong.empty())
        return fail(ErrorCode::usage, fmt::format("`{}` is no kind", set_kind_[1]), "person, org, gpe and loc are");
      out.push_back({0, "kind", id, set_kind_[1], now});
    } else {
      const NameId given = parse_name_id(split_);
      for (std::size_t i = 1; i < a->names.size(); ++i)
        if (given == 0 || given == a->id() || given == a->names[i].id)
          out.push_back({0, "split", name_id_text(a->names[i].id), "", now});
      if (out.empty()) return fail(ErrorCode::usage, fmt::format("nothing is joined to {}", a->name()), "");
    }
    return out;
  }

  Result<int> show(Context& context, Reader& reader) {
    Table table("spalte.actor-fact/1", {"what", "value", "articles", "first", "last", "id"});
    const Status done = reader.request([&]() -> Status {
      Result<ActorNames> names = ActorNames::open(reader);
      if (!names) return fail(std::move(names));
      Result<std::vector<Actor>> found = names->by_typed(of_);
      if (!found) return fail(std::move(found));
      if (found->empty())
        return fail(ErrorCode::usage, fmt::format("the archive names nobody and nothing `{}`", of_), "");
      for (const Actor& a : *found) {
        Result<ActorCard> card = actor_card(a, reader);
        if (!card) return fail(std::move(card));
        const std::string id = name_id_text(a.id());
        table.add({std::string(actor_kind_name(a.kind)), a.name(), card->articles, card->first, card->last, id});
        for (const NameRow& n : a.names)
          table.add({"name", n.text,
                     static_cast<std::int64_t>(reader.articles().get_termfreq(term(prefix::kName, name_id_text(n.id)))),
                     "", "", name_id_text(n.id)});
        for (const ActorFact& f : card->forms) table.add({"form", f.text, f.articles, f.first, f.last, id});
        for (const ActorFact& f : card->roles) table.add({"role", f.text, f.articles, f.first, f.last, id});
        if (card->derived_alone > 0) table.add({"derived", "", card->derived_alone, "", "", id});
        if (!card->wikidata.empty()) table.add({"wikidata", card->wikidata, card->articles, "", "", id});
      }
      return {};
    });
    if (!done) return fail(done);
    table.write(context, format_);
    return 0;
  }

  std::int64_t top_ = 30;
  std::string kind_, of_, split_;
  std::vector<std::string> merge_, alias_, set_kind_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_actors(CLI::App& app) { return std::make_unique<ActorsCommand>(app); }

}  // namespace spalte::query
