// What are the steps of a commit, and what happens when one fails?
#include "indexer/writer.h"

#include "indexer/analysis.h"
#include "indexer/document.h"
#include "schema/hit.h"
#include "schema/xapian_guard.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

namespace spalte::indexer {

void die_here(const char* step) {
  static const char* named = std::getenv("SPALTE_DIE_AT");
  if (named == nullptr) return;
  static int passes = 0;
  const std::string_view wanted(named);
  const std::size_t colon = std::min(wanted.find(':'), wanted.size());
  if (wanted.substr(0, colon) != step) return;
  if (++passes >= (colon < wanted.size() ? std::atoi(named + colon + 1) : 1)) ::kill(::getpid(), SIGKILL);
}

struct IndexWriter::Impl {
  IndexFolder folder;
  Catalogue& catalogue;
  std::string analyser_version;
  language::Analyser analyser;
  KeyCounter keys;
  std::string index;  ///< folder of the index in use
  std::optional<Xapian::WritableDatabase> articles, quotes;
  std::uint64_t generation = 0;
  language::AnalysedText text;
  std::vector<language::ByteRange> ranges;

  Impl(IndexFolder f, Catalogue& c, std::shared_ptr<const language::Lexicon> lexicon)
      : folder(std::move(f)),
        catalogue(c),
        analyser_version(language::analyser_version(*lexicon)),
        analyser(std::move(lexicon)) {}

  Status open_databases() {
    return xapian_guard("the index at " + folder.dir, [&] {
      articles.emplace(articles_path(index), Xapian::DB_CREATE_OR_OPEN);
      quotes.emplace(quotes_path(index), Xapian::DB_CREATE_OR_OPEN);
      generation = index_generation(*articles);
    });
  }

  /// After any exception Xapian has thrown the pending changes away, silently: the handles go, and the batch starts
  /// anew.
  void drop_databases() {
    for (auto* db : {&articles, &quotes}) {
      try {
        db->reset();
      } catch (const Xapian::Error&) {
        // The destructor's own commit of nothing failed; what was committed stands.
      }
    }
  }

  /// Takes out what the catalogue does not hold any more. The generation stays, so that a kill on the way leads here
  /// again. Cost: every document is looked at.
  Status drop_unknown() {
    std::vector<std::string> unknown;
    const Result<Status> walked = xapian_guard("the index at " + folder.dir, [&]() -> Status {
      for (auto p = articles->postlist_begin(""); p != articles->postlist_end(""); ++p) {
        std::string id = unpack_hit(articles->get_document(*p).get_data()).id;
        const Result<std::optional<ArticleRow>> row = catalogue.article_by_id(id);
        if (!row) return fail(row);
        if (!row->has_value()) unknown.push_back(std::move(id));
      }
      for (const std::string& id : unknown) {
        articles->delete_document(article_term(id));
        quotes->delete_document(quotes_term(id));
      }
      quotes->commit();
      articles->commit();
      return {};
    });
    return walked ? *walked : fail(walked);
  }

  Status put(const Catalogue::Dirty& dirty) {
    if (dirty.deleted) {
      return xapian_guard("the index", [&] {
        articles->delete_document(article_term(dirty.id));
        quotes->delete_document(quotes_term(dirty.id));
      });
    }
    Result<std::optional<ArticleRow>> row = catalogue.article(dirty.row);
    if (!row) return fail(std::move(row));
    if (!row->has_value()) return {};
    Article& article = (*row)->article;
    if (dirty.relations_alone) {
      const Result<bool> there = xapian_guard("the index", [&] { return relate(dirty, **row); });
      if (!there) return fail(there);
      if (*there) return {};
    }
    if (Status loaded = catalogue.load_text(dirty.row, article); !loaded) return loaded;
    Result<Annotation> annotation = catalogue.annotation(dirty.row);
    if (!annotation) return fail(std::move(annotation));
    analyse_article(article, analyser, ranges, text);
    const DocumentInput input{article,        *annotation,       text,         dirty.row, dirty.row_version,
                              (*row)->added, (*row)->newest_of, (*row)->duplicates, (*row)->superseded_from};
    return xapian_guard("the index", [&] {
      articles->replace_document(article_term(dirty.id), article_document(input, analyser, keys));
      quotes->delete_document(quotes_term(dirty.id));
      for (const Xapian::Document& d : quote_documents(input, analyser, keys)) quotes->add_document(d);
    });
  }

  /// Writes the relations alone into the article's documents; Xapian leaves the postings of their words as they are.
  /// False: there is no document.
  bool relate(const Catalogue::Dirty& dirty, const ArticleRow& row) {
    auto p = articles->postlist_begin(article_term(dirty.id));
    if (p == articles->postlist_end(article_term(dirty.id))) return false;
    const Xapian::docid docid = *p;
    Xapian::Document d = articles->get_document(docid);
    const DocumentInput input{row.article, {}, {}, dirty.row, dirty.row_version, {}, row.newest_of, row.duplicates,
                              row.superseded_from};
    const bool quotations_too = set_relations(input, d);
    articles->replace_document(docid, d);
    if (!quotations_too) return true;
    std::vector<Xapian::docid> quotations;
    const std::string of_article = quotes_term(dirty.id);
    for (auto q = quotes->postlist_begin(of_article); q != quotes->postlist_end(of_article); ++q)
      quotations.push_back(*q);
    for (Xapian::docid q : quotations) {
      Xapian::Document quotation = quotes->get_document(q);
      set_quote_relations(input, quotation);
      quotes->replace_document(q, quotation);
    }
    return true;
  }

