// How is topics.model made? From unlabelled text that the cues label: the program behind scripts/train-topics; not
// installed. Method: recipe `topics` (weak supervision: confident texts of the cues, cut into chunks as short as a news
// item, teach a linear classifier what else such texts say).
#include "annotate/topic_classifier.h"
#include "annotate/topic_file.h"
#include "annotate/topic_reader.h"
#include "language/analyser.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace spalte::annotate {
namespace {

constexpr float kPositive = 0.45F, kNegative = 0.12F;  ///< cue scores that label a text; between them: left out
constexpr std::size_t kMostTopics = 3;
constexpr double kKeepNone = 0.15;
constexpr std::uint32_t kChunk = 45, kShortest = 15;
constexpr std::size_t kMoreChunks = 4, kMostPerTopic = 2500;
constexpr int kEpochs = 6, kModels = 8;
constexpr double kRate = 0.2, kDecay = 2e-6, kDropCues = 0.4, kDropEach = 0.8, kMostWeight = 8;
constexpr double kPrune = 0.02;
constexpr float kLoud = 0.6F;       ///< plain and strong cues
constexpr double kTooOften = 0.05;  ///< of all texts: such a cue says nothing by itself

struct Example {
  std::vector<std::int8_t> labels;  ///< by class: 1, 0, -1 unknown
  std::vector<TopicFeature> features;
};

Article article_of(std::string text) {
  Article a;
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  if (!text.ends_with('\n')) text += '\n';
  a.text = std::move(text);
  for (std::size_t begin = 0; begin < a.text.size();) {
    const std::size_t end = a.text.find('\n', begin);
    if (end > begin)
      a.paragraphs.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                              a.paragraphs.empty() ? ParagraphRole::title : ParagraphRole::body});
    begin = end + 1;
  }
  return a;
}

class Trainer {
 public:
  Trainer(std::vector<TopicEntry> entries, language::Analyser analyser)
      : entries_(std::move(entries)),
        reader_(entries_),
        analyser_(std::move(analyser)),
        counts_(reader_.tops().size()) {}

  /// Adds a text's chunks to the examples, if the cues are sure of it. `mixed`: of a source that writes of everything.
  void learn(const std::string& text, bool mixed) {
    const Article a = article_of(text);
    std::vector<language::ByteRange> ranges;
    for (const Paragraph& p : a.paragraphs) ranges.push_back({p.begin, p.end});
    analyser_.analyse(a.text, ranges, analysed_);
    const auto end = static_cast<std::uint32_t>(analysed_.tokens.size());
    if (mixed) count_cues();
    reader_.read(a, analysed_, analyser_, 0, end, reading_);
    std::vector<std::int8_t> labels;
    std::size_t positive = 0;
    bool wanted = false;
    for (std::size_t k = 0; k < reader_.tops().size(); ++k) {
      const float score = reading_.scores[reader_.tops()[k]];
      labels.push_back(static_cast<std::int8_t>(score >= kPositive ? 1 : score < kNegative ? 0 : -1));
      if (labels[k] != 1) continue;
      ++positive;
      wanted = wanted || counts_[k] < kMostPerTopic;
    }
    if (positive > kMostTopics || (positive > 0 && !wanted)) return;
    if (positive == 0 && std::generate_canonical<double, 32>(random_) > kKeepNone) return;
    std::vector<std::uint32_t> starts;
    for (std::uint32_t at = kChunk; at + kShortest < end; at += kChunk) starts.push_back(at);
    std::shuffle(starts.begin(), starts.end(), random_);
    starts.resize(std::min(starts.size(), kMoreChunks));
    starts.insert(starts.begin(), 0);
    for (const std::uint32_t start : starts) {
      reader_.read(a, analysed_, analyser_, start, std::min(end, start + kChunk), reading_);
      if (reading_.features.size() < 3) continue;
      for (std::size_t k = 0; k < labels.size(); ++k) counts_[k] += labels[k] == 1 ? 1U : 0U;
      examples_.push_back({labels, reading_.features});
    }
  }

