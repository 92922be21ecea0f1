// Makes norwegian.lex from Apertium's dictionaries and the count model. spalte-build-lexicon APERTIUM_FOLDER
// WORD_COUNTS OUT
//
// The key of a bokmål lemma is the lemma; of a nynorsk one the most frequent bokmål lemma that the pair list gives it
// (gong → gang, not gong); a bokmål lemma that is a rare twin of what nynorsk calls so (kvit, skule) goes with its
// frequent twin. A verb that has an s of its own goes
// with the verb that has none (finnes, krevjast). A form's keys are those of its likely readings, as counted in context
// in unlabelled text (tools/tag_model), and what it compares (mest is much, eldre is old); the others are kept as
// improbable, so that a word and each of its forms always share a key.
#include "language/lexicon_format.h"
#include "language/tools/readings.h"
#include "language/tools/suffix_rules.h"
#include "language/tools/word_counts.h"
#include "language/utf8.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace spalte::language::tools {
namespace {

constexpr double kPrior = 0.3;
/// What the lemmas and tags say of a form counts as much as so many of its occurrences.
constexpr double kBelief = 3;
constexpr double kProbable = 0.3;
/// A rarer reading of a common form is met as well: this many times in the counted text (bokmål, nynorsk; once in about
/// 200,000 words), though never below kSeldom.
constexpr double kMet[2] = {100, 4};
constexpr double kSeldom = 0.02;
/// A form that names have too is one where it is written with a capital so often.
constexpr double kName = 0.9, kLeastNames = 3;
/// Below this a content word is taken for nothing else; a function word has no improbable readings (`for` is not a form
/// of `fare` and `fôr`, though it is).
constexpr double kPossible = 0.0005;
/// A bokmål lemma this many times rarer than the one that nynorsk's word of the same spelling stands for is its
/// variant.
constexpr double kRareTwin = 8;
/// Newspapers seldom command: what counting gives the imperative (kjøp, sving) belongs mostly to the noun of the same
/// form.
constexpr double kImperative = 0.05;
/// An adverb spelt like a form of an adjective (best, verst, lengst) is that adjective.
constexpr double kAdverbOfAdjective = 0.1;
constexpr double kLoad = 1.15;

struct KeyRef {
  std::uint32_t key;
  bool improbable, tail;
};

/// Two spellings of one word: at most two letters differ.
bool is_variant(std::string_view a, std::string_view b) {
  constexpr std::size_t kMost = 2;
  const auto letters = [](std::string_view s) {
    std::u32string out;
    for (std::size_t i = 0; i < s.size();) out += next_code_point(s, i);
    return out;
  };
  const std::u32string x = letters(a), y = letters(b);
  std::vector<std::size_t> row(y.size() + 1);
  for (std::size_t j = 0; j <= y.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= x.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= y.size(); ++j) {
      const std::size_t substituted = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row[y.size()] <= std::min(kMost, std::min(x.size(), y.size()) / 2);
}

class Builder {
 public:
  Builder(const std::string& apertium, const std::string& counts)
      : d_(read_dictionaries(apertium)), counts_(WordCounts::read(counts)) {
    lemma_count_.resize(d_.lemmas.size());
    for (std::uint32_t l = 0; l < lemma_count_.size(); ++l) lemma_count_[l] = counts_.lemma(d_.lemmas.text(l));
    find_keys();
  }

  void write(const std::string& path) {
    lex::Header header{};
    std::memcpy(header.magic, lex::kMagic, sizeof(header.magic));
    collect_sets();
    SuffixRules rules;
    for (int s = 0; s < 2; ++s)
      for (const auto& [form, refs] : form_refs_[s])
        for (const KeyRef& r : refs)
          if (!r.improbable && r.tail) rules.add(s, form, keys_.text(r.key), 1.0);
    const std::vector<lex::SuffixRule> rule_table = rules.table(strings_);
    strings_keys();
    const std::vector<lex::HeadEntry> heads = head_table();
    const std::vector<lex::FormsOfKey> inverse = forms_of_keys();
    const std::string forms = form_table();
    std::string out(sizeof(header), '\0');
    const auto put = [&](lex::Section& section, const void* data, std::size_t bytes, std::size_t count) {
      out.resize((out.size() + 7) / 8 * 8);
      section = {out.size(), count};
      out.append(static_cast<const char*>(data), bytes);
    };
    put(header.forms, forms.data(), forms.size(), forms.size() / lex::kFormSlotBytes);
    put(header.heads, heads.data(), heads.size() * sizeof(heads[0]), heads.size());
    put(header.pairs, pairs_.data(), pairs_.size() * sizeof(pairs_[0]), pairs_.size());
    put(header.sets, sets_.data(), sets_.size() * sizeof(sets_[0]), sets_.size());
    put(header.keys, key_entries_.data(), key_entries_.size() * sizeof(key_entries_[0]), key_entries_.size());
    put(header.suffix_rules, rule_table.data(), rule_table.size() * sizeof(rule_table[0]), rule_table.size());
    put(header.inverse, inverse.data(), inverse.size() * sizeof(inverse[0]), inverse.size());
    put(header.endings, endings_.data(), endings_.size() * sizeof(endings_[0]), endings_.size());
    put(header.strings, strings_.data(), strings_.size(), strings_.size());
    char version[17];
    std::snprintf(version, sizeof(version), "%016llx", static_cast<unsigned long long>(lex::hash(out)));
    std::memcpy(header.version, version, sizeof(version));
    std::memcpy(out.data(), &header, sizeof(header));
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(out.data(), static_cast<std::streamsize>(out.size()));
    if (!file.flush()) throw std::runtime_error(path + " cannot be written");
    std::cout << "norwegian.lex: " << d_.forms[0].size() << " + " << d_.forms[1].size() << " forms, " << keys_.size()
              << " keys, " << rule_table.size() << " rule slots, " << out.size() / 1000 << " kB\n";
  }

 private:
  double count(std::uint32_t lemma) const { return lemma_count_[lemma]; }

  /// The bokmål lemma that stands for a nynorsk one: the most frequent of the pairs that are spelt much alike (gong is
  /// gang, fullmakt not myndighet, minnast not erindre), else of all.
  std::uint32_t find_primary(std::uint32_t lemma) const {
    const auto found = d_.bokmaal_of.find(lemma);
    if (found == d_.bokmaal_of.end()) return lemma;
    const auto variant = [&](std::uint32_t l) { return is_variant(d_.lemma_text(lemma), d_.lemma_text(l)); };
    std::uint32_t best = found->second[0];
    for (std::uint32_t candidate : found->second)
      if (std::pair(variant(candidate), count(candidate)) > std::pair(variant(best), count(best))) best = candidate;
    return best;
  }

  std::uint32_t primary(std::uint32_t lemma) const { return primary_[lemma]; }

  std::uint32_t without_s(std::uint32_t lemma) const {
    if (d_.pos(lemma) != "v") return lemma;
    const std::string_view text = d_.lemma_text(lemma);
    const auto verb = [&](std::string_view cut, std::string_view end) {
      return d_.lemmas.find(std::string(text.substr(0, text.size() - cut.size())).append(end).append("\tv"));
    };
    constexpr std::size_t kLeast = 5;
    if (text.size() < kLeast) return lemma;
    if (text.ends_with('s'))
      if (const std::uint32_t found = verb("s", ""); found != UINT32_MAX) return found;
    if (text.ends_with("ast"))
      for (const std::string_view infinitive : {"e", "je", "a", ""})
        if (const std::uint32_t found = verb("ast", infinitive); found != UINT32_MAX) return primary(found);
    return lemma;
  }

  void find_keys() {
    for (std::uint32_t l = 0; l < d_.lemmas.size(); ++l) primary_.push_back(find_primary(l));
    for (std::uint32_t l = 0; l < d_.lemmas.size(); ++l) {
      std::uint32_t nn = primary(l), nb = l;
      if (nn != l && d_.pos(l) != "np" && count(nn) >= kRareTwin * (count(l) + 1) &&
          is_variant(d_.lemma_text(l), d_.lemma_text(nn)))
        nb = nn;
      // The twin may itself be a variant; one step is enough, and cannot go in circles.
      key_of_lemma_[0].push_back(keys_.number(d_.lemma_text(without_s(nb))));
      key_of_lemma_[1].push_back(keys_.number(d_.lemma_text(without_s(nn))));
    }
    key_count_.assign(keys_.size(), 0);
    key_flags_.assign(keys_.size(), lex::kNameOnly);
    for (std::uint32_t l = 0; l < d_.lemmas.size(); ++l) {
      for (int s = 0; s < 2; ++s) {
        const std::uint32_t key = key_of_lemma_[s][l];
        if (s == 0) key_count_[key] += count(l);
        if (d_.pos(l) != "np") key_flags_[key] &= static_cast<std::uint8_t>(~lex::kNameOnly);
        if (d_.pos(l) == "n") key_flags_[key] |= lex::kNoun;
      }
    }
  }

  /// How likely a form is to be each reading: as counted in context where the text had it, else by its lemmas and tags.
  std::vector<double> shares(int standard, const std::string& form, const std::vector<Reading>& all,
                             double name) const {
    const bool adjective =
        std::any_of(all.begin(), all.end(), [&](const Reading& r) { return d_.pos(r.lemma) == "adj"; });
    std::vector<double> out;
    double sum = 0, names = 0;
    for (const Reading& r : all) {
      // Nynorsk lemmas are counted in text that is mostly bokmål: their frequency is that of the word they stand for.
      const double n = standard == 0 ? count(r.lemma) : std::max(count(r.lemma), count(primary(r.lemma)));
      out.push_back((n + kPrior) * counts_.tag(d_.tags.text(r.tag)) *
                    (d_.tags.text(r.tag).find("<imp>") != std::string::npos ? kImperative : 1) *
                    (adjective && d_.pos(r.lemma) == "adv" ? kAdverbOfAdjective : 1));
      (name > 0 && d_.pos(r.lemma) == "np" ? names : sum) += out.back();
    }
    std::map<std::uint32_t, double> of_lemma;
    for (std::size_t i = 0; i < all.size(); ++i) of_lemma[all[i].lemma] += out[i];
    double words = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (name > 0 && d_.pos(all[i].lemma) == "np") continue;
      const double seen = counts_.reading(standard, form, d_.lemmas.text(all[i].lemma));
      out[i] = kBelief * out[i] / sum + seen * out[i] / of_lemma[all[i].lemma];
      words += out[i];
    }
    if (name > 0)
      for (std::size_t i = 0; i < all.size(); ++i)
        out[i] *= d_.pos(all[i].lemma) == "np" ? name / (1 - name + 1e-3) * words / names : 1;
    return out;
  }

  /// What is left of a form's readings: names only where nothing else is, or where the form is nearly always written
  /// with a capital (Lisa, which is also a form of lise); but not instead of a noun with its article (Vika, Parken).
  std::vector<Reading> readings_of(const std::string& form, const std::vector<Reading>& readings, double& name) const {
    std::vector<Reading> words;
    bool article = false;
    for (const Reading& r : readings) {
      if (d_.pos(r.lemma) == "np") continue;
      words.push_back(r);
      article = article || d_.tags.text(r.tag).find("n<sg><def>") == 0;
    }
    const double names = counts_.as_name(form), small = counts_.small(form);
    name = !words.empty() && names >= kLeastNames && !article ? names / (names + small) : 0;
    if (words.empty() || (words.size() < readings.size() && name >= kName)) return readings;
    name = 0;
    return words;
  }

  std::vector<KeyRef> refs(int standard, const std::string& form, const std::vector<Reading>& readings) const {
    double name = 0;
    const std::vector<Reading> all = readings_of(form, readings, name);
    const std::vector<double> likely = shares(standard, form, all, name);
    struct Weight {
      double share = 0;
      bool tail = false, content = false, compares = false;
    };
    std::map<std::uint32_t, Weight> weights;
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Weight& w = weights[key_of_lemma_[standard][all[i].lemma]];
      w.share += likely[i];
      sum += likely[i];
      const std::string_view pos = d_.pos(all[i].lemma), tag = d_.tags.text(all[i].tag);
      w.tail = w.tail || pos == "n" || pos == "v" || pos == "adj";
      w.content = w.content || w.tail || pos == "np";
      w.compares = w.compares || tag.starts_with("adj<comp>") || tag.starts_with("adj<sup>");
    }
    std::uint32_t best = weights.begin()->first;
    for (const auto& [key, w] : weights)
      if (w.share > weights[best].share) best = key;
    std::vector<KeyRef> out;
    for (const auto& [key, w] : weights) {
      const bool probable = key == best || w.compares || w.share >= kProbable * sum ||
                            (w.share >= kSeldom * sum && w.share >= kMet[standard]);
      if (probable || (weights[best].content && w.share >= kPossible * sum)) out.push_back({key, !probable, w.tail});
    }
    std::sort(out.begin(), out.end(), [&](const KeyRef& a, const KeyRef& b) {
      const double x = weights[a.key].share, y = weights[b.key].share;
      return a.improbable != b.improbable ? b.improbable : x != y ? x > y : a.key < b.key;
    });
    return out;
  }

