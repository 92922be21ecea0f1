// How are a shard's questions answered from its own folder?
#include "query/shard_data.h"

#include "query/docid_source.h"
#include "query/name_table.h"
#include "query/slot_stream.h"
#include "schema/date.h"
#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"
#include "schema/xapian_guard.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace spalte::query {
namespace {

constexpr int kAttempts = 3;

std::int64_t bytes_below(const std::string& folder) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file(error)) bytes += static_cast<std::int64_t>(entry.file_size(error));
  return bytes;
}

}  // namespace

Result<ShardData> ShardData::open(const std::string& folder, const ShardProgram& program) {
  ShardData s;
  s.folder_.dir = folder;
  s.program_ = program;
  if (Status there = require_index(s.folder_); !there) return fail(std::move(there));
  Result<Catalogue> catalogue = Catalogue::open(s.folder_.catalogue(), Catalogue::Mode::read_shown);
  if (!catalogue) return fail(std::move(catalogue));
  s.catalogue_ = std::make_unique<Catalogue>(std::move(*catalogue));
  if (Result<ShardState> fresh = s.refresh(); !fresh) return fail(std::move(fresh));
  return s;
}

Result<ShardState> ShardData::refresh() {
  Result<std::string> current = current_index(folder_);
  if (!current) return fail(std::move(current));
  const bool switched = *current != state_.index;
  const Status opened = xapian_guard("the index at " + folder_.dir, [&] {
    if (!switched) {
      articles_->reopen();
      quotes_->reopen();
    }
    for (int attempt = 1; switched && attempt <= kAttempts; ++attempt) {
      try {
        articles_.emplace(articles_path(*current));
        quotes_.emplace(quotes_path(*current));
        break;
      } catch (const Xapian::DatabaseModifiedError&) {  // a writer was quicker
        if (attempt == kAttempts) throw;
      }
    }
    state_.generation = index_generation(*articles_);
    state_.last_embargo = articles_->get_value_upper_bound(slot::kEmbargo);
    state_.superseded = articles_->term_exists(std::string(prefix::kSuperseded)) ||
                        articles_->get_value_freq(slot::kSupersededFrom) > 0;
    if (!switched) return;
    state_.index = *current;
    state_.uuid = articles_->get_metadata(state_key::kUuid);
    state_.analyser = articles_->get_metadata(state_key::kAnalyser);
    state_.format = articles_->get_metadata(state_key::kFormat);
  });
  if (!opened) return fail(opened);
  if (!switched) return state_;
  if (Status sound = check_stamp(*articles_, *catalogue_, program_.analyser_version); !sound) return fail(std::move(sound));
  Result<std::string> models = catalogue_->state(state_key::kModels);
  if (!models) return fail(std::move(models));
  state_.models = std::move(*models);
  return state_;
}

Result<StoredText> ShardData::text(std::int64_t row) {
  Article a;
  if (Status loaded = catalogue_->load_text(row, a); !loaded) return fail(std::move(loaded));
  return StoredText{std::move(a.text), std::move(a.paragraphs)};
}

Result<ShardUpkeep> ShardData::upkeep() {
  ShardUpkeep u;
  u.folder = folder_.dir;
  Result<std::int64_t> dirty = catalogue_->dirty_count();
  if (!dirty) return fail(std::move(dirty));
  u.waiting = *dirty;
  u.bytes = bytes_below(folder_.dir);
  Result<std::int64_t> held = catalogue_->held_count(local_now());
  if (!held) return fail(std::move(held));
  u.held = *held;
  Result<std::vector<RootRow>> roots = catalogue_->roots();
  if (!roots) return fail(std::move(roots));
  std::error_code error;
  std::map<std::int64_t, std::string> paths;
  for (const RootRow& r : *roots) {
    RootFiles of{r.path, 0, std::filesystem::exists(r.path, error)};
    paths[r.root] = r.path;
    if (!of.there)
      if (Status listed = catalogue_->each_file(r.root, [&](const FileRow&) { ++of.files; }); !listed)
        return fail(std::move(listed));
    u.roots.push_back(std::move(of));
  }
  Result<std::map<FileOutcome, std::int64_t>> files = catalogue_->file_outcomes();
  if (!files) return fail(std::move(files));
  u.files = std::move(*files);
  Result<std::vector<FileRow>> failed = catalogue_->failed_files();
  if (!failed) return fail(std::move(failed));
  for (const FileRow& f : *failed)
    u.failed.push_back({paths[f.root] + (f.path.empty() ? "" : "/") + f.path, f.reason});
  return u;
}

