// How do cues, compounds, repeats and places add up?
#include "annotate/topic_reader.h"

#include "annotate/known_names.h"
#include "language/normalise.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spalte::annotate {
namespace {

constexpr float kStrong = 1.0F, kPlain = 0.6F, kWeak = 0.2F;
constexpr float kInCompound = 0.75F;  ///< fylkestinget says less than ting; weak cues say nothing there
constexpr float kPhrase = 1.2F;
constexpr float kTitle = 2.5F, kOpening = 1.5F;
constexpr std::uint32_t kOpeningTokens = 40, kMostTokens = 600;
constexpr std::size_t kFirstSlots = 2048;  ///< enough for kMostTokens; a power of two
constexpr float kRepeat = 0.3F, kFeatureRepeat = 0.5F, kFeatureTitle = 2;
constexpr std::size_t kShortestPart = 3;

std::uint32_t hash(std::string_view bytes) {
  std::uint32_t h = 2166136261U;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
  return h | 1U;
}

}  // namespace

TopicReader::TopicReader(const std::vector<TopicEntry>& entries) : entries_(entries), lines_(entries.size()) {
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
  for (std::uint32_t t = 0; t < entries_.size(); ++t) {
    const TopicEntry& e = entries_[t];
    for (const auto& [list, weight] : {std::pair{&e.strong, kStrong}, {&e.plain, kPlain}, {&e.weak, kWeak}})
      for (const std::string& text : *list) add(analyser, text, t, weight);
  }
}

void TopicReader::add(const language::Analyser& analyser, std::string_view text, std::uint32_t entry, float weight) {
  // A cue that is a key itself is not taken for another word's form: vær is weather and no form of være.
  const auto keys_of = [&](std::string_view word) {
    const std::string folded = language::normalise(word);
    std::vector<std::string> keys = analyser.query_word(word).keys;
    if (std::find(keys.begin(), keys.end(), folded) != keys.end()) keys = {folded};
    return std::pair(folded, keys);
  };
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (words.empty()) return;
  const auto [folded, keys] = keys_of(words[0]);
  if (words.size() == 1) {
    const auto add_to = [&](std::vector<Cue>& known) {
      const auto same = std::find_if(known.begin(), known.end(), [&](const Cue& c) { return c.entry == entry; });
      if (same == known.end())
        known.push_back({entry, weight});
      else
        same->weight = std::max(same->weight, weight);
    };
    for (const std::string& key : keys) add_to(cues_[key]);
    if (std::find(keys.begin(), keys.end(), folded) == keys.end()) add_to(forms_[folded]);
    return;
  }
  Phrase phrase{entry, weight * kPhrase, {}};
  for (std::size_t i = 1; i < words.size(); ++i) phrase.rest.push_back(keys_of(words[i]).second);
  for (const std::string& key : keys) phrases_[key].push_back(phrase);
}

const TopicReader::Word& TopicReader::word(language::TypeId type, language::Standard standard,
                                           language::Analyser& analyser) {
  std::vector<Word>& words = words_[standard == language::Standard::nn ? 1 : 0];
  if (words.size() <= type) words.resize(std::max<std::size_t>(analyser.type_count(), type + 1));
  if (words[type].known) return words[type];
  Word w;
  w.known = true;
  const language::WordType& t = analyser.type(type);
  const std::string folded(t.folded);
  w.stopword = folded.size() < 2 || language::Analyser::is_stopword(folded);
  w.ambiguous_name = t.capitalised && !t.all_caps && (known_name(t.surface) & (kFirstName | kPlace)) != 0;
  w.key = hash(folded);
  const auto take = [&](const auto& cues, const std::string& key, float factor) {
    const auto found = cues.find(key);
    if (found == cues.end()) return false;
    for (const Cue& c : found->second)
      if (factor == 1 || c.weight > kWeak) w.cues.push_back({c.entry, c.weight * factor});
    return true;
  };
  bool first = true, matched = take(forms_, folded, 1);
  const language::Analyser::Terms terms = analyser.terms(type, standard);
  for (const language::Term& term : terms.terms) {
    if (term.role != language::TermRole::word) continue;
    if (!std::exchange(first, false)) break;  // the likeliest reading alone: vart is no form of vare
    const std::string key(term.key);
    w.key = hash(key);
    matched = take(cues_, key, 1) || matched;
    if (const auto found = phrases_.find(key); found != phrases_.end() && w.phrases == nullptr)
      w.phrases = &found->second;
  }
  if (!matched && !t.capitalised)
    for (const language::Term& term : terms.terms) {
      if (term.role == language::TermRole::word || term.key.size() < kShortestPart) continue;
      // Improbable readings of the whole word come with the parts; a part is shorter by what it is joined to.
      if (term.key.size() + kShortestPart > folded.size()) continue;
      if (take(cues_, std::string(term.key), kInCompound) && w.part == 0) w.part = hash("#" + std::string(term.key));
    }
  // The same topic by two keys counts once, by the better.
  std::sort(w.cues.begin(), w.cues.end(),
            [](const Cue& a, const Cue& b) { return a.entry != b.entry ? a.entry < b.entry : a.weight > b.weight; });
  w.cues.erase(std::unique(w.cues.begin(), w.cues.end(), [](const Cue& a, const Cue& b) { return a.entry == b.entry; }),
               w.cues.end());
  words[type] = std::move(w);
  return words[type];
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
    while (slots_[at] != 0 && seen_[slots_[at] - 1].word->key != wanted) at = (at + 1) & mask;
    return at;
  };
  if (seen_.size() * 2 >= slots_.size()) {  // one endless sentence
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < seen_.size(); ++i) slots_[find(seen_[i].word->key)] = i + 1;
  }
  return slots_[find(key)];
}