  Status write(const std::string& path) {
    train();
    const std::size_t classes = counts_.size();
    double most = 0;
    for (double w : weights_) most = std::max(most, std::abs(w));
    const float scale = static_cast<float>(most / 127);
    std::vector<std::uint32_t> hashes;
    std::string weights;
    for (const auto& [hash, row] : rows_) {
      const double* w = &weights_[row * classes];
      if (std::none_of(w, w + classes, [](double x) { return std::abs(x) > kPrune; })) continue;
      hashes.push_back(hash);
      for (std::size_t k = 0; k < classes; ++k)
        weights += static_cast<char>(static_cast<std::int8_t>(std::lround(w[k] / static_cast<double>(scale))));
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    const auto put = [&](const void* data, std::size_t size) {
      out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    };
    const auto n = static_cast<std::uint32_t>(classes), rows = static_cast<std::uint32_t>(hashes.size());
    put(kTopicMagic, sizeof(kTopicMagic) - 1);
    put(&n, 4);
    put(&rows, 4);
    put(&scale, 4);
    for (double b : biases_) {
      const auto bias = static_cast<float>(b);
      put(&bias, 4);
    }
    put(hashes.data(), hashes.size() * 4);
    put(weights.data(), weights.size());
    if (!out.flush()) return fail(ErrorCode::failed, path + " cannot be written", "");
    fmt::print("chunks {} words {} kept {}\n", examples_.size(), rows_.size(), rows);
    for (std::size_t k = 0; k < classes; ++k)
      fmt::print("{} chunks {}\n", entries_[reader_.tops()[k]].topic.id, counts_[k]);
    return {};
  }

  /// Cues that stand in so many texts that they say nothing by themselves: "cue share", the most frequent first.
  std::vector<std::string> too_often() const {
    std::vector<std::pair<double, std::string>> found;
    for (const auto& [cue, texts] : standing_)
      if (const double share = static_cast<double>(texts) / static_cast<double>(texts_); share > kTooOften)
        found.emplace_back(share, cue);
    std::sort(found.rbegin(), found.rend());
    std::vector<std::string> out;
    for (const auto& [share, cue] : found) out.push_back(fmt::format("{} {:.3f}", cue, share));
    return out;
  }

 private:
  /// In how many texts does each cue that speaks by itself stand?
  void count_cues() {
    std::set<std::string> there;
    for (const language::Sentence& s : analysed_.sentences) {
      const language::Standard standard = analysed_.paragraphs[s.paragraph].standard;
      for (std::uint32_t t = s.first; t < s.last; ++t) {
        const language::Token& token = analysed_.tokens[t];
        if (token.kind != language::TokenKind::word || reader_.loudness(token.type, standard, analyser_) < kLoud)
          continue;
        for (const language::Term& term : analyser_.terms(token.type, standard).terms)
          if (term.role == language::TermRole::word) {
            there.emplace(term.key);
            break;
          }
      }
    }
    ++texts_;
    for (const std::string& key : there) ++standing_[key];
  }

  /// The mean of models that differ in the order of examples and in the cues left out: one alone is right in .02 more
  /// or fewer sentences by chance.
  void train() {
    const std::size_t classes = counts_.size();
    for (const Example& e : examples_)
      for (const TopicFeature& f : e.features) rows_.try_emplace(f.hash, 0);
    std::size_t next = 0;
    for (auto& [hash, row] : rows_) row = next++;
    std::vector<double> weights(rows_.size() * classes, 0), biases(classes, 0);
    for (int model = 0; model < kModels; ++model) {
      train_one();
      for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += weights_[i] / kModels;
      for (std::size_t k = 0; k < classes; ++k) biases[k] += biases_[k] / kModels;
    }
    weights_ = std::move(weights);
    biases_ = std::move(biases);
  }

  /// One-vs-rest logistic regression by AdaGrad. In some examples the cues are left out, so that the rest learns too.
  void train_one() {
    const std::size_t classes = counts_.size();
    weights_.assign(rows_.size() * classes, 0);
    std::vector<double> squares(weights_.size(), 1e-2), bias_squares(classes, 1), gains(classes);
    biases_.assign(classes, -3);
    for (std::size_t k = 0; k < classes; ++k) {
      double positive = 1, negative = 0;
      for (const Example& e : examples_) {
        positive += e.labels[k] == 1 ? 1 : 0;
        negative += e.labels[k] == 0 ? 1 : 0;
      }
      gains[k] = std::min(kMostWeight, std::sqrt(negative / positive));
    }
    std::vector<std::size_t> order(examples_.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<std::pair<std::size_t, double>> active;
    const auto chance = [&] { return std::generate_canonical<double, 32>(random_); };
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      std::shuffle(order.begin(), order.end(), random_);
      for (const std::size_t at : order) {
        const Example& e = examples_[at];
        const bool drop = chance() < kDropCues;
        active.clear();
        double norm = 0;
        for (const TopicFeature& f : e.features) {
          if (drop && f.cue && chance() < kDropEach) continue;
          active.emplace_back(rows_.at(f.hash), static_cast<double>(f.value));
          norm += static_cast<double>(f.value) * static_cast<double>(f.value);
        }
        if (active.empty()) continue;
        for (auto& [row, value] : active) value /= std::sqrt(norm);
        for (std::size_t k = 0; k < classes; ++k) {
          if (e.labels[k] < 0) continue;
          double z = biases_[k];
          for (const auto& [row, value] : active) z += weights_[row * classes + k] * value;
          const double error = (1 / (1 + std::exp(-z)) - e.labels[k]) * (e.labels[k] == 1 ? gains[k] : 1);
          bias_squares[k] += error * error;
          biases_[k] -= kRate * error / std::sqrt(bias_squares[k]);
          for (const auto& [row, value] : active) {
            const std::size_t w = row * classes + k;
            const double gradient = error * value + kDecay * weights_[w];
            squares[w] += gradient * gradient;
            weights_[w] -= kRate * gradient / std::sqrt(squares[w]);
          }
        }
      }
    }
  }

  std::vector<TopicEntry> entries_;
  TopicReader reader_;
  language::Analyser analyser_;
  language::AnalysedText analysed_;
  TopicReading reading_;
  std::vector<std::size_t> counts_;
  std::vector<Example> examples_;
  std::map<std::uint32_t, std::size_t> rows_;
  std::size_t texts_ = 0;
  std::map<std::string, std::size_t> standing_;  ///< texts by cue
  std::vector<double> weights_, biases_;
  std::mt19937 random_{5};
};

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 4) {
    fmt::print(stderr,
               "usage: spalte-train-topics TOPICS_TOML LEXICON MODEL TEXTS.tsv… [-- TEXTS_OF_ONE_GENRE.tsv…]\n"
               "(a text a line: id, tab, text)\n");
    return 2;
  }
  auto entries = read_topic_files(arguments[0], {});
  auto lexicon = language::Analyser::open_lexicon(arguments[1]);
  if (!entries || !lexicon) {
    fmt::print(stderr, "spalte-train-topics: {}\n", !entries ? entries.error().message : lexicon.error().message);
    return 1;
  }
  // Texts and whether they are of everything.
  std::vector<std::pair<std::string, bool>> texts;
  bool mixed = true;
  for (std::size_t i = 3; i < arguments.size(); ++i) {
    if (arguments[i] == "--") mixed = false;
    std::ifstream file(arguments[i]);
    for (std::string line; std::getline(file, line);)
      if (const std::size_t tab = line.find('\t'); tab != std::string::npos)
        texts.emplace_back(line.substr(tab + 1), mixed);
  }
  // In an order of their own, so that the cap on a topic takes from all.
  std::shuffle(texts.begin(), texts.end(), std::mt19937(5));
  Trainer trainer(std::move(*entries), language::Analyser(*lexicon));
  for (const auto& [text, of_everything] : texts) trainer.learn(text, of_everything);
  if (Status written = trainer.write(arguments[2]); !written) {
    fmt::print(stderr, "spalte-train-topics: {}\n", written.error().message);
    return 1;
  }
  const std::vector<std::string> too_often = trainer.too_often();
  fmt::print("strong and plain cues in more than {:.0f} % of the news and encyclopedia texts: {}\n", kTooOften * 100,
             too_often.empty() ? "none" : fmt::format("{}", fmt::join(too_often, ", ")));
  if (!too_often.empty()) {
    fmt::print(stderr, "spalte-train-topics: make these weak or leave them out: {}\n", fmt::join(too_often, ", "));
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace spalte::annotate

int main(int argc, char** argv) { return spalte::annotate::run({argv + 1, argv + argc}); }
