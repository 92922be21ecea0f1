// How are hits weighed and sorted?
#include "query/search.h"

#include "query/collation.h"
#include "query/docid_source.h"
#include "query/rerank.h"
#include "query/values.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

namespace spalte::query {
namespace {

/// Hits of a long list that are read at a time.
constexpr std::size_t kPiece = 256;

/// BM25 with k1 = 2, b = 0.7: tuned with the re-ranking (query/rerank.cc).
Xapian::BM25Weight bm25() { return {2, 0, 1, 0.7, 0.5}; }

/// Keys by which articles are sorted from small to large.
class SortKey : public Xapian::KeyMaker {
 public:
  SortKey(Sort sort, std::uint64_t seed, bool guessed)
      : slots{slot::kSortId, guessed ? slot::kPublishedAny : slot::kPublished, slot::kSource},
        sort_(sort),
        seed_(seed) {}

  std::string operator()(const Xapian::Document& d) const override {
    const std::string values[] = {d.get_value(slots[0]), d.get_value(slots[1]), d.get_value(slots[2])};
    return of(values);
  }
  /// From the values of `slots`.
  std::string of(const std::string* values) const {
    const std::string &id = values[0], &date = values[1];
    switch (sort_) {
      case Sort::date:
        return newest_first(date) + id;
      case Sort::date_oldest:
        return (date.empty() ? "9" : "0" + date) + '\0' + id;
      case Sort::source:
        return collation_of(values[2]) + '\0' + newest_first(date) + id;
      case Sort::random:
        return random_key(id);
      case Sort::relevance:
        break;
    }
    return id;
  }

  const std::vector<std::uint32_t> slots;

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
  /// Best first; ties by id.
  void sort() {
    std::sort(items.begin(), items.end(), [this](const Item& a, const Item& b) {
      return a.score != b.score ? a.score > b.score : id(a) < id(b);
    });
  }

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
  out.sort();
  return out;
}

Order all_by_key(const Xapian::Query& query, const SortKey& key, Reader& reader) {
  Order out;
  std::string keys;
  struct Key {
    std::size_t at;
    std::uint32_t length, item;
  };
  std::vector<Key> order;
  reader.archive().each_values(
      Part::articles, matching(query, reader), key.slots, [&](Xapian::docid d, const std::string* values) {
        const std::string k = key.of(values);
        order.push_back({keys.size(), static_cast<std::uint32_t>(k.size()), static_cast<std::uint32_t>(order.size())});
        keys += k;
        out.add(d, 0, values[0]);
      });
  const auto text = [&](const Key& k) { return std::string_view(keys).substr(k.at, k.length); };
  std::sort(order.begin(), order.end(), [&](const Key& a, const Key& b) { return text(a) < text(b); });
  std::vector<Order::Item> sorted;
  sorted.reserve(order.size());
  for (const Key& k : order) sorted.push_back(out.items[k.item]);
  out.items = std::move(sorted);
  return out;
}

/// The best `most`, over shards. Xapian adds a document's weights up in an order that depends on its shard, so weights that
/// are equal differ in their last bits: those count for nothing.
Order best_of_shards(Xapian::Enquire& enquire, Xapian::doccount most, Reader& reader) {
  constexpr double kBits = 1e9;
  const Xapian::MSet found = enquire.get_mset(0, most);
  std::vector<Xapian::docid> documents;
  std::vector<double> weights;
  for (auto i = found.begin(); i != found.end(); ++i) {
    documents.push_back(*i);
    weights.push_back(std::round(i.get_weight() * kBits) / kBits);
  }
  Order out;
  std::size_t at = 0;
  reader.archive().each_values(Part::articles, documents, {slot::kSortId}, [&](Xapian::docid d, const std::string* id) {
    out.add(d, weights[at++], *id);
  });
  out.sort();
  return out;
}

void rerank_head(const Compiled& compiled, Reader& reader, Order& order) {
  const std::size_t depth = std::min<std::size_t>(order.items.size(), kRerankDepth);
  std::vector<Ranked> head;
  std::unordered_map<Xapian::docid, Order::Item> items;
  for (std::size_t i = 0; i < depth; ++i) {
    head.push_back({order.items[i].docid, order.items[i].score});
    items.emplace(order.items[i].docid, order.items[i]);
  }
  rerank_by_closeness(compiled, reader, head);
  for (std::size_t i = 0; i < depth; ++i) {
    order.items[i] = items.at(head[i].docid);
    order.items[i].score = head[i].score;
  }
}

Hit hit_of(HitData data, const std::string& versions, const std::string& duplicates, const Compiled& compiled) {
  Hit hit;
  hit.data = std::move(data);
  hit.versions = std::max<std::int64_t>(1, std::atoll(versions.c_str()));
  hit.duplicates = duplicates;
  if (const auto others = compiled.hidden.find(hit.duplicates); others != compiled.hidden.end())
    hit.hidden = others->second;
  return hit;
}

std::vector<Hit> hits_of(const std::vector<Xapian::docid>& documents, const Compiled& compiled, Reader& reader) {
  std::vector<HitData> data = reader.archive().hits(documents);
  const std::vector<std::string> values =
      reader.archive().values(Part::articles, documents, {slot::kVersions, slot::kDuplicate});
  std::vector<Hit> out;
  for (std::size_t i = 0; i < documents.size(); ++i)
    out.push_back(hit_of(std::move(data[i]), values[2 * i], values[2 * i + 1], compiled));
  return out;
}

/// Reads hits in pieces, also after a writer has overtaken the request.
class Hits {
 public:
  Hits(Reader& reader, const Compiled& compiled) : reader_(reader), compiled_(compiled) {}

