// Which words of a text speak for which topics, and how strongly?
#pragma once

#include "annotate/topic_file.h"
#include "language/analyser.h"
#include "schema/article.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spalte::annotate {

/// A distinct key of the text, as a feature of the classifier.
struct TopicFeature {
  std::uint32_t hash = 0;
  float value = 0;
  bool cue = false;  ///< a cue's, so that training can leave it out
};

/// What one text says, before anything is decided. Indexes are those of the entries.
struct TopicReading {
  struct Evidence {
    float weight = 0;
    std::uint32_t token = 0;  ///< where the word, or the phrase, stands first
    std::uint32_t words = 1;  ///< how many tokens a phrase has
    bool leading = false;     ///< in the title or the opening, and no weak cue
  };
  std::vector<float> scores;  ///< by entry; a topic has its own words' and those of the topics below it
  std::vector<std::vector<Evidence>> evidence;
  std::vector<TopicFeature> features;
};

/// Reads texts by the cues of a list of topics. Cue score: recipe `topics`, per distinct key: weight of the cue × place
/// (title, opening) × (1 + ln of repeats), over the root of the number of distinct words. One object a thread;
/// `entries` must outlive it. Cost: a look-up in a table of word types a token.
class TopicReader {
 public:
  explicit TopicReader(const std::vector<TopicEntry>& entries);

  /// Of tokens [first, last). `out` is overwritten and its memory reused.
  void read(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
            std::uint32_t first, std::uint32_t last, TopicReading& out);

  /// How loudly a word speaks by itself: the weight of its strongest cue as a whole word, no compound; 0: no cue.
  float loudness(language::TypeId type, language::Standard standard, language::Analyser& analyser);

  /// The entry and all above it, itself first.
  const std::vector<std::uint32_t>& line(std::uint32_t entry) const { return lines_[entry]; }
  std::uint32_t top(std::uint32_t entry) const { return lines_[entry].back(); }
  /// Entries that have no parent, in order of their codes: the classifier's classes.
  const std::vector<std::uint32_t>& tops() const { return tops_; }

 private:
  struct Cue {
    std::uint32_t entry;
    float weight;
    bool mixed = false;  ///< written with capitals and small letters (Ap): AP is another
  };
  struct Phrase {
    std::uint32_t entry;
    float weight;
    std::vector<std::vector<std::string>> rest;  ///< keys of its further words
  };
  /// What few words have.
  struct Told {
    bool ambiguous_name = false;
    std::vector<Cue> cues;
    const std::vector<Phrase>* phrases = nullptr;
    std::uint32_t part = 0;  ///< hash of the compound's part that is a cue; 0: none
    float loudness = 0;      ///< of the whole word
  };
  /// A word type. Small: reviews have hundreds of thousands, and most are met once.
  struct Word {
    std::uint32_t key = 0;  ///< hash of its likeliest key; 0: not looked at yet
    bool stopword : 1 = false;
    std::uint32_t told : 31 = 0;  ///< 1 + its place in told_; 0: it says nothing of any topic
  };
  struct Seen {
    Word word;
    std::uint32_t token;
    float place, repeats, feature;
    std::vector<Cue> phrase;
    std::uint32_t phrase_token = 0, phrase_words = 1;
  };
  /// What a key of the text says of one topic.
  struct Said {
    std::uint32_t entry;
    float weight;
    bool phrase;
  };

  /// Before a text is read: cues known, and words of what the analyser has forgotten gone.
  void prepare(const language::Analyser& analyser);
  void learn_cues(const language::Analyser& analyser);
  void add(const language::Analyser& analyser, std::string_view text, std::uint32_t entry, float weight);
  Word word(language::TypeId type, language::Standard standard, language::Analyser& analyser);
  const Told& told(const Word& word) const { return word.told == 0 ? nothing_ : told_[word.told - 1]; }
  /// The place of a key in seen_: where it is, or where it belongs.
  std::uint32_t& slot(std::uint32_t key);
  bool follows(const Phrase& phrase, const language::AnalysedText& text, language::Analyser& analyser,
               std::uint32_t token, language::Standard standard) const;

  const std::vector<TopicEntry>& entries_;
  std::vector<std::vector<std::uint32_t>> lines_;
  std::vector<std::uint32_t> tops_;
  bool learnt_ = false;
  std::unordered_map<std::string, std::vector<Cue>> cues_;   ///< by key
  std::unordered_map<std::string, std::vector<Cue>> forms_;  ///< by written form, of cues that are no keys themselves
  std::unordered_map<std::string, std::vector<Phrase>> phrases_;
  std::vector<bool> may_be_cue_;  ///< by a hash of what stands in these three: most words are in none
  std::uint64_t generation_ = UINT64_MAX;
  std::vector<Word> words_[2];        ///< by type; bokmål, nynorsk
  std::vector<Told> told_;
  const Told nothing_ = {};
  std::vector<std::uint32_t> slots_;  ///< open addressing by key: 1 + the number in seen_; 0: free
  std::vector<Seen> seen_;
  std::vector<Said> per_key_;
};

}  // namespace spalte::annotate
