// How many tokens a second does the search for quotations take, names being given? One thread; files or folders of text
// as arguments, else the archive of the tests.
#include "annotate/annotator.h"
#include "annotate/quotes.h"
#include "language/analyser.h"
#include "schema/data_path.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace spalte::annotate {
namespace {

std::vector<std::string> texts(const std::filesystem::path& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    // Offsets and kinds of letters are all that counts here; what is no UTF-8 is left out.
    if (text.find("\xc3") != std::string::npos && text.find('\0') == std::string::npos) out.push_back(std::move(text));
  }
  return out;
}

/// Articles as the annotator has them before quotations are sought.
struct Prepared {
  Article article;
  language::AnalysedText text;
  Annotation annotation;
};

void find_quotes(benchmark::State& state, const std::filesystem::path& folder) {
  const std::string data = data_folder().value();
  language::Analyser analyser(language::Analyser::open_lexicon(data + "/norwegian.lex").value());
  Annotator annotator(open_models({data, {}, {}}).value());
  std::vector<Prepared> articles;
  std::size_t tokens = 0, quotations = 0;
  for (std::string& text : texts(folder)) {
    Prepared p;
    p.article.text = std::move(text);
    std::vector<language::ByteRange> ranges;
    for (std::size_t begin = 0; begin < p.article.text.size();) {
      const std::size_t end = std::min(p.article.text.find('\n', begin), p.article.text.size());
      const Paragraph paragraph{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                                ParagraphRole::body};
      p.article.paragraphs.push_back(paragraph);
      ranges.push_back({paragraph.begin, paragraph.end});
      begin = end + 1;
    }
    analyser.analyse(p.article.text, ranges, p.text);
    annotator.annotate(p.article, p.text, analyser, p.annotation);
    tokens += p.text.tokens.size();
    quotations += p.annotation.quotes.size();
    articles.push_back(std::move(p));
  }
  QuoteFinder finder;
  for (auto _ : state)
    for (Prepared& p : articles) finder.find(p.article, p.text, analyser, p.annotation);
  state.SetItemsProcessed(static_cast<std::int64_t>(tokens) * state.iterations());
  state.counters["tokens"] = static_cast<double>(tokens);
  state.counters["quotations"] = static_cast<double>(quotations);
}

}  // namespace
}  // namespace spalte::annotate

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const char* tests = std::getenv("SPALTE_TESTS");
  const std::filesystem::path folder =
      argc > 1 ? argv[1] : std::string(tests == nullptr ? "tests" : tests) + "/data/archive";
  if (!std::filesystem::is_directory(folder)) {
    std::cerr << "no folder " << folder << "; name one with texts\n";
    return 2;
  }
  benchmark::RegisterBenchmark("quotes", spalte::annotate::find_quotes, folder);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
