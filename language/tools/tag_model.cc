// How are readings counted in context?
#include "language/tools/tag_model.h"

#include "language/normalise.h"
#include "language/segment.h"
#include "language/utf8.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace spalte::language::tools {
namespace {

constexpr double kPrior = 0.3;
constexpr int kFormRounds = 12;
constexpr double kSmooth = 1;  ///< added to each transition's count

/// Tags that no dictionary has, behind those of Dictionaries::tags.
enum Extra : std::uint32_t { boundary, unknown, name, punctuation, extras };

/// A form as the model sees it: its tags, and which readings each may be.
struct Class {
  struct Option {
    std::uint32_t tag = 0;
    double emission = 0;
    std::vector<std::uint32_t> readings;  ///< in Dictionaries::forms
  };
  const std::vector<Reading>* all = nullptr;
  std::vector<Option> options;
};

class Model {
 public:
  Model(const Corpus& corpus, const Dictionaries& d) : corpus_(corpus), d_(d), tags_(d.tags.size() + extras) {
    for (int s = 0; s < 2; ++s) {
      lemma_[s].resize(d.lemmas.size());
      weight_[s].resize(d.lemmas.size());
      classes_[s].resize(corpus.forms.size());
      count_[s].resize(corpus.forms.size());
    }
    for (std::uint32_t l = 0; l < d.lemmas.size(); ++l) pos_.push_back(positions_.number(d.pos(l)));
    find_classes();
    transition_.assign(tags_ * tags_, 0);
  }

  Expected run(int rounds) {
    count_by_form();
    for (int round = 0; round < rounds; ++round) count_in_context();
    Expected out;
    out.tag.assign(d_.tags.size(), 0);
    out.name.assign(corpus_.forms.size(), 0);
    out.small.assign(corpus_.forms.size(), 0);
    for (const Corpus::Token& t : corpus_.tokens) {
      out.name[t.form] += t.name() ? 1.F : 0.F;
      out.small[t.form] += t.capital == 0 ? 1.F : 0.F;
    }
    for (int s = 0; s < 2; ++s) {
      out.lemma[s] = lemma_[s];
      out.reading[s] = count_[s];
      for (std::size_t f = 0; f < corpus_.forms.size(); ++f)
        for (std::size_t r = 0; r < count_[s][f].size(); ++r) out.tag[(*classes_[s][f].all)[r].tag] += count_[s][f][r];
    }
    return out;
  }

 private:
  std::uint32_t extra(Extra e) const { return static_cast<std::uint32_t>(d_.tags.size()) + e; }

  void find_classes() {
    for (int s = 0; s < 2; ++s)
      for (std::uint32_t f = 0; f < corpus_.forms.size(); ++f) {
        Class& c = classes_[s][f];
        const std::string& form = corpus_.forms.text(f);
        auto found = d_.forms[s].find(form);
        if (found == d_.forms[s].end() && (found = d_.forms[1 - s].find(form)) == d_.forms[1 - s].end()) {
          c.options.push_back({extra(form.empty() ? punctuation : unknown), 1, {}});
          continue;
        }
        c.all = &found->second;
        count_[s][f].assign(c.all->size(), 0);
        const bool only_name = std::all_of(c.all->begin(), c.all->end(), [&](const Reading& r) { return is_name(r); });
        for (std::uint32_t i = 0; i < c.all->size(); ++i) {
          const Reading& r = (*c.all)[i];
          if (!only_name && is_name(r)) continue;
          auto option =
              std::find_if(c.options.begin(), c.options.end(), [&](const Class::Option& o) { return o.tag == r.tag; });
          if (option == c.options.end()) option = c.options.insert(c.options.end(), {r.tag, 0, {}});
          option->readings.push_back(i);
        }
      }
    as_name_.options.push_back({extra(name), 1, {}});
  }

  bool is_name(const Reading& r) const { return d_.pos(r.lemma) == "np"; }

  const Class& class_of(const Corpus::Token& t, int standard) const {
    const Class& c = classes_[standard][t.form];
    const bool common = c.all != nullptr && !is_name((*c.all)[c.options[0].readings[0]]);
    return t.name() && common ? as_name_ : c;
  }

  /// p(lemma | part of speech) from the counts of the last round.
  void weigh_lemmas(double share_of_nynorsk) {
    for (int s = 0; s < 2; ++s) {
      std::vector<double> of_pos(positions_.size(), 1);
      for (std::uint32_t l = 0; l < weight_[s].size(); ++l) {
        double n = lemma_[s][l] + kPrior * (s == 0 ? 1 : share_of_nynorsk);
        if (s == 1) {
          double pair = lemma_[0][l];
          if (const auto found = d_.bokmaal_of.find(l); found != d_.bokmaal_of.end())
            for (std::uint32_t b : found->second) pair = std::max(pair, lemma_[0][b]);
          n += share_of_nynorsk * pair;
        }
        weight_[s][l] = n;
        of_pos[pos_[l]] += n;
      }
      for (std::uint32_t l = 0; l < weight_[s].size(); ++l) weight_[s][l] /= of_pos[pos_[l]];
    }
  }

