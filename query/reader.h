// How is an archive opened for answering, and kept fresh while it is written?
#pragma once

#include "annotate/topics.h"
#include "language/analyser.h"
#include "schema/catalogue.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <xapian.h>

namespace spalte::query {

/// An open archive. One thread.
class Reader {
 public:
  static Result<Reader> open(const std::string& db);

  /// Runs one request against a snapshot: reopens before it, follows an index that has been switched, and runs it again
  /// (three times at most) when a writer has overtaken it. `f` must be repeatable; what it prints must wait until it
  /// returns. Xapian's errors become ours.
  template <typename F>
  auto request(F&& f) -> decltype(f()) {
    for (int attempt = 0;; ++attempt) {
      if (Status fresh = refresh(); !fresh) return fail(std::move(fresh));
      try {
        return f();
      } catch (const Xapian::DatabaseModifiedError&) {
        if (attempt >= kRetries)
          return fail(ErrorCode::locked, "the index was changed again and again while it was read", "try again");
      } catch (...) {
        return tl::unexpected<Error>(current_error());
      }
    }
  }

  Xapian::Database& articles() { return *articles_; }
  Xapian::Database& quotes() { return *quotes_; }
  Catalogue& catalogue() { return *catalogue_; }
  language::Analyser& analyser() { return *analyser_; }
  const annotate::TopicTree& topics() const { return *topics_; }
  const IndexFolder& folder() const { return folder_; }

 private:
  static constexpr int kRetries = 3;
  Status refresh();
  static Error current_error();

  IndexFolder folder_;
  std::string index_;  ///< folder of the index that is open
  std::optional<Xapian::Database> articles_, quotes_;
  std::unique_ptr<Catalogue> catalogue_;
  std::unique_ptr<language::Analyser> analyser_;
  std::unique_ptr<annotate::TopicTree> topics_;
  std::string analyser_version_;
};

}  // namespace spalte::query
