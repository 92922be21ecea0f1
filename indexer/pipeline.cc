// What are the stages of indexing, and which thread does what? The owner of the catalogue (this thread) walks, feeds
// the workers and stores what they hand back; workers read, analyse, annotate, compress and, in bulk, fill runs. Many
// new articles go through runs, few through the live index.
#include "indexer/pipeline.h"

#include "indexer/bring_up.h"
#include "indexer/bulk.h"
#include "indexer/file_work.h"
#include "indexer/sources/alto.h"
#include "indexer/writer.h"
#include "schema/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <unordered_set>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

/// From so many articles on, and at a tenth of the archive at least, merging beats single updates (measured: 1.5 ms an
/// update, 0.1 ms merged).
constexpr std::int64_t kBulkArticles = 1500;
/// So many articles behind, and at least a third of the archive: the index is built anew from the catalogue, in bulk.
constexpr std::int64_t kDirtyShare = 3;
/// Files handed to workers and not yet stored: bounds the memory.
constexpr std::size_t kUnderWay = 64;
/// Files to be read that are kept between walking and reading: about 10 MB.
constexpr std::size_t kKeptTasks = 20'000;
/// The catalogue is committed at this many articles or after this time: then a kill loses no more.
constexpr std::int64_t kCatalogueBatch = 1000;
constexpr auto kCatalogueTime = std::chrono::seconds(5);

/// For --dry-run: from which columns or members a table's fields would be taken; empty for other formats.
std::string field_map_of(const SourceFile& file, const FieldMap* map) {
  struct Sink : ArticleSink {
    std::string map;
    bool article(Article&&) override { return false; }
    void warn(std::string) override {}
    void failed(std::string_view, std::string) override {}
    void skipped(std::string) override {}
    void mapped(std::string m) override { map = std::move(m); }
  } sink;
  constexpr std::array<std::string_view, 6> kTables = {".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab"};
  const std::string name =
      file.relative.ends_with(".gz") ? file.relative.substr(0, file.relative.size() - 3) : file.relative;
  if (std::find(kTables.begin(), kTables.end(), file_kind(name)) == kTables.end()) return {};
  Result<FileStream> stream = FileStream::open(file.path);
  if (!stream) return {};
  InputBytes bytes(*stream);
  if (const Status read = read_source({file, bytes, sink, 0, map}); !read && sink.map.empty())
    return read.error().message;
  return std::move(sink.map);
}

/// What is asked for.
struct Places {
  std::vector<RootRow> roots;
  std::map<std::int64_t, std::set<std::string>> places;  ///< of a root: what below it; "" is all of it
};

class Indexing {
 public:
  Indexing(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
           const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress, Catalogue& catalogue)
      : folder_(folder),
        options_(options),
        resources_(resources),
        stop_(stop),
        progress_(progress),
        catalogue_(catalogue),
        shared_(options, stop) {}

  Result<IndexReport> run(const Places& asked, const std::vector<RootRow>& all_roots) {
    std::vector<std::pair<RootRow, ScanOptions>> present;
    std::int64_t to_read = 0, expected = 0;
    for (const RootRow& root : asked.roots) {
      ScanOptions so{options_.full, options_.retry_failed, fs::weakly_canonical(folder_.dir).string(), {}, {}};
      if (!options_.changed.empty()) {
        so.below = changed_below(root, all_roots);
        if (so.below.empty()) continue;
      } else if (const auto places = asked.places.find(root.root);
                 places != asked.places.end() && !places->second.contains("")) {
        so.below.assign(places->second.begin(), places->second.end());
      }
      for (const RootRow& other : all_roots)
        if (other.path.starts_with(root.path + "/")) so.other_roots.push_back(other.path);
      const std::function<bool(FileTask &&)> list = [this](FileTask&& task) {
        if (options_.dry_run) {
          report_.would.emplace_back(task.known ? "read again" : "index", task.file.path);
          if (std::string map = field_map_of(task.file, options_.map.get()); !map.empty())
            report_.would.emplace_back("fields", std::move(map));
        }
        // Few tasks are kept; for many the roots are walked once more, within bounded memory.
        if (tasks_.size() <= kKeptTasks) tasks_.push_back(std::move(task));
        return !stop_;
      };
      Result<ScanResult> found = scan(catalogue_, root, so, list);
      if (!found && found.error().code != ErrorCode::bad_input) return fail(std::move(found));
      if (Status taken = take_scan(root, found, so.below.empty()); !taken) return fail(std::move(taken));
      if (!found) continue;
      to_read += found->to_read;
      expected += found->articles_expected;
      present.emplace_back(root, so);
    }
    if (options_.dry_run) return std::move(report_);
    if (Status caught_up = catch_up(); !caught_up) return fail(std::move(caught_up));
    if (expected >= kBulkArticles) {
      // Counted only here: the count looks at every article.
      Result<std::int64_t> articles = catalogue_.article_count();
      if (!articles) return fail(std::move(articles));
      shared_.bulk = expected * 10 >= *articles;
    }
    Result<Forgotten> forgotten = catalogue_.forgotten();
    if (!forgotten) return fail(std::move(forgotten));
    shared_.forgotten = std::move(*forgotten);
    shared_.now = local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    total_ = to_read;
    if (to_read > 0)
      if (Status read = read_files(present); !read) return fail(std::move(read));
    if (Status dropped = drop_gone(); !dropped) return fail(std::move(dropped));
    if (Status done = bring_index_up(); !done) return fail(std::move(done));
    return std::move(report_);
  }
  /// Did something turn up that asks for files to be read which this run took for unchanged?
  bool again() const { return again_; }

