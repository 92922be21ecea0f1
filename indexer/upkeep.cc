// What is looked at, and in which order?
#include "indexer/upkeep.h"

#include "indexer/index_audit.h"
#include "indexer/runs.h"
#include "indexer/bring_up.h"
#include "language/normalise.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

namespace fs = std::filesystem;

std::int64_t folder_size(const std::string& path) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(path, error))
    if (entry.is_regular_file(error)) bytes += static_cast<std::int64_t>(entry.file_size(error));
  return bytes;
}

/// The lock and the catalogue of an archive that exists, for writing.
struct OpenArchive {
  WriterLock lock;
  Catalogue catalogue;
};

Result<OpenArchive> open_archive(const IndexFolder& folder) {
  if (Status there = require_index(folder); !there) return fail(std::move(there));
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_write);
  if (!catalogue) return fail(std::move(catalogue));
  return OpenArchive{std::move(*lock), std::move(*catalogue)};
}

/// Merges the index in use into a fresh one and takes what nothing needs out of the catalogue: then no page of either
/// store holds what was deleted.
Status compact(const IndexFolder& folder, Catalogue& catalogue, const Resources& resources) {
  Result<std::string> base = current_index(folder);
  if (!base) return fail(std::move(base));
  Result<std::string> name = next_index_name(folder);
  if (!name) return fail(std::move(name));
  Result<std::string> uuid = catalogue.state(state_key::kUuid);
  if (!uuid) return fail(std::move(uuid));
  Result<std::string> generation = catalogue.state(state_key::kGeneration);
  if (!generation) return fail(std::move(generation));
  // The same articles in the same versions: the generation stays.
  const MergeStamp stamp{*uuid, language::analyser_version(*resources.lexicon),
                         std::strtoull(generation->c_str(), nullptr, 10), 0, 0};
  if (Status merged = merge_runs(folder, *base, {}, *name, stamp); !merged) return merged;
  die_here("before-switch");
  if (Status switched = switch_index(folder, *name); !switched) return switched;
  die_here("after-switch");
  Result<NameAudit> names = NameAudit::open(folder.dir + "/" + *name);
  if (!names) return fail(std::move(names));
  if (Status swept = catalogue.sweep_names([&](NameId id) { return names->holds(id); }); !swept) return swept;
  return catalogue.vacuum();
}

}  // namespace

Result<SizeChange> compact_index(const IndexFolder& folder, const Resources& resources) {
  Result<OpenArchive> archive = open_archive(folder);
  if (!archive) return fail(std::move(archive));
  SizeChange change{folder_size(folder.dir), 0};
  if (Status up = bring_up(folder, archive->catalogue, resources, {}); !up) return fail(std::move(up));
  if (Status done = compact(folder, archive->catalogue, resources); !done) return fail(std::move(done));
  change.after = folder_size(folder.dir);
  return change;
}

Result<CheckReport> check_index(const IndexFolder& folder, const Resources& resources) {
  if (Status there = require_index(folder); !there) return fail(std::move(there));
  CheckReport report;
  Result<Catalogue> catalogue = Catalogue::open(folder.catalogue(), Catalogue::Mode::read_only);
  if (!catalogue) {
    if (catalogue.error().code != ErrorCode::index_damaged) return fail(std::move(catalogue));
    report.faults.push_back(catalogue.error().message);
    return report;
  }
  Result<std::vector<std::string>> pages = catalogue->check();
  if (!pages) {
    report.faults.push_back(pages.error().message);
    return report;
  }
  for (const std::string& fault : *pages) report.faults.push_back("catalogue: " + fault);
  Result<std::string> index = current_index(folder);
  if (!index) {
    report.faults.push_back(index.error().message);
    return report;
  }
  IndexAudit audit = audit_index(*index, *catalogue, language::analyser_version(*resources.lexicon));
  report.quotes = audit.quotes;
  report.generation = audit.generation;
  report.faults.insert(report.faults.end(), audit.faults.begin(), audit.faults.end());
  if (!report.faults.empty()) return report;

  const Status walked = catalogue->each_article([&](const ArticleRow& row) {
    ++report.articles;
    const auto found = audit.versions.find(stable_hash(row.article.id));
    if (found == audit.versions.end()) {
      report.faults.push_back(fmt::format("article {} is not in the index", row.article.id));
    } else {
      if (found->second != row.row_version)
        report.faults.push_back(fmt::format("article {} stands in the index in version {} instead of {}",
                                            row.article.id, found->second, row.row_version));
      audit.versions.erase(found);
    }
    return report.faults.size() < 100;
  });
  if (!walked) report.faults.push_back(walked.error().message);
  if (report.faults.size() < 100) {
    if (!audit.versions.empty()) report.faults.push_back(fmt::format("the index holds {} articles that the catalogue does not", audit.versions.size()));
    Result<std::int64_t> highest = catalogue->highest_row();
    for (std::int64_t row = 1; highest && row <= *highest && report.faults.size() < 100; ++row) {
      Article article;
      Result<std::optional<ArticleRow>> there = catalogue->article(row);
      if (!there || !there->has_value()) continue;
      if (Status text = catalogue->load_text(row, article); !text)
        report.faults.push_back(fmt::format("article {}: {}", (*there)->article.id, text.error().message));
      if (Result<Annotation> a = catalogue->annotation(row); !a)
        report.faults.push_back(fmt::format("article {}: {}", (*there)->article.id, a.error().message));
    }
  }
  return report;
}