  /// Steps 2 to 4 of the protocol for one batch.
  Status commit_batch(const std::vector<Catalogue::Dirty>& batch) {
    if (!articles)
      if (Status opened = open_databases(); !opened) return opened;
    for (const Catalogue::Dirty& d : batch)
      if (Status done = put(d); !done) return done;
    die_here("before-index-commit");
    const Result<std::string> uuid = catalogue.state(state_key::kUuid);
    if (!uuid) return fail(uuid);
    const Status committed = xapian_guard("the index at " + folder.dir, [&] {
      stamp_index(*quotes, *uuid, analyser_version, generation + 1);
      quotes->commit();
      die_here("between-index-commits");
      stamp_index(*articles, *uuid, analyser_version, generation + 1);
      articles->set_metadata(state_key::kBulk, "");
      articles->commit();
    });
    if (!committed) return committed;
    ++generation;
    die_here("between-stores");
    return catalogue.mark_indexed(batch, generation);
  }
};

IndexWriter::IndexWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexWriter::~IndexWriter() = default;
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

Result<IndexWriter> IndexWriter::open(const IndexFolder& folder, Catalogue& catalogue,
                                      std::shared_ptr<const language::Lexicon> lexicon) {
  // Xapian commits by itself at the threshold, which must lie above the batch: nothing may become visible before its
  // generation.
  ::setenv("XAPIAN_FLUSH_THRESHOLD", "100000", 1);
  auto impl = std::make_unique<Impl>(folder, catalogue, std::move(lexicon));
  Result<std::string> index = current_index(folder);
  bool fresh = false;
  if (!index) {
    if (index.error().code != ErrorCode::index_missing) return fail(std::move(index));
    Result<std::string> name = next_index_name(folder);
    if (!name) return fail(std::move(name));
    impl->index = folder.dir + "/" + *name;
    ::mkdir(impl->index.c_str(), 0700);
    fresh = true;
  } else {
    impl->index = *index;
  }
  if (Status opened = impl->open_databases(); !opened) return fail(std::move(opened));
  const Result<std::string> uuid = catalogue.state(state_key::kUuid);
  if (!uuid) return fail(uuid);
  if (fresh) {
    const Status stamped = xapian_guard("the new index", [&] {
      for (auto* db : {&*impl->quotes, &*impl->articles}) {
        stamp_index(*db, *uuid, impl->analyser_version, 0);
        db->commit();
      }
    });
    if (!stamped) return fail(stamped);
    if (Status marked = catalogue.mark_all_dirty(); !marked) return fail(std::move(marked));
    if (Status done = switch_index(folder, impl->index.substr(folder.dir.size() + 1)); !done)
      return fail(std::move(done));
  } else {
    const Result<Status> checked = xapian_guard(
        "the index at " + folder.dir, [&] { return check_stamp(*impl->articles, catalogue, impl->analyser_version); });
    if (!checked) return fail(checked);
    if (!*checked) return fail(*checked);
    // An index older than the catalogue's knowledge of it (restored, or lost writes): everything is brought in again.
    const Result<std::string> known = catalogue.state(state_key::kGeneration);
    if (!known) return fail(known);
    const std::uint64_t in_catalogue = std::strtoull(known->c_str(), nullptr, 10);
    if (impl->generation < in_catalogue) {
      if (Status marked = catalogue.mark_all_dirty(); !marked) return fail(std::move(marked));
      if (Status dropped = impl->drop_unknown(); !dropped) return fail(std::move(dropped));
    }
    // A bulk run that was switched to, but killed before the catalogue heard of it.
    if (impl->generation == in_catalogue + 1) {
      const std::string rows = impl->articles->get_metadata(state_key::kBulk);
      long long first = 0, last = 0;
      if (std::sscanf(rows.c_str(), "%lld %lld", &first, &last) == 2)
        if (Status marked = catalogue.mark_rows_indexed(first, last, impl->generation); !marked)
          return fail(std::move(marked));
    }
  }
  return IndexWriter(std::move(impl));
}

Status IndexWriter::index_dirty(const OnProgress& progress) {
  std::int64_t done = 0, after = 0;
  for (;;) {
    Result<std::vector<Catalogue::Dirty>> batch = impl_->catalogue.dirty(after, kBatch);
    if (!batch) return fail(std::move(batch));
    if (batch->empty()) return {};
    after = batch->back().row;
    if (Status committed = impl_->commit_batch(*batch); !committed) {
      impl_->drop_databases();
      const ErrorCode code = committed.error().code;
      if (code == ErrorCode::no_space || code == ErrorCode::locked || batch->size() == 1) return committed;
      for (const Catalogue::Dirty& one : *batch) {
        if (Status alone = impl_->commit_batch({one}); !alone) {
          impl_->drop_databases();
          return fail(alone.error().code,
                      fmt::format("article {} cannot be indexed: {}", one.id, alone.error().message),
                      alone.error().hint);
        }
      }
    }
    done += static_cast<std::int64_t>(batch->size());
    if (progress && !progress(done))
      return fail(ErrorCode::interrupted, "interrupted; everything committed is consistent",
                  "run the command again to go on");
  }
}

}  // namespace spalte::indexer
