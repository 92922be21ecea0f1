// How do tagger, actors, quotes and topics work together on one article?
#include "annotate/annotator.h"

#include "annotate/actors.h"
#include "annotate/given.h"
#include "annotate/overlooked.h"
#include "annotate/person_votes.h"
#include "annotate/quotes.h"
#include "annotate/tagger.h"
#include "annotate/tagger_model.h"

#include <utility>
#include <vector>

namespace spalte::annotate {

struct Models {
  std::shared_ptr<const TaggerModel> actors;
  std::shared_ptr<const TopicModel> topics;
};

Result<std::shared_ptr<const Models>> open_models(const ModelFiles& files) {
  auto models = std::make_shared<Models>();
  auto actors = open_tagger_model(files.actors.empty() ? files.data_folder + "/actors.model" : files.actors);
  if (!actors) return fail(std::move(actors));
  models->actors = std::move(*actors);
  auto topics = open_topic_model(files.data_folder, files.topics);
  if (!topics) return fail(std::move(topics));
  models->topics = std::move(*topics);
  return std::shared_ptr<const Models>(std::move(models));
}

std::string models_version(const Models& models) { return "actors " + models.actors->version(); }

struct Annotator::Impl {
  Impl(std::shared_ptr<const Models> shared, TopicsWanted wanted)
      : models(std::move(shared)), tagger(models->actors), topics(models->topics, wanted) {}

  std::shared_ptr<const Models> models;
  Tagger tagger;
  QuoteFinder quotes;
  TopicFinder topics;
  std::vector<NameSpan> names;
};

Annotator::Annotator(std::shared_ptr<const Models> models, TopicsWanted topics)
    : impl_(std::make_unique<Impl>(std::move(models), topics)) {}
Annotator::~Annotator() = default;
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;

void Annotator::annotate(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                         Annotation& out) {
  impl_->tagger.tag(article.text, text, analyser, impl_->names);
  turn_to_persons(text, analyser, impl_->names);
  add_overlooked(text, analyser, impl_->names);
  resolve_actors(article, text, analyser, impl_->models->actors->lexicon(), impl_->names, out);
  add_given(article.actors_given, out);
  impl_->quotes.find(article, text, analyser, out);
  impl_->topics.find(article, text, analyser, out.topics);
}

}  // namespace spalte::annotate
