// What is kept of the dictionaries' paths?
#include "language/tools/readings.h"

#include "language/normalise.h"
#include "language/tools/lttb.h"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace spalte::language::tools {
namespace {

bool has(std::string_view s, std::string_view what) { return s.find(what) != std::string_view::npos; }

/// The part of speech, with all kinds of verbs as one.
std::string_view pos_of(std::string_view tags) {
  const std::string_view first = tags.substr(1, tags.find('>') - 1);
  return first.starts_with("vb") ? "v" : first;
}

/// Words that this project looks up: letters, inner hyphens and apostrophes.
bool is_word(std::string_view s) {
  if (s.empty()) return false;
  return std::none_of(s.begin(), s.end(),
                      [](char c) {
                        return (c >= '0' && c <= '9') || c == ' ' || c == '%' || c == '/' || c == '.' || c == '\xc2';
                      }) &&
         !has(s, "–");
}

bool is_marginal(std::string_view pos) {
  for (std::string_view p : {"num", "sent", "lquot", "rquot", "cm", "guio", "apos", "lpar", "rpar"})
    if (pos == p) return true;
  return false;
}

/// A lemma's letters keep their accents (fôr is not for); only its forms are folded.
std::string lower_case(std::string_view lemma) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(lemma.data(), static_cast<std::int32_t>(lemma.size())))
      .toLower(icu::Locale("nb"))
      .toUTF8String(out);
  return out;
}

/// The tags that tell readings apart, without gender: bok is feminine and masculine, and no likelier for it.
std::string tag_of(std::string_view pos, std::string_view rest) {
  std::string out(pos);
  while (!rest.empty()) {
    const std::size_t end = rest.find('>');
    const std::string_view tag = rest.substr(0, end + 1);
    rest.remove_prefix(tag.size());
    if (tag != "<m>" && tag != "<f>" && tag != "<nt>" && tag != "<mf>" && tag != "<un>" && tag != "<ut>" &&
        tag != "<sint>")
      out += tag;
  }
  return out;
}

template <typename T>
void add_once(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

std::uint32_t Names::number(std::string_view text) {
  const auto [at, added] = numbers_.emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
  if (added) texts_.emplace_back(text);
  return at->second;
}

std::uint32_t Names::find(const std::string& text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? UINT32_MAX : found->second;
}

std::string_view Dictionaries::lemma_text(std::uint32_t lemma) const {
  const std::string_view t = lemmas.text(lemma);
  return t.substr(0, t.find('\t'));
}

std::string_view Dictionaries::pos(std::uint32_t lemma) const {
  const std::string_view t = lemmas.text(lemma);
  return t.substr(t.find('\t') + 1);
}

Dictionaries read_dictionaries(const std::string& folder) {
  Dictionaries d;
  const auto form_of = [](std::string_view surface) {
    std::string form;
    normalise_to(surface, form, Accents::keep);
    return form;
  };
  const auto lemma_number = [&](std::string_view lemma, std::string_view pos) {
    return d.lemmas.number(lower_case(lemma).append("\t").append(pos));
  };
  constexpr const char* kFiles[] = {"/nob-nno.automorf.bin", "/nno-nob.automorf.bin"};
  for (int standard = 0; standard < 2; ++standard) {
    Dictionary(folder + kFiles[standard]).each_path([&](std::string_view surface, std::string_view analysis) {
      const std::size_t cut = analysis.find('<');
      if (cut == 0 || cut == std::string_view::npos || has(analysis, "+")) return;
      const std::string_view lemma = analysis.substr(0, cut), tags = analysis.substr(cut);
      const std::string_view pos = pos_of(tags);
      if (is_marginal(pos) || !is_word(surface) || !is_word(lemma)) return;
      if (has(tags, "<compound-only-L>")) {
        if (has(tags, "<guio>") || has(tags, "<detriple>") || pos == "np" || surface.ends_with('-')) return;
        add_once(d.heads[standard][form_of(surface)], lemma_number(lemma, pos));
        return;
      }
      if (has(tags, "<cmp") || has(tags, "compound")) return;
      add_once(d.forms[standard][form_of(surface)],
               Reading{lemma_number(lemma, pos), d.tags.number(tag_of(pos, tags.substr(tags.find('>') + 1)))});
    });
  }
  // Written without its accents a word is known too, unless that is another word (ide is idé, but alle is not allé).
  for (auto& forms : d.forms) {
    std::vector<std::pair<std::string, std::vector<Reading>>> plain;
    for (const auto& [form, readings] : forms)
      if (std::string folded = normalise(form);
          folded != form && !d.forms[0].contains(folded) && !d.forms[1].contains(folded))
        plain.emplace_back(std::move(folded), readings);
    std::sort(plain.begin(), plain.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [form, readings] : plain) forms.emplace(std::move(form), std::move(readings));
  }
  Dictionary(folder + "/nob-nno.autobil.bin").each_path([&](std::string_view nb, std::string_view nn) {
    const std::size_t a = nb.find('<'), b = nn.find('<');
    if (a == 0 || b == 0 || a == std::string_view::npos || b == std::string_view::npos) return;
    if (!is_word(nb.substr(0, a)) || !is_word(nn.substr(0, b)) || pos_of(nb.substr(a)) != pos_of(nn.substr(b))) return;
    add_once(d.bokmaal_of[lemma_number(nn.substr(0, b), pos_of(nn.substr(b)))],
             lemma_number(nb.substr(0, a), pos_of(nb.substr(a))));
  });
  return d;
}

}  // namespace spalte::language::tools
