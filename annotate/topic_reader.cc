// How do cues, compounds, repeats and places add up?
#include "annotate/topic_reader.h"

#include "annotate/known_names.h"
#include "annotate/topic_classifier.h"
#include "language/normalise.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <utility>

namespace spalte::annotate {
namespace {

constexpr float kStrong = 1.0F, kPlain = 0.6F, kWeak = 0.2F;
constexpr float kInCompound = 0.75F;  ///< fylkestinget says less than ting; weak cues say nothing there
constexpr float kPhrase = 1.2F;
constexpr float kTitle = 2.5F, kOpening = 1.5F;
constexpr std::uint32_t kOpeningTokens = 40, kMostTokens = 600;
constexpr std::uint32_t kAhead = 8;   ///< tokens
constexpr std::size_t kFirstSlots = 2048;  ///< enough for kMostTokens; a power of two
constexpr float kRepeat = 0.3F, kFeatureRepeat = 0.5F, kFeatureTitle = 2;
constexpr std::size_t kShortestPart = 3;
constexpr std::uint32_t kCueBits = 1U << 18U;

std::uint32_t hash(std::string_view bytes) {
  std::uint32_t h = 2166136261U;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
  return h | 1U;
}

}  // namespace

TopicReader::TopicReader(const std::vector<TopicEntry>& entries, const TopicClassifier* classifier)
    : entries_(entries), classifier_(classifier), lines_(entries.size()) {
  std::unordered_map<std::string_view, std::uint32_t> number;
  for (std::uint32_t i = 0; i < entries.size(); ++i) number.emplace(entries[i].topic.id, i);
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    std::uint32_t at = i;
    do {
      lines_[i].push_back(at);
      const auto parent = number.find(entries[at].topic.parent);
      if (parent == number.end()) break;
      at = parent->second;
    } while (lines_[i].size() < entries.size());
    if (lines_[i].size() == 1) tops_.push_back(i);
  }
  std::sort(tops_.begin(), tops_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return entries[a].topic.id < entries[b].topic.id; });
}

void TopicReader::learn_cues(const language::Analyser& analyser) {
  learnt_ = true;
  may_be_cue_.assign(kCueBits, false);
  for (std::uint32_t t = 0; t < entries_.size(); ++t) {
    const TopicEntry& e = entries_[t];
    for (const auto& [list, weight] : {std::pair{&e.strong, kStrong}, {&e.plain, kPlain}, {&e.weak, kWeak}})
      for (const std::string& text : *list) add(analyser, text, t, weight);
  }
}

void TopicReader::prepare(const language::Analyser& analyser) {
  if (!learnt_) learn_cues(analyser);
  if (generation_ != analyser.generation()) {
    generation_ = analyser.generation();
    for (auto& words : words_) words.clear();
    told_.clear();
    said_.clear();
  }
  for (auto& words : words_) words.resize(std::max(words.size(), analyser.type_count()));
}

void TopicReader::add(const language::Analyser& analyser, std::string_view text, std::uint32_t entry, float weight) {
  // A cue that is a key itself is not taken for another word's form (vær is weather and no form of være), and one that
  // is none stands for its written form alone (OL is no form of Ole).
  const auto keys_of = [&](std::string_view word) {
    const std::string folded = language::normalise(word);
    std::vector<std::string> keys = analyser.query_word(word).keys;
    const auto own = std::find_if(keys.begin(), keys.end(),
                                  [&](const std::string& key) { return language::normalise(key) == folded; });
    if (own != keys.end()) keys = {*own};
    return std::tuple(folded, keys, own != keys.end());
  };
  // Ap is a party, AP an agency that every other picture is from.
  const bool mixed = std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
                     std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (words.empty()) return;
  const auto [folded, keys, is_key] = keys_of(words[0]);
  if (words.size() == 1) {
    const auto add_to = [&](std::vector<Cue>& known) {
      const auto same = std::find_if(known.begin(), known.end(), [&](const Cue& c) { return c.entry == entry; });
      if (same == known.end())
        known.push_back({entry, weight, mixed});
      else
        same->weight = std::max(same->weight, weight);
    };
    if (is_key) {
      add_to(cues_[keys[0]]);
      may_be_cue_[hash(keys[0]) % kCueBits] = true;
    }
    // What the lexicon lacks is given keys by guess.
    if (!is_key || !analyser.knows(keys[0])) {
      add_to(forms_[folded]);
      may_be_cue_[hash(folded) % kCueBits] = true;
    }
    return;
  }
  Phrase phrase{entry, weight * kPhrase, {}};
  for (std::size_t i = 1; i < words.size(); ++i) phrase.rest.push_back(std::get<1>(keys_of(words[i])));
  for (const std::string& key : keys) {
    phrases_[key].push_back(phrase);
    may_be_cue_[hash(key) % kCueBits] = true;
  }
}