  void weigh_options() {
    for (int s = 0; s < 2; ++s)
      for (Class& c : classes_[s])
        if (c.all != nullptr)
          for (Class::Option& o : c.options) {
            o.emission = 0;
            for (std::uint32_t i : o.readings) o.emission += weight_[s][(*c.all)[i].lemma];
          }
  }

  void clear_counts() {
    for (int s = 0; s < 2; ++s) {
      std::fill(lemma_[s].begin(), lemma_[s].end(), 0);
      for (auto& of_form : count_[s]) std::fill(of_form.begin(), of_form.end(), 0.F);
    }
  }

  void add(int s, std::uint32_t form, const Class& c, const Class::Option& o, double n) {
    if (c.all == nullptr) return;
    for (std::uint32_t i : o.readings) {
      const std::uint32_t lemma = (*c.all)[i].lemma;
      const double part = o.emission > 0 ? n * weight_[s][lemma] / o.emission : 0;
      count_[s][form][i] += static_cast<float>(part);
      lemma_[s][lemma] += part;
    }
  }

  /// The start: expectation maximisation over counts of forms, p(tag) · p(lemma | part of speech).
  void count_by_form() {
    std::vector<double> forms[2];
    for (auto& f : forms) f.assign(corpus_.forms.size(), 0);
    double all[2] = {1, 1};
    for (const Corpus::Sentence& s : corpus_.sentences)
      for (std::size_t t = s.first; t < s.last; ++t)
        if (&class_of(corpus_.tokens[t], s.standard) != &as_name_) {
          forms[s.standard][corpus_.tokens[t].form] += 1;
          all[s.standard] += 1;
        }
    share_of_nynorsk_ = all[1] / (all[0] + all[1]);
    std::vector<double> tag(tags_, 1.0 / static_cast<double>(tags_));
    for (int s = 0; s < 2; ++s) std::fill(lemma_[s].begin(), lemma_[s].end(), 1);
    for (int round = 0; round < kFormRounds; ++round) {
      weigh_lemmas(share_of_nynorsk_);
      weigh_options();
      clear_counts();
      std::vector<double> next(tags_, 1);
      for (int s = 0; s < 2; ++s)
        for (std::uint32_t f = 0; f < corpus_.forms.size(); ++f) {
          if (forms[s][f] == 0) continue;
          const Class& c = classes_[s][f];
          double sum = 0;
          for (const Class::Option& o : c.options) sum += o.emission * tag[o.tag];
          for (const Class::Option& o : c.options) {
            const double n = forms[s][f] * o.emission * tag[o.tag] / sum;
            add(s, f, c, o, n);
            next[o.tag] += n;
          }
        }
      double total = 0;
      for (double n : next) total += n;
      for (std::size_t t = 0; t < tags_; ++t) tag[t] = next[t] / total;
    }
    for (std::size_t before = 0; before < tags_; ++before)
      std::copy(tag.begin(), tag.end(), transition_.begin() + static_cast<std::ptrdiff_t>(before * tags_));
  }