 private:
  /// A bulk run that was killed leaves articles that were read and stored, and no index of them. They are not read
  /// again; one by one they would take longer than the whole run.
  Status catch_up() {
    Result<std::int64_t> dirty = catalogue_.dirty_count();
    if (!dirty) return fail(std::move(dirty));
    if (*dirty < kBulkArticles) return {};
    {
      // A switch that the catalogue has not heard of is made known by opening.
      Result<IndexWriter> writer = IndexWriter::open(folder_, catalogue_, resources_.lexicon);
      if (!writer) return fail(std::move(writer));
    }
    dirty = catalogue_.dirty_count();
    if (!dirty) return fail(std::move(dirty));
    Result<std::int64_t> articles = catalogue_.article_count();
    if (!articles) return fail(std::move(articles));
    if (*dirty < kBulkArticles || *dirty * kDirtyShare < *articles) return {};
    return index_catalogue(folder_, catalogue_, false, options_.jobs, resources_, stop_, progress_);
  }

  /// What has changed of the root, the roots within it aside; "" is the root itself.
  std::vector<std::string> changed_below(const RootRow& root, const std::vector<RootRow>& all_roots) const {
    std::vector<std::string> out;
    for (const std::string& path : options_.changed) {
      const RootRow* nearest = nullptr;
      for (const RootRow& r : all_roots)
        if ((path == r.path || path.starts_with(r.path + "/")) &&
            (nearest == nullptr || r.path.size() > nearest->path.size()))
          nearest = &r;
      if (nearest != nullptr && nearest->root == root.root)
        out.push_back(path == root.path ? "" : path.substr(root.path.size() + 1));
    }
    return out;
  }

  /// Counts of one root's scan; a root that is missing or suddenly empty drops nothing, unless asked to.
  Status take_scan(const RootRow& root, const Result<ScanResult>& found, bool whole) {
    std::vector<FileRow> gone;
    if (found) {
      report_.unchanged += found->unchanged;
      for (const auto& [kind, n] : found->skipped) report_.skipped[kind] += n;
      report_.failed.insert(report_.failed.end(), found->failed.begin(), found->failed.end());
      gone = found->gone;
    } else {
      const Status listed = catalogue_.each_file(root.root, [&](const FileRow& f) { gone.push_back(f); });
      if (!listed) return listed;
      if (gone.empty())
        report_.failed.push_back({root.path, found.error().message.substr(found.error().message.find(": ") + 2)});
    }
    if (!gone.empty() && (!found || (found->seen == 0 && whole)) && !options_.forget_missing) {
      report_.notes.push_back(fmt::format("{} is {}; its {} files stay in the index (--forget-missing takes them out)",
                                          root.path, found ? "suddenly empty" : "not there", gone.size()));
      return {};
    }
    if (options_.dry_run)
      for (const FileRow& f : gone) report_.would.emplace_back("drop", root.path + "/" + f.path);
    for (FileRow& f : gone) {
      if (f.outcome == FileOutcome::indexed) shared_.gone.emplace(f.sha256, f.file);
      gone_.push_back(std::move(f));
    }
    return {};
  }

