// How is an archive opened for answering, and kept fresh while it is written?
#pragma once

#include "annotate/topics.h"
#include "language/analyser.h"
#include "query/archive.h"
#include "query/archive_catalogue.h"
#include "schema/command.h"
#include "schema/index_format.h"
#include "schema/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <xapian.h>

namespace spalte::query {

/// An open archive: one index, or the shards of a cluster. One thread.
class Reader {
 public:
  /// The one at `context.db`, or those of `context.cluster`; what it is, and which shards are missing, goes into the
  /// context, which must outlive the reader.
  static Result<Reader> open(Context& context);

  /// Runs one request against a snapshot: reopens before it, follows an index that has been switched, and runs it again
  /// (three times at most) when a writer has overtaken it, or without a shard whose line has failed. `f` must be
  /// repeatable; what it prints must wait until it returns, or until `output_begins`. Xapian's errors become ours.
  template <typename F>
  auto request(F&& f) -> decltype(f()) {
    begin_request();
    for (int attempt = 0;;) {
      Status status = refresh();
      std::string line;  // what Xapian says of one that has failed
      if (status) {
        try {
          auto answer = f();
          if (!archive_->any_line_lost()) return answer;
          if (answer) status = fail(ErrorCode::failed, "a shard was lost while it answered", "run the command again");
          else status = fail(std::move(answer));
        } catch (const Xapian::DatabaseModifiedError&) {
          if (++attempt > kRetries)
            return fail(ErrorCode::locked, "the index was changed again and again while it was read", "try again");
          continue;
        } catch (DataUnreadable& unreadable) {
          status = tl::unexpected<Error>(std::move(unreadable.error));
        } catch (...) {
          status = tl::unexpected<Error>(current_error(line));
        }
      }
      Result<bool> recovered = recover(line);
      if (!recovered) return fail(std::move(recovered));
      if (!*recovered || printing_) return fail(std::move(status));
    }
  }
  /// From here on the request prints, and cannot run again.
  void output_begins() { printing_ = true; }

  /// The same for a request that has gone so far that it cannot run again: looks at the newest state from here on.
  Status refresh();

  Archive& archive() { return *archive_; }
  Xapian::Database& articles() { return archive_->database(Part::articles); }
  Xapian::Database& quotes() { return archive_->database(Part::quotes); }
  ArchiveCatalogue& catalogue() { return *catalogue_; }
  language::Analyser& analyser() { return *analyser_; }
  /// Read when they are first asked for (some ms): inside request, which reports a failure.
  const annotate::TopicTree& topics();
  /// Where the user's decisions are written. Errors: usage, where the archive is a cluster.
  Result<std::string> writable_catalogue() const;

 private:
  static constexpr int kRetries = 3;
  static Error current_error(std::string& line);
  void begin_request();
  Result<bool> recover(const std::string& line);
  /// What the archive has become: for provenance, and for who prints.
  void tell_context();

  std::unique_ptr<Archive> archive_;
  std::unique_ptr<ArchiveCatalogue> catalogue_;
  std::shared_ptr<language::Analyser> analyser_;
  std::unique_ptr<annotate::TopicTree> topics_;
  std::string topics_file_;  ///< the user's own; empty: none
  std::string data_;         ///< folder of the program's own data
  bool printing_ = false;
  Context* context_ = nullptr;
};

}  // namespace spalte::query
