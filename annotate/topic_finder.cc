// Which topics does an article get?
#include "annotate/topic_classifier.h"
#include "annotate/topic_file.h"
#include "annotate/topic_reader.h"
#include "annotate/topics.h"

#include <algorithm>
#include <optional>

namespace spalte::annotate {
namespace {

/// Cue score plus half the classifier's probability; a top topic is given where both agree (recipe `topics`).
constexpr float kClassifier = 0.5F;
constexpr float kAssign = 0.65F, kProbable = 0.2F;
/// A second topic is wrong far more often (all ten wrong tops of the first study were second ones): it must stand on
/// its own, by score, probability and different words, and have so much of the best one's score.
constexpr float kAssignToo = 1.2F, kAssignByMany = 1.0F, kProbableToo = 0.5F, kOfBest = 0.6F;
constexpr std::size_t kWordsToo = 3;
/// So many different cues need no classifier.
constexpr std::size_t kManyWords = 5;
constexpr std::size_t kMostTops = 3, kMostBelow = 2;
/// Below a top topic only cues decide: so much, and so much of the top's.
constexpr float kBelow = 0.35F, kOfTop = 0.5F;
constexpr std::size_t kMostEvidence = 6;
/// Their words (vehicles and firms, officials, families) stand in all news: two of them at least, and as second topics
/// so much more.
constexpr const char* kEverywhere[] = {"medtop:04000000", "medtop:09000000", "medtop:10000000", "medtop:11000000",
                                       "medtop:14000000"};
constexpr float kEverywhereToo = 1.2F;

}  // namespace

class TopicModel {
 public:
  std::vector<TopicEntry> entries;
  std::optional<TopicClassifier> classifier;
  std::vector<std::string> classes;  ///< ids of top topics, in the classifier's order
};

Result<std::shared_ptr<const TopicModel>> open_topic_model(const std::string& data_folder, const std::string& extra) {
  // The classifier knows the project's own tops; a user's file may add others, which only cues decide.
  auto own = read_topic_files(data_folder + "/topics.toml", {});
  if (!own) return fail(std::move(own));
  auto model = std::make_shared<TopicModel>();
  const TopicReader reader(*own);
  for (const std::uint32_t top : reader.tops()) model->classes.push_back((*own)[top].topic.id);
  auto classifier = TopicClassifier::open(data_folder + "/topics.model", model->classes.size());
  if (!classifier) return fail(std::move(classifier));
  model->classifier = std::move(*classifier);
  if (!extra.empty()) {
    own = read_topic_files(data_folder + "/topics.toml", extra);
    if (!own) return fail(std::move(own));
  }
  model->entries = std::move(*own);
  return std::shared_ptr<const TopicModel>(std::move(model));
}

struct TopicFinder::Impl {
  Impl(std::shared_ptr<const TopicModel> shared, TopicsWanted which)
      : model(std::move(shared)), wanted(which), reader(model->entries, &*model->classifier) {
    for (const std::uint32_t top : reader.tops()) {
      const auto own = std::find(model->classes.begin(), model->classes.end(), model->entries[top].topic.id);
      classes.push_back(static_cast<std::size_t>(own - model->classes.begin()));
    }
  }

  std::shared_ptr<const TopicModel> model;
  TopicsWanted wanted;
  TopicReader reader;
  std::vector<std::size_t> classes;  ///< by place in reader.tops(); past the end for a user's own top topic
  TopicReading reading;
  std::vector<float> probabilities;

  TopicScore describe(std::uint32_t entry, float score, const Article& article, const language::AnalysedText& text) {
    const Topic& topic = model->entries[entry].topic;
    TopicScore out;
    out.id = topic.id;
    out.top = model->entries[reader.top(entry)].topic.id;
    out.name = topic.name_nb;
    out.score = score;
    for (const std::uint32_t above : reader.line(entry))
      if (above != entry) out.ancestors.push_back(model->entries[above].topic.id);
    auto& evidence = reading.evidence[entry];
    std::sort(evidence.begin(), evidence.end(), [](const auto& a, const auto& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.token < b.token;
    });
    for (std::size_t i = 0; i < std::min(evidence.size(), kMostEvidence); ++i) {
      const std::uint32_t begin = text.tokens[evidence[i].token].begin;
      const std::uint32_t end = text.tokens[evidence[i].token + evidence[i].words - 1].end;
      out.evidence.emplace_back(article.text.substr(begin, end - begin));
    }
    return out;
  }