  Status read_files(const std::vector<std::pair<RootRow, ScanOptions>>& roots) {
    const int jobs =
        options_.jobs > 0 ? options_.jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    std::optional<BulkFolder> bulk;
    if (shared_.bulk) {
      Result<std::int64_t> highest = catalogue_.highest_row();
      if (!highest) return fail(std::move(highest));
      first_row_ = *highest + 1;
      shared_.next_row = first_row_;
      Result<BulkFolder> made = BulkFolder::make(folder_);
      if (!made) return fail(std::move(made));
      bulk.emplace(std::move(*made));
    }
    const auto make_tools = [&](int number) {
      FileTools tools{Toolbox(resources_), {}};
      if (bulk) tools.run.emplace(bulk->path(), fmt::format("run{}", number));
      return tools;
    };
    FilePool pool(jobs, kUnderWay, make_tools, [this](FileJob&& job, FileTools& tools, FilePool& workers) {
      work_on_file(std::move(job), tools, shared_, workers);
    });
    Status status;
    batch_start_ = std::chrono::steady_clock::now();
    if (Status begun = catalogue_.begin(); !begun) return begun;
    const auto feed = [&](FileTask&& task) {
      while (status && pool.full()) status = store_next(pool, true);
      if (status) pool.push(std::move(task));
      return status.has_value() && !stop_;
    };
    if (tasks_.size() <= kKeptTasks) {
      for (FileTask& task : tasks_)
        if (!feed(std::move(task))) break;
    } else {
      for (const auto& [root, scan_options] : roots) {
        const Result<ScanResult> walked = scan(catalogue_, root, scan_options, feed);
        if (!walked) return fail(walked);
        if (!status || stop_) break;
      }
    }
    while (status) {
      const Status stored = store_next(pool, true);
      if (!stored) status = stored;
      if (drained_) break;
    }
    shared_.give_up = !status;
    std::vector<FileTools> tools = pool.close();
    if (!status) {
      catalogue_.rollback();
      return status;
    }
    report_.interrupted = stop_;
    if (Status marked = mark_issues(roots); !marked) return marked;
    if (Status committed = catalogue_.commit(); !committed) return committed;
    if (!bulk) return {};
    progress_({"merging", 0, 0});
    die_here("before-merge");
    std::vector<std::string> runs;
    for (FileTools& t : tools) {
      if (Status finished = t.run->finish(); !finished) return finished;
      runs.insert(runs.end(), t.run->runs().begin(), t.run->runs().end());
    }
    return merge_bulk(folder_, catalogue_, resources_, runs, first_row_, shared_.next_row - 1);
  }

  /// Issues of which a page has changed, and which were not read beside it, are read again.
  Status mark_issues(const std::vector<std::pair<RootRow, ScanOptions>>& roots) {
    for (const std::string& folder : folders_of_pages_)
      for (const std::string& path : mets_files_of(folder)) {
        if (issues_read_.contains(path)) continue;
        for (const auto& [root, scan_options] : roots) {
          if (!path.starts_with(root.path + "/")) continue;
          FileRow row;
          row.root = root.root;
          row.path = path.substr(root.path.size() + 1);
          if (Result<std::int64_t> put = catalogue_.put_file(row); !put) return fail(std::move(put));
          again_ = true;
        }
      }
    return {};
  }

  Status store_next(FilePool& pool, bool wait) {
    std::optional<Piece> piece = pool.pop(wait);
    drained_ = !piece;
    if (!piece) return {};
    if (piece->fatal) return tl::unexpected<Error>(std::move(*piece->fatal));
    if (Status stored = store(*piece); !stored) return stored;
    progress_({"reading", done_, total_});
    const auto now = std::chrono::steady_clock::now();
    if (in_batch_ < kCatalogueBatch && now - batch_start_ < kCatalogueTime) return {};
    in_batch_ = 0;
    batch_start_ = now;
    die_here("before-catalogue-commit");
    if (Status committed = catalogue_.commit(); !committed) return committed;
    return catalogue_.begin();
  }

  Status store(Piece& piece) {
    FileReading& r = *piece.reading;
    ++r.pieces_stored;
    r.ended = r.ended || piece.last;
    const bool whole = r.ended && r.pieces_stored == r.pieces;
    if (r.file == 0 && !piece.articles.empty()) {
      // Until the last piece is stored the row is one that the next run reads again.
      Result<std::int64_t> file = whole ? put_file(r) : catalogue_.put_file(unfinished_row(r.task));
      if (!file) return fail(std::move(file));
      r.file = *file;
    }
    for (ArticleRecord& record : piece.articles) {
      Result<bool> elsewhere = catalogue_.shown_from_another(record.article, r.file);
      if (!elsewhere) return fail(std::move(elsewhere));
      if (*elsewhere) {
        ++report_.elsewhere;
        continue;
      }
      if (r.task.known) {
        Result<std::uint32_t> version = catalogue_.keep_earlier_version(record);
        if (!version) return fail(std::move(version));
        record.article.version = *version;
      }
      Result<Catalogue::Put> put = catalogue_.put_article(record, r.file, shared_.now);
      if (!put) return fail(std::move(put));
      ++(put->inserted ? report_.indexed : report_.updated);
      ++in_batch_;
      r.rows.push_back(put->row);
    }
    return whole ? finish_file(r) : Status{};
  }

