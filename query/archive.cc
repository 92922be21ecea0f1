// How is a list of documents shared out among shards, and what happens when one is lost?
#include "query/archive.h"

#include "query/archive_ask.h"
#include "schema/slots.h"

#include <algorithm>
#include <future>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// Documents whose values are held at the same time.
constexpr std::size_t kPiece = 8192;

}  // namespace

Archive::Archive() = default;
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;

Result<Archive> Archive::open(std::vector<ShardPlace> places, const ShardProgram& program, bool require_all) {
  Archive a;
  a.places_ = std::move(places);
  a.program_ = program;
  a.require_all_ = require_all;
  std::vector<std::future<Result<std::unique_ptr<Shard>>>> begun;
  for (const ShardPlace& p : a.places_)  // those elsewhere are called at the same time
    begun.push_back(std::async(p.local() ? std::launch::deferred : std::launch::async,
                               [&] { return Shard::begin(p, program); }));
  std::optional<Error> first;
  std::map<std::string, std::string> archives;
  for (std::size_t i = 0; i < a.places_.size(); ++i) {
    Result<std::unique_ptr<Shard>> shard = begun[i].get();
    Status open = shard ? (*shard)->finish() : Status(fail(std::move(shard)));
    if (!open) {
      if (a.one_index()) return fail(std::move(open));
      a.miss(a.places_[i], open.error().message);
      if (!first) first = std::move(open.error());
      continue;
    }
    const std::string& name = a.places_[i].name;
    if (const auto [there, fresh] = archives.emplace((*shard)->uuid(), name); !fresh)
      return fail(ErrorCode::usage, fmt::format("the shards {} and {} are the same archive", there->second, name),
                  "each article would count twice: leave one of them out of the cluster file");
    a.shards_.push_back(std::move(*shard));
  }
  if (a.shards_.empty() || (require_all && first)) {
    first->message = fmt::format("shard {} ({}) is missing: {}", a.missing_.front().name, a.missing_.front().at,
                                 first->message);
    if (first->code == ErrorCode::failed) first->code = ErrorCode::index_missing;
    return tl::unexpected<Error>(std::move(*first));
  }
  a.join();
  return a;
}

void Archive::join() {
  if (shards_.size() == 1) {
    articles_ = shards_[0]->database(Part::articles);
    quotes_ = shards_[0]->database(Part::quotes);
    return;
  }
  articles_ = Xapian::Database();
  quotes_ = Xapian::Database();
  for (const std::unique_ptr<Shard>& s : shards_) {
    articles_.add_database(s->database(Part::articles));
    quotes_.add_database(s->database(Part::quotes));
  }
}

void Archive::miss(const ShardPlace& place, std::string why) {
  missing_.push_back({place.name, place.at(), std::move(why)});
}

Status Archive::refresh() {
  for (const std::unique_ptr<Shard>& s : shards_) s->ask<&ShardData::refresh>({});
  Status status;
  for (const std::unique_ptr<Shard>& s : shards_)
    if (Status fresh = s->finish_refresh(); !fresh && status) status = std::move(fresh);
  if (status) join();
  return status;
}

void Archive::begin_request() { failures_.clear(); }

Result<bool> Archive::recover(const std::string& context) {
  if (one_index()) return false;
  for (const std::unique_ptr<Shard>& s : shards_)
    if (s->lost().empty() && !context.empty() && s->is_meant_by(context)) s->lose(context);
  // "Connection closed unexpectedly" names none: opening all of them again tells which it is.
  if (!any_line_lost() && (context.empty() || ++failures_[""] > 2)) return false;
  // Xapian may have asked the others something whose answer nobody has read: their lines are opened anew, too.
  std::vector<std::unique_ptr<Shard>> kept;
  std::optional<Error> wrong;
  for (std::unique_ptr<Shard>& s : shards_) {
    const ShardPlace place = s->place();
    const std::string lost = s->lost();
    if (place.local()) {
      kept.push_back(std::move(s));
      continue;
    }
    s.reset();
    if (!lost.empty() && ++failures_[place.name] > 1) {
      miss(place, lost);
      continue;
    }
    Result<std::unique_ptr<Shard>> again = Shard::begin(place, program_);
    Status open = again ? (*again)->finish() : Status(fail(std::move(again)));
    if (open) {
      kept.push_back(std::move(*again));
    } else {
      miss(place, lost.empty() ? open.error().message : lost);
    }
  }
  shards_ = std::move(kept);
  if (shards_.empty() || (require_all_ && !missing_.empty()))
    return fail(ErrorCode::index_missing,
                fmt::format("shard {} ({}) is missing: {}", missing_.back().name, missing_.back().at, missing_.back().why),
                "see to it that it is served");
  join();
  return true;
}

bool Archive::any_line_lost() const {
  return std::any_of(shards_.begin(), shards_.end(), [](const auto& s) { return !s->lost().empty(); });
}

std::int64_t Archive::global_row(std::size_t shard, std::int64_t row) const {
  return row * static_cast<std::int64_t>(places_.size()) + static_cast<std::int64_t>(place_of(*shards_[shard]));
}

std::size_t Archive::place_of(const Shard& shard) const {
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (places_[i].name == shard.place().name) return i;
  return 0;
}

std::vector<Archive::Share> Archive::shares(const Documents& documents) const {
  const std::size_t n = shards_.size();
  std::vector<Share> out(n);
  std::vector<std::size_t> order(documents.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (!std::is_sorted(documents.begin(), documents.end()))
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return documents[a] < documents[b]; });
  for (std::size_t i : order) {
    Share& share = out[(documents[i] - 1) % n];
    share.documents.push_back(static_cast<Xapian::docid>((documents[i] - 1) / n + 1));
    share.places.push_back(i);
  }
  return out;
}

