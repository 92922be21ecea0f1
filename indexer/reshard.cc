// In which steps do articles change their archive?
#include "indexer/reshard.h"

#include "indexer/bring_up.h"
#include "indexer/bulk.h"
#include "indexer/upkeep.h"
#include "indexer/writer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

/// Articles a transaction.
constexpr std::size_t kBatch = 1000;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Run {
 public:
  Run(const Resharding& what, const Resources& resources, const std::atomic<bool>& stop,
      const std::function<void(const Progress&)>& progress)
      : what_(what), resources_(resources), stop_(stop), progress_(progress) {}

  Result<ReshardReport> run() {
    for (const auto& step : {&Run::open, &Run::plan, &Run::copy, &Run::keep_decisions, &Run::bring_up_targets,
                             &Run::verify, &Run::take_out})
      if (Status done = (this->*step)(); !done) return fail(std::move(done));
    for (std::size_t t : targets_) {
      Result<std::int64_t> n = archives_[t].catalogue->article_count();
      if (!n) return fail(std::move(n));
      report_.now.emplace_back(archives_[t].name, *n);
    }
    if (Status removed = remove_sources(); !removed) return fail(std::move(removed));
    return std::move(report_);
  }

 private:
  /// An article on its way: its row in the archive `from`.
  struct Move {
    std::size_t from, to;
    std::int64_t row;
  };

  Status open_one(const NamedFolder& named, bool create, std::vector<std::size_t>& into) {
    const std::string folder = fs::weakly_canonical(fs::absolute(named.folder)).string();
    const auto known = by_folder_.find(folder);
    if (known != by_folder_.end()) {
      into.push_back(known->second);
      return {};
    }
    Result<OpenShard> opened = OpenShard::open(named.name, folder, create);
    if (!opened) return fail(std::move(opened));
    by_folder_.emplace(folder, archives_.size());
    into.push_back(archives_.size());
    archives_.push_back(std::move(*opened));
    return {};
  }

  Status open() {
    for (const NamedFolder& s : what_.sources)
      if (Status done = open_one(s, false, sources_); !done) return done;
    for (const NamedFolder& t : what_.targets)
      if (Status done = open_one(t, true, targets_); !done) return done;
    // What a killed run left half done; and the own topics of all must be the same, since one shard's count for all.
    std::string topics;
    for (OpenShard& a : archives_) {
      if (const std::string own = own_topics(a.folder); !own.empty()) {
        const std::string text = bytes_of(own);
        if (!topics.empty() && text != topics)
          return fail(ErrorCode::usage,
                      fmt::format("{} has other topics of its own than another of the archives", a.name),
                      "import the same file into both with `spalte topics --import`, then again");
        topics = text;
      }
      if (Status up = bring_up_all(a); !up) return up;
    }
    if (!topics.empty())
      for (std::size_t t : targets_)
        if (own_topics(archives_[t].folder).empty())
          std::ofstream(archives_[t].folder.topics_file(), std::ios::binary) << topics;
    return {};
  }

  Status bring_up_all(OpenShard& a) {
    Result<std::int64_t> dirty = a.catalogue->dirty_count();
    if (!dirty) return fail(std::move(dirty));
    if (Status caught = catch_up(a.folder, *a.catalogue, what_.jobs, resources_, stop_, progress_); !caught)
      return caught;
    return bring_up(a.folder, *a.catalogue, resources_, [&](std::int64_t done) {
      progress_({"indexing", done, std::max(done, *dirty)});
      return !stop_;
    });
  }

  Status plan() {
    for (std::size_t s : sources_) {
      const Status walked = archives_[s].catalogue->each_article([&](const ArticleRow& row) {
        const std::size_t to = targets_[what_.target_of(row)];
        if (to != s) moves_.push_back({s, to, row.row});
        return !stop_;
      });
      if (!walked) return walked;
    }
    return stopped();
  }

  Status stopped() const {
    if (!stop_) return {};
    return fail(ErrorCode::interrupted, "interrupted; every article is still where it was",
                "run the command again to go on");
  }

  Status copy() {
    std::size_t done = 0;
    for (std::size_t t : targets_) {
      Catalogue& to = *archives_[t].catalogue;
      if (Status begun = to.begin(); !begun) return begun;
      for (const Move& m : moves_) {
        if (m.to != t) continue;
        Result<std::optional<std::int64_t>> adopted = to.adopt(*archives_[m.from].catalogue, m.row, 0);
        if (!adopted) return fail(std::move(adopted));
        report_.moved += adopted->has_value() ? 1 : 0;
        if (++done % kBatch != 0) continue;
        progress_({"copying", static_cast<std::int64_t>(done), static_cast<std::int64_t>(moves_.size())});
        if (Status committed = to.commit(); !committed) return committed;
        die_here("shard-copying");
        if (Status going_on = stopped(); !going_on) return going_on;
        if (Status begun = to.begin(); !begun) return begun;
      }
      for (std::size_t s : sources_) {
        if (s == t) continue;
        Catalogue& from = *archives_[s].catalogue;
        if (Status files = to.adopt_files(from); !files) return files;
        if (Status out = to.adopt_exclusions(from); !out) return out;
        if (Status models = adopt_models(from, to); !models) return models;
      }
      if (Status committed = to.commit(); !committed) return committed;
      die_here("shard-copied");
    }
    return {};
  }

  static Status adopt_models(Catalogue& from, Catalogue& to) {
    Result<std::string> theirs = from.state(state_key::kModels), ours = to.state(state_key::kModels);
    if (!theirs || !ours) return fail(!theirs ? std::move(theirs) : std::move(ours));
    return ours->empty() ? to.set_state(state_key::kModels, *theirs) : Status{};
  }

  bool is_target(std::size_t archive) const {
    return std::find(targets_.begin(), targets_.end(), archive) != targets_.end();
  }

  /// What the user decided in an archive that goes: to the first target, since a decision in one shard counts for all.
  Status keep_decisions() {
    Catalogue& to = *archives_[targets_[0]].catalogue;
    Result<std::vector<Catalogue::Correction>> corrections = to.corrections();
    if (!corrections) return fail(std::move(corrections));
    Result<std::vector<Catalogue::SavedQuery>> queries = to.saved_queries();
    if (!queries) return fail(std::move(queries));
    std::map<std::string, std::string> named;
    for (const Catalogue::SavedQuery& q : *queries) named.emplace(q.name, q.query);
    const std::size_t before = corrections->size();
    if (Status begun = to.begin(); !begun) return begun;
    for (std::size_t s : sources_) {
      if (is_target(s)) continue;
      Result<std::vector<Catalogue::Correction>> theirs = archives_[s].catalogue->corrections();
      if (!theirs) return fail(std::move(theirs));
      for (Catalogue::Correction& c : *theirs)
        if (std::none_of(corrections->begin(), corrections->end(), [&](const Catalogue::Correction& d) {
              return c.what == d.what && c.a == d.a && c.b == d.b && c.made == d.made;
            }))
          corrections->push_back(std::move(c));
      Result<std::vector<Catalogue::SavedQuery>> saved = archives_[s].catalogue->saved_queries();
      if (!saved) return fail(std::move(saved));
      for (Catalogue::SavedQuery& q : *saved) {
        const auto [there, fresh] = named.emplace(q.name, q.query);
        if (!fresh && there->second != q.query)
          report_.notes.push_back(fmt::format("the query {} of {} is not kept: another one of that name is ({})",
                                              q.name, archives_[s].name, there->second));
        if (!fresh) continue;
        q.seen = 0;  // rows are others here, so all are new again
        if (Status put = to.save_query(q); !put) return put;
      }
    }
    if (corrections->size() != before) {
      // They count in the order in which they were made.
      std::stable_sort(corrections->begin(), corrections->end(),
                       [](const auto& a, const auto& b) { return a.made < b.made; });
      if (Status put = to.replace_corrections(*corrections); !put) return put;
    }
    return to.commit();
  }

  Status bring_up_targets() {
    for (std::size_t t : targets_)
      if (Status up = bring_up_all(archives_[t]); !up) return up;
    return stopped();
  }

  /// Is every article where it belongs, with its own text, and are the targets sound?
  Status verify() {
    std::int64_t other_text = 0;
    std::string example;
    for (const Move& m : moves_) {
      Catalogue &from = *archives_[m.from].catalogue, &to = *archives_[m.to].catalogue;
      Result<std::optional<ArticleRow>> was = from.article(m.row);
      if (!was) return fail(std::move(was));
      if (!*was) continue;
      Result<std::optional<ArticleRow>> is = to.article_by_id((*was)->article.id);
      if (!is) return fail(std::move(is));
      if (!*is)
        return fail(ErrorCode::index_damaged,
                    fmt::format("article {} has not arrived in {}", (*was)->article.id, archives_[m.to].name),
                    "nothing was taken out; run the command again");
      // The same file's article, which has moved before and has been read again since.
      if ((*is)->article.path == (*was)->article.path) continue;
      Result<bool> same = same_text(from, m.row, to, (*is)->row);
      if (!same) return fail(std::move(same));
      if (*same) continue;
      ++other_text;
      example = (*was)->article.id;
    }
    if (other_text > 0)
      return fail(
          ErrorCode::usage,
          fmt::format("{} articles have an id that another article has in the archive they belong to, for instance {}",
                      other_text, example),
          "nothing was taken out; index the folders under names that differ, then again");
    for (std::size_t t : targets_) {
      if (std::none_of(moves_.begin(), moves_.end(), [t](const Move& m) { return m.to == t; })) continue;
      progress_({"checking", 0, 0});
      Result<CheckReport> sound = check_index(archives_[t].folder, resources_);
      if (!sound) return fail(std::move(sound));
      if (!sound->faults.empty())
        return fail(ErrorCode::index_damaged, fmt::format("{}: {}", archives_[t].name, sound->faults.front()),
                    "nothing was taken out; `spalte rebuild` it, then again");
    }
    return {};
  }

  static Result<bool> same_text(Catalogue& a, std::int64_t row_a, Catalogue& b, std::int64_t row_b) {
    Article one, other;
    if (Status loaded = a.load_text(row_a, one); !loaded) return fail(std::move(loaded));
    if (Status loaded = b.load_text(row_b, other); !loaded) return fail(std::move(loaded));
    return one.text == other.text;
  }

  Status take_out() {
    die_here("shard-verified");
    for (std::size_t s : sources_) {
      if (!is_target(s)) continue;
      Catalogue& from = *archives_[s].catalogue;
      if (Status begun = from.begin(); !begun) return begun;
      std::size_t dropped = 0;
      for (const Move& m : moves_) {
        if (m.from != s) continue;
        if (Status out = from.drop_article(m.row); !out) return out;
        if (++dropped % kBatch != 0) continue;
        if (Status committed = from.commit(); !committed) return committed;
        die_here("shard-dropping");
        if (Status begun = from.begin(); !begun) return begun;
      }
      if (Status committed = from.commit(); !committed) return committed;
      die_here("shard-dropped");
      if (Status up = bring_up_all(archives_[s]); !up) return up;
    }
    for (std::size_t t : targets_)
      if (Status set = archives_[t].catalogue->set_state(kRoutingKey, what_.rule); !set) return set;
    return {};
  }

  Status remove_sources() {
    std::vector<std::string> folders;
    for (std::size_t s : sources_)
      if (!is_target(s)) folders.push_back(archives_[s].folder.dir);
    archives_.clear();
    for (const std::string& folder : folders) {
      if (!what_.remove) {
        report_.notes.push_back(fmt::format("{} is as it was; all its articles are in the other archives now", folder));
        continue;
      }
      die_here("shard-removing");
      Result<bool> gone = remove_archive(folder);
      if (!gone) return fail(std::move(gone));
      report_.removed.push_back(folder);
    }
    return {};
  }

  const Resharding& what_;
  const Resources& resources_;
  const std::atomic<bool>& stop_;
  const std::function<void(const Progress&)>& progress_;
  std::vector<OpenShard> archives_;
  std::map<std::string, std::size_t> by_folder_;
  std::vector<std::size_t> sources_, targets_;  ///< of archives_
  std::vector<Move> moves_;
  ReshardReport report_;
};

}  // namespace

Result<ReshardReport> reshard(const Resharding& what, const Resources& resources, const std::atomic<bool>& stop,
                              const std::function<void(const Progress&)>& progress) {
  return Run(what, resources, stop, progress).run();
}

}  // namespace spalte::indexer