Result<std::string> ShardData::topics() {
  const std::string path = own_topics(folder_);
  if (path.empty()) return std::string();
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return fail(ErrorCode::index_damaged, path + " cannot be read", "check the rights on the index folder");
  return text.str();
}

Result<std::vector<std::vector<Xapian::docid>>> ShardData::postings(Part part, const std::vector<std::string>& terms) {
  Xapian::Database& db = database(part);
  std::vector<std::vector<Xapian::docid>> out;
  out.reserve(terms.size());
  for (const std::string& t : terms) out.emplace_back(db.postlist_begin(t), db.postlist_end(t));
  return out;
}

Result<std::vector<std::string>> ShardData::values(Part part, const std::vector<Xapian::docid>& documents,
                                                   const std::vector<std::uint32_t>& slots) {
  std::vector<std::string> out(documents.size() * slots.size());
  for (std::size_t s = 0; s < slots.size(); ++s) {
    SlotStream stream(database(part), slots[s]);
    for (std::size_t i = 0; i < documents.size(); ++i) out[i * slots.size() + s] = stream.value(documents[i]);
  }
  return out;
}

std::string ShardData::data_of(Part part, Xapian::docid document) {
  try {
    return database(part).get_document(document, Xapian::DOC_ASSUME_VALID).get_data();
  } catch (const Xapian::DocNotFoundError&) {
    return {};
  }
}

Result<std::vector<std::string>> ShardData::data(Part part, const std::vector<Xapian::docid>& documents) {
  std::vector<std::string> out;
  out.reserve(documents.size());
  for (Xapian::docid d : documents) out.push_back(data_of(part, d));
  return out;
}

Result<std::vector<std::vector<Place>>> ShardData::places(const std::vector<Xapian::docid>& documents,
                                                          const std::vector<std::string>& keys) {
  std::vector<std::uint32_t> hashes;
  for (const std::string& key : keys) hashes.push_back(position_key(key));
  PositionReader reader(std::move(hashes));
  SlotStream stream(*articles_, slot::kPositions);
  std::vector<std::vector<Place>> out;
  out.reserve(documents.size());
  for (Xapian::docid d : documents) out.push_back(reader.places(stream.value(d)));
  return out;
}

Result<std::unordered_map<std::string, std::int64_t>> ShardData::word_counts(
    const std::vector<Xapian::docid>& documents) {
  std::unordered_map<std::string, std::int64_t> out;
  for (Xapian::docid d : documents)
    for (auto t = articles_->termlist_begin(d); t != articles_->termlist_end(d); ++t) {
      std::string term = *t;
      // Terms with a prefix begin with a capital letter; digits say little.
      if ((term[0] >= 'A' && term[0] <= 'Z') || (term[0] >= '0' && term[0] <= '9')) continue;
      ++out[std::move(term)];
    }
  return out;
}

std::vector<Xapian::docid> ShardData::matching(const std::string& query) {
  class Numbers : public Xapian::MatchSpy {
   public:
    std::vector<Xapian::docid> all;
    void operator()(const Xapian::Document& d, double /*weight*/) override { all.push_back(d.get_docid()); }
  } numbers;
  Xapian::Enquire enquire(*articles_);
  enquire.set_query(Xapian::Query::unserialise(query, shard_sources()));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  enquire.add_matchspy(&numbers);
  enquire.get_mset(0, 0, articles_->get_doccount());
  return std::move(numbers.all);
}