  static FileRow unfinished_row(const FileTask& task) {
    FileRow row;
    row.root = task.root;
    row.path = task.below;
    row.size = task.size;
    return row;
  }

  Result<std::int64_t> put_file(const FileReading& r) {
    FileRow row = unfinished_row(r.task);
    row.outcome = r.outcome;
    // What is held back is not kept anywhere but in its file: that is read again until the time has come.
    if (r.held == 0) {
      row.mtime = r.task.mtime;
      row.sha256 = r.sha256;
    }
    row.reason = r.reason;
    return catalogue_.put_file(row);
  }

  /// All of the file has been stored.
  Status finish_file(FileReading& r) {
    ++done_;
    const FileTask& task = r.task;
    for (const std::string& w : r.warnings) report_.warnings.push_back(fmt::format("{}: {}", task.file.path, w));
    if (r.moved_from) {
      if (Status moved = catalogue_.move_file(*r.moved_from, task.root, task.below, task.file.path); !moved)
        return moved;
      moved_.insert(*r.moved_from);
      ++report_.moved;
    }
    if (r.broken_off) return {};
    Result<std::int64_t> file = put_file(r);
    if (!file) return fail(std::move(file));
    if (r.moved_from) return {};
    if (r.same_content) {
      ++report_.unchanged;
      return {};
    }
    if (r.skipped.contains(std::string(kPageOfIssue)))
      folders_of_pages_.insert(fs::path(task.file.path).parent_path().string());
    if (is_mets_name(task.file.path)) issues_read_.insert(task.file.path);
    report_.held += r.held;
    for (const auto& [kind, n] : r.skipped) report_.skipped[kind] += n;
    report_.failed.insert(report_.failed.end(), r.failed.begin(), r.failed.end());
    // A file that fails now keeps the articles it gave before: nothing indexed is lost.
    for (const auto& [family, version] : r.withdrawn)
      if (Status done = catalogue_.withdraw(family, version); !done) return done;
    if (r.outcome == FileOutcome::failed || !task.known) return {};
    std::sort(r.rows.begin(), r.rows.end());
    return catalogue_.drop_articles_of_file(*file, r.rows);
  }

  Status drop_gone() {
    if (report_.interrupted || gone_.empty()) return {};  // a walk that was cut short has not seen what moved
    if (Status begun = catalogue_.begin(); !begun) return begun;
    for (const FileRow& f : gone_) {
      if (moved_.contains(f.file)) continue;
      if (Status dropped = catalogue_.forget_file(f.file); !dropped) return dropped;
      ++report_.gone;
    }
    return catalogue_.commit();
  }

  Status bring_index_up() {
    Result<std::int64_t> dirty = catalogue_.dirty_count();
    if (!dirty) return fail(std::move(dirty));
    return bring_up(folder_, catalogue_, resources_, [&](std::int64_t done) {
      progress_({"indexing", done, std::max(done, *dirty)});
      // Interrupted already: what has been read is still brought in, that is what "ends after the batch" means.
      return true;
    });
  }

  const IndexFolder& folder_;
  const IndexOptions& options_;
  const Resources& resources_;
  const std::atomic<bool>& stop_;
  const std::function<void(const Progress&)>& progress_;
  Catalogue& catalogue_;
  FileShared shared_;
  IndexReport report_;
  std::vector<FileRow> gone_;
  std::vector<FileTask> tasks_;             ///< at most one more than kKeptTasks: then there are more
  std::unordered_set<std::int64_t> moved_;  ///< gone files that turned out to have moved
  std::int64_t first_row_ = 0, total_ = 0, done_ = 0, in_batch_ = 0;
  std::set<std::string> folders_of_pages_;  ///< of pages of METS issues that are new or have changed
  std::set<std::string> issues_read_;       ///< METS files that were read
  bool drained_ = false, again_ = false;
  std::chrono::steady_clock::time_point batch_start_;
};

