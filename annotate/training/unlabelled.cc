// How does a folder of text become numbered tokens and case statistics?
#include "annotate/training/clusters.h"
#include "annotate/word_traits.h"
#include "language/segment.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>

namespace spalte::annotate {
namespace {

struct CaseCount {
  std::uint32_t lower = 0, capital = 0, initial = 0;  ///< the first two in mid-sentence
};

CaseBin case_bin(const CaseCount& n) {
  const std::uint32_t middle = n.lower + n.capital;
  if (middle < 3) return middle + n.initial >= 3 ? kCaseInitialOnly : kCaseRare;
  const double share = static_cast<double>(n.capital) / middle;
  CaseBin bin = 0;
  for (const double limit : {.01, .05, .15, .3, .5, .7, .85, .95}) {
    if (share < limit) return bin;
    ++bin;
  }
  return bin;
}

class StreamBuilder {
 public:
  StreamBuilder() {
    out_.forms.emplace_back();
    out_.counts.push_back(0);
  }

  void add_line(std::string_view line) {
    tokens_.clear();
    sentences_.clear();
    language::segment(line, {0, static_cast<std::uint32_t>(line.size())}, tokens_, sentences_);
    for (const language::Sentence& s : sentences_) add_sentence(line, s);
  }

  TokenStream take() {
    for (const auto& [form, n] : cases_) {
      if (n.lower + n.capital + n.initial >= 3) out_.cases.push_back({form, case_bin(n)});
    }
    std::sort(out_.cases.begin(), out_.cases.end(), [](const auto& a, const auto& b) { return a.form < b.form; });
    return std::move(out_);
  }

 private:
  void add_sentence(std::string_view line, const language::Sentence& sentence) {
    const std::size_t first = out_.tokens.size();
    std::size_t capitals = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const std::uint32_t type = intern(line.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin));
      out_.tokens.push_back(type);
      ++out_.counts[type];
      if (capital_[type] != 0) ++capitals;
    }
    // Headlines in capitals tell nothing of a word's own case.
    const std::size_t size = out_.tokens.size() - first;
    if (size <= 3 || capitals * 10 < size * 7) {
      bool initial = true;
      for (std::size_t i = first; i < out_.tokens.size(); ++i) {
        const std::uint32_t type = out_.tokens[i];
        if (case_of_[type] == nullptr) continue;
        CaseCount& n = *case_of_[type];
        ++(capital_[type] == 0 ? n.lower : initial ? n.initial : n.capital);
        initial = false;
      }
    }
    out_.tokens.push_back(0);
    ++out_.counts[0];
  }

  std::uint32_t intern(std::string_view surface) {
    const auto known = types_.find(std::string(surface));
    if (known != types_.end()) return known->second;
    const WordTraits traits = word_traits(surface, WordLexicon());
    WordForms forms = word_forms(surface);
    // Surfaces that are alike but for quotes, dashes or digits are one type.
    const auto [form, fresh] = forms_.try_emplace(forms.word, static_cast<std::uint32_t>(out_.forms.size()));
    if (fresh) {
      out_.forms.push_back(forms.word);
      out_.counts.push_back(0);
      capital_.resize(out_.forms.size(), 0);
      case_of_.resize(out_.forms.size(), nullptr);
      capital_.back() = traits.capital ? 1 : 0;
      if (traits.capital || traits.lower_word) case_of_.back() = &cases_[forms.lower];
    }
    types_.emplace(surface, form->second);
    return form->second;
  }

  TokenStream out_;
  std::vector<language::Token> tokens_;
  std::vector<language::Sentence> sentences_;
  std::unordered_map<std::string, std::uint32_t> types_, forms_;
  std::unordered_map<std::string, CaseCount> cases_;
  std::vector<std::uint8_t> capital_;
  std::vector<CaseCount*> case_of_;
};

}  // namespace

Result<TokenStream> read_unlabelled(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> paths;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_regular_file() && entry->path().extension() == ".txt") paths.push_back(entry->path().string());
  }
  if (error || paths.empty()) {
    return fail(ErrorCode::bad_input, fmt::format("no .txt files could be read below {}", folder));
  }
  std::sort(paths.begin(), paths.end());
  StreamBuilder builder;
  std::string line;
  for (const std::string& path : paths) {
    std::ifstream file(path);
    if (!file) return fail(ErrorCode::bad_input, fmt::format("{} cannot be read", path));
    while (std::getline(file, line)) builder.add_line(line);
  }
  return builder.take();
}

}  // namespace spalte::annotate