std::vector<ValueTally> ShardData::tally_documents(const std::vector<Xapian::docid>& documents,
                                                   const std::vector<std::uint32_t>& slots,
                                                   const std::vector<std::uint32_t>& cuts) {
  std::vector<SlotStream> streams;
  for (std::uint32_t s : slots) streams.emplace_back(*articles_, s);
  // The values one after another, each with its length before it: any bytes may stand in them.
  std::unordered_map<std::string, std::int64_t> counts;
  std::string key;
  for (Xapian::docid d : documents) {
    key.clear();
    for (std::size_t s = 0; s < streams.size(); ++s) {
      const std::string_view value = std::string_view(streams[s].value(d)).substr(0, cuts.at(s));
      const auto length = static_cast<std::uint32_t>(value.size());
      key.append(reinterpret_cast<const char*>(&length), sizeof length).append(value);
    }
    ++counts[key];
  }
  std::vector<ValueTally> out;
  out.reserve(counts.size());
  for (const auto& [packed, n] : counts) {
    std::vector<std::string> values;
    for (std::size_t at = 0; at < packed.size();) {
      std::uint32_t length = 0;
      packed.copy(reinterpret_cast<char*>(&length), sizeof length, at);
      values.push_back(packed.substr(at + sizeof length, length));
      at += sizeof length + length;
    }
    out.emplace_back(std::move(values), n);
  }
  return out;
}

std::vector<NameTally> ShardData::tally_names_of(const std::vector<Xapian::docid>& documents) {
  NameTable out;
  SlotStream names(*articles_, slot::kNames);
  for (Xapian::docid d : documents) out.add(unpack_names(names.value(d)));
  return std::move(out).take();
}

std::map<std::uint32_t, std::int64_t> ShardData::tally_topics_of(const std::vector<Xapian::docid>& documents) {
  std::map<std::uint32_t, std::int64_t> out;
  SlotStream topics(*articles_, slot::kTopics);
  for (Xapian::docid d : documents)
    for (std::uint32_t code : unpack_topics(topics.value(d))) ++out[code];
  return out;
}

Result<bool> ShardData::text_of(Part part, Xapian::docid document, std::int64_t row, Article& into) {
  if (row == 0) return false;
  if (part == Part::articles) {
    if (Status loaded = catalogue_->load_text(row, into); !loaded) return fail(std::move(loaded));
    return true;
  }
  const std::string packed = data_of(part, document);
  if (packed.empty()) return false;
  const std::uint32_t number = unpack_quotation(packed).number;
  Article whole;
  if (Status loaded = catalogue_->load_text(row, whole); !loaded) return fail(std::move(loaded));
  Result<Annotation> n = catalogue_->annotation(row);
  if (!n) return fail(std::move(n));
  if (number >= n->quotes.size()) return false;
  const Quote& q = n->quotes[number];
  into.text = whole.text.substr(q.text_begin, q.text_end - q.text_begin);
  into.paragraphs = {{0, static_cast<std::uint32_t>(into.text.size()), ParagraphRole::body}};
  return true;
}

Result<std::vector<Xapian::docid>> ShardData::passing(const TextCheck& check, Part part,
                                                      const std::vector<Xapian::docid>& documents) {
  std::vector<Xapian::docid> placed;
  if (!check.placement.operands.empty()) {
    if (check.placement.window == 0)  // as no program asks, but the line may
      return fail(ErrorCode::usage, "words are asked for within no words", "ask for at least one");
    PlaceMatch match(check.placement);
    SlotStream stream(database(part), slot::kPositions);
    for (Xapian::docid d : documents)
      if (match.in(stream.value(d))) placed.push_back(d);
    if (check.kind == TextCheck::Kind::places) return placed;
  }
  Result<std::function<bool(const Article&)>> passes = text_test(check, *program_.analyser);
  if (!passes) return fail(std::move(passes));
  std::vector<Xapian::docid> out;
  Article a;
  SlotStream rows(database(part), slot::kRow);
  for (Xapian::docid d : check.placement.operands.empty() ? documents : placed) {
    Result<bool> there = text_of(part, d, packed_row(rows.value(d)), a);
    if (!there) return fail(std::move(there));
    if (*there && (*passes)(a)) out.push_back(d);
  }
  return out;
}

}  // namespace spalte::query
