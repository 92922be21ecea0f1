// How are hits weighed and sorted?
#include "query/search.h"

#include "query/collation.h"
#include "query/rerank.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <unordered_map>

namespace spalte::query {
namespace {

/// BM25 with k1 = 2, b = 0.7: tuned with the re-ranking (query/rerank.cc).
Xapian::BM25Weight bm25() { return {2, 0, 1, 0.7, 0.5}; }

/// Keys by which Xapian sorts from small to large.
class SortKey : public Xapian::KeyMaker {
 public:
  SortKey(Sort sort, std::uint64_t seed, bool guessed)
      : sort_(sort), seed_(seed), slot_(guessed ? slot::kPublishedAny : slot::kPublished) {}

  std::string operator()(const Xapian::Document& d) const override {
    const std::string id = d.get_value(slot::kSortId);
    switch (sort_) {
      case Sort::date:
        return newest_first(d.get_value(slot_)) + id;
      case Sort::date_oldest: {
        const std::string date = d.get_value(slot_);
        return (date.empty() ? "9" : "0" + date) + '\0' + id;
      }
      case Sort::source:
        return collation_of(d.get_value(slot::kSource)) + '\0' + newest_first(d.get_value(slot_)) + id;
      case Sort::random:
        return random_key(id);
      case Sort::relevance:
        break;
    }
    return id;
  }

 private:
  /// Each character's complement: later dates sort first, undated ones last.
  static std::string newest_first(std::string date) {
    if (date.empty()) return "\xff\xff";
    for (char& c : date) c = static_cast<char>(0x7f - c);
    return date + '\x7f';
  }
  std::string random_key(const std::string& id) const {
    std::uint64_t h = stable_hash(id + ":" + std::to_string(seed_));
    std::string key;
    for (int i = 0; i < 8; ++i, h >>= 8U) key += static_cast<char>(h & 0xffU);
    return key;
  }
  const std::string& collation_of(const std::string& source) const {
    const auto found = collations_.find(source);
    if (found != collations_.end()) return found->second;
    return collations_.emplace(source, collation_key(source)).first->second;
  }

  Sort sort_;
  std::uint64_t seed_;
  std::uint32_t slot_;
  mutable std::unordered_map<std::string, std::string> collations_;
};

}  // namespace

std::int64_t count(const Xapian::Query& query, Reader& reader) {
  if (query.empty()) return 0;
  Xapian::Enquire enquire(reader.articles());
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  // Asked to look at all, the estimate is exact.
  return enquire.get_mset(0, 0, reader.articles().get_doccount()).get_matches_estimated();
}

Status search(const Compiled& compiled, const SearchOptions& options, Reader& reader,
              const std::function<bool(const Hit&)>& visit) {
  if (compiled.query.empty()) return {};
  Xapian::Database& db = reader.articles();
  Xapian::Enquire enquire(db);
  enquire.set_query(compiled.query);
  SortKey key(options.sort, options.seed, options.match.guessed_dates);
  const bool by_relevance = options.sort == Sort::relevance;
  if (by_relevance) {
    enquire.set_weighting_scheme(bm25());
    enquire.set_sort_by_relevance_then_value(slot::kSortId, false);
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_key(&key, false);
  }
  const Xapian::doccount all = db.get_doccount();
  const auto offset = static_cast<Xapian::doccount>(std::min<std::int64_t>(options.offset, all));
  const Xapian::doccount wanted =
      options.limit == 0 ? all : static_cast<Xapian::doccount>(std::min<std::int64_t>(options.limit, all));
  // What is re-ranked is always the same head of the list, whichever page of it is shown.
  const bool rerank = by_relevance && offset < kRerankDepth;
  const Xapian::doccount first = rerank ? 0 : offset;
  Xapian::doccount take =
      std::min(all, rerank ? std::max(kRerankDepth, offset + std::min(wanted, all - offset)) : wanted);
  const Xapian::MSet found = enquire.get_mset(first, take);
  std::vector<Ranked> order;
  order.reserve(found.size());
  for (auto i = found.begin(); i != found.end(); ++i) order.push_back({*i, i.get_weight()});
  if (rerank) rerank_by_closeness(compiled, db, order);
  const std::size_t from = rerank ? offset : 0;
  for (std::size_t i = from; i < order.size() && i - from < wanted; ++i) {
    const Hit hit{options.offset + static_cast<std::int64_t>(i - from) + 1, order[i].score,
                  unpack_hit(db.get_document(order[i].docid, Xapian::DOC_ASSUME_VALID).get_data())};
    if (!visit(hit)) break;
  }
  return {};
}

}  // namespace spalte::query
