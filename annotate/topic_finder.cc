// Which topics do the words of an article speak for?
#include "annotate/topic_file.h"
#include "annotate/topics.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace spalte::annotate {
namespace {

constexpr float kStrong = 2.0F, kPlain = 1.0F, kWeak = 0.35F;
/// A compound that holds the cue (fylkestinget → ting) says less than the word itself.
constexpr float kInCompound = 0.6F;
/// The title says what it is about.
constexpr float kTitle = 2.5F, kLead = 1.5F;
/// A topic is given from this score on, and from half of the best one; three at most.
constexpr float kAssign = 0.6F;
constexpr std::size_t kMostAssigned = 3;
constexpr std::size_t kMostEvidence = 8;

struct Cue {
  std::uint32_t topic = 0;
  float weight = 0;
  std::vector<std::vector<std::string>> rest;  ///< of a phrase: the keys of its further words
};

}  // namespace

class TopicModel {
 public:
  std::vector<TopicEntry> entries;
  TopicTree tree;
};

Result<std::shared_ptr<const TopicModel>> open_topic_model(const std::string& data_folder, const std::string& extra) {
  auto entries = read_topic_files(data_folder + "/topics.toml", extra);
  if (!entries) return fail(std::move(entries));
  auto model = std::make_shared<TopicModel>();
  for (const TopicEntry& t : *entries) model->tree.topics_.push_back(t.topic);
  model->entries = std::move(*entries);
  return std::shared_ptr<const TopicModel>(std::move(model));
}

struct TopicFinder::Impl {
  std::shared_ptr<const TopicModel> model;
  std::unordered_map<std::string, std::vector<Cue>> cues;  ///< by the key of the first word
  bool built = false;

  /// The cues' keys come from the analyser, so that all their forms count.
  void build(const language::Analyser& analyser) {
    built = true;
    for (std::uint32_t t = 0; t < model->entries.size(); ++t) {
      const TopicEntry& e = model->entries[t];
      for (const auto& [list, weight] : {std::pair{&e.strong, kStrong}, {&e.plain, kPlain}, {&e.weak, kWeak}})
        for (const std::string& text : *list) add(analyser, text, t, weight);
    }
  }

  void add(const language::Analyser& analyser, std::string_view text, std::uint32_t topic, float weight) {
    std::vector<std::vector<std::string>> words;
    while (!text.empty()) {
      const std::size_t end = text.find(' ');
      words.push_back(analyser.query_word(text.substr(0, end)).keys);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    if (words.empty()) return;
    const std::vector<std::string> first = words[0];
    words.erase(words.begin());
    for (const std::string& key : first) cues[key].push_back({topic, weight, words});
  }
};

TopicFinder::TopicFinder(std::shared_ptr<const TopicModel> model) : impl_(std::make_unique<Impl>()) {
  impl_->model = std::move(model);
}
TopicFinder::~TopicFinder() = default;
TopicFinder::TopicFinder(TopicFinder&&) noexcept = default;
TopicFinder& TopicFinder::operator=(TopicFinder&&) noexcept = default;

void TopicFinder::find(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                       std::vector<TopicScore>& out) {
  out.clear();
  if (text.standard == language::Standard::other) return;
  if (!impl_->built) impl_->build(analyser);
  const TopicModel& model = *impl_->model;
  struct Tally {
    float score = 0;
    std::unordered_map<std::string_view, float> evidence;  // folded word → weight so far
  };
  std::vector<Tally> tallies(model.entries.size());
  std::size_t words = 0;
  const auto follows = [&](const Cue& cue, const language::Sentence& s, std::uint32_t t, language::Standard standard) {
    for (const auto& keys : cue.rest) {
      if (++t >= s.last) return false;
      bool found = false;
      for (const language::Term& term : analyser.terms(text.tokens[t].type, standard).terms)
        found = found || std::find(keys.begin(), keys.end(), term.key) != keys.end();
      if (!found) return false;
    }
    return true;
  };
  for (const language::Sentence& s : text.sentences) {
    const ParagraphRole role = article.paragraphs[s.paragraph].role;
    const float place = role == ParagraphRole::title ? kTitle : role == ParagraphRole::lead ? kLead : 1.0F;
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = text.tokens[t];
      if (token.kind != language::TokenKind::word) continue;
      ++words;
      for (const language::Term& term : analyser.terms(token.type, standard).terms) {
        const auto found = impl_->cues.find(std::string(term.key));
        if (found == impl_->cues.end()) continue;
        for (const Cue& cue : found->second) {
          if (!cue.rest.empty() && !follows(cue, s, t, standard)) continue;
          Tally& tally = tallies[cue.topic];
          float& so_far = tally.evidence[analyser.type(token.type).folded];
          // The same word again says less each time.
          const float weight =
              cue.weight * place * (term.role == language::TermRole::part ? kInCompound : 1.0F) / (1.0F + so_far);
          so_far += weight;
          tally.score += weight;
        }
      }
    }
  }
  const float length = std::sqrt(static_cast<float>(words) + 10.0F);
  std::unordered_map<std::string, TopicScore> tops;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    if (tallies[i].score <= 0) continue;
    const std::vector<std::string> line = model.tree.with_ancestors(model.entries[i].topic.id);
    TopicScore& top = tops[line.back()];
    top.id = top.top = line.back();
    top.name = model.tree.by_id(line.back())->name_nb;
    top.score += tallies[i].score / length;
    std::vector<std::pair<float, std::string_view>> ranked;
    for (const auto& [word, weight] : tallies[i].evidence) ranked.emplace_back(-weight, word);
    std::sort(ranked.begin(), ranked.end());
    for (const auto& [weight, word] : ranked)
      if (top.evidence.size() < kMostEvidence) top.evidence.emplace_back(word);
  }
  for (auto& [id, score] : tops) out.push_back(std::move(score));
  std::sort(out.begin(), out.end(), [](const TopicScore& a, const TopicScore& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
  for (std::size_t i = 0; i < out.size() && i < kMostAssigned; ++i)
    out[i].assigned = out[i].score >= kAssign && out[i].score * 2 >= out[0].score;
}

}  // namespace spalte::annotate