void Archive::each_piece(const Documents& documents, const std::function<void(const Documents&)>& visit) {
  for (std::size_t from = 0; from < documents.size(); from += kPiece)
    visit(Documents(documents.begin() + static_cast<std::ptrdiff_t>(from),
                    documents.begin() + static_cast<std::ptrdiff_t>(std::min(from + kPiece, documents.size()))));
}

std::vector<Archive::Documents> Archive::postings(Part part, const std::vector<std::string>& terms) {
  auto found = ask_all<&ShardData::postings>(part, terms);
  if (!found) throw DataUnreadable{std::move(found.error())};
  const auto n = static_cast<Xapian::docid>(shards_.size());
  std::vector<Documents> out(terms.size());
  for (Xapian::docid s = 0; s < n; ++s)
    for (std::size_t t = 0; t < terms.size(); ++t)
      for (Xapian::docid d : (*found)[s][t]) out[t].push_back((d - 1) * n + s + 1);
  if (n > 1)
    for (Documents& list : out) std::sort(list.begin(), list.end());
  return out;
}

std::vector<std::string> Archive::values(Part part, const Documents& documents,
                                         const std::vector<std::uint32_t>& slots) {
  std::vector<std::string> out(documents.size() * slots.size());
  const std::vector<Share> all = shares(documents);
  ask_shares<&ShardData::values>(
      all, [&](const Documents& own) { return ArgumentsOf<&ShardData::values>(part, own, slots); },
      [&](std::size_t shard, std::vector<std::string>& got) {
        for (std::size_t i = 0; i < all[shard].places.size(); ++i)
          for (std::size_t s = 0; s < slots.size(); ++s)
            out[all[shard].places[i] * slots.size() + s] = std::move(got.at(i * slots.size() + s));
      });
  return out;
}

void Archive::each_values(Part part, const Documents& documents, const std::vector<std::uint32_t>& slots,
                          const std::function<void(Xapian::docid, const std::string* values)>& visit) {
  each_piece(documents, [&](const Documents& piece) {
    const std::vector<std::string> got = values(part, piece, slots);
    for (std::size_t i = 0; i < piece.size(); ++i) visit(piece[i], got.data() + i * slots.size());
  });
}

std::vector<std::string> Archive::data(Part part, const Documents& documents) {
  std::vector<std::string> out(documents.size());
  const std::vector<Share> all = shares(documents);
  ask_shares<&ShardData::data>(
      all, [&](const Documents& own) { return ArgumentsOf<&ShardData::data>(part, own); },
      [&](std::size_t shard, std::vector<std::string>& got) {
        for (std::size_t i = 0; i < all[shard].places.size(); ++i) out[all[shard].places[i]] = std::move(got.at(i));
      });
  return out;
}

std::vector<HitData> Archive::hits(const Documents& documents) {
  std::vector<HitData> out;
  out.reserve(documents.size());
  const std::vector<std::string> packed = data(Part::articles, documents);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    out.push_back(unpack_hit(packed[i]));
    out.back().row = global_row((documents[i] - 1) % shards_.size(), out.back().row);
  }
  return out;
}

void Archive::each_hit(const Documents& documents, const std::function<void(const HitData&)>& visit) {
  each_piece(documents, [&](const Documents& piece) {
    for (const HitData& hit : hits(piece)) visit(hit);
  });
}

std::vector<std::int64_t> Archive::rows(const Documents& documents) {
  std::vector<std::int64_t> out;
  out.reserve(documents.size());
  each_values(Part::articles, documents, {slot::kRow}, [&](Xapian::docid d, const std::string* row) {
    out.push_back(global_row((d - 1) % shards_.size(), packed_row(*row)));
  });
  return out;
}

std::vector<std::vector<Place>> Archive::places(const Documents& documents, const std::vector<std::string>& keys) {
  std::vector<std::vector<Place>> out(documents.size());
  const std::vector<Share> all = shares(documents);
  ask_shares<&ShardData::places>(
      all, [&](const Documents& own) { return ArgumentsOf<&ShardData::places>(own, keys); },
      [&](std::size_t shard, auto& got) {
        for (std::size_t i = 0; i < all[shard].places.size(); ++i) out[all[shard].places[i]] = std::move(got.at(i));
      });
  return out;
}

std::unordered_map<std::string, std::int64_t> Archive::word_counts(const Documents& documents) {
  std::unordered_map<std::string, std::int64_t> out;
  ask_shares<&ShardData::word_counts>(
      shares(documents), [&](const Documents& own) { return ArgumentsOf<&ShardData::word_counts>(own); },
      [&](std::size_t, auto& got) {
        for (const auto& [word, n] : got) out[word] += n;
      });
  return out;
}

Archive::Documents Archive::passing(const TextCheck& check, Part part, const Documents& documents) {
  Documents out;
  const auto n = static_cast<Xapian::docid>(shards_.size());
  ask_shares<&ShardData::passing>(
      shares(documents), [&](const Documents& own) { return ArgumentsOf<&ShardData::passing>(check, part, own); },
      [&](std::size_t shard, Documents& got) {
        for (Xapian::docid d : got) out.push_back((d - 1) * n + static_cast<Xapian::docid>(shard) + 1);
      });
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace spalte::query
