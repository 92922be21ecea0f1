// Is there a text that analyser, tagger, quotes, topics or the documents made of them do not survive, or of which they
// tell what cannot be?
#include "indexer/document.h"
#include "indexer/duplicates.h"
#include "indexer/sources/source.h"
#include "indexer/toolbox.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace spalte;
using namespace spalte::indexer;

const Resources& resources() {
  static const Resources opened = [] {
    Result<Resources> r = open_resources();
    if (!r) std::abort();
    return std::move(*r);
  }();
  return opened;
}

void require(bool holds) {
  if (!holds) std::abort();
}

class Sink : public ArticleSink {
 public:
  bool article(Article&& a) override {
    static Toolbox box(resources(), annotate::TopicsWanted::all);
    static KeyCounter keys;
    box.work_on(a, true);
    const Annotation& found = box.annotation();
    const std::size_t size = a.text.size();
    for (const auto* mentions : {&found.mentions, &found.derived})
      for (const Mention& m : *mentions) {
        require(m.begin < m.end && m.end <= size);
        require(m.actor == kNoActor || m.actor < found.actors.size());
      }
    for (const Quote& q : found.quotes) {
      require(q.begin <= q.text_begin && q.text_begin < q.text_end && q.text_end <= size && q.end <= size);
      require(q.actor == kNoActor || q.actor < found.actors.size());
    }
    for (const ArticleActor& actor : found.actors) require(!actor.name.empty());
    const DocumentInput input{a, found, box.text(), 1, 1, "2026-11-24T12:00:00"};
    const Xapian::Document document = article_document(input, box.analyser(), keys);
    constexpr std::size_t kLongestTerm = 245;
    for (auto t = document.termlist_begin(); t != document.termlist_end(); ++t) require((*t).size() <= kLongestTerm);
    quote_documents(input, box.analyser(), keys);
    make_sketch(a, box.text(), box.analyser());
    box.record(std::move(a));
    return true;
  }
  void warn(std::string) override {}
  void failed(std::string_view, std::string) override {}
  void skipped(std::string) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceFile file{"/dev/null/arkiv/fil.txt", "fil.txt", "arkiv", 1300000000};
  MemoryStream stream(std::string_view(reinterpret_cast<const char*>(data), size));
  InputBytes input(stream);
  Sink sink;
  (void)read_source({file, input, sink});
  return 0;
}