  void collect_sets() {
    for (int s = 0; s < 2; ++s)
      for (const auto& [form, readings] : d_.forms[s]) form_refs_[s][form] = refs(s, form, readings);
    sets_.push_back(0);  // word 0: no set
    std::map<std::vector<std::uint32_t>, std::uint32_t> known;
    const auto set_number = [&](const std::vector<KeyRef>& list) {
      std::vector<std::uint32_t> words;
      for (const KeyRef& r : list)
        words.push_back(r.key << lex::kRefShift | (r.tail ? lex::kTail : 0U) | (r.improbable ? lex::kImprobable : 0U));
      const auto [at, added] = known.emplace(words, static_cast<std::uint32_t>(sets_.size()));
      if (added) {
        sets_.push_back(static_cast<std::uint32_t>(words.size()));
        sets_.insert(sets_.end(), words.begin(), words.end());
      }
      return at->second;
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> pair_numbers;
    const auto add = [&](const std::string& form) {
      if (form_pair_.contains(form)) return;
      const auto nb = form_refs_[0].find(form), nn = form_refs_[1].find(form);
      const std::uint32_t a = nb != form_refs_[0].end() ? set_number(nb->second) : 0;
      const std::uint32_t b = nn != form_refs_[1].end() ? set_number(nn->second) : 0;
      const auto [at, added] = pair_numbers.emplace(std::pair{a, b}, static_cast<std::uint32_t>(pairs_.size()));
      if (added) pairs_.push_back({a, b});
      form_pair_[form] = at->second;
    };
    // In order, so that the same package gives the same file.
    for (int s = 0; s < 2; ++s) {
      std::vector<std::string> sorted;
      for (const auto& [form, list] : form_refs_[s]) sorted.push_back(form);
      std::sort(sorted.begin(), sorted.end());
      for (const std::string& form : sorted) add(form);
    }
  }

  void strings_keys() {
    for (std::uint32_t k = 0; k < keys_.size(); ++k) {
      lex::KeyEntry e;
      e.text = static_cast<std::uint32_t>(strings_.size());
      e.frequency = static_cast<std::uint16_t>(std::min(65535L, std::lround(std::log(key_count_[k] + 1) * 256)));
      e.flags = key_flags_[k];
      key_entries_.push_back(e);
      strings_ += keys_.text(k);
      strings_ += '\0';
    }
  }

  /// Linking forms with their most frequent key; a nynorsk one with the bokmål linking form of the same word that ends
  /// most alike.
  std::vector<lex::HeadEntry> head_table() {
    std::map<std::uint32_t, std::vector<std::string>> bokmaal_forms;
    for (const auto& [form, lemmas] : d_.heads[0])
      for (std::uint32_t l : lemmas) bokmaal_forms[key_of_lemma_[0][l]].push_back(form);
    std::map<std::string, lex::HeadEntry> entries;
    std::map<std::string, std::uint32_t> stored;
    for (int s = 0; s < 2; ++s) {
      for (const auto& [form, lemmas] : d_.heads[s]) {
        if (s == 1 && d_.heads[0].contains(form)) continue;
        std::uint32_t key = key_of_lemma_[s][lemmas[0]];
        for (std::uint32_t l : lemmas)
          if (key_count_[key_of_lemma_[s][l]] > key_count_[key]) key = key_of_lemma_[s][l];
        lex::HeadEntry e{0, key << 1U | static_cast<std::uint32_t>(s), 0};
        if (s == 1) {
          const std::string* best = nullptr;
          for (const std::string& candidate : bokmaal_forms[key])
            if (best == nullptr || (candidate.back() == form.back()) > (best->back() == form.back()) ||
                ((candidate.back() == form.back()) == (best->back() == form.back()) &&
                 (candidate.size() < best->size() || (candidate.size() == best->size() && candidate < *best))))
              best = &candidate;
          if (best != nullptr) {
            const auto [at, added] = stored.emplace(*best, static_cast<std::uint32_t>(strings_.size()));
            if (added) strings_.append(*best) += '\0';
            e.bokmaal = at->second;
          }
        }
        entries[form] = e;
      }
    }
    std::vector<lex::HeadEntry> table(static_cast<std::size_t>(static_cast<double>(entries.size()) * kLoad));
    for (auto& [form, e] : entries) {
      const std::uint64_t h = lex::hash(form);
      e.check = static_cast<std::uint32_t>(h) | 1U;
      std::uint64_t at = lex::first_slot(h, table.size());
      while (table[at].check != 0) at = at + 1 == table.size() ? 0 : at + 1;
      table[at] = e;
    }
    return table;
  }

  /// Forms of each key, lemma by lemma: what they begin with, and their endings, which most lemmas share with others.
  std::vector<lex::FormsOfKey> forms_of_keys() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::string>> of_lemma[2];  // key, lemma → forms
    for (int s = 0; s < 2; ++s)
      for (const auto& [form, readings] : d_.forms[s])
        for (const KeyRef& ref : form_refs_[s].at(form))
          for (const Reading& r : readings)
            if (!ref.improbable && key_of_lemma_[s][r.lemma] == ref.key) of_lemma[s][{ref.key, r.lemma}].insert(form);
    std::map<std::pair<std::uint32_t, std::set<std::string>>, std::uint32_t> standards;
    for (std::uint32_t s = 0; s < 2; ++s)
      for (const auto& [owner, forms] : of_lemma[s]) standards[{owner.first, forms}] |= 1U << s;
    std::unordered_map<std::string, std::uint32_t> stored;
    const auto store = [&](const std::string& text) {
      const auto [at, added] = stored.emplace(text, static_cast<std::uint32_t>(strings_.size()));
      if (added) strings_.append(text) += '\0';
      return at->second;
    };
    std::unordered_map<std::string, std::uint32_t> ending_numbers;
    std::vector<lex::FormsOfKey> out;
    for (const auto& [owner, mask] : standards) {
      const auto& [key, forms] = owner;
      const std::string &first = *forms.begin(), &last = *forms.rbegin();
      std::size_t stem = 0;
      while (stem < std::min({first.size(), last.size(), lex::kLongestStem}) && first[stem] == last[stem]) ++stem;
      while (stem > 0 && stem < last.size() && (static_cast<unsigned char>(last[stem]) & 0xc0U) == 0x80U) --stem;
      std::string endings;
      for (const std::string& form : forms) endings.append(endings.empty() ? "" : " ").append(form, stem);
      const std::string start = first.substr(0, stem);
      const std::uint32_t text = keys_.text(key).starts_with(start) ? key_entries_[key].text : store(start);
      const auto [at, added] = ending_numbers.emplace(endings, static_cast<std::uint32_t>(endings_.size()));
      if (added) endings_.push_back(store(endings));
      out.push_back({key & 0x3ffffU, mask & 3U, text & 0xffffffU, stem & 0x3fU, at->second & 0x3fffU});
    }
    if (keys_.size() > 1U << 18U || strings_.size() > 1U << 24U || endings_.size() > 1U << 14U)
      throw std::runtime_error("more keys, strings or endings than the format has room for");
    return out;
  }

