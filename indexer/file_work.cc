// How is a file read, and when is a piece of it handed on?
#include "indexer/file_work.h"

#include "indexer/agency.h"
#include "indexer/families.h"
#include "indexer/indexing.h"
#include "indexer/sources/limits.h"
#include "schema/hex.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// A piece is handed on at so many articles or bytes of text.
constexpr std::size_t kPieceArticles = 64;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
/// Files up to here are held in memory, so that one pass gives both hash and content.
constexpr std::int64_t kHeldBytes = 8 * limit::kMegabyte;
/// Parts of one file that failed, and warnings, are listed up to here and counted beyond.
constexpr std::size_t kListed = 20;

/// Analyses and annotates; false: the piece holds a fatal error.
void finish_articles(std::vector<Article>&& raw, Piece& piece, FileTools& tools, FileShared& shared) {
  for (Article& article : raw) {
    tools.box.work_on(article, !shared.options.no_annotate);
    std::int64_t row = 0;
    if (shared.bulk) {
      // One that the catalogue knows already becomes dirty when it is stored, and its document is replaced after the
      // merge.
      row = shared.next_row++;
      const DocumentInput input{article, tools.box.annotation(), tools.box.text(), row, 1, shared.now};
      if (Status added = tools.run->add(input, tools.box.analyser()); !added) {
        piece.fatal = std::move(added.error());
        return;
      }
    }
    std::string page = web_page_of(article);
    piece.articles.push_back(tools.box.record(std::move(article)));
    piece.articles.back().row = row;
    piece.articles.back().page = std::move(page);
  }
}

/// Was it taken out for good? Under its own id, or, where its file is new, with the same text: a copy that has been here
/// all along is another article.
bool stays_out(const Forgotten& forgotten, const Article& article, bool known_file) {
  if (forgotten.ids.contains(article.id)) return true;
  return !known_file && !forgotten.texts.empty() && forgotten.texts.contains(sha256(article.text));
}

class PieceSink : public ArticleSink {
 public:
  PieceSink(std::shared_ptr<FileReading> reading, FileTools& tools, FileShared& shared, FilePool& pool)
      : reading_(std::move(reading)), tools_(tools), shared_(shared), pool_(pool) {}

  bool article(Article&& a) override {
    if ((shared_.stop && taken_ > 0) || shared_.give_up) {
      reading_->broken_off = true;
      return false;
    }
    ++taken_;
    number_version(a);
    if (a.withdrawn) {
      reading_->withdrawn.emplace_back(a.family, a.version);
      ++reading_->skipped["withdrawal"];
      return true;
    }
    if (stays_out(shared_.forgotten, a, reading_->task.known.has_value())) {
      ++forgotten_;
      return true;
    }
    if (!ids_.insert(stable_hash(a.id)).second) return true;  // the same article once more
    if (const ShardPart* part = shared_.options.part;
        part != nullptr && part->routing.shard_of(a.source, a.date_guessed ? "" : a.published, a.id) != part->shard)
      return true;
    recognise_agency(a);
    a.sha256 = to_hex(reading_->sha256);
    bytes_ += a.text.size();
    raw_.push_back(std::move(a));
    if (raw_.size() < kPieceArticles && bytes_ < kPieceBytes) return true;
    RawPiece raw{reading_, std::move(raw_)};
    raw_.clear();
    bytes_ = 0;
    ++reading_->pieces;
    FileJob job(std::move(raw));
    if (pool_.offer(job)) return true;
    Piece piece{reading_, {}, false, {}};
    finish_articles(std::move(std::get<RawPiece>(job).articles), piece, tools_, shared_);
    const bool good = !piece.fatal;
    pool_.deliver(std::move(piece));
    return good;
  }
  void warn(std::string what) override {
    if (++warnings_ <= kListed) reading_->warnings.push_back(std::move(what));
  }
  void failed(std::string_view place, std::string reason) override {
    if (++failed_ <= kListed) reading_->failed.push_back({fmt::format("{}, {}", path(), place), std::move(reason)});
  }
  void skipped(std::string kind) override { ++reading_->skipped[std::move(kind)]; }

