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

class TopicClassifier;

/// A distinct key of the text, as a feature of the classifier.
struct TopicFeature {
  std::uint32_t hash = 0;
  std::uint32_t row = 0;  ///< where the reader's classifier has it (see TopicClassifier::row)
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
/// `entries` and `classifier` must outlive it; without the latter, features have no rows. Cost: a look-up in a table of
/// word types a token.
class TopicReader {
 public:
  explicit TopicReader(const std::vector<TopicEntry>& entries, const TopicClassifier* classifier = nullptr);

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
    std::uint32_t first_said = 0, said = 0;  ///< in said_: what its cues say; nothing of an ambiguous name
    bool cue = false;
    const std::vector<Phrase>* phrases = nullptr;
    std::uint32_t part = 0;  ///< hash of the compound's part that is a cue; 0: none
    std::uint32_t part_row = 0;
    float loudness = 0;  ///< of the whole word; 0 of an ambiguous name
  };
  /// A word type. Small: reviews have hundreds of thousands, and most are met once.
  struct Word {
    std::uint32_t key = 0;  ///< hash of its likeliest key; 0: not looked at yet
    std::uint32_t row = 0;  ///< the key's in the classifier
    bool stopword : 1 = false;
    bool phrases : 1 = false;     ///< it begins some
    std::uint32_t told : 30 = 0;  ///< 1 + its place in told_; 0: it says nothing of any topic
  };
  struct Seen {
    Word word;
    std::uint32_t token;
    float place, repeats, feature;
    std::uint32_t phrase_token = 0, phrase_words = 0;  ///< the last phrase that it begins; 0 words: none
  };
  struct SeenPhrase {
    std::uint32_t seen;  ///< its first word's number in seen_
    Cue cue;
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
  Word word(language::TypeId type, language::Standard standard, language::Analyser& analyser) {
    const std::vector<Word>& words = words_[standard == language::Standard::nn ? 1 : 0];
    if (type < words.size() && words[type].key != 0) return words[type];
    return new_word(type, standard, analyser);
  }
  Word new_word(language::TypeId type, language::Standard standard, language::Analyser& analyser);
  const Told& told(const Word& word) const { return word.told == 0 ? nothing_ : told_[word.told - 1]; }
  /// The place of a key in seen_: where it is, or where it belongs.
  std::uint32_t& slot(std::uint32_t key);
  /// Adds a cue to what is said of its topic and those above it: the strongest counts.
  void say(const Cue& cue, bool phrase, std::vector<Said>& out) const;
  bool follows(const Phrase& phrase, const language::AnalysedText& text, language::Analyser& analyser,
               std::uint32_t token, language::Standard standard) const;

  const std::vector<TopicEntry>& entries_;
  const TopicClassifier* classifier_;
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
  std::vector<Said> said_;
  const Told nothing_ = {};
  std::vector<std::uint32_t> slots_;  ///< open addressing by key: 1 + the number in seen_; 0: free
  std::vector<Seen> seen_;
  std::vector<SeenPhrase> seen_phrases_;
  std::vector<Cue> cues_of_word_;
  std::vector<Said> said_of_word_;
};

}  // namespace spalte::annotate
