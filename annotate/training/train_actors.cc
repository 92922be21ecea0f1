// How is the actor model made? The program behind scripts/train-actors; not installed.
#include "annotate/sequence_tagger.h"
#include "annotate/tagger.h"
#include "annotate/training/clusters.h"
#include "annotate/training/corpus.h"
#include "annotate/training/crf.h"
#include "annotate/training/evaluation.h"
#include "annotate/training/features.h"
#include "annotate/training/model_writer.h"
#include "annotate/training/word_file.h"
#include "language/analyser.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace spalte::annotate {
namespace {

constexpr const char* kUsage =
    "spalte-train-actors words UNLABELLED_FOLDER WORD_FILE      clusters and case statistics\n"
    "spalte-train-actors model NER_FOLDER WORD_FILE MODEL LEXICON       the actor model, and its figures on dev\n"
    "spalte-train-actors nine NER_FOLDER WORD_FILE MODEL LEXICON        the same with all nine types, for comparison only\n";

/// How much the mean log probability of a word's other occurrences counts: person+org+gpe in whole articles .898
/// without, .903 at .3, .905 at .6 to .8, .904 at 1 (dev, mean of three trainings). None for nine types: the same
/// country is now GPE_LOC, now GPE_ORG.
constexpr float kSharing = 0.7F;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

Status make_words(const std::string& folder, const std::string& path) {
  const auto start = Clock::now();
  Result<TokenStream> text = read_unlabelled(folder);
  if (!text) return fail(std::move(text));
  WordFile out;
  std::vector<std::vector<std::uint16_t>> classes;
  constexpr ClusterOptions kOptions[kClusterings] = {
      {.classes = 64, .rounds = 7}, {.classes = 256, .rounds = 6}, {.classes = 1000, .rounds = 5}};
  for (const ClusterOptions& options : kOptions) {
    classes.push_back(exchange_clusters(*text, options));
    fmt::print(stderr, "{} classes after {:.0f} s\n", options.classes, seconds_since(start));
  }
  for (std::size_t t = 1; t < text->forms.size(); ++t) {
    if (classes[0][t] != 0) out.words.push_back({text->forms[t], {classes[0][t], classes[1][t], classes[2][t]}});
  }
  out.cases = std::move(text->cases);
  fmt::print("unlabelled tokens {} words with clusters {} forms with case statistics {}\n", text->tokens.size(),
             out.words.size(), out.cases.size());
  return write_word_file(path, out);
}

void print_scores(const std::string& name, const std::vector<std::string>& types, const std::vector<Score>& scores) {
  const auto line = [&](const std::string& what, const Score& s) {
    fmt::print("{} {} P {:.4f} R {:.4f} F1 {:.4f} n {}\n", name, what, s.precision(), s.recall(), s.f1(), s.wanted);
  };
  Score all, actors;
  for (std::size_t t = 0; t < types.size(); ++t) {
    line(types[t], scores[t]);
    all += scores[t];
    if (types[t] == "PER" || types[t] == "ORG" || types[t] == "GPE") actors += scores[t];
  }
  line("all types", all);
  if (actors.wanted > 0) line("PER+ORG+GPE", actors);
}

Status make_model(TypeSet set, const std::string& folder, const std::string& word_file, const std::string& path,
                  const std::string& forms_file) {
  const auto start = Clock::now();
  const Result<WordFile> words = read_word_file(word_file);
  if (!words) return fail(Result<WordFile>(words));
  const LexiconData lexicon(*words);
  auto forms = language::Analyser::open_lexicon(forms_file);
  if (!forms) return fail(std::move(forms));
  language::Analyser analyser(*forms);
  const LabelScheme labels(type_names(set));

  std::vector<LabelledDocument> train;
  for (const char* standard : {"nob", "nno"}) {
    auto part = read_iob(fmt::format("{}/{}/train.iob", folder, standard), set, analyser);
    if (!part) return fail(std::move(part));
    std::move(part->begin(), part->end(), std::back_inserter(train));
  }
  const TrainingData data = build_training_data(train, analyser, lexicon.view());
  fmt::print(stderr, "{} tokens near capitals, {} features, {:.1f} a token, {:.0f} s\n", data.tokens(),
             data.feature_hash.size(), static_cast<double>(data.features.size()) / static_cast<double>(data.tokens()),
             seconds_since(start));
  const CrfWeights weights = train_crf(
      data, labels, {}, [](unsigned epoch, double loss) { fmt::print(stderr, "epoch {} loss {:.4f}\n", epoch, loss); });
  const auto size = write_model(path, labels, data, weights, lexicon, {}, set == TypeSet::actors ? kSharing : 0);
  if (!size) return fail(Result<std::size_t>(size));
  fmt::print(stderr, "trained in {:.0f} s\n", seconds_since(start));
  fmt::print("model {} bytes\n", *size);

  const auto model = open_tagger_model(path);
  if (!model) return fail(Result<std::shared_ptr<const TaggerModel>>(model));
  fmt::print("model version {}\n", (*model)->version());
  std::vector<Score> both(labels.types().size());
  for (const char* standard : {"nob", "nno"}) {
    auto dev = read_iob(fmt::format("{}/{}/dev.iob", folder, standard), set, analyser);
    if (!dev) return fail(std::move(dev));
    const std::vector<Score> scores = evaluate(*model, *dev, analyser);
    for (std::size_t t = 0; t < both.size(); ++t) both[t] += scores[t];
    print_scores(fmt::format("dev {}", standard), labels.types(), scores);
  }
  print_scores("dev both", labels.types(), both);
  return {};
}

Status run(const std::vector<std::string>& args) {
  if (args.size() == 3 && args[0] == "words") return make_words(args[1], args[2]);
  if (args.size() == 5 && args[0] == "model") return make_model(TypeSet::actors, args[1], args[2], args[3], args[4]);
  if (args.size() == 5 && args[0] == "nine") return make_model(TypeSet::nine, args[1], args[2], args[3], args[4]);
  return fail(ErrorCode::usage, kUsage);
}

}  // namespace
}  // namespace spalte::annotate

int main(int argc, char** argv) {
  const spalte::Status done = spalte::annotate::run({argv + 1, argv + argc});
  if (done) return 0;
  fmt::print(stderr, "spalte-train-actors: {}\n", done.error().message);
  return spalte::exit_status(done.error().code);
}
