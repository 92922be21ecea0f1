// How are runs filled and merged?
#include "indexer/runs.h"

#include "schema/xapian_guard.h"

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <sys/stat.h>

namespace spalte::indexer {
namespace {

/// Beyond this many inputs Xapian merges in several passes: it opens all tables of one pass at once.
constexpr std::size_t kOnePass = 50;

Xapian::doccount merge(const std::vector<std::string>& parts, const std::string& target) {
  Xapian::Database all;
  Xapian::doccount count = 0;
  for (const std::string& part : parts) {
    const Xapian::Database one(part);
    count += one.get_doccount();
    all.add_database(one);
  }
  // Without NO_RENUMBER every document gets a new number; ours are never shown.
  all.compact(target, parts.size() > kOnePass ? static_cast<unsigned>(Xapian::DBCOMPACT_MULTIPASS) : 0U);
  return count;
}

}  // namespace

struct RunWriter::Impl {
  std::string folder, name;
  std::vector<std::string> runs;
  std::optional<Xapian::WritableDatabase> articles, quotes;
  int in_run = 0;

  Impl(std::string f, std::string n) : folder(std::move(f)), name(std::move(n)) {}
  /// A run that was not finished is thrown away, not committed: on a disk that fails, committing from a destructor would
  /// end the program.
  ~Impl() {
    for (auto* db : {&articles, &quotes}) {
      if (!*db) continue;
      try {
        (*db)->begin_transaction(false);
        (*db)->cancel_transaction();
        (*db)->close();
      } catch (const Xapian::Error&) {
        // The folder of the runs goes as a whole; nothing in it is needed.
      }
    }
  }
  Impl(Impl&&) = delete;

  void open() {
    const std::string run = fmt::format("{}/{}-{:05}", folder, name, runs.size());
    ::mkdir(run.c_str(), 0700);
    constexpr int kFlags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC;
    articles.emplace(articles_path(run), kFlags);
    quotes.emplace(quotes_path(run), kFlags);
    runs.push_back(run);
    in_run = 0;
  }
  void close() {
    for (auto* db : {&articles, &quotes}) {
      if (!*db) continue;
      (*db)->commit();
      (*db)->close();
      db->reset();
    }
  }
};

RunWriter::RunWriter(std::string folder, std::string name)
    : impl_(std::make_unique<Impl>(std::move(folder), std::move(name))) {}
RunWriter::~RunWriter() = default;
RunWriter::RunWriter(RunWriter&&) noexcept = default;
const std::vector<std::string>& RunWriter::runs() const { return impl_->runs; }

Status RunWriter::add(const DocumentInput& input, language::Analyser& analyser) {
  return xapian_guard("the run in " + impl_->folder, [&] {
    if (!impl_->articles) impl_->open();
    impl_->articles->add_document(article_document(input, analyser));
    for (const Xapian::Document& d : quote_documents(input, analyser)) impl_->quotes->add_document(d);
    if (++impl_->in_run >= kRunArticles) impl_->close();
  });
}

Status RunWriter::start() {
  return xapian_guard("the run in " + impl_->folder, [&] { impl_->open(); });
}

Status RunWriter::finish() {
  return xapian_guard("the run in " + impl_->folder, [&] { impl_->close(); });
}

Status merge_runs(const IndexFolder& folder, const std::string& base, const std::vector<std::string>& runs,
                  const std::string& name, const MergeStamp& stamp) {
  const std::string target = folder.dir + "/" + name;
  ::mkdir(target.c_str(), 0700);
  const Result<Status> merged = xapian_guard("merging into " + target, [&]() -> Status {
    for (auto* path : {&articles_path, &quotes_path}) {
      std::vector<std::string> parts;
      if (!base.empty()) parts.push_back(path(base));
      for (const std::string& run : runs) parts.push_back(path(run));
      const Xapian::doccount expected = merge(parts, path(target));
      Xapian::WritableDatabase db(path(target), Xapian::DB_OPEN);
      if (db.get_doccount() != expected)
        return fail(ErrorCode::failed,
                    fmt::format("the merged index holds {} documents instead of {}", db.get_doccount(), expected),
                    "run the command again");
      stamp_index(db, stamp.uuid, stamp.analyser, stamp.generation);
      db.set_metadata(state_key::kBulk, fmt::format("{} {}", stamp.first_row, stamp.last_row));
      db.commit();
    }
    return {};
  });
  std::error_code error;
  if (!merged || !*merged) {
    std::filesystem::remove_all(target, error);
    return merged ? *merged : fail(merged);
  }
  for (const std::string& run : runs) std::filesystem::remove_all(run, error);
  return {};
}

}  // namespace spalte::indexer
