// How is a document named in a query that travels?
#include "query/docid_source.h"

#include "query/shard.h"
#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace spalte::query {

using Xapian::Query;

namespace {

constexpr std::size_t kBytes = sizeof(Xapian::docid);

void put(std::string& out, std::uint32_t n) { out.append(reinterpret_cast<const char*>(&n), kBytes); }

/// Does no query travel but in our own calls?
bool all_here(Reader& reader) {
  const auto& shards = reader.archive().shards();
  return std::all_of(shards.begin(), shards.end(), [](const auto& s) { return s->local() != nullptr; });
}

}  // namespace

void ShardDocids::init(const Xapian::Database& db) {
  const auto found = lists_->find(db.get_uuid());
  here_.emplace(found == lists_->end() ? std::vector<Xapian::docid>() : found->second);
  here_->init(db);
}

std::string ShardDocids::serialise() const {
  std::string out;
  for (const auto& [uuid, docids] : *lists_) {
    put(out, static_cast<std::uint32_t>(uuid.size()));
    out += uuid;
    put(out, static_cast<std::uint32_t>(docids.size()));
    out.append(reinterpret_cast<const char*>(docids.data()), docids.size() * kBytes);
  }
  return out;
}

ShardDocids* ShardDocids::unserialise(const std::string& bytes) const {
  std::string_view rest = bytes;
  const auto take = [&](std::size_t size) {
    if (size > rest.size()) throw Xapian::SerialisationError("a list of documents is cut off");
    const std::string_view out = rest.substr(0, size);
    rest.remove_prefix(size);
    return out;
  };
  const auto number = [&] {
    std::uint32_t n = 0;
    take(kBytes).copy(reinterpret_cast<char*>(&n), kBytes);
    return n;
  };
  auto lists = std::make_shared<Lists>();
  while (!rest.empty()) {
    std::vector<Xapian::docid>& docids = (*lists)[std::string(take(number()))];
    const std::string_view list = take(std::size_t{number()} * kBytes);
    docids.resize(list.size() / kBytes);
    list.copy(reinterpret_cast<char*>(docids.data()), list.size());
    if (std::adjacent_find(docids.begin(), docids.end(), std::greater_equal<>()) != docids.end() ||
        (!docids.empty() && docids.front() == 0))
      throw Xapian::SerialisationError("a list of documents is out of order");
  }
  return new ShardDocids(std::move(lists));
}

const Xapian::Registry& shard_sources() {
  static const Xapian::Registry known = [] {
    Xapian::Registry r;
    r.register_posting_source(ShardDocids(nullptr));
    return r;
  }();
  return known;
}

Query docid_query(std::vector<Xapian::docid> sorted, Part part, Reader& reader) {
  if (sorted.empty()) return Query();
  if (reader.archive().one_index()) return Query((new DocidSource(std::move(sorted)))->release());
  if (all_here(reader)) {
    const auto& shards = reader.archive().shards();
    auto lists = std::make_shared<ShardDocids::Lists>();
    std::vector<std::vector<Xapian::docid>*> of_shard;
    for (const auto& s : shards) of_shard.push_back(&(*lists)[s->database(part).get_uuid()]);
    // As Xapian numbers the documents of several databases.
    const auto n = static_cast<Xapian::docid>(shards.size());
    for (const Xapian::docid d : sorted) of_shard[(d - 1) % n]->push_back((d - 1) / n + 1);
    return Query((new ShardDocids(std::move(lists)))->release());
  }
  std::vector<Query> each;
  each.reserve(sorted.size());
  if (part == Part::articles) {
    reader.archive().each_values(part, sorted, {slot::kSortId}, [&](Xapian::docid, const std::string* id) {
      each.emplace_back(term(prefix::kId, *id));
    });
  } else {
    for (const std::string& packed : reader.archive().data(part, sorted)) {
      const auto [id, number] = unpack_quotation(packed);
      each.emplace_back(Query::OP_AND, Query(term(prefix::kArticle, id)),
                        Query(term(prefix::kQuoteNumber, std::to_string(number))));
    }
  }
  return Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, each.begin(), each.end()), 0);
}

Query any_document_of(const std::vector<std::string>& terms, Part part, Reader& reader) {
  if (terms.empty()) return Query();
  if (!all_here(reader))
    return Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, terms.begin(), terms.end()), 0);
  std::vector<Xapian::docid> all;
  for (const std::vector<Xapian::docid>& list : reader.archive().postings(part, terms))
    all.insert(all.end(), list.begin(), list.end());
  std::sort(all.begin(), all.end());
  return docid_query(std::move(all), part, reader);
}

Query articles_query(const std::vector<std::string>& ids, Reader& reader) {
  std::vector<std::string> terms;
  for (const std::string& id : ids) terms.push_back(term(prefix::kId, id));
  return any_document_of(terms, Part::articles, reader);
}

}  // namespace spalte::query
