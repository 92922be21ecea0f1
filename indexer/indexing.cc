// In which order are files read, stored, merged and dropped?
#include "indexer/indexing.h"

#include "indexer/bring_up.h"
#include "indexer/bulk.h"
#include "indexer/sources/alto.h"
#include "indexer/writer.h"
#include "schema/date.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <thread>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

/// Files handed to workers and not yet stored: bounds the memory.
constexpr std::size_t kUnderWay = 64;
/// Files to be read that are kept between walking and reading: about 10 MB.
constexpr std::size_t kKeptTasks = 20'000;
/// The catalogue is committed at this many articles or after this time: then a kill loses no more.
constexpr std::int64_t kCatalogueBatch = 1000;
constexpr auto kCatalogueTime = std::chrono::seconds(5);

/// For --dry-run: from which columns or members a table's fields would be taken; empty for other formats.
std::string field_map_of(const FileTask& task, const FieldMap* map) {
  const SourceFile& file = task.file;
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
  Result<FileStream> stream = open_task(task);
  if (!stream) return {};
  InputBytes bytes(*stream);
  if (const Status read = read_source({file, bytes, sink, 0, map}); !read && sink.map.empty())
    return read.error().message;
  return std::move(sink.map);
}

}  // namespace

Status Indexing::add(const Places& asked, const std::vector<RootRow>& all_roots) {
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
    if (options_.part != nullptr) so.other_roots = options_.part->folders;
    for (const RootRow& other : all_roots)
      if (other.path.starts_with(root.path + "/")) so.other_roots.push_back(other.path);
    const std::function<bool(FileTask &&)> list = [this](FileTask&& task) {
      if (options_.dry_run) {
        report_.would.emplace_back(task.known ? "read again" : "index", task.file.path);
        if (std::string map = field_map_of(task, options_.map.get()); !map.empty())
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
  if (options_.dry_run) return {};
  const Status caught_up = catch_up(folder_, catalogue_, options_.jobs, resources_, stop_, progress_);
  if (!caught_up) return caught_up;
  if (expected >= kBulkArticles) {
    // Counted only here: the count looks at every article.
    Result<std::int64_t> articles = catalogue_.article_count();
    if (!articles) return fail(std::move(articles));
    const auto shards = static_cast<std::int64_t>(options_.part == nullptr ? 1 : options_.part->others.size() + 1);
    shared_.bulk = expected / shards >= kBulkArticles && expected / shards * 10 >= *articles;
  }
  if (options_.part != nullptr) {
    shared_.forgotten = options_.part->forgotten;
  } else {
    Result<Forgotten> forgotten = catalogue_.forgotten();
    if (!forgotten) return fail(std::move(forgotten));
    shared_.forgotten = std::move(*forgotten);
  }
  shared_.now = local_now();
  total_ = to_read;
  if (to_read > 0)
    if (Status read = read_files(present); !read) return fail(std::move(read));
  return options_.part == nullptr ? remove() : bring_index_up();
}

Status Indexing::remove() {
  if (options_.dry_run) return {};
  if (Status finished = finish_leaving(); !finished) return finished;
  if (Status dropped = drop_gone(); !dropped) return dropped;
  return bring_index_up();
}

std::vector<std::string> Indexing::changed_below(const RootRow& root, const std::vector<RootRow>& all_roots) const {
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

Status Indexing::take_scan(const RootRow& root, const Result<ScanResult>& found, bool whole) {
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

Status Indexing::read_files(const std::vector<std::pair<RootRow, ScanOptions>>& roots) {
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

Status Indexing::mark_issues(const std::vector<std::pair<RootRow, ScanOptions>>& roots) {
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

Status Indexing::store_next(FilePool& pool, bool wait) {
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

Status Indexing::store(Piece& piece) {
  FileReading& r = *piece.reading;
  ++r.pieces_stored;
  r.ended = r.ended || piece.last;
  const bool whole = r.ended && r.pieces_stored == r.pieces;
  if (r.file == 0 && !piece.articles.empty()) {
    // Until the last piece is stored the row is one that the next run reads again.
    Result<std::int64_t> file =
        catalogue_.put_file(whole && options_.part == nullptr ? finished_row(r) : unfinished_row(r.task));
    if (!file) return fail(std::move(file));
    r.file = *file;
  }
  for (ArticleRecord& record : piece.articles) {
    Result<bool> elsewhere = options_.part == nullptr ? Result<bool>(false) : stays_elsewhere(record, r);
    if (elsewhere && !*elsewhere) elsewhere = catalogue_.shown_from_another(record.article, r.file);
    if (!elsewhere) return fail(std::move(elsewhere));
    if (*elsewhere) {
      ++report_.elsewhere;
      continue;
    }
    if (r.task.known) {
      Result<std::uint32_t> version = catalogue_.keep_earlier_version(record, shared_.bulk ? shared_.next_row++ : 0);
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

Result<bool> Indexing::stays_elsewhere(const ArticleRecord& record, FileReading& r) {
  const Article& article = record.article;
  for (Catalogue* other : options_.part->others) {
    Result<std::optional<ArticleRow>> there = other->article_by_id(article.id);
    if (!there) return fail(std::move(there));
    if (!*there) continue;
    const Article& its = (*there)->article;
    if (its.path != article.path) {
      // Two files give it. As in one archive: the one that was modified later counts, else the first by path.
      const bool dated = !its.modified.empty() && !article.modified.empty() && its.modified != article.modified;
      if (dated ? its.modified > article.modified : its.path < article.path) {
        if (Status noted = catalogue_.remember_file_of(article.id, r.file); !noted) return fail(std::move(noted));
        return true;
      }
      outvoted_.push_back({other, (*there)->row});
      r.leaving = true;
      continue;
    }
    Result<std::vector<std::int64_t>> rows = other->earlier_versions(article.id);
    if (!rows) return fail(std::move(rows));
    rows->push_back((*there)->row);
    for (std::int64_t row : *rows) {
      auto adopted = catalogue_.adopt(*other, row, shared_.bulk ? shared_.next_row++ : 0);
      if (!adopted) return fail(std::move(adopted));
    }
  }
  return false;
}

FileRow Indexing::unfinished_row(const FileTask& task) {
  FileRow row;
  row.root = task.root;
  row.path = task.below;
  row.size = task.size;
  return row;
}

FileRow Indexing::finished_row(const FileReading& r) {
  FileRow row = unfinished_row(r.task);
  row.outcome = r.outcome;
  row.mtime = r.task.mtime;
  row.sha256 = r.sha256;
  row.reason = r.reason;
  return row;
}

Status Indexing::finish_file(FileReading& r) {
  ++done_;
  const FileTask& task = r.task;
  for (const std::string& w : r.warnings) report_.warnings.push_back(fmt::format("{}: {}", task.file.path, w));
  if (r.moved_from) {
    if (Status moved = catalogue_.move_file(*r.moved_from, task.root, task.below, task.file.path); !moved) return moved;
    moved_.insert(*r.moved_from);
    ++report_.moved;
  }
  if (r.broken_off) return {};
  std::sort(r.rows.begin(), r.rows.end());
  if (options_.part != nullptr && task.known && r.outcome != FileOutcome::failed && !r.same_content && !r.moved_from) {
    Result<bool> leaves = catalogue_.articles_would_go(task.known->file, r.rows);
    if (!leaves) return fail(std::move(leaves));
    r.leaving = r.leaving || *leaves;
  }
  Result<std::int64_t> file = catalogue_.put_file(r.leaving ? unfinished_row(task) : finished_row(r));
  if (!file) return fail(std::move(file));
  if (r.moved_from) return {};
  if (r.same_content) {
    ++report_.unchanged;
    return {};
  }
  if (r.skipped.contains(std::string(kPageOfIssue)))
    folders_of_pages_.insert(fs::path(task.file.path).parent_path().string());
  if (is_mets_name(task.file.path)) issues_read_.insert(task.file.path);
  for (const auto& [kind, n] : r.skipped) report_.skipped[kind] += n;
  report_.failed.insert(report_.failed.end(), r.failed.begin(), r.failed.end());
  // A file that fails now keeps the articles it gave before: nothing indexed is lost.
  for (const auto& [family, version] : r.withdrawn)
    if (Status done = catalogue_.withdraw(family, version); !done) return done;
  if (r.leaving) {
    leaving_.push_back({finished_row(r), {}});
    if (r.outcome != FileOutcome::failed) leaving_.back().kept = r.rows;
    return {};
  }
  if (r.outcome == FileOutcome::failed || !task.known) return {};
  return catalogue_.drop_articles_of_file(*file, r.rows);
}

Status Indexing::finish_leaving() {
  if (report_.interrupted || leaving_.empty()) return {};
  if (Status begun = catalogue_.begin(); !begun) return begun;
  for (const Leaving& l : leaving_) {
    Result<std::int64_t> file = catalogue_.put_file(l.row);
    if (!file) return fail(std::move(file));
    if (!l.kept) continue;
    if (Status dropped = catalogue_.drop_articles_of_file(*file, *l.kept); !dropped) return dropped;
  }
  die_here("before-leaving-commit");
  return catalogue_.commit();
}

Status Indexing::drop_gone() {
  if (report_.interrupted || gone_.empty()) return {};  // a walk that was cut short has not seen what moved
  if (Status begun = catalogue_.begin(); !begun) return begun;
  for (const FileRow& f : gone_) {
    if (moved_.contains(f.file)) continue;
    if (Status dropped = catalogue_.forget_file(f.file); !dropped) return dropped;
    ++report_.gone;
  }
  return catalogue_.commit();
}

Status Indexing::bring_index_up() {
  Result<std::int64_t> dirty = catalogue_.dirty_count();
  if (!dirty) return fail(std::move(dirty));
  Result<std::int64_t> held = catalogue_.held_count(local_now());
  if (!held) return fail(std::move(held));
  report_.held = *held;
  return bring_up(folder_, catalogue_, resources_, [&](std::int64_t done) {
    progress_({"indexing", done, std::max(done, *dirty)});
    // Interrupted already: what has been read is still brought in, that is what "ends after the batch" means.
    return true;
  });
}

}  // namespace spalte::indexer
