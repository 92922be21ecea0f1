// In which order do relations and index follow the catalogue?
#include "indexer/bring_up.h"

#include "indexer/analysis.h"
#include "indexer/duplicates.h"
#include "indexer/families.h"
#include "schema/date.h"

#include <optional>

namespace spalte::indexer {
namespace {

/// Sketches as stored; those of articles that an earlier program indexed are made.
class Sketches {
 public:
  Sketches(Catalogue& catalogue, const Resources& resources) : catalogue_(catalogue), resources_(resources) {}

  Result<Sketch> operator()(std::int64_t row) {
    Result<std::optional<Sketch>> stored = catalogue_.sketch(row);
    if (!stored) return fail(std::move(stored));
    if (*stored) return std::move(**stored);
    if (!analyser_) analyser_.emplace(resources_.lexicon);
    Article article;
    if (Status loaded = catalogue_.load_text(row, article); !loaded) return fail(std::move(loaded));
    analyse_article(article, *analyser_, ranges_, text_);
    Sketch made = make_sketch(article, text_, *analyser_);
    if (Status put = catalogue_.put_sketch(row, made); !put) return fail(std::move(put));
    return made;
  }

 private:
  Catalogue& catalogue_;
  const Resources& resources_;
  std::optional<language::Analyser> analyser_;
  std::vector<language::ByteRange> ranges_;
  language::AnalysedText text_;
};

}  // namespace

Status relate(Catalogue& catalogue, const Resources& resources) {
  const std::string now = local_now();
  if (Status marked = catalogue.mark_lifted(now); !marked) return marked;
  for (;;) {
    Result<std::vector<std::int64_t>> rows = catalogue.unrelated(0, kRelated);
    if (!rows) return fail(std::move(rows));
    if (rows->empty()) return {};
    if (Status begun = catalogue.begin(); !begun) return begun;
    const Status related = [&]() -> Status {
      Sketches sketches(catalogue, resources);
      const auto sketch_of = [&](std::int64_t row) { return sketches(row); };
      Result<std::vector<std::int64_t>> changed = settle_families(catalogue, *rows, sketch_of, now);
      if (!changed) return fail(std::move(changed));
      DuplicateGroups groups(catalogue, sketch_of, now);
      if (Status done = groups.regroup(*changed); !done) return done;
      // Others that were dropped as withdrawn are for the next round.
      return catalogue.mark_related(*changed);
    }();
    if (!related) {
      catalogue.rollback();
      return related;
    }
    die_here("before-relations-commit");
    if (Status committed = catalogue.commit(); !committed) return committed;
  }
}

Status bring_up(const IndexFolder& folder, Catalogue& catalogue, const Resources& resources,
                const OnProgress& progress) {
  // Opened first: it settles which rows a bulk run that was killed has brought in.
  Result<IndexWriter> writer = IndexWriter::open(folder, catalogue, resources.lexicon);
  if (!writer) return fail(std::move(writer));
  if (Status related = relate(catalogue, resources); !related) return related;
  return writer->index_dirty(progress);
}

}  // namespace spalte::indexer
