// Words of one quotation weigh as in articles; how its speaker was found weighs a little beside them.
#include "query/quotations.h"

#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace spalte::query {
namespace {

/// Between a speaker by name and one by role lies less than a rare word weighs, and more than a difference in length.
constexpr double kCertaintyWeight = 4;
/// So many are weighed even for fewer: among equals at the end of a shorter list Xapian keeps whom it met first.
constexpr Xapian::doccount kLeastWeighed = 200;

/// Xapian sorts from small to large: newest first, and the order is the same on every machine.
class PlaceKey : public Xapian::KeyMaker {
 public:
  PlaceKey(Sort sort, std::uint64_t seed) : sort_(sort), seed_(seed) {}

  std::string operator()(const Xapian::Document& d) const override {
    const std::string place = d.get_value(slot::kSortId) + '\0' + in_order(unpack_quotation(d.get_data()).number);
    std::string date = d.get_value(slot::kPublished);
    switch (sort_) {
      case Sort::source:
        return d.get_value(slot::kSource) + '\0' + newest_first(std::move(date)) + place;
      case Sort::random:
        return random_key(place);
      case Sort::date_oldest:
        return (date.empty() ? "9" : "0" + date) + '\0' + place;
      case Sort::relevance:
        return certainty_class(d) + newest_first(std::move(date)) + place;
      case Sort::date:
        break;
    }
    return newest_first(std::move(date)) + place;
  }

 private:
  static std::string newest_first(std::string date) {
    if (date.empty()) return "\xff\xff";
    for (char& c : date) c = static_cast<char>(0x7f - c);
    return date + '\x7f';
  }
  /// Speakers that are certain, those that are inferred, none.
  static std::string certainty_class(const Xapian::Document& d) {
    const double certainty = Xapian::sortable_unserialise(d.get_value(slot::kSpeakerCertainty));
    return certainty >= kCertainSpeaker ? "0" : certainty > 0 ? "1" : "2";
  }
  static std::string in_order(std::uint32_t number) {
    std::string out = std::to_string(number);
    return std::string(10 - out.size(), '0') + out;
  }
  std::string random_key(const std::string& place) const {
    std::uint64_t h = stable_hash(place + ":" + std::to_string(seed_));
    std::string key;
    for (int i = 0; i < 8; ++i, h >>= 8U) key += static_cast<char>(h & 0xffU);
    return key;
  }

  Sort sort_;
  std::uint64_t seed_;
};

/// The article of the last quotation that was asked for.
class Articles {
 public:
  explicit Articles(Reader& reader) : reader_(reader) {}

  /// False: the catalogue has gone ahead of the index, and the article is gone.
  Result<bool> load(const std::string& id) {
    if (row_ && row_->article.id == id) return true;
    Result<std::optional<ArticleRow>> row = reader_.catalogue().article_by_id(id);
    if (!row) return fail(std::move(row));
    row_ = std::move(*row);
    if (!row_) return false;
    if (Status text = reader_.catalogue().load_text(row_->row, row_->article); !text) return fail(std::move(text));
    Result<Annotation> annotation = reader_.catalogue().annotation(row_->row);
    if (!annotation) return fail(std::move(annotation));
    annotation_ = std::move(*annotation);
    return true;
  }
  const ArticleRow& row() const { return *row_; }
  const Annotation& annotation() const { return annotation_; }

 private:
  Reader& reader_;
  std::optional<ArticleRow> row_;
  Annotation annotation_;
};

}  // namespace

std::int64_t count_quotations(const Xapian::Query& query, Reader& reader) {
  if (query.empty()) return 0;
  Xapian::Enquire enquire(reader.quotes());
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  // Asked to look at all, the estimate is exact.
  return enquire.get_mset(0, 0, reader.quotes().get_doccount()).get_matches_estimated();
}

Status search_quotations(const Compiled& compiled, const SearchOptions& options, Reader& reader,
                         const std::function<bool(const QuotationHit&)>& visit) {
  if (compiled.query.empty()) return {};
  Xapian::Database& db = reader.quotes();
  Xapian::Enquire enquire(db);
  PlaceKey key(options.sort, options.seed);
  // Without words all weigh the same.
  const bool weighed = options.sort == Sort::relevance && !compiled.words.empty();
  if (weighed) {
    auto* certainty = new Xapian::ValueWeightPostingSource(slot::kSpeakerCertainty);
    enquire.set_query(Xapian::Query(
        Xapian::Query::OP_AND_MAYBE, compiled.query,
        Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(certainty->release()), kCertaintyWeight)));
    enquire.set_weighting_scheme(Xapian::BM25Weight(1, 0, 1, 0.5, 0.5));
    enquire.set_sort_by_relevance_then_key(&key, false);
  } else {
    enquire.set_query(compiled.query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_key(&key, false);
  }
  const std::int64_t all = db.get_doccount();
  const auto offset = static_cast<Xapian::doccount>(std::min(options.offset, all));
  const auto wanted =
      static_cast<Xapian::doccount>(options.limit == 0 ? all - offset : std::min(options.limit, all - offset));
  const Xapian::MSet found = enquire.get_mset(0, weighed ? std::max(kLeastWeighed, offset + wanted) : offset + wanted);
  Articles articles(reader);
  std::int64_t rank = options.offset;
  for (Xapian::doccount n = offset; n < std::min(found.size(), offset + wanted); ++n) {
    const Xapian::MSetIterator i = found[n];
    const auto [id, number] = unpack_quotation(i.get_document().get_data());
    Result<bool> there = articles.load(id);
    if (!there) return fail(std::move(there));
    if (!*there || number >= articles.annotation().quotes.size()) continue;
    const QuotationHit hit{++rank, i.get_weight(), &articles.row(), &articles.annotation(),
                           &articles.annotation().quotes[number]};
    if (!visit(hit)) break;
  }
  return {};
}

}  // namespace spalte::query
