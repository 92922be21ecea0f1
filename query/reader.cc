// What is looked at before each request?
#include "query/reader.h"

#include "schema/data_path.h"
#include "schema/xapian_guard.h"

#include <filesystem>
#include <utility>

namespace spalte::query {

Result<Reader> Reader::open(Context& context) {
  Reader r;
  r.folder_.dir = context.db;
  if (Status there = require_index(r.folder_); !there) return fail(std::move(there));
  Result<std::string> data = data_folder();
  if (!data) return fail(std::move(data));
  r.data_ = std::move(*data);
  auto lexicon = language::Analyser::open_lexicon(r.data_ + "/norwegian.lex");
  if (!lexicon) return fail(std::move(lexicon));
  r.analyser_version_ = language::analyser_version(**lexicon);
  r.analyser_ = std::make_unique<language::Analyser>(std::move(*lexicon));
  Result<Catalogue> catalogue = Catalogue::open(r.folder_.catalogue(), Catalogue::Mode::read_only);
  if (!catalogue) return fail(std::move(catalogue));
  r.catalogue_ = std::make_unique<Catalogue>(std::move(*catalogue));
  if (!context.provenance.file.empty()) {
    Provenance& p = context.provenance;
    p.folder = std::filesystem::absolute(r.folder_.dir).lexically_normal().string();
    p.analyser = r.analyser_version_;
    for (const auto& [key, into] : {std::pair{state_key::kUuid, &p.archive}, {state_key::kModels, &p.models}}) {
      Result<std::string> value = r.catalogue_->state(key);
      if (!value) return fail(std::move(value));
      *into = std::move(*value);
    }
    r.provenance_ = &p;
  }
  if (Status fresh = r.refresh(); !fresh) return fail(std::move(fresh));
  return r;
}

Status Reader::refresh() {
  Result<std::string> current = current_index(folder_);
  if (!current) return fail(std::move(current));
  const std::string what = "the index at " + folder_.dir;
  const bool switched = *current != index_;
  const auto open = [&] {
    articles_.emplace(articles_path(*current));
    quotes_.emplace(quotes_path(*current));
  };
  const Status opened = xapian_guard(what, [&] {
    if (!switched) {
      articles_->reopen();
      quotes_->reopen();
    }
    for (int attempt = 1; switched && attempt <= kRetries; ++attempt) {
      try {
        open();
        break;
      } catch (const Xapian::DatabaseModifiedError&) {  // a writer was quicker
        if (attempt == kRetries) throw;
      }
    }
    if (provenance_ != nullptr) {
      provenance_->revision = index_generation(*articles_);
      if (provenance_->first_revision == 0) provenance_->first_revision = provenance_->revision;
    }
  });
  if (!opened || !switched) return opened;
  index_ = *current;
  return check_stamp(*articles_, *catalogue_, analyser_version_);
}

const annotate::TopicTree& Reader::topics() {
  if (!topics_) {
    Result<annotate::TopicTree> read = annotate::open_topic_tree(data_ + "/topics.toml", own_topics(folder_));
    if (!read) throw DataUnreadable{std::move(read.error())};
    topics_ = std::make_unique<annotate::TopicTree>(std::move(*read));
  }
  return *topics_;
}

Error Reader::current_error() { return error_from_exception("the index"); }

}  // namespace spalte::query