TopicReader::Word TopicReader::new_word(language::TypeId type, language::Standard standard,
                                        language::Analyser& analyser) {
  std::vector<Word>& words = words_[standard == language::Standard::nn ? 1 : 0];
  if (words.size() <= type) words.resize(std::max<std::size_t>(analyser.type_count(), type + 1));
  Word& w = words[type];
  Told told;
  std::vector<Cue>& spoken = cues_of_word_;
  spoken.clear();
  const language::WordType& t = analyser.type(type);
  const std::string_view folded = t.folded;
  w.stopword = folded.size() < 2 || language::Analyser::is_stopword(folded);
  const auto take = [&](const auto& cues, std::string_view key, std::uint32_t hashed, float factor) {
    if (!may_be_cue_[hashed % kCueBits]) return false;
    const auto found = cues.find(std::string(key));
    if (found == cues.end()) return false;
    for (const Cue& c : found->second)
      if ((factor == 1 || c.weight > kWeak) && !(c.mixed && t.all_caps))
        spoken.push_back({c.entry, c.weight * factor});
    return true;
  };
  const std::uint32_t as_written = hash(folded);
  bool matched = take(forms_, folded, as_written, 1);
  // Capitals are an acronym, whatever the small letters would mean (LO, lo).
  if (t.all_caps) matched = take(cues_, folded, as_written, 1) || matched;
  w.key = as_written;
  const language::Analyser::Terms terms = analyser.terms(type, standard);
  for (const language::Term& term : terms.terms) {
    if (term.role != language::TermRole::word) continue;
    // The likeliest reading alone: vart is no form of vare.
    w.key = term.key == folded ? as_written : hash(term.key);
    if (!may_be_cue_[w.key % kCueBits]) break;
    matched = take(cues_, term.key, w.key, 1) || matched;
    if (const auto found = phrases_.find(std::string(term.key)); found != phrases_.end())
      told.phrases = &found->second;
    break;
  }
  const auto row = [this](std::uint32_t key) { return classifier_ == nullptr ? 0 : classifier_->row(key); };
  w.row = row(w.key);
  for (const Cue& c : spoken) told.loudness = std::max(told.loudness, c.weight);
  if (!matched && !t.capitalised)
    for (const language::Term& term : terms.terms) {
      if (term.role == language::TermRole::word || term.key.size() < kShortestPart) continue;
      // Improbable readings of the whole word come with the parts; a part is shorter by what it is joined to.
      if (term.key.size() + kShortestPart > folded.size()) continue;
      if (take(cues_, term.key, hash(term.key), kInCompound) && told.part == 0)
        told.part = hash("#" + std::string(term.key));
    }
  if (spoken.empty() && told.phrases == nullptr && told.part == 0) return w;
  if (told.part != 0) told.part_row = row(told.part);
  told.cue = !spoken.empty();
  // A first name or town within a sentence is no dictionary word (Bjørn, Moss).
  const bool ambiguous_name = t.capitalised && !t.all_caps && (known_name(t.surface) & (kFirstName | kPlace)) != 0;
  if (ambiguous_name) {
    spoken.clear();
    told.loudness = 0;
  }
  std::sort(spoken.begin(), spoken.end(),
            [](const Cue& a, const Cue& b) { return a.entry != b.entry ? a.entry < b.entry : a.weight > b.weight; });
  said_of_word_.clear();
  for (const Cue& c : spoken) say(c, false, said_of_word_);
  told.first_said = static_cast<std::uint32_t>(said_.size());
  told.said = static_cast<std::uint32_t>(said_of_word_.size());
  said_.insert(said_.end(), said_of_word_.begin(), said_of_word_.end());
  told_.push_back(std::move(told));
  w.told = static_cast<std::uint32_t>(told_.size()) & 0x3fffffffU;
  w.phrases = told_.back().phrases != nullptr;
  return w;
}

float TopicReader::loudness(language::TypeId type, language::Standard standard, language::Analyser& analyser) {
  prepare(analyser);
  return told(word(type, standard, analyser)).loudness;
}

void TopicReader::say(const Cue& cue, bool phrase, std::vector<Said>& out) const {
  for (const std::uint32_t entry : lines_[cue.entry]) {
    const auto known = std::find_if(out.begin(), out.end(), [&](const Said& said) { return said.entry == entry; });
    if (known == out.end())
      out.push_back({entry, cue.weight, phrase});
    else if (known->weight < cue.weight)
      *known = {entry, cue.weight, phrase};
  }
}

