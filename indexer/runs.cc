// How are runs filled and merged?
#include "indexer/runs.h"

#include "schema/xapian_guard.h"

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <sys/stat.h>

namespace spalte::indexer {
namespace {

using PathInIndex = std::string (*)(const std::string&);

/// Every document of the sources, which are closed, into one database; their number.
Xapian::doccount merge(const std::vector<std::string>& sources, const std::string& target) {
  Xapian::Database all;
  Xapian::doccount count = 0;
  for (const std::string& source : sources) {
    const Xapian::Database one(source);
    count += one.get_doccount();
    all.add_database(one);
  }
  // Without NO_RENUMBER every document gets a new number; ours are never shown.
  all.compact(target, 0U);
  return count;
}

void remove_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
}

/// Both databases of the runs into the folder `target`; the runs go.
void merge_folders(const std::vector<std::string>& runs, const std::string& target) {
  ::mkdir(target.c_str(), 0700);
  for (PathInIndex path : {&articles_path, &quotes_path}) {
    std::vector<std::string> sources;
    for (const std::string& run : runs) sources.push_back(path(run));
    const Xapian::doccount expected = merge(sources, path(target));
    if (Xapian::Database(path(target)).get_doccount() != expected)
      throw Xapian::DatabaseCorruptError("runs were joined and documents are missing: " + target);
  }
  for (const std::string& run : runs) remove_folder(run);
}

/// Xapian opens all tables of a merge at once: more runs than may be merged in one go become fewer first.
std::vector<std::string> reduce(std::vector<std::string> runs, std::size_t most, const std::string& folder) {
  for (int number = 0; runs.size() > most; ++number) {
    const auto end = runs.begin() + static_cast<std::ptrdiff_t>(most);
    const std::string target = fmt::format("{}/joined-{:05}", folder, number);
    merge_folders({runs.begin(), end}, target);
    runs.erase(runs.begin(), end);
    runs.push_back(target);
  }
  return runs;
}

/// A run that is cut short is thrown away: nothing need be safe before its end. (DB_DANGEROUS would spare copies of
/// blocks, 4 % of the work, but allows no cancelling.)
constexpr int kRunFlags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC;

}  // namespace

struct RunWriter::Impl {
  std::string folder, name;
  RunSizes sizes;
  std::vector<std::string> runs;
  int folders = 0;         ///< made so far
  std::size_t joined = 0;  ///< runs at the front that are joined ones
  std::string run;         ///< the open one
  std::optional<Xapian::WritableDatabase> articles, quotes;
  int in_run = 0;
  KeyCounter keys;

  Impl(std::string f, std::string n, const RunSizes& s) : folder(std::move(f)), name(std::move(n)), sizes(s) {}
  /// A run that was not finished is thrown away, not committed: on a disk that fails, committing from a destructor
  /// would end the program.
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

  std::string new_folder() {
    std::string path = fmt::format("{}/{}-{:05}", folder, name, folders++);
    ::mkdir(path.c_str(), 0700);
    return path;
  }
  void open() {
    run = new_folder();
    articles.emplace(articles_path(run), kRunFlags);
    quotes.emplace(quotes_path(run), kRunFlags);
    in_run = 0;
  }
  void close() {
    if (!articles) return;
    for (auto* db : {&articles, &quotes}) {
      (*db)->commit();
      (*db)->close();
      db->reset();
    }
    runs.push_back(std::move(run));
    if (runs.size() - joined < sizes.joined_runs) return;
    const auto first = runs.begin() + static_cast<std::ptrdiff_t>(joined);
    const std::string target = new_folder();
    merge_folders({first, runs.end()}, target);
    runs.erase(first, runs.end());
    runs.push_back(target);
    ++joined;
  }
};

RunWriter::RunWriter(std::string folder, std::string name, const RunSizes& sizes)
    : impl_(std::make_unique<Impl>(std::move(folder), std::move(name), sizes)) {}
RunWriter::~RunWriter() = default;
RunWriter::RunWriter(RunWriter&&) noexcept = default;
const std::vector<std::string>& RunWriter::runs() const { return impl_->runs; }

Status RunWriter::add(const DocumentInput& input, language::Analyser& analyser) {
  return xapian_guard("the run in " + impl_->folder, [&] {
    if (!impl_->articles) impl_->open();
    impl_->articles->add_document(article_document(input, analyser, impl_->keys));
    for (const Xapian::Document& d : quote_documents(input, analyser, impl_->keys)) impl_->quotes->add_document(d);
    ++impl_->in_run;
    if (impl_->in_run % impl_->sizes.flush_articles == 0) impl_->articles->commit();
    if (impl_->in_run >= impl_->sizes.run_articles) impl_->close();
  });
}

Status RunWriter::start() {
  return xapian_guard("the run in " + impl_->folder, [&] { impl_->open(); });
}

Status RunWriter::finish() {
  return xapian_guard("the run in " + impl_->folder, [&] { impl_->close(); });
}

Status merge_runs(const IndexFolder& folder, const std::string& base, const std::vector<std::string>& runs,
                  const std::string& name, const MergeStamp& stamp, const RunSizes& sizes) {
  const std::string target = folder.dir + "/" + name;
  ::mkdir(target.c_str(), 0700);
  const Result<Status> merged = xapian_guard("merging into " + target, [&]() -> Status {
    const std::vector<std::string> few = reduce(runs, sizes.most_merged, target);
    for (PathInIndex path : {&articles_path, &quotes_path}) {
      std::vector<std::string> parts;
      if (!base.empty()) parts.push_back(path(base));
      for (const std::string& run : few) parts.push_back(path(run));
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
    for (const std::string& run : few) remove_folder(run);
    return {};
  });
  if (merged && *merged) return {};
  remove_folder(target);
  return merged ? *merged : fail(merged);
}

}  // namespace spalte::indexer
