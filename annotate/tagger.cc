// How do the model's types become kinds of actors?
#include "annotate/tagger.h"

#include "annotate/sequence_tagger.h"

#include <array>
#include <string_view>
#include <utility>

namespace spalte::annotate {
namespace {

struct TypeRow {
  std::string_view name;
  ActorKind kind;
  bool derived;
};

/// NorNE's types as the model knows them; a derived name's own kind is found later.
constexpr std::array<TypeRow, 5> kTypes = {{{"PER", ActorKind::person, false},
                                            {"ORG", ActorKind::org, false},
                                            {"GPE", ActorKind::gpe, false},
                                            {"LOC", ActorKind::loc, false},
                                            {"DRV", ActorKind::gpe, true}}};

}  // namespace

struct Tagger::Impl {
  explicit Impl(std::shared_ptr<const TaggerModel> model) : sequence(model) {
    for (const std::string& name : model->labels().types()) {
      const TypeRow* known = nullptr;
      for (const TypeRow& row : kTypes) {
        if (row.name == name) known = &row;
      }
      types.push_back(known);
    }
  }

  SequenceTagger sequence;
  std::vector<const TypeRow*> types;  ///< null: a type of an experiment that is no actor
  std::vector<LabelledSpan> spans;
};

Tagger::Tagger(std::shared_ptr<const TaggerModel> model) : impl_(std::make_unique<Impl>(std::move(model))) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;

void Tagger::tag(std::string_view /*text*/, const language::AnalysedText& analysed, const language::Analyser& analyser,
                 std::vector<NameSpan>& out) {
  out.clear();
  impl_->sequence.find(analysed, analyser, impl_->spans);
  for (const LabelledSpan& span : impl_->spans) {
    if (const TypeRow* row = impl_->types[span.type]) out.push_back({span.first, span.last, row->kind, row->derived});
  }
}

}  // namespace spalte::annotate
