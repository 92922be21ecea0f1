// What does a thread need to turn a file into an article ready to be stored?
#pragma once

#include "annotate/annotator.h"
#include "indexer/runs.h"
#include "indexer/scan.h"
#include "language/analyser.h"
#include "schema/catalogue.h"
#include "schema/result.h"

#include <memory>
#include <string>
#include <vector>

namespace spalte::indexer {

/// The immutable things that all threads share, opened once.
struct Resources {
  std::shared_ptr<const language::Lexicon> lexicon;
  std::shared_ptr<const annotate::Models> models;
};
/// From the program's data folder. Errors: bad_data.
Result<Resources> open_resources(const annotate::ModelFiles& files = {});
/// The same with the archive's own topics, if it has any.
Result<Resources> open_resources_of(const std::string& db);

/// One thread's analyser, annotator and scratch memory.
class Toolbox {
 public:
  explicit Toolbox(const Resources& resources,
                   annotate::TopicsWanted topics = annotate::TopicsWanted::assigned);

  /// Cuts and annotates; sets article.lang where the source gave none. The results stay in `text()` and `annotation()`
  /// until the next call.
  void work_on(Article& article, bool annotate);
  /// The record of the article last worked on. Moves the article out.
  ArticleRecord record(Article&& article);

  language::Analyser& analyser() { return analyser_; }
  const language::AnalysedText& text() const { return text_; }
  const Annotation& annotation() const { return annotation_; }
  /// Uses a stored annotation instead of making one.
  void set_annotation(Annotation annotation) { annotation_ = std::move(annotation); }

 private:
  language::Analyser analyser_;
  annotate::Annotator annotator_;
  language::AnalysedText text_;
  std::vector<language::ByteRange> ranges_;
  Annotation annotation_;
};

/// SHA-256, 32 bytes.
std::string sha256(std::string_view bytes);
/// The same of what is left of a stream. Errors: the stream's.
Result<std::string> sha256(ByteStream& stream);

}  // namespace spalte::indexer
