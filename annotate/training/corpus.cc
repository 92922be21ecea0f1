// How do IOB2 lines become sentences with names?
#include "annotate/training/corpus.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace spalte::annotate {
namespace {

std::string mapped_type(const std::string& type, TypeSet set) {
  if (set == TypeSet::nine) return type;
  return type.starts_with("GPE") ? "GPE" : type;
}

class Reader {
 public:
  Reader(TypeSet set, language::Analyser& analyser) : set_(set), analyser_(analyser) {}

  void new_document() {
    end_sentence();
    documents_.emplace_back();
  }

  void end_sentence() {
    end_name();
    if (documents_.empty()) return;
    language::AnalysedText& text = documents_.back().text;
    const auto size = static_cast<std::uint32_t>(text.tokens.size());
    if (size == first_) return;
    text.sentences.push_back({first_, size, 0});
    documents_.back().names.push_back(std::move(names_));
    names_.clear();
    first_ = size;
  }

  bool add_token(const std::string& form, const std::string& tag) {
    if (documents_.empty()) documents_.emplace_back();
    language::AnalysedText& text = documents_.back().text;
    if (text.tokens.empty()) first_ = 0;
    const bool goes_on = tag.starts_with("I-") && tag.substr(2) == open_type_;
    if (!goes_on) {
      end_name();
      if (tag.size() > 2) {
        open_type_ = tag.substr(2);
        begin_ = static_cast<std::uint32_t>(text.tokens.size());
      } else if (tag != "O") {
        return false;
      }
    }
    language::Token token;
    token.kind = std::any_of(form.begin(), form.end(),
                             [](char c) {
                               return (static_cast<unsigned char>(c) & 0x80) != 0 ||
                                      std::isalnum(static_cast<unsigned char>(c)) != 0;
                             })
                     ? language::TokenKind::word
                     : language::TokenKind::punctuation;
    token.type = analyser_.intern(form, token.kind);
    text.tokens.push_back(token);
    return true;
  }

  std::vector<LabelledDocument> take() {
    end_sentence();
    return std::move(documents_);
  }

 private:
  void end_name() {
    if (open_type_.empty()) return;
    const std::vector<std::string>& types = type_names(set_);
    const auto found = std::find(types.begin(), types.end(), mapped_type(open_type_, set_));
    if (found != types.end()) {
      names_.push_back({begin_, static_cast<std::uint32_t>(documents_.back().text.tokens.size()),
                        static_cast<std::uint32_t>(found - types.begin())});
    }
    open_type_.clear();
  }

  TypeSet set_;
  language::Analyser& analyser_;
  std::vector<LabelledDocument> documents_;
  std::vector<LabelledSpan> names_;
  std::string open_type_;
  std::uint32_t begin_ = 0, first_ = 0;
};

}  // namespace

const std::vector<std::string>& type_names(TypeSet set) {
  static const std::vector<std::string> actors = {"PER", "ORG", "GPE", "LOC", "DRV"};
  static const std::vector<std::string> nine = {"PER",  "ORG", "GPE_LOC", "GPE_ORG", "LOC",
                                                "PROD", "EVT", "DRV",     "MISC"};
  return set == TypeSet::nine ? nine : actors;
}

Result<std::vector<LabelledDocument>> read_iob(const std::string& path, TypeSet set, language::Analyser& analyser) {
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::bad_input, fmt::format("{} cannot be read", path));
  Reader reader(set, analyser);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("# doc =")) {
      reader.new_document();
    } else if (line.empty()) {
      reader.end_sentence();
    } else {
      const std::size_t tab = line.find('\t');
      if (tab == std::string::npos || !reader.add_token(line.substr(0, tab), line.substr(tab + 1))) {
        return fail(ErrorCode::bad_input, fmt::format("{}:{}: want token, tab, tag; got '{}'", path, number, line));
      }
    }
  }
  return reader.take();
}

}  // namespace spalte::annotate
