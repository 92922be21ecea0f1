// How are hits weighed and sorted?
#include "query/search.h"

#include "query/collation.h"
#include "query/docid_source.h"
#include "query/rerank.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

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

namespace {

/// The hits of a request, in order: 24 bytes each and the article's id. Not the hits themselves: any number of them is
/// read one by one.
class Order {
 public:
  struct Item {
    double score;
    Xapian::docid docid;
    std::uint32_t length;  ///< of the id
    std::size_t at;        ///< of the id in ids_
  };

  void add(Xapian::docid docid, double score, std::string_view id) {
    items.push_back({score, docid, static_cast<std::uint32_t>(id.size()), ids_.size()});
    ids_ += id;
  }
  std::string_view id(const Item& item) const { return std::string_view(ids_).substr(item.at, item.length); }

  std::vector<Item> items;

 private:
  std::string ids_;
};

/// A page: Xapian keeps the best in a heap. Without ids: it is read before the first hit is visited.
Order best(Xapian::Enquire& enquire, Xapian::doccount first, Xapian::doccount most) {
  Order out;
  const Xapian::MSet found = enquire.get_mset(first, most);
  for (auto i = found.begin(); i != found.end(); ++i) out.add(*i, i.get_weight(), {});
  return out;
}

class Collector : public Xapian::MatchSpy {
 public:
  explicit Collector(std::function<void(const Xapian::Document&, double)> take) : take_(std::move(take)) {}
  void operator()(const Xapian::Document& d, double weight) override { take_(d, weight); }

 private:
  std::function<void(const Xapian::Document&, double)> take_;
};

/// All: each is met once and noted, then they are sorted. Xapian's own list of them takes four times the memory.
Order all_by_weight(Xapian::Enquire& enquire, const Xapian::Database& db) {
  Order out;
  Collector collector([&](const Xapian::Document& d, double weight) {
    out.add(d.get_docid(), weight, d.get_value(slot::kSortId));
  });
  enquire.add_matchspy(&collector);
  enquire.get_mset(0, 1, db.get_doccount());
  std::sort(out.items.begin(), out.items.end(), [&](const Order::Item& a, const Order::Item& b) {
    return a.score != b.score ? a.score > b.score : out.id(a) < out.id(b);
  });
  return out;
}

Order all_by_key(Xapian::Enquire& enquire, const Xapian::Database& db, const SortKey& key) {
  Order out;
  std::string keys;
  struct Key {
    std::size_t at;
    std::uint32_t length, item;
  };
  std::vector<Key> order;
  Collector collector([&](const Xapian::Document& d, double) {
    const std::string k = key(d);
    order.push_back({keys.size(), static_cast<std::uint32_t>(k.size()), static_cast<std::uint32_t>(order.size())});
    keys += k;
    out.add(d.get_docid(), 0, d.get_value(slot::kSortId));
  });
  enquire.add_matchspy(&collector);
  enquire.get_mset(0, 1, db.get_doccount());
  const auto text = [&](const Key& k) { return std::string_view(keys).substr(k.at, k.length); };
  std::sort(order.begin(), order.end(), [&](const Key& a, const Key& b) { return text(a) < text(b); });
  std::vector<Order::Item> sorted;
  sorted.reserve(order.size());
  for (const Key& k : order) sorted.push_back(out.items[k.item]);
  out.items = std::move(sorted);
  return out;
}

Xapian::Query articles_called(const std::vector<std::string>& ids, Reader& reader) {
  std::vector<Xapian::docid> docids;
  for (const std::string& id : ids) {
    const std::string unique = term(prefix::kId, id);
    const auto found = reader.articles().postlist_begin(unique);
    if (found != reader.articles().postlist_end(unique)) docids.push_back(*found);
  }
  std::sort(docids.begin(), docids.end());
  return docid_query(std::move(docids));
}

void rerank_head(const Compiled& compiled, const Xapian::Database& db, Order& order) {
  const std::size_t depth = std::min<std::size_t>(order.items.size(), kRerankDepth);
  std::vector<Ranked> head;
  std::unordered_map<Xapian::docid, Order::Item> items;
  for (std::size_t i = 0; i < depth; ++i) {
    head.push_back({order.items[i].docid, order.items[i].score});
    items.emplace(order.items[i].docid, order.items[i]);
  }
  rerank_by_closeness(compiled, db, head);
  for (std::size_t i = 0; i < depth; ++i) {
    order.items[i] = items.at(head[i].docid);
    order.items[i].score = head[i].score;
  }
}

Hit hit_of(const Xapian::Document& d, const Compiled& compiled) {
  Hit hit;
  hit.data = unpack_hit(d.get_data());
  hit.versions = std::max<std::int64_t>(1, std::atoll(d.get_value(slot::kVersions).c_str()));
  hit.duplicates = d.get_value(slot::kDuplicate);
  if (const auto others = compiled.hidden.find(hit.duplicates); others != compiled.hidden.end())
    hit.hidden = others->second;
  return hit;
}

/// Reads hits one by one, also after a writer has overtaken the request.
class Hits {
 public:
  Hits(Reader& reader, const Compiled& compiled) : reader_(reader), compiled_(compiled) {}

