// What does a look-up in the lexicon cost on running text, and opening it? One thread; a folder of texts as argument or
// in SPALTE_BENCH_TEXTS, else the archive of the tests.
#include "language/analyser.h"
#include "language/lexicon.h"
#include "language/normalise.h"
#include "schema/data_path.h"
#include "tests/bench_texts.h"

#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

namespace spalte::language {
namespace {

std::string path() { return data_folder().value() + "/norwegian.lex"; }

struct Texts {
  std::vector<std::string> texts;
  std::vector<AnalysedText> analysed;
  std::string letters;                  ///< the words one after the other, normalised
  std::vector<std::string_view> words;  ///< into `letters`
};

void cut(const std::filesystem::path& folder, Texts& out) {
  constexpr std::size_t kMost = 20'000'000;
  Analyser analyser(Analyser::open_lexicon(path()).value());
  out.texts = test::bench_texts(folder, kMost);
  std::vector<std::size_t> ends;
  for (const std::string& text : out.texts) {
    AnalysedText& a = out.analysed.emplace_back();
    const ByteRange whole{0, static_cast<std::uint32_t>(text.size())};
    analyser.analyse(text, {&whole, 1}, a);
    for (const Token& t : a.tokens) {
      if (t.kind != TokenKind::word) continue;
      normalise_to(std::string_view(text).substr(t.begin, t.end - t.begin), out.letters, Accents::keep);
      ends.push_back(out.letters.size());
    }
  }
  std::size_t begin = 0;
  for (std::size_t end : ends) {
    out.words.push_back(std::string_view(out.letters).substr(begin, end - begin));
    begin = end;
  }
}

/// Each word of the text, known or not, asked of the lexicon itself: the analyser asks once a distinct form.
void look_up(benchmark::State& state, const std::filesystem::path& folder) {
  const auto lexicon = Lexicon::open(path()).value();
  Texts texts;
  cut(folder, texts);
  std::size_t known = 0;
  for (auto _ : state) {
    known = 0;
    for (std::string_view word : texts.words) known += lexicon->keys(word, Standard::nb).empty() ? 0U : 1U;
    benchmark::DoNotOptimize(known);
  }
  const auto words = static_cast<double>(texts.words.size());
  state.counters["words"] = words;
  state.counters["known"] = static_cast<double>(known) / words;
  state.counters["time_per_word"] =
      benchmark::Counter(words, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Tokens, standards and keys of the text, as indexing asks for them.
void analyse(benchmark::State& state, const std::filesystem::path& folder) {
  Texts texts;
  cut(folder, texts);
  Analyser analyser(Analyser::open_lexicon(path()).value());
  AnalysedText out;
  std::size_t tokens = 0;
  for (auto _ : state) {
    tokens = 0;
    for (const std::string& text : texts.texts) {
      const ByteRange whole{0, static_cast<std::uint32_t>(text.size())};
      analyser.analyse(text, {&whole, 1}, out);
      tokens += out.tokens.size();
      for (const Token& t : out.tokens) benchmark::DoNotOptimize(analyser.terms(t.type, out.standard).width);
    }
  }
  state.counters["tokens"] = static_cast<double>(tokens);
  state.counters["time_per_token"] = benchmark::Counter(
      static_cast<double>(tokens), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void open(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Lexicon::open(path()).value());
  state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(path()));
}

}  // namespace
}  // namespace spalte::language

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::filesystem::path folder = spalte::test::bench_folder(argc, argv);
  if (!std::filesystem::is_directory(folder)) {
    std::cerr << "no folder " << folder << "; name one with texts\n";
    return 2;
  }
  benchmark::RegisterBenchmark("look_up", spalte::language::look_up, folder);
  benchmark::RegisterBenchmark("analyse", spalte::language::analyse, folder);
  benchmark::RegisterBenchmark("open", spalte::language::open);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
