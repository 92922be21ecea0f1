// Is there a file that a reader does not survive, or of which it makes an article that is none? SPALTE_READER names the
// one reader; without it, each gets every input, as files have wrong names, too.
#include "indexer/sources/source.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace spalte;
using namespace spalte::indexer;

class Sink : public ArticleSink {
 public:
  bool article(Article&& a) override {
    if (a.id.empty() || (a.paragraphs.empty() && !a.withdrawn)) std::abort();
    std::uint32_t at = 0;
    for (const Paragraph& p : a.paragraphs) {
      if (p.begin < at || p.end <= p.begin || p.end >= a.text.size()) std::abort();
      at = p.end;
    }
    return true;
  }
  void warn(std::string) override {}
  void failed(std::string_view, std::string reason) override {
    if (reason.empty()) std::abort();
  }
  void skipped(std::string kind) override {
    if (kind.empty()) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const SourceFile file{"/dev/null/arkiv/fil", "fil", "arkiv", 1300000000};
  for (const ArticleSource& source : sources()) {
#ifdef SPALTE_READER
    if (source.name != SPALTE_READER) continue;
#endif
    MemoryStream stream(bytes);
    InputBytes input(stream);
    Sink sink;
    if (const Status read = source.read({file, input, sink}); !read && read.error().message.empty()) std::abort();
  }
  return 0;
}