Result<std::int64_t> forget_articles(const IndexFolder& folder, const ForgetWhat& what, const Resources& resources) {
  Result<OpenArchive> archive = open_archive(folder);
  if (!archive) return fail(std::move(archive));
  Catalogue& catalogue = archive->catalogue;
  // A run that was killed, or for which the disk had no room, may have gone half the way: asked again it goes the rest.
  constexpr const char* kForgetting = "forgetting";
  const Result<std::string> unfinished = catalogue.state(kForgetting);
  if (!unfinished) return fail(unfinished);
  const auto known = catalogue.forgotten();
  if (!known) return fail(known);
  std::vector<std::string> ids;
  for (const std::string& id : what.ids) {
    Result<std::optional<ArticleRow>> row = catalogue.article_by_id(id);
    if (!row) return fail(std::move(row));
    if (!unfinished->empty() && known->ids.contains(id)) continue;
    if (!row->has_value())
      return fail(ErrorCode::not_found, fmt::format("there is no article {}", id),
                  "`spalte search` shows ids; nothing was forgotten");
    ids.push_back(id);
  }
  std::error_code error;
  const std::string path = what.path.empty() ? "" : fs::weakly_canonical(fs::absolute(what.path), error).string();
  const std::string source = language::normalise(what.source);
  if (!path.empty() || !source.empty()) {
    const Status walked = catalogue.each_article([&](const ArticleRow& row) {
      const std::string& at = row.article.path;
      if ((!path.empty() && (at == path || at.starts_with(path + "/"))) ||
          (!source.empty() && language::normalise(row.article.source) == source))
        ids.push_back(row.article.id);
      return true;
    });
    if (!walked) return fail(walked);
  }
  // All that they ever said goes with them.
  for (std::size_t i = 0, asked = ids.size(); i < asked; ++i) {
    Result<std::optional<ArticleRow>> row = catalogue.article_by_id(ids[i]);
    if (!row) return fail(std::move(row));
    if (!*row) continue;
    Result<std::vector<FamilyMember>> versions = catalogue.family((*row)->article.family);
    if (!versions) return fail(std::move(versions));
    for (const FamilyMember& v : *versions) ids.push_back(v.id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (Status begun = catalogue.begin(); !begun) return fail(std::move(begun));
  for (const std::string& id : ids)
    if (Status gone = catalogue.forget_article(id); !gone) return fail(std::move(gone));
  if (!ids.empty())
    if (Status noted = catalogue.set_state(kForgetting, "1"); !noted) return fail(std::move(noted));
  if (Status committed = catalogue.commit(); !committed) return fail(std::move(committed));
  if (Status up = bring_up(folder, catalogue, resources, {}); !up) return fail(std::move(up));
  if (ids.empty() && unfinished->empty()) return 0;
  // What was withdrawn must not lie in free pages, nor its names in the vocabulary.
  if (Status done = compact(folder, catalogue, resources); !done) return fail(std::move(done));
  if (Status done = catalogue.set_state(kForgetting, ""); !done) return fail(std::move(done));
  return static_cast<std::int64_t>(std::max(ids.size(), what.ids.size()));
}

}  // namespace spalte::indexer
