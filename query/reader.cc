// What is looked at before each request, and what after one that failed?
#include "query/reader.h"

#include "query/shard.h"
#include "schema/data_path.h"
#include "schema/xapian_guard.h"
#include "shards/cluster_file.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace spalte::query {

Result<Reader> Reader::open(Context& context) {
  Reader r;
  std::vector<ShardPlace> places(1);
  places[0].folder = context.db;
  if (!context.cluster.empty()) {
    Result<Cluster> cluster = read_cluster(context.cluster);
    if (!cluster) return fail(std::move(cluster));
    places = std::move(cluster->shards);
    r.topics_file_ = std::move(cluster->topics);
  }
  for (const ShardPlace& p : places)
    if (r.topics_file_.empty() && p.local()) r.topics_file_ = own_topics({p.folder});
  if (places.size() == 1 && places[0].local())
    if (Status there = require_index({places[0].folder}); !there) return fail(std::move(there));
  Result<std::string> data = data_folder();
  if (!data) return fail(std::move(data));
  r.data_ = std::move(*data);
  auto lexicon = language::Analyser::open_lexicon(r.data_ + "/norwegian.lex");
  if (!lexicon) return fail(std::move(lexicon));
  const std::string version = language::analyser_version(**lexicon);
  r.analyser_ = std::make_shared<language::Analyser>(std::move(*lexicon));
  Result<Archive> archive = Archive::open(std::move(places), {r.analyser_, version}, context.require_all);
  if (!archive) return fail(std::move(archive));
  r.archive_ = std::make_unique<Archive>(std::move(*archive));
  r.catalogue_ = std::make_unique<ArchiveCatalogue>(*r.archive_);
  r.context_ = &context;
  context.provenance.folder = std::filesystem::absolute(context.cluster.empty() ? context.db : context.cluster)
                                  .lexically_normal()
                                  .string();
  context.provenance.analyser = version;
  r.tell_context();
  return r;
}

Status Reader::refresh() {
  Status fresh = archive_->refresh();
  if (fresh) tell_context();
  return fresh;
}

void Reader::tell_context() {
  Provenance& p = context_->provenance;
  p.archive.clear();
  p.models.clear();
  p.revision = 0;
  for (const auto& s : archive_->shards()) {
    p.archive += (p.archive.empty() ? "" : "+") + s->uuid();
    if (p.models.find(s->models()) == std::string::npos) p.models += (p.models.empty() ? "" : "+") + s->models();
    p.revision += s->generation();
  }
  if (p.first_revision == 0) p.first_revision = p.revision;
  context_->missing_shards.clear();
  for (const Archive::Missing& m : archive_->missing()) context_->missing_shards.push_back({m.name, m.at, m.why});
}

void Reader::begin_request() {
  printing_ = false;
  archive_->begin_request();
}

Result<bool> Reader::recover(const std::string& line) {
  Result<bool> out = archive_->recover(line);
  tell_context();
  return out;
}

Result<std::string> Reader::writable_catalogue() const {
  if (context_->cluster.empty()) return IndexFolder{context_->db}.catalogue();
  return fail(ErrorCode::usage, "a cluster is only read: this would change one of its shards",
              "run it where a shard lies, with --db; what one shard holds of decisions and saved queries counts for all");
}

const annotate::TopicTree& Reader::topics() {
  if (!topics_) {
    Result<annotate::TopicTree> read = annotate::open_topic_tree(data_ + "/topics.toml", topics_file_);
    if (!read) throw DataUnreadable{std::move(read.error())};
    topics_ = std::make_unique<annotate::TopicTree>(std::move(*read));
  }
  return *topics_;
}

Error Reader::current_error(std::string& line) {
  try {
    throw;
  } catch (const Xapian::NetworkError& e) {
    line = e.get_msg() + " " + e.get_context() + (e.get_error_string() ? std::string(" ") + e.get_error_string() : "");
    return error_from_exception("the line to a shard");
  } catch (const Xapian::DatabaseClosedError& e) {  // what was asked of a line after it had failed
    line = e.get_msg() + " " + e.get_context();
    return error_from_exception("the line to a shard");
  } catch (...) {
    return error_from_exception("the index");
  }
}

}  // namespace spalte::query