  /// The best topics below an assigned top, the deepest of a line.
  void add_below(std::uint32_t top, const Article& article, const language::AnalysedText& text,
                 std::vector<TopicScore>& out) {
    const float least = std::max(kBelow, kOfTop * reading.scores[top]);
    std::vector<std::uint32_t> found;
    for (std::uint32_t e = 0; e < model->entries.size(); ++e)
      if (e != top && reader.top(e) == top && reading.scores[e] >= least) found.push_back(e);
    std::erase_if(found, [&](std::uint32_t e) {
      return std::any_of(found.begin(), found.end(), [&](std::uint32_t other) {
        const auto& line = reader.line(other);
        return other != e && std::find(line.begin(), line.end(), e) != line.end();
      });
    });
    std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
      return reading.scores[a] != reading.scores[b] ? reading.scores[a] > reading.scores[b] : a < b;
    });
    const float most = out.empty() ? 0 : out.back().score;
    for (std::size_t i = 0; i < std::min(found.size(), kMostBelow); ++i) {
      out.push_back(describe(found[i], std::min(reading.scores[found[i]], most), article, text));
      out.back().assigned = true;
    }
  }
};

TopicFinder::TopicFinder(std::shared_ptr<const TopicModel> model, TopicsWanted wanted)
    : impl_(std::make_unique<Impl>(std::move(model), wanted)) {}
TopicFinder::~TopicFinder() = default;
TopicFinder::TopicFinder(TopicFinder&&) noexcept = default;
TopicFinder& TopicFinder::operator=(TopicFinder&&) noexcept = default;

void TopicFinder::find(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                       std::vector<TopicScore>& out) {
  out.clear();
  if (text.standard == language::Standard::other) return;
  Impl& i = *impl_;
  i.reader.read(article, text, analyser, 0, static_cast<std::uint32_t>(text.tokens.size()), i.reading);
  i.model->classifier->classify(i.reading.features, i.probabilities);
  struct Ranked {
    std::uint32_t entry;
    float score, probability;
  };
  std::vector<Ranked> tops;
  for (std::size_t n = 0; n < i.classes.size(); ++n) {
    const std::uint32_t entry = i.reader.tops()[n];
    const bool classed = i.classes[n] < i.probabilities.size();
    const float p = classed ? i.probabilities[i.classes[n]] : 1;
    const float score = i.reading.scores[entry] + (classed ? kClassifier * p : 0);
    if (score > 0) tops.push_back({entry, score, p});
  }
  std::sort(tops.begin(), tops.end(), [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.entry < b.entry;
  });
  std::size_t given = 0;
  std::vector<TopicScore> others;
  for (const Ranked& r : tops) {
    const std::string& id = i.model->entries[r.entry].topic.id;
    const bool everywhere = std::find(std::begin(kEverywhere), std::end(kEverywhere), id) != std::end(kEverywhere);
    // A user's own topic has no classifier that agrees.
    const bool needs_two = everywhere || std::none_of(i.model->classes.begin(), i.model->classes.end(),
                                                      [&](const std::string& own) { return own == id; });
    const std::size_t words = i.reading.evidence[r.entry].size();
    const auto leads = [&] {
      return std::any_of(i.reading.evidence[r.entry].begin(), i.reading.evidence[r.entry].end(),
                         [](const TopicReading::Evidence& e) { return e.leading; });
    };
    const bool sure = r.probability >= (given == 0 ? kProbable : kProbableToo) ||
                      (i.reading.scores[r.entry] >= kAssign && words >= kManyWords);
    const bool first = given == 0;
    float least = first ? kAssign : words >= kManyWords ? kAssignByMany : kAssignToo;
    if (!first && everywhere) least *= kEverywhereToo;
    const bool assigned = given < kMostTops && r.score >= least && sure && (first || leads()) &&
                          r.score >= kOfBest * tops[0].score &&
                          words >= (!first      ? kWordsToo
                                    : needs_two ? 2
                                                : 1);
    if (!assigned) {
      if (i.wanted == TopicsWanted::all) others.push_back(i.describe(r.entry, r.score, article, text));
      continue;
    }
    ++given;
    out.push_back(i.describe(r.entry, r.score, article, text));
    out.back().assigned = true;
    i.add_below(r.entry, article, text, out);
  }
  for (TopicScore& t : others) out.push_back(std::move(t));
  std::stable_sort(out.begin(), out.end(), [](const TopicScore& a, const TopicScore& b) { return a.score > b.score; });
}

}  // namespace spalte::annotate