void TopicReader::read(const Article& article, const language::AnalysedText& text, language::Analyser& analyser,
                       std::uint32_t first, std::uint32_t last, TopicReading& out) {
  if (!learnt_) learn_cues(analyser);
  if (generation_ != analyser.generation()) {
    generation_ = analyser.generation();
    for (auto& words : words_) words.clear();
  }
  for (auto& words : words_) words.resize(std::max(words.size(), analyser.type_count()));
  slots_.assign(kFirstSlots, 0);
  seen_.clear();
  std::uint32_t read = 0, opening = 0;
  std::size_t distinct = 0;
  for (const language::Sentence& s : text.sentences) {
    if (s.last <= first) continue;
    if (s.first >= last || read >= kMostTokens) break;
    const bool title = article.paragraphs[s.paragraph].role == ParagraphRole::title;
    const language::Standard standard = text.paragraphs[s.paragraph].standard;
    for (std::uint32_t t = std::max(s.first, first); t < std::min(s.last, last); ++t) {
      const language::Token& token = text.tokens[t];
      if (token.kind != language::TokenKind::word) continue;
      ++read;
      const float place = title ? kTitle : opening++ < kOpeningTokens ? kOpening : 1;
      const Word& w = word(token.type, standard, analyser);
      std::uint32_t& at = slot(w.key);
      const float feature = title ? kFeatureTitle : 1;
      if (at == 0) {
        at = static_cast<std::uint32_t>(seen_.size() + 1);
        seen_.push_back({&w, t, place, 1, feature, {}});
        distinct += w.stopword ? 0 : 1;
      } else {
        Seen& seen = seen_[at - 1];
        seen.place = std::max(seen.place, place);
        seen.repeats += kRepeat;
        seen.feature += kFeatureRepeat * feature;
      }
      if (w.phrases != nullptr)
        for (const Phrase& p : *w.phrases)
          if (follows(p, text, analyser, t, standard)) seen_[at - 1].phrase.push_back({p.entry, p.weight});
    }
  }
  out.scores.assign(entries_.size(), 0);
  out.evidence.resize(entries_.size());
  for (auto& list : out.evidence) list.clear();
  out.features.clear();
  const float length = std::sqrt(static_cast<float>(distinct) + 10);
  for (const Seen& seen : seen_) {
    if (!seen.word->stopword) {
      out.features.push_back({seen.word->key, seen.feature, !seen.word->cues.empty()});
      if (seen.word->part != 0) out.features.push_back({seen.word->part, 1, true});
    }
    per_key_.clear();
    const auto speak = [&](const Cue& c) {
      for (const std::uint32_t entry : lines_[c.entry]) {
        const auto known =
            std::find_if(per_key_.begin(), per_key_.end(), [&](const auto& p) { return p.first == entry; });
        if (known == per_key_.end())
          per_key_.emplace_back(entry, c.weight);
        else
          known->second = std::max(known->second, c.weight);
      }
    };
    // A first name or town within a sentence is no dictionary word (Bjørn, Moss).
    if (!seen.word->ambiguous_name) std::for_each(seen.word->cues.begin(), seen.word->cues.end(), speak);
    std::for_each(seen.phrase.begin(), seen.phrase.end(), speak);
    for (const auto& [entry, weight] : per_key_) {
      const float value = weight * seen.place * (1 + std::log(seen.repeats)) / length;
      out.scores[entry] += value;
      out.evidence[entry].push_back({value, seen.token});
    }
  }
}

}  // namespace spalte::annotate