  /// The rest, with what became of the file.
  void end(Status read) {
    FileReading& r = *reading_;
    if (warnings_ > kListed) r.warnings.push_back(fmt::format("and {} more of the kind", warnings_ - kListed));
    if (!read) {
      r.outcome = FileOutcome::failed;
      r.reason = taken_ > 0 ? fmt::format("{} (after {} articles)", read.error().message, taken_)
                            : std::move(read.error().message);
      r.failed.insert(r.failed.begin(), {path(), r.reason});
    } else if (failed_ > 0) {
      r.outcome = FileOutcome::failed;
      r.reason = fmt::format("{} parts failed; the first: {}: {}", failed_,
                             r.failed.front().path.substr(path().size() + 2), r.failed.front().reason);
      if (failed_ > kListed)
        r.failed.push_back({path(), fmt::format("and {} parts more failed", failed_ - kListed)});
    } else if (taken_ > 0 && taken_ == forgotten_) {
      r.outcome = FileOutcome::skipped;
      r.reason = "forgotten";
      ++r.skipped[r.reason];
    } else if (taken_ == 0) {
      r.outcome = FileOutcome::skipped;
      r.reason = r.skipped.size() == 1 ? r.skipped.begin()->first : "without articles";
      if (r.skipped.empty()) ++r.skipped[r.reason];
    }
    ++r.pieces;
    Piece piece{reading_, {}, true, {}};
    finish_articles(std::move(raw_), piece, tools_, shared_);
    pool_.deliver(std::move(piece));
  }

 private:
  const std::string& path() const { return reading_->task.file.path; }

  std::shared_ptr<FileReading> reading_;
  FileTools& tools_;
  FileShared& shared_;
  FilePool& pool_;
  std::vector<Article> raw_;
  std::size_t bytes_ = 0, taken_ = 0, warnings_ = 0, failed_ = 0, forgotten_ = 0;
  std::unordered_set<std::uint64_t> ids_;
};

/// Whether the content must be read; else the reading says why not.
bool is_news(FileReading& r, FileShared& shared) {
  if (r.task.known && r.task.known->sha256 == r.sha256 && r.task.known->outcome == FileOutcome::indexed &&
      !shared.options.full) {
    r.same_content = true;
    return false;
  }
  if (!r.task.known) r.moved_from = shared.claim_gone(r.sha256);
  return !r.moved_from;
}

Status read_file_task(const std::shared_ptr<FileReading>& reading, FileShared& shared, PieceSink& sink) {
  FileReading& r = *reading;
  Result<FileStream> file = open_task(r.task);
  if (!file) return fail(std::move(file));
  if (*file->size() <= kHeldBytes) {
    InputBytes all(*file);
    Result<std::string> bytes = all.rest(kHeldBytes);
    if (!bytes) return fail(std::move(bytes));
    r.sha256 = sha256(*bytes);
    if (!is_news(r, shared)) return {};
    MemoryStream stream(*bytes);
    InputBytes input(stream);
    return read_source({r.task.file, input, sink, 0, shared.options.map.get()});
  }
  Result<std::string> hash = sha256(*file);
  if (!hash) return fail(std::move(hash));
  r.sha256 = std::move(*hash);
  if (!is_news(r, shared)) return {};
  file->seek(0);
  InputBytes input(*file);
  return read_source({r.task.file, input, sink, 0, shared.options.map.get()});
}

}  // namespace

std::optional<std::int64_t> FileShared::claim_gone(const std::string& sha) {
  const std::lock_guard lock(gone_mutex);
  const auto found = gone.find(sha);
  if (found == gone.end()) return {};
  const std::int64_t file = found->second;
  gone.erase(found);
  return file;
}

void work_on_file(FileJob&& job, FileTools& tools, FileShared& shared, FilePool& pool) {
  if (auto* raw = std::get_if<RawPiece>(&job)) {
    Piece piece{std::move(raw->reading), {}, false, {}};
    finish_articles(std::move(raw->articles), piece, tools, shared);
    pool.deliver(std::move(piece));
    return;
  }
  if (shared.give_up) return;
  auto reading = std::make_shared<FileReading>();
  reading->task = std::move(std::get<FileTask>(job));
  PieceSink sink(reading, tools, shared, pool);
  Status read = read_file_task(reading, shared, sink);
  if (reading->same_content || reading->moved_from) {
    reading->pieces = 1;
    pool.deliver({reading, {}, true, {}});
    return;
  }
  sink.end(std::move(read));
}

}  // namespace spalte::indexer
