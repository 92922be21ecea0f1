// Who speaks, who is named, what is an article about? The façade of this folder.
#pragma once

#include "annotate/topics.h"
#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"
#include "schema/result.h"

#include <memory>
#include <string>

namespace spalte::annotate {

struct Models;  ///< the tagger's model, the topics file and the classifier: opened once, shared by all threads,
                ///< immutable

/// What may be replaced for an experiment or by the user; empty: the project's own from `data_folder`.
struct ModelFiles {
  std::string data_folder;  ///< share/spalte
  std::string actors;       ///< `annotate --model FILE`
  std::string topics;       ///< a user's own topics file of the same form, added to ours
};

Result<std::shared_ptr<const Models>> open_models(const ModelFiles& files);
/// Names and versions of all models, for `status`, provenance and the catalogue: articles annotated by others are
/// redone.
std::string models_version(const Models& models);

/// Annotates one article after another. One object a thread; it keeps what it computed per word type beside the
/// analyser's table and drops it when the analyser's generation changes.
class Annotator {
 public:
  explicit Annotator(std::shared_ptr<const Models> models, TopicsWanted topics = TopicsWanted::assigned);
  ~Annotator();
  Annotator(Annotator&&) noexcept;
  Annotator& operator=(Annotator&&) noexcept;

  /// `text` must be `analyser`'s own result for `article`. `out` is overwritten.
  void annotate(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                Annotation& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::annotate
