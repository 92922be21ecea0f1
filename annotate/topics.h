// What is an article about, in the trade's vocabulary (IPTC Media Topics), and which words say so?
#pragma once

#include "language/analyser.h"
#include "schema/annotation.h"
#include "schema/article.h"
#include "schema/result.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::annotate {

/// One topic of the vocabulary. Names in both standards and English; `parent` is empty for a top topic.
struct Topic {
  std::string id;  ///< "medtop:11000000"
  std::string parent;
  std::string name_nb, name_nn, name_en;
};

/// The vocabulary alone (no cues, no classifier): what queries and `topics` need. Cheap to open.
class TopicTree {
 public:
  std::span<const Topic> topics() const { return topics_; }
  const Topic* by_id(std::string_view id) const;  ///< with or without "medtop:"
  /// By name in any of the languages (case and NFC aside) or by code; all that match.
  std::vector<const Topic*> by_name(std::string_view name) const;
  /// The topic and all above it, lowest first; ids.
  std::vector<std::string> with_ancestors(std::string_view id) const;

  std::vector<Topic> topics_;
};
/// Reads `topics.toml`, and a user's file of the same form after it if `extra` is not empty. Errors say file, line and
/// reason.
/// A user's topics of other schemes keep their codes ("x:kyst"); topics that ours have too add words and may rename
/// them.
Result<TopicTree> open_topic_tree(const std::string& path, const std::string& extra = {});

class TopicModel;
Result<std::shared_ptr<const TopicModel>> open_topic_model(const std::string& data_folder,
                                                           const std::string& extra = {});

/// `all`: every top topic with a score above zero, the assigned ones below, and the evidence of each; costs a third more.
enum class TopicsWanted { assigned, all };

/// One object a thread.
class TopicFinder {
 public:
  explicit TopicFinder(std::shared_ptr<const TopicModel> model, TopicsWanted wanted = TopicsWanted::assigned);
  ~TopicFinder();
  TopicFinder(TopicFinder&&) noexcept;
  TopicFinder& operator=(TopicFinder&&) noexcept;
  /// `out` is overwritten: see TopicScore and Annotation::topics.
  void find(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
            std::vector<TopicScore>& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::annotate