  /// Nothing: the article is gone.
  Result<std::optional<Hit>> read(Xapian::docid docid, std::string_view id) {
    if (!overtaken_) {
      try {
        return hit_of(reader_.articles().get_document(docid, Xapian::DOC_ASSUME_VALID), compiled_);
      } catch (const Xapian::DatabaseModifiedError&) {
        overtaken_ = true;
      }
    }
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      try {
        Xapian::Database& db = reader_.articles();
        const std::string unique = term(prefix::kId, id);
        const auto found = db.postlist_begin(unique);
        if (found == db.postlist_end(unique)) return std::nullopt;
        return hit_of(db.get_document(*found), compiled_);
      } catch (const Xapian::DatabaseModifiedError&) {
        if (Status fresh = reader_.refresh(); !fresh) return fail(std::move(fresh));
      }
    }
    return fail(ErrorCode::locked, "the index was changed again and again while it was read", "try again");
  }

 private:
  static constexpr int kAttempts = 5;
  Reader& reader_;
  const Compiled& compiled_;
  bool overtaken_ = false;
};

}  // namespace

Xapian::Query only_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader) {
  return Xapian::Query(Xapian::Query::OP_FILTER, query, articles_called(ids, reader));
}

Xapian::Query without_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader) {
  return ids.empty() ? query : Xapian::Query(Xapian::Query::OP_AND_NOT, query, articles_called(ids, reader));
}

Status search(const Compiled& compiled, const SearchOptions& options, Reader& reader,
              const std::function<bool(const Hit&)>& visit) {
  if (compiled.query.empty()) return {};
  Xapian::Database& db = reader.articles();
  Xapian::Enquire enquire(db);
  enquire.set_query(compiled.query);
  SortKey key(options.sort, options.seed, options.match.guessed_dates);
  const bool by_relevance = options.sort == Sort::relevance;
  const std::int64_t all = db.get_doccount();
  const std::int64_t offset = std::min(options.offset, all);
  const std::int64_t wanted = std::min(options.limit == 0 ? all : options.limit, all - offset);
  const bool page = offset + wanted <= options.longest_page;
  if (by_relevance) {
    enquire.set_weighting_scheme(bm25());
    enquire.set_sort_by_relevance_then_value(slot::kSortId, false);
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (page) enquire.set_sort_by_key(&key, false);
  }
  // What is re-ranked is always the same head of the list, whichever page of it is shown.
  const bool rerank = by_relevance && offset < kRerankDepth;
  const std::int64_t first = page && !rerank ? offset : 0;
  Order order = page ? best(enquire, static_cast<Xapian::doccount>(first),
                            static_cast<Xapian::doccount>(std::min(
                                all, rerank ? std::max<std::int64_t>(kRerankDepth, offset + wanted) : wanted)))
                : by_relevance ? all_by_weight(enquire, db)
                               : all_by_key(enquire, db, key);
  if (rerank) rerank_head(compiled, db, order);
  const auto from = static_cast<std::size_t>(offset - first);
  const std::size_t to = std::min(order.items.size(), from + static_cast<std::size_t>(wanted));
  std::int64_t rank = offset;
  if (page) {
    std::vector<Hit> shown;
    for (std::size_t i = from; i < to; ++i)
      shown.push_back(hit_of(db.get_document(order.items[i].docid, Xapian::DOC_ASSUME_VALID), compiled));
    for (std::size_t i = 0; i < shown.size(); ++i) {
      shown[i].rank = ++rank;
      shown[i].score = order.items[from + i].score;
    }
    for (const Hit& hit : shown)
      if (!visit(hit)) break;
    return {};
  }
  Hits hits(reader, compiled);
  for (std::size_t i = from; i < to; ++i) {
    const Order::Item& item = order.items[i];
    Result<std::optional<Hit>> hit = hits.read(item.docid, order.id(item));
    if (!hit) return fail(std::move(hit));
    if (!hit->has_value()) continue;
    (*hit)->rank = ++rank;
    (*hit)->score = item.score;
    if (!visit(**hit)) break;
  }
  return {};
}

}  // namespace spalte::query
