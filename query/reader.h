// How is an archive opened for answering, and kept fresh while it is written?
#pragma once

#include "annotate/topics.h"
#include "language/analyser.h"
#include "schema/catalogue.h"
#include "schema/command.h"
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
  /// The one at `context.db`; what it is goes into the context's provenance, which must outlive the reader.
  static Result<Reader> open(Context& context);

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
      } catch (DataUnreadable& unreadable) {
        return tl::unexpected<Error>(std::move(unreadable.error));
      } catch (...) {
        return tl::unexpected<Error>(current_error());
      }
    }
  }

  /// The same for a request that has gone so far that it cannot run again: looks at the newest state from here on.
  Status refresh();

  Xapian::Database& articles() { return *articles_; }
  Xapian::Database& quotes() { return *quotes_; }
  Catalogue& catalogue() { return *catalogue_; }
  language::Analyser& analyser() { return *analyser_; }
  /// Read when they are first asked for (some ms): inside request, which reports a failure.
  const annotate::TopicTree& topics();
  const IndexFolder& folder() const { return folder_; }

 private:
  static constexpr int kRetries = 3;
  struct DataUnreadable {
    Error error;
  };
  static Error current_error();

  IndexFolder folder_;
  std::string index_;  ///< folder of the index that is open
  std::optional<Xapian::Database> articles_, quotes_;
  std::unique_ptr<Catalogue> catalogue_;
  std::unique_ptr<language::Analyser> analyser_;
  std::unique_ptr<annotate::TopicTree> topics_;
  std::string analyser_version_;
  std::string data_;  ///< folder of the program's own data
  Provenance* provenance_ = nullptr;
};

}  // namespace spalte::query