/// The roots that the paths mean: known ones, ones that lie below a known root (then that part of it), or new ones.
Result<Places> find_roots(Catalogue& catalogue, const std::vector<std::string>& paths) {
  Result<std::vector<RootRow>> known = catalogue.roots();
  if (!known) return fail(std::move(known));
  Places found;
  if (paths.empty()) {
    found.roots = std::move(*known);
    return found;
  }
  std::vector<RootRow>& out = found.roots;
  for (const std::string& typed : paths) {
    std::error_code error;
    std::string path = fs::weakly_canonical(fs::absolute(typed), error).string();
    if (error) return fail(ErrorCode::usage, fmt::format("{}: {}", typed, error.message()), "");
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    // What lies below a known root is looked at alone: the rest of it may be large.
    const RootRow* best = nullptr;
    for (const RootRow& r : *known)
      if (path == r.path || path.starts_with(r.path + "/"))
        if (best == nullptr || r.path.size() > best->path.size()) best = &r;
    if (best == nullptr) {
      if (!fs::exists(path, error))
        return fail(ErrorCode::usage, fmt::format("{} does not exist", typed), "name a folder or file of articles");
      // Ids are hashed from the name, so two roots may not share one: the parent's name is put before it until they
      // differ.
      fs::path whole(path);
      std::string name = whole.filename().string();
      const auto taken = [&] {
        return std::any_of(known->begin(), known->end(), [&](const RootRow& r) { return r.name == name; });
      };
      for (fs::path up = whole.parent_path(); taken() && up.has_relative_path(); up = up.parent_path())
        name = up.filename().string() + "/" + name;
      Result<RootRow> made = catalogue.root(path, name);
      if (!made) return fail(std::move(made));
      known->push_back(*made);
      best = &known->back();
    }
    found.places[best->root].insert(path == best->path ? "" : path.substr(best->path.size() + 1));
    if (std::none_of(out.begin(), out.end(), [&](const RootRow& r) { return r.root == best->root; }))
      out.push_back(*best);
  }
  return found;
}

Result<IndexReport> run_roots(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                              const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress,
                              Catalogue& catalogue) {
  Result<Places> places = find_roots(catalogue, options.paths);
  if (!places) return fail(std::move(places));
  Result<std::vector<RootRow>> all = catalogue.roots();
  if (!all) return fail(std::move(all));
  const std::int64_t freed = catalogue.files_freed();
  Indexing indexing(folder, options, resources, stop, progress, catalogue);
  Result<IndexReport> report = indexing.run(*places, *all);
  if (!report || report->interrupted || (catalogue.files_freed() == freed && !indexing.again())) return report;
  // What went had hidden articles of files that are still there; or pages of an unchanged issue have changed.
  IndexOptions again = options;
  again.changed.clear();
  again.full = false;
  Result<IndexReport> more = Indexing(folder, again, resources, stop, progress, catalogue).run(*places, *all);
  if (!more) return more;
  report->indexed += more->indexed;
  report->updated += more->updated;
  report->elsewhere += more->elsewhere;
  report->interrupted = more->interrupted;
  report->failed.insert(report->failed.end(), more->failed.begin(), more->failed.end());
  report->warnings.insert(report->warnings.end(), more->warnings.begin(), more->warnings.end());
  return report;
}

/// The same up to the first change, which is the rows of new roots: they go again.
Result<IndexReport> dry_run(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                            const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress,
                            Catalogue& catalogue) {
  if (Status begun = catalogue.begin(); !begun) return fail(std::move(begun));
  Result<IndexReport> report = run_roots(folder, options, resources, stop, progress, catalogue);
  catalogue.rollback();
  return report;
}

}  // namespace

Result<IndexReport> index_roots(const IndexFolder& folder, const IndexOptions& options, const Resources& resources,
                                const std::atomic<bool>& stop, const std::function<void(const Progress&)>& progress) {
  if (options.dry_run && !require_index(folder)) {
    Result<Catalogue> empty = Catalogue::open(":memory:", Catalogue::Mode::read_write);
    if (!empty) return fail(std::move(empty));
    return dry_run(folder, options, resources, stop, progress, *empty);
  }
  if (Status made = create_index_folder(folder); !made) return fail(std::move(made));
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  BulkFolder::remove_leftovers(folder);
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  if (options.dry_run) return dry_run(folder, options, resources, stop, progress, *catalogue);
  Result<std::string> models = catalogue->state(state_key::kModels);
  if (!models) return fail(std::move(models));
  if (models->empty())
    if (Status set = catalogue->set_state(state_key::kModels, annotate::models_version(*resources.models)); !set)
      return fail(std::move(set));
  return run_roots(folder, options, resources, stop, progress, *catalogue);
}

}  // namespace spalte::indexer
