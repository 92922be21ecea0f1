// Words of one quotation weigh as in articles; how its speaker was found weighs a little beside them.
#include "query/quotations.h"

#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace spalte::query {
namespace {

/// Between a speaker by name and one by role lies less than a rare word weighs, and more than a difference in length.
constexpr double kCertaintyWeight = 4;
/// So many are weighed even for fewer: among equals at the end of a shorter list Xapian keeps whom it met first.
constexpr Xapian::doccount kLeastWeighed = 200;

/// Keys by which quotations are sorted from small to large: newest first, and the order is the same on every machine.
class PlaceKey : public Xapian::KeyMaker {
 public:
  PlaceKey(Sort sort, std::uint64_t seed) : sort_(sort), seed_(seed) {}

  /// What a key is made from, beside the document's data.
  static const std::vector<std::uint32_t>& slots() {
    static const std::vector<std::uint32_t> all = {slot::kSortId, slot::kPublished, slot::kSource,
                                                   slot::kSpeakerCertainty};
    return all;
  }

  std::string operator()(const Xapian::Document& d) const override {
    std::string values[4];
    for (std::size_t i = 0; i < slots().size(); ++i) values[i] = d.get_value(slots()[i]);
    return of(values, unpack_quotation(d.get_data()).number);
  }
  std::string of(const std::string* values, std::uint32_t number) const {
    const std::string place = values[0] + '\0' + in_order(number);
    const std::string& date = values[1];
    switch (sort_) {
      case Sort::source:
        return values[2] + '\0' + newest_first(date) + place;
      case Sort::random:
        return random_key(place);
      case Sort::date_oldest:
        return (date.empty() ? "9" : "0" + date) + '\0' + place;
      case Sort::relevance:
        return certainty_class(values[3]) + newest_first(date) + place;
      case Sort::date:
        break;
    }
    return newest_first(date) + place;
  }

 private:
  static std::string newest_first(std::string date) {
    if (date.empty()) return "\xff\xff";
    for (char& c : date) c = static_cast<char>(0x7f - c);
    return date + '\x7f';
  }
  /// Speakers that are certain, those that are inferred, none.
  static std::string certainty_class(const std::string& value) {
    const double certainty = Xapian::sortable_unserialise(value);
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

/// A quotation in its order.
struct Placed {
  double weight = 0;
  std::string id;
  std::uint32_t number = 0;
};

/// All that match, over shards, where Xapian can make no keys.
std::vector<Placed> all_of_shards(Xapian::Enquire& enquire, const PlaceKey& key, Reader& reader) {
  constexpr double kBits = 1e9;  // what differs in the last bits alone is equal (query/search)
  const Xapian::MSet found = enquire.get_mset(0, reader.quotes().get_doccount());
  std::vector<Xapian::docid> documents;
  std::vector<std::pair<Placed, std::string>> all;
  for (auto i = found.begin(); i != found.end(); ++i) {
    documents.push_back(*i);
    all.push_back({{std::round(i.get_weight() * kBits) / kBits, {}, 0}, {}});
  }
  std::size_t at = 0;
  for (const std::string& packed : reader.archive().data(Part::quotes, documents)) {
    auto [id, number] = unpack_quotation(packed);
    all[at].first.id = std::move(id);
    all[at++].first.number = number;
  }
  at = 0;
  reader.archive().each_values(Part::quotes, documents, PlaceKey::slots(), [&](Xapian::docid, const std::string* values) {
    all[at].second = key.of(values, all[at].first.number);
    ++at;
  });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.first.weight != b.first.weight ? a.first.weight > b.first.weight : a.second < b.second;
  });
  std::vector<Placed> out;
  for (auto& [placed, k] : all) out.push_back(std::move(placed));
  return out;
}

std::vector<Placed> placed(const Xapian::MSet& found) {
  std::vector<Placed> out;
  for (auto i = found.begin(); i != found.end(); ++i) {
    auto [id, number] = unpack_quotation(i.get_document().get_data());
    out.push_back({i.get_weight(), std::move(id), number});
  }
  return out;
}

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
  const bool one_index = reader.archive().one_index();
  // Without words all weigh the same.
  const bool weighed = options.sort == Sort::relevance && !compiled.words.empty();
  if (weighed) {
    auto* certainty = new Xapian::ValueWeightPostingSource(slot::kSpeakerCertainty);
    enquire.set_query(Xapian::Query(
        Xapian::Query::OP_AND_MAYBE, compiled.query,
        Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(certainty->release()), kCertaintyWeight)));
    enquire.set_weighting_scheme(Xapian::BM25Weight(1, 0, 1, 0.5, 0.5));
    if (one_index) enquire.set_sort_by_relevance_then_key(&key, false);
  } else {
    enquire.set_query(compiled.query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (one_index) enquire.set_sort_by_key(&key, false);
  }
  const std::int64_t all = db.get_doccount();
  const auto offset = static_cast<Xapian::doccount>(std::min(options.offset, all));
  const auto wanted =
      static_cast<Xapian::doccount>(options.limit == 0 ? all - offset : std::min(options.limit, all - offset));
  const std::vector<Placed> found =
      one_index ? placed(enquire.get_mset(0, weighed ? std::max(kLeastWeighed, offset + wanted) : offset + wanted))
                : all_of_shards(enquire, key, reader);
  Articles articles(reader);
  std::int64_t rank = options.offset;
  for (std::size_t n = offset; n < std::min<std::size_t>(found.size(), std::size_t{offset} + wanted); ++n) {
    Result<bool> there = articles.load(found[n].id);
    if (!there) return fail(std::move(there));
    if (!*there || found[n].number >= articles.annotation().quotes.size()) continue;
    const QuotationHit hit{++rank, found[n].weight, &articles.row(), &articles.annotation(),
                           &articles.annotation().quotes[found[n].number]};
    if (!visit(hit)) break;
  }
  return {};
}

}  // namespace spalte::query