  /// Of some documents and their ids, in that order; nothing for an article that is gone.
  Result<std::vector<std::optional<Hit>>> read(const std::vector<Xapian::docid>& documents,
                                               const std::vector<std::string>& ids) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      try {
        if (!overtaken_) return present(hits_of(documents, compiled_, reader_));
        return by_ids(ids);
      } catch (const Xapian::DatabaseModifiedError&) {
        overtaken_ = true;
        if (Status fresh = reader_.refresh(); !fresh) return fail(std::move(fresh));
      } catch (DataUnreadable& unreadable) {
        return tl::unexpected<Error>(std::move(unreadable.error));
      }
    }
    return fail(ErrorCode::locked, "the index was changed again and again while it was read", "try again");
  }

 private:
  using Found = std::vector<std::optional<Hit>>;
  static Found present(std::vector<Hit> hits) {
    Found out;
    for (Hit& h : hits) out.emplace_back(std::move(h));
    return out;
  }
  Found by_ids(const std::vector<std::string>& ids) {
    std::vector<std::string> terms;
    for (const std::string& id : ids) terms.push_back(term(prefix::kId, id));
    const auto found = reader_.archive().postings(Part::articles, terms);
    std::vector<Xapian::docid> documents;
    for (const auto& list : found) documents.insert(documents.end(), list.begin(), list.begin() + (list.empty() ? 0 : 1));
    std::vector<Hit> hits = hits_of(documents, compiled_, reader_);
    Found out;
    std::size_t next = 0;
    for (const auto& list : found) out.push_back(list.empty() ? std::nullopt : std::optional(std::move(hits[next++])));
    return out;
  }

  static constexpr int kAttempts = 5;
  Reader& reader_;
  const Compiled& compiled_;
  bool overtaken_ = false;
};

}  // namespace

Xapian::Query only_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader) {
  return Xapian::Query(Xapian::Query::OP_FILTER, query, articles_query(ids, reader));
}

Xapian::Query without_articles(const Xapian::Query& query, const std::vector<std::string>& ids, Reader& reader) {
  return ids.empty() ? query : Xapian::Query(Xapian::Query::OP_AND_NOT, query, articles_query(ids, reader));
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
  const bool one_index = reader.archive().one_index();
  if (by_relevance) {
    enquire.set_weighting_scheme(bm25());
    enquire.set_sort_by_relevance_then_value(slot::kSortId, false);
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (page) enquire.set_sort_by_key(&key, false);
  }
  // What is re-ranked is always the same head of the list, whichever page of it is shown.
  const bool rerank = by_relevance && offset < kRerankDepth;
  const std::int64_t first = page && !rerank && one_index ? offset : 0;
  const auto most = static_cast<Xapian::doccount>(
      std::min(all, rerank ? std::max<std::int64_t>(kRerankDepth, offset + wanted) : offset + wanted - first));
  Order order = !by_relevance && !(page && one_index) ? all_by_key(compiled.query, key, reader)
                : !one_index                          ? best_of_shards(enquire, page ? most : db.get_doccount(), reader)
                : page ? best(enquire, static_cast<Xapian::doccount>(first), most)
                       : all_by_weight(enquire, db);
  if (rerank) rerank_head(compiled, reader, order);
  const auto from = static_cast<std::size_t>(offset - first);
  const std::size_t to = std::min(order.items.size(), from + static_cast<std::size_t>(wanted));
  std::int64_t rank = offset;
  if (page) {
    std::vector<Xapian::docid> documents;
    for (std::size_t i = from; i < to; ++i) documents.push_back(order.items[i].docid);
    std::vector<Hit> shown = hits_of(documents, compiled, reader);
    reader.output_begins();
    for (std::size_t i = 0; i < shown.size(); ++i) {
      shown[i].rank = ++rank;
      shown[i].score = order.items[from + i].score;
      if (!visit(shown[i])) break;
    }
    return {};
  }
  Hits hits(reader, compiled);
  reader.output_begins();
  for (std::size_t begin = from; begin < to; begin += kPiece) {
    std::vector<Xapian::docid> documents;
    std::vector<std::string> ids;
    for (std::size_t i = begin; i < std::min(to, begin + kPiece); ++i) {
      documents.push_back(order.items[i].docid);
      ids.emplace_back(order.id(order.items[i]));
    }
    Result<std::vector<std::optional<Hit>>> piece = hits.read(documents, ids);
    if (!piece) return fail(std::move(piece));
    for (std::size_t i = 0; i < piece->size(); ++i) {
      std::optional<Hit>& hit = (*piece)[i];
      if (!hit) continue;
      hit->rank = ++rank;
      hit->score = order.items[begin + i].score;
      if (!visit(*hit)) return {};
    }
  }
  return {};
}

}  // namespace spalte::query