  std::string form_table() const {
    if (pairs_.size() + 1 >= 1U << lex::kFormBits)
      throw std::runtime_error("more kinds of forms than the format has room for");
    const auto slots = static_cast<std::uint64_t>(static_cast<double>(form_pair_.size()) * kLoad);
    std::string table(slots * lex::kFormSlotBytes, '\0');
    std::vector<const std::string*> sorted;
    for (const auto& [form, pair] : form_pair_) sorted.push_back(&form);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return *a < *b; });
    for (const std::string* form : sorted) {
      const std::uint64_t h = lex::hash(*form);
      const std::uint64_t value = lex::form_check(h) << lex::kFormBits | (form_pair_.at(*form) + 1);
      std::uint64_t at = lex::first_slot(h, slots), there = 0;
      for (;; at = at + 1 == slots ? 0 : at + 1) {
        std::memcpy(&there, table.data() + at * lex::kFormSlotBytes, lex::kFormSlotBytes);
        if (there == 0) break;
      }
      std::memcpy(table.data() + at * lex::kFormSlotBytes, &value, lex::kFormSlotBytes);
    }
    return table;
  }

  Dictionaries d_;
  WordCounts counts_;
  Names keys_;
  std::vector<double> lemma_count_;
  std::vector<std::uint32_t> primary_;  ///< by lemma
  std::vector<std::uint32_t> key_of_lemma_[2];
  std::vector<double> key_count_;
  std::vector<std::uint8_t> key_flags_;
  std::unordered_map<std::string, std::vector<KeyRef>> form_refs_[2];
  std::unordered_map<std::string, std::uint32_t> form_pair_;
  std::vector<std::uint32_t> sets_;
  std::vector<lex::FormEntry> pairs_;
  std::vector<lex::KeyEntry> key_entries_;
  std::vector<std::uint32_t> endings_;
  std::string strings_;
};

}  // namespace
}  // namespace spalte::language::tools

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: spalte-build-lexicon APERTIUM_FOLDER WORD_COUNTS OUT\n";
    return 2;
  }
  try {
    spalte::language::tools::Builder(argv[1], argv[2]).write(argv[3]);
  } catch (const std::exception& e) {
    std::cerr << "spalte-build-lexicon: " << e.what() << '\n';
    return 1;
  }
  return 0;
}
