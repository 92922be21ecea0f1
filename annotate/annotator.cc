// How do tagger, actors, quotes and topics work together on one article?
#include "annotate/annotator.h"

namespace spalte::annotate {

struct Models {};

Result<std::shared_ptr<const Models>> open_models(const ModelFiles& /*files*/) { return std::make_shared<const Models>(); }
std::string models_version(const Models& /*models*/) { return "0"; }

struct Annotator::Impl {};
Annotator::Annotator(std::shared_ptr<const Models> /*models*/) : impl_(std::make_unique<Impl>()) {}
Annotator::~Annotator() = default;
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;

void Annotator::annotate(const Article& /*article*/, const language::AnalysedText& /*text*/, language::Analyser& /*analyser*/, Annotation& out) { out = {}; }

}  // namespace spalte::annotate
