// How many tokens a second do tagging (from raw text, beside the analyser alone), quotations (names being given) and
// topics take, and what do topics add to tagging? One thread; a folder of texts as argument, else the archive of the
// tests.
#include "annotate/annotator.h"
#include "annotate/quotes.h"
#include "annotate/tagger.h"
#include "annotate/tagger_model.h"
#include "annotate/topics.h"
#include "language/analyser.h"
#include "schema/data_path.h"

#include <cstdlib>
#include <ctime>
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
  std::vector<language::ByteRange> ranges;
  language::AnalysedText text;
  Annotation annotation;
};

struct Corpus {
  std::string data = data_folder().value();
  language::Analyser analyser{language::Analyser::open_lexicon(data + "/norwegian.lex").value()};
  std::vector<Prepared> articles;
  std::size_t tokens = 0, quotations = 0;
};

Corpus prepare(const std::filesystem::path& folder) {
  Corpus c;
  Annotator annotator(open_models({c.data, {}, {}}).value());
  for (std::string& text : texts(folder)) {
    Prepared p;
    p.article.text = std::move(text);
    for (std::size_t begin = 0; begin < p.article.text.size();) {
      const std::size_t end = std::min(p.article.text.find('\n', begin), p.article.text.size());
      const Paragraph paragraph{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                                ParagraphRole::body};
      p.article.paragraphs.push_back(paragraph);
      p.ranges.push_back({paragraph.begin, paragraph.end});
      begin = end + 1;
    }
    c.analyser.analyse(p.article.text, p.ranges, p.text);
    annotator.annotate(p.article, p.text, c.analyser, p.annotation);
    c.tokens += p.text.tokens.size();
    c.quotations += p.annotation.quotes.size();
    c.articles.push_back(std::move(p));
  }
  return c;
}

void find_quotes(benchmark::State& state, const std::filesystem::path& folder) {
  Corpus c = prepare(folder);
  QuoteFinder finder;
  for (auto _ : state)
    for (Prepared& p : c.articles) finder.find(p.article, p.text, c.analyser, p.annotation);
  state.SetItemsProcessed(static_cast<std::int64_t>(c.tokens) * state.iterations());
  state.counters["tokens"] = static_cast<double>(c.tokens);
  state.counters["quotations"] = static_cast<double>(c.quotations);
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// All in one loop, article by article: a busy machine slows each alike, and the shares stay true.
void tag_and_find_topics(benchmark::State& state, const std::filesystem::path& folder) {
  Corpus c = prepare(folder);
  Tagger tagger(open_tagger_model(c.data + "/actors.model").value());
  TopicFinder finder(open_topic_model(c.data).value());
  std::vector<NameSpan> names;
  {  // Cues are learnt with the first article, once a thread.
    Prepared& p = c.articles.front();
    c.analyser.analyse(p.article.text, p.ranges, p.text);
    finder.find(p.article, p.text, c.analyser, p.annotation.topics);
  }
  double analysing = 0, tagging = 0, keys = 0, topics = 0;
  for (auto _ : state)
    for (Prepared& p : c.articles) {
      const double start = cpu_seconds();
      c.analyser.analyse(p.article.text, p.ranges, p.text);
      const double analysed = cpu_seconds();
      tagger.tag(p.article.text, p.text, c.analyser, names);
      const double tagged = cpu_seconds();
      // A word's keys are the index's; topics find them there. They are counted by themselves.
      for (const language::Sentence& s : p.text.sentences)
        for (std::uint32_t t = s.first; t < s.last; ++t)
          (void)c.analyser.terms(p.text.tokens[t].type, p.text.paragraphs[s.paragraph].standard);
      const double keyed = cpu_seconds();
      finder.find(p.article, p.text, c.analyser, p.annotation.topics);
      analysing += analysed - start;
      tagging += tagged - analysed;
      keys += keyed - tagged;
      topics += cpu_seconds() - keyed;
    }
  const double all = static_cast<double>(c.tokens) * static_cast<double>(state.iterations());
  state.counters["analyser_tokens_per_second"] = all / analysing;
  state.counters["raw_to_names_tokens_per_second"] = all / (analysing + tagging);
  state.counters["tagging_tokens_per_second"] = all / tagging;
  state.counters["keys_tokens_per_second"] = all / keys;
  state.counters["topics_tokens_per_second"] = all / topics;
  state.counters["topics_of_tagging_percent"] = 100 * topics / tagging;
  state.counters["topics_of_raw_to_names_percent"] = 100 * topics / (analysing + tagging);
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
  benchmark::RegisterBenchmark("tagging_and_topics", spalte::annotate::tag_and_find_topics, folder);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
