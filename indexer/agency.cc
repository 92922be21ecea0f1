// What do the marks of wire agencies look like?
#include "indexer/agency.h"

#include "language/normalise.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::indexer {
namespace {

struct Agency {
  std::string_view name;
  std::array<std::string_view, 3> spellings;  ///< normalised
};

/// Agencies whose stories Norwegian newspapers print. NPK is the nynorsk one.
constexpr Agency kAgencies[] = {
    {"NTB", {"ntb", "norsk telegrambyrå", "ntbs"}}, {"NPK", {"npk", "nynorsk pressekontor", ""}},
    {"Ritzau", {"ritzau", "ritzaus bureau", ""}},   {"TT", {"tt", "tidningarnas telegrambyrå", ""}},
    {"Reuters", {"reuters", "reuter", ""}},         {"AFP", {"afp", "agence france-presse", ""}},
    {"AP", {"ap", "associated press", ""}},
};

/// A dateline stands within so many bytes of a paragraph's beginning; a mark at its end is no longer than this either.
constexpr std::size_t kDateline = 60;

const Agency* find_agency(std::string_view word) {
  const std::string normal = language::normalise(word);
  for (const Agency& a : kAgencies)
    if (std::find(a.spellings.begin(), a.spellings.end(), normal) != a.spellings.end() && !normal.empty()) return &a;
  return nullptr;
}

/// "TT" and "AP" are words of other things too (AP is a party): as a mark they are written in capitals.
bool written_as_mark(std::string_view word) {
  return word.size() > 3 || std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

constexpr bool between(char c) { return c == ' ' || c == '-' || c == '/' || c == ',' || c == '(' || c == ')'; }

/// The agency of a list that names nothing else: "NTB", "©NTB", "NTB-Reuters", "NTB, AFP".
const Agency* only_agencies(std::string_view list) {
  const Agency* first = nullptr;
  while (!list.empty()) {
    if (list.starts_with("©")) {
      list.remove_prefix(std::string_view("©").size());
      continue;
    }
    if (list.starts_with("–")) {
      list.remove_prefix(std::string_view("–").size());
      continue;
    }
    if (between(list.front())) {
      list.remove_prefix(1);
      continue;
    }
    std::size_t end = 0;
    while (end < list.size() && !between(list[end]) && !list.substr(end).starts_with("–")) ++end;
    const std::string_view word = list.substr(0, end);
    const Agency* one = written_as_mark(word) ? find_agency(word) : nullptr;
    if (one == nullptr) return nullptr;
    if (first == nullptr) first = one;
    list.remove_prefix(end);
  }
  return first;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '.')) s.remove_suffix(1);
  return s;
}

/// "OSLO (NTB): …", "Oslo (©NTB-AFP) – …", "Oslo/NTB: …", "(NTB) …", "NTB – …"
const Agency* dateline(std::string_view paragraph) {
  const std::string_view head = paragraph.substr(0, kDateline);
  const std::size_t open = head.find('(');
  if (open != std::string_view::npos) {
    const std::size_t close = head.find(')', open);
    // What stands before it is a place: no sentence.
    if (close != std::string_view::npos && head.substr(0, open).find_first_of(".:!?") == std::string_view::npos &&
        std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(open), ' ') <= 4)
      if (const Agency* a = only_agencies(head.substr(open + 1, close - open - 1))) return a;
  }
  std::size_t end = head.size();
  for (std::string_view mark : {std::string_view(": "), std::string_view(" – "), std::string_view(" - ")})
    end = std::min(end, head.find(mark));
  if (end >= head.size()) {
    // The dateline may stand on a line of its own.
    if (paragraph.size() > kDateline) return nullptr;
    end = head.size();
  }
  const std::string_view before = trimmed(head.substr(0, end));
  if (const Agency* a = only_agencies(before)) return a;
  const std::size_t slash = before.find('/');
  return slash == std::string_view::npos || slash == 0 ? nullptr : only_agencies(before.substr(slash + 1));
}

bool tells_of_a_picture(std::string_view paragraph) {
  const std::string normal = language::normalise(paragraph);
  for (std::string_view word : {"foto", "scanpix", "illustrasjon", "video:", "grafikk"})
    if (normal.find(word) != std::string::npos) return true;
  return false;
}

/// "… (NTB)", "… (©NTB-Reuters)", "… ©NTB", "… /NTB"
const Agency* end_mark(std::string_view paragraph) {
  paragraph = trimmed(paragraph);
  if (paragraph.ends_with(")")) {
    const std::size_t open = paragraph.rfind('(');
    if (open == std::string_view::npos || paragraph.size() - open > kDateline) return nullptr;
    return only_agencies(paragraph.substr(open + 1, paragraph.size() - open - 2));
  }
  for (std::string_view sign : {std::string_view("©"), std::string_view(" /"), std::string_view("./")}) {
    const std::size_t at = paragraph.rfind(sign);
    if (at == std::string_view::npos || paragraph.size() - at > kDateline) continue;
    if (const Agency* a = only_agencies(paragraph.substr(at + sign.size()))) return a;
  }
  return nullptr;
}

/// "NTB", "NPK-NTB", "Kari Moen/NTB", "Kari Moen, NTB", "Kari Moen (NTB)"
const Agency* in_byline(std::string_view byline) {
  byline = trimmed(byline);
  if (byline.empty() || tells_of_a_picture(byline)) return nullptr;
  if (const Agency* a = find_agency(byline)) return a;
  if (const Agency* a = only_agencies(byline)) return a;
  const std::size_t at = byline.find_first_of("/,(");
  if (at != std::string_view::npos)
    if (const Agency* a = only_agencies(byline.substr(at))) return a;
  const std::size_t blank = byline.rfind(' ');
  return blank == std::string_view::npos ? nullptr : only_agencies(byline.substr(blank + 1));
}

const Agency* in_text(const Article& article) {
  bool opening = true;
  std::string_view last;
  for (const Paragraph& p : article.paragraphs) {
    if (p.role == ParagraphRole::title || p.role == ParagraphRole::subhead) continue;
    const std::string_view text = article.view(p);
    if (tells_of_a_picture(text)) continue;
    // The dateline opens the lead, or the body after it; the mark ends the lead, or all.
    if (opening) {
      if (const Agency* a = dateline(text)) return a;
      if (const Agency* a = end_mark(text)) return a;
    }
    opening = p.role == ParagraphRole::lead;
    last = text;
  }
  return last.empty() ? nullptr : end_mark(last);
}

}  // namespace

void recognise_agency(Article& article) {
  if (!article.agency.empty()) {
    if (const Agency* given = find_agency(article.agency)) article.agency = given->name;
    return;
  }
  const Agency* found = find_agency(article.source);
  if (found == nullptr) found = in_byline(article.byline);
  if (found == nullptr) found = in_text(article);
  if (found != nullptr) article.agency = found->name;
}

}  // namespace spalte::indexer