  void count_in_context() {
    weigh_lemmas(share_of_nynorsk_);
    weigh_options();
    clear_counts();
    std::vector<double> next(tags_ * tags_, 0);
    std::vector<std::vector<double>> forward;
    std::vector<const Class*> path;
    for (const Corpus::Sentence& s : corpus_.sentences) {
      const std::size_t length = s.last - s.first;
      forward.resize(std::max(forward.size(), length));
      path.clear();
      std::vector<double> before{1};
      const Class::Option edge{extra(boundary), 1, {}};
      Class edges;
      edges.options = {edge};
      const Class* last = &edges;
      for (std::size_t t = 0; t < length; ++t) {
        const Class& c = class_of(corpus_.tokens[s.first + t], s.standard);
        path.push_back(&c);
        std::vector<double>& now = forward[t];
        now.assign(c.options.size(), 0);
        const std::vector<double>& then = t == 0 ? before : forward[t - 1];
        double sum = 0;
        for (std::size_t j = 0; j < now.size(); ++j) {
          for (std::size_t i = 0; i < then.size(); ++i)
            now[j] += then[i] * transition_[last->options[i].tag * tags_ + c.options[j].tag];
          now[j] *= c.options[j].emission;
          sum += now[j];
        }
        for (double& p : now) p /= sum;
        last = &c;
      }
      if (length == 0) continue;
      std::vector<double> after(path.back()->options.size());
      for (std::size_t i = 0; i < after.size(); ++i)
        after[i] = transition_[path.back()->options[i].tag * tags_ + edge.tag];
      for (std::size_t t = length; t-- > 0;) {
        const Class& c = *path[t];
        double sum = 0;
        for (std::size_t j = 0; j < after.size(); ++j) sum += forward[t][j] * after[j];
        for (std::size_t j = 0; j < after.size(); ++j)
          add(s.standard, corpus_.tokens[s.first + t].form, c, c.options[j], forward[t][j] * after[j] / sum);
        if (t + 1 == length)
          for (std::size_t j = 0; j < after.size(); ++j)
            next[c.options[j].tag * tags_ + edge.tag] += forward[t][j] * after[j] / sum;
        const std::vector<double>& then = t == 0 ? before : forward[t - 1];
        const Class& previous = t == 0 ? edges : *path[t - 1];
        std::vector<double> earlier(then.size(), 0);
        double pairs = 0;
        for (std::size_t i = 0; i < then.size(); ++i) {
          for (std::size_t j = 0; j < after.size(); ++j)
            earlier[i] +=
                transition_[previous.options[i].tag * tags_ + c.options[j].tag] * c.options[j].emission * after[j];
          pairs += then[i] * earlier[i];
        }
        for (std::size_t i = 0; i < then.size(); ++i)
          for (std::size_t j = 0; j < after.size(); ++j) {
            const std::size_t at = previous.options[i].tag * tags_ + c.options[j].tag;
            next[at] += then[i] * transition_[at] * c.options[j].emission * after[j] / pairs;
          }
        double norm = 0;
        for (double p : earlier) norm += p;
        for (double& p : earlier) p /= norm;
        after = std::move(earlier);
      }
    }
    std::vector<double> tag(tags_, kSmooth);
    double all = 0;
    for (std::size_t a = 0; a < tags_; ++a)
      for (std::size_t b = 0; b < tags_; ++b) tag[b] += next[a * tags_ + b];
    for (double n : tag) all += n;
    constexpr double kBackOff = 10;  // transitions seldom seen lean on the tag alone
    for (std::size_t a = 0; a < tags_; ++a) {
      double sum = kBackOff;
      for (std::size_t b = 0; b < tags_; ++b) sum += next[a * tags_ + b];
      for (std::size_t b = 0; b < tags_; ++b)
        transition_[a * tags_ + b] = (next[a * tags_ + b] + kBackOff * tag[b] / all) / sum;
    }
  }

  const Corpus& corpus_;
  const Dictionaries& d_;
  std::size_t tags_;
  Names positions_;
  std::vector<std::uint32_t> pos_;  ///< of each lemma
  std::vector<Class> classes_[2];
  Class as_name_;
  double share_of_nynorsk_ = 0;
  std::vector<double> lemma_[2], weight_[2], transition_;
  std::vector<std::vector<float>> count_[2];
};

}  // namespace

Corpus read_corpus(const std::string& folder, const Dictionaries& d) {
  Corpus corpus;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());  // the same model wherever it is made
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const std::size_t first_sentence = corpus.sentences.size();
    std::ptrdiff_t nynorsk = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      tokens.clear();
      sentences.clear();
      segment(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, tokens, sentences);
      for (const language::Sentence& s : sentences) {
        Corpus::Sentence out{corpus.tokens.size(), 0, 0};
        bool start = true;
        for (std::uint32_t t = s.first; t < s.last; ++t) {
          const std::string_view surface =
              std::string_view(text).substr(tokens[t].begin, tokens[t].end - tokens[t].begin);
          std::string form;
          if (tokens[t].kind != TokenKind::punctuation) normalise_to(surface, form, Accents::keep);
          const bool capital = !form.empty() && form.compare(0, 2, surface.substr(0, 2)) != 0;
          if (!form.empty()) {
            const bool nb = d.forms[0].contains(form), nn = d.forms[1].contains(form);
            nynorsk += (nn && !nb ? 1 : 0) - (nb && !nn ? 1 : 0);
          }
          corpus.tokens.push_back({corpus.forms.number(form) & 0x3fffffffU, capital ? 1U : 0U, start ? 0U : 1U});
          start = start && form.empty();
        }
        out.last = corpus.tokens.size();
        corpus.sentences.push_back(out);
      }
      begin = end + 1;
    }
    for (std::size_t s = first_sentence; s < corpus.sentences.size(); ++s)
      corpus.sentences[s].standard = nynorsk > 0 ? 1 : 0;
  }
  return corpus;
}

Expected count_readings(const Corpus& corpus, const Dictionaries& d, int rounds) {
  return Model(corpus, d).run(rounds);
}

}  // namespace spalte::language::tools