bool TopicReader::follows(const Phrase& phrase, const language::AnalysedText& text, language::Analyser& analyser,
                          std::uint32_t token, language::Standard standard) const {
  for (const auto& keys : phrase.rest) {
    if (++token >= text.tokens.size()) return false;
    const auto terms = analyser.terms(text.tokens[token].type, standard).terms;
    if (std::none_of(terms.begin(), terms.end(), [&](const language::Term& term) {
          return std::find(keys.begin(), keys.end(), term.key) != keys.end();
        }))
      return false;
  }
  return true;
}

std::uint32_t& TopicReader::slot(std::uint32_t key) {
  const auto find = [this](std::uint32_t wanted) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = wanted * std::size_t{0x9e3779b1} >> 16U & mask;
    while (slots_[at] != 0 && seen_[slots_[at] - 1].word.key != wanted) at = (at + 1) & mask;
    return at;
  };
  if (seen_.size() * 2 >= slots_.size()) {  // one endless sentence
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < seen_.size(); ++i) slots_[find(seen_[i].word.key)] = i + 1;
  }
  return slots_[find(key)];
}

void TopicReader::read(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                       std::uint32_t first, std::uint32_t last, TopicReading& out) {
  prepare(analyser);
  slots_.assign(kFirstSlots, 0);
  seen_.clear();
  seen_phrases_.clear();
  std::uint32_t read = 0, opening = 0;
  std::size_t distinct = 0;
  for (const language::Sentence& s : text.sentences) {
    if (s.last <= first) continue;
    if (s.first >= last || read >= kMostTokens) break;
    const bool title = article.paragraphs[s.paragraph].role == ParagraphRole::title;
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    const std::vector<Word>& words = words_[standard == language::Standard::nn ? 1 : 0];
    for (std::uint32_t t = std::max(s.first, first); t < std::min(s.last, last); ++t) {
      const language::Token& token = text.tokens[t];
      // The table is larger than the caches, and the next words are known.
      if (t + kAhead < text.tokens.size()) __builtin_prefetch(words.data() + text.tokens[t + kAhead].type);
      if (token.kind != language::TokenKind::word) continue;
      ++read;
      const float place = title ? kTitle : opening++ < kOpeningTokens ? kOpening : 1;
      const Word w = word(token.type, standard, analyser);
      std::uint32_t& at = slot(w.key);
      const float feature = title ? kFeatureTitle : 1;
      if (at == 0) {
        at = static_cast<std::uint32_t>(seen_.size() + 1);
        seen_.push_back({w, t, place, 1, feature});
        distinct += w.stopword ? 0 : 1;
      } else {
        Seen& seen = seen_[at - 1];
        seen.place = std::max(seen.place, place);
        seen.repeats += kRepeat;
        seen.feature += kFeatureRepeat * feature;
      }
      if (w.phrases)
        for (const Phrase& p : *told(w).phrases)
          if (follows(p, text, analyser, t, standard)) {
            seen_phrases_.push_back({at - 1, {p.entry, p.weight}});
            seen_[at - 1].phrase_token = t;
            seen_[at - 1].phrase_words = static_cast<std::uint32_t>(p.rest.size() + 1);
          }
    }
  }
  out.scores.assign(entries_.size(), 0);
  out.evidence.resize(entries_.size());
  for (auto& list : out.evidence) list.clear();
  out.features.clear();
  const float length = std::sqrt(static_cast<float>(distinct) + 10);
  for (std::uint32_t n = 0; n < seen_.size(); ++n) {
    const Seen& seen = seen_[n];
    const Told& says = told(seen.word);
    if (!seen.word.stopword) {
      out.features.push_back({seen.word.key, seen.word.row, seen.feature, says.cue});
      if (says.part != 0) out.features.push_back({says.part, says.part_row, 1, true});
    }
    if (seen.word.told == 0) continue;
    std::span<const Said> all{said_.data() + says.first_said, says.said};
    if (seen.phrase_words != 0) {
      said_of_word_.assign(all.begin(), all.end());
      for (const SeenPhrase& p : seen_phrases_)
        if (p.seen == n) say(p.cue, true, said_of_word_);
      all = said_of_word_;
    }
    const float repeats = seen.repeats == 1 ? 1 : 1 + std::log(seen.repeats);
    for (const Said& said : all) {
      const float value = said.weight * seen.place * repeats / length;
      out.scores[said.entry] += value;
      out.evidence[said.entry].push_back({value, said.phrase ? seen.phrase_token : seen.token,
                                          said.phrase ? seen.phrase_words : 1, seen.place > 1 && said.weight > kWeak});
    }
  }
}

}  // namespace spalte::annotate
