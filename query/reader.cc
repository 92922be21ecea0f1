// What is looked at before each request?
#include "query/reader.h"

#include "schema/data_path.h"
#include "schema/xapian_guard.h"

namespace spalte::query {

Result<Reader> Reader::open(const std::string& db) {
  Reader r;
  r.folder_.dir = db;
  if (Status there = require_index(r.folder_); !there) return fail(std::move(there));
  Result<std::string> data = data_folder();
  if (!data) return fail(std::move(data));
  auto lexicon = language::Analyser::open_lexicon(*data + "/norwegian.lex");
  if (!lexicon) return fail(std::move(lexicon));
  r.analyser_version_ = language::analyser_version(**lexicon);
  r.analyser_ = std::make_unique<language::Analyser>(std::move(*lexicon));
  Result<annotate::TopicTree> topics = annotate::open_topic_tree(*data + "/topics.toml", own_topics(r.folder_));
  if (!topics) return fail(std::move(topics));
  r.topics_ = std::make_unique<annotate::TopicTree>(std::move(*topics));
  Result<Catalogue> catalogue = Catalogue::open(r.folder_.catalogue(), Catalogue::Mode::read_only);
  if (!catalogue) return fail(std::move(catalogue));
  r.catalogue_ = std::make_unique<Catalogue>(std::move(*catalogue));
  if (Status fresh = r.refresh(); !fresh) return fail(std::move(fresh));
  return r;
}

Status Reader::refresh() {
  Result<std::string> current = current_index(folder_);
  if (!current) return fail(std::move(current));
  const std::string what = "the index at " + folder_.dir;
  if (*current == index_)
    return xapian_guard(what, [&] {
      articles_->reopen();
      quotes_->reopen();
    });
  const auto open = [&] {
    articles_.emplace(articles_path(*current));
    quotes_.emplace(quotes_path(*current));
  };
  const Status opened = xapian_guard(what, [&] {
    for (int attempt = 1; attempt < kRetries; ++attempt) {
      try {
        return open();
      } catch (const Xapian::DatabaseModifiedError&) {
        // A writer was quicker.
      }
    }
    open();
  });
  if (!opened) return opened;
  index_ = *current;
  return check_stamp(*articles_, *catalogue_, analyser_version_);
}

Error Reader::current_error() { return error_from_exception("the index"); }

}  // namespace spalte::query
