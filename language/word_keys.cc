// In which order are lexicon, compounds, endings and stemmer asked?
#include "language/word_keys.h"

#include "language/compound.h"
#include "language/normalise.h"
#include "language/old_spelling.h"

#include <algorithm>

namespace spalte::language {
namespace {

constexpr int kMostPieces = 4;
constexpr std::size_t kLeastInName = 5;

void add_once(std::vector<std::string>& list, std::string_view key) {
  if (!key.empty() && std::find(list.begin(), list.end(), key) == list.end()) list.emplace_back(key);
}

/// The same word with another ending: where a form is not known, one of these often is, in this standard or the other.
/// In the order in which they are tried.
/// Bokmål's words with nynorsk's endings (nyheiten, motforestillingane), and no compounds of ane (ancestor).
constexpr OtherEnding kSisterEndings[] = {
    {"heiten", "heten"},   {"heita", "heten"}, {"heiter", "heter"},
    {"heitene", "hetene"}, {"heit", "het"},    {"ane", "ene"},
};
/// Another class of verb or noun than the dictionary's (anbefalar, fråværet).
constexpr OtherEnding kOtherEndings[] = {
    {"ane", "er"}, {"ane", "e"},     {"ar", "er"},   {"ar", "e"},   {"ast", "es"}, {"ast", "e"},
    {"as", "es"},  {"ande", "ende"}, {"a", "en"},    {"a", "et"},   {"a", "e"},    {"en", "a"},
    {"er", "ar"},  {"er", "e"},      {"ene", "ane"}, {"ene", "er"}, {"te", "t"},   {"te", "e"},
    {"de", "e"},   {"t", "e"},       {"d", "e"},     {"et", "e"},
};
/// Shorter stems have too many neighbours.
constexpr std::size_t kLeastStem = 4;

/// A name's or a word's genitive s that can go: "tillersons", not "gress".
bool ends_in_genitive(std::string_view word) { return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss"); }

}  // namespace

std::vector<std::string> WordKeyer::own_keys(std::string_view word, Standard standard,
                                             std::vector<std::string>* improbable) const {
  std::vector<std::string> out;
  Lexicon::Keys known = lexicon_.keys(word, standard);
  if (known.empty()) known = lexicon_.keys(normalise(word), standard);  // accents that the lexicon does not write
  for (const LexiconKey& k : known) {
    if (!k.improbable) {
      add_once(out, lexicon_.key_text(k.number));
    } else if (improbable != nullptr) {
      add_once(*improbable, lexicon_.key_text(k.number));
    }
  }
  return out;
}

std::vector<std::string> WordKeyer::compound_keys(std::string_view word, Standard standard) const {
  const auto split = split_compound(word, lexicon_, standard);
  if (!split) return {};
  std::string head(split->head);
  if (const auto h = lexicon_.head(split->head); h && !h->bokmaal.empty()) head = h->bokmaal;
  // The last word of a compound is a noun wherever it can be one: eier in fabrikkeier does not own.
  const Lexicon::Keys tails = lexicon_.keys(split->tail, standard);
  const bool noun =
      std::any_of(tails.begin(), tails.end(), [&](const LexiconKey& k) { return k.tail && lexicon_.noun(k.number); });
  std::vector<std::string> out;
  for (const LexiconKey& k : tails)
    if (k.tail && (noun ? lexicon_.noun(k.number) : !k.improbable))
      add_once(out, head + std::string(lexicon_.key_text(k.number)));
  return out;
}

std::vector<std::string> WordKeyer::neighbour_keys(std::string_view word, Standard standard,
                                                   std::span<const OtherEnding> endings) const {
  const Standard both[] = {standard, standard == Standard::nb ? Standard::nn : Standard::nb};
  std::string other;
  for (const OtherEnding& e : endings) {
    if (!word.ends_with(e.ending) || word.size() - e.ending.size() < kLeastStem) continue;
    other.assign(word, 0, word.size() - e.ending.size()).append(e.other);
    for (const Standard s : both) {
      std::vector<std::string> out;
      for (const LexiconKey& k : lexicon_.keys(other, s))
        if (!k.improbable && !lexicon_.name_only(k.number)) add_once(out, lexicon_.key_text(k.number));
      if (!out.empty()) return out;
    }
  }
  return {};
}

bool WordKeyer::is_key(std::string_view word) const {
  for (const Standard s : {Standard::nb, Standard::nn})
    for (const LexiconKey& k : lexicon_.keys(word, s))
      if (!k.improbable && lexicon_.key_text(k.number) == word) return true;
  return false;
}

std::vector<std::string> WordKeyer::unknown_keys(std::string_view word, Standard standard) const {
  if (standard == Standard::nn)
    if (std::vector<std::string> keys = neighbour_keys(word, standard, kSisterEndings); !keys.empty()) return keys;
  if (std::vector<std::string> keys = compound_keys(word, standard); !keys.empty()) return keys;
  if (ends_in_genitive(word)) {
    const std::string_view bare = word.substr(0, word.size() - 1);
    if (std::vector<std::string> keys = own_keys(bare, standard, nullptr); !keys.empty()) return keys;
  }
  const std::string by_ending = normalise(lexicon_.key_by_ending(word, standard));
  if (standard == Standard::nn && (by_ending.empty() || !is_key(by_ending)))
    if (std::vector<std::string> keys = neighbour_keys(word, standard, kOtherEndings); !keys.empty()) return keys;
  if (!by_ending.empty()) return {by_ending};
  if (ends_in_genitive(word)) word.remove_suffix(1);
  return {normalise(stem_(word))};
}

std::vector<std::string> WordKeyer::modern_keys(std::string_view word, Standard standard) const {
  const std::string modern = modern_spelling(word);
  if (modern.empty()) return {};
  // Nothing that is written today has an aa, but for names (raad is one).
  if (word.find("aa") == std::string_view::npos && !compound_keys(word, standard).empty()) return {};
  std::vector<std::string> out;
  for (const LexiconKey& k : lexicon_.keys(modern, standard))
    if (!k.improbable && !lexicon_.name_only(k.number)) add_once(out, lexicon_.key_text(k.number));
  return out.empty() ? compound_keys(modern, standard) : out;
}

WordKeys WordKeyer::keys(std::string_view word, Standard standard) const {
  WordKeys out;
  if (standard == Standard::other) {
    // Not Norwegian: neither conflated nor split, but found by a query that takes the word for a Norwegian one.
    add_once(out.keys, normalise(word));
    for (Standard s : {Standard::nb, Standard::nn})
      for (const std::string& k : own_keys(word, s, nullptr)) add_once(out.keys, k);
    return out;
  }
  out.keys = own_keys(word, standard, &out.loose);
  if (out.keys.empty()) {
    out.keys = unknown_keys(word, standard);
    // A query for Aasen does not mean åsen: the old word is found by today's, and by itself, but does not find today's.
    for (const std::string& k : modern_keys(word, standard)) add_once(out.keys, k);
  }
  const std::vector<std::string_view> parts = written_parts(word, standard);
  if (parts.size() < 2) return out;
  const auto add = [&](const std::vector<std::string>& keys) {
    for (const std::string& k : keys)
      if (std::find(out.keys.begin(), out.keys.end(), k) == out.keys.end()) add_once(out.loose, k);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) add(piece_keys(parts[i], i + 1 == parts.size(), standard));
  // What lies between: våpenprogram in atomvåpenprogram, and atomvåpen.
  for (std::size_t i = 0; i < parts.size() && parts.size() > 2; ++i)
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (i == 0 && j + 1 == parts.size()) continue;
      const std::string_view inner(parts[i].data(),
                                   static_cast<std::size_t>(parts[j].data() + parts[j].size() - parts[i].data()));
      add(piece_keys(inner, j + 1 == parts.size(), standard));
    }
  return out;
}

bool WordKeyer::is_name(std::string_view word, Standard standard) const {
  const Lexicon::Keys known = lexicon_.keys(word, standard);
  return !known.empty() &&
         std::all_of(known.begin(), known.end(), [&](const LexiconKey& k) { return lexicon_.name_only(k.number); });
}

bool WordKeyer::is_first_form(std::string_view word, Standard standard) const {
  const Lexicon::Keys known = lexicon_.keys(word, standard);
  return std::any_of(known.begin(), known.end(),
                     [&](const LexiconKey& k) { return lexicon_.key_text(k.number) == word; });
}

std::vector<std::string_view> WordKeyer::written_parts(std::string_view word, Standard standard) const {
  if (is_name(word, standard)) {
    // Institutions have names that are compounds (Utenriksdepartementet); places and people are left whole.
    const auto split = split_compound(word, lexicon_, standard);
    if (!split || std::min(split->head.size(), split->tail.size()) < kLeastInName ||
        is_first_form(split->tail, standard))
      return {word};
  }
  std::vector<std::string_view> out;
  std::vector<std::string_view> open{word};
  while (!open.empty() && out.size() + open.size() <= kMostPieces) {
    const std::string_view next = open.back();
    open.pop_back();
    const auto split = split_compound(next, lexicon_, standard);
    if (!split) {
      out.push_back(next);
      continue;
    }
    open.push_back(split->tail);
    open.push_back(split->head);
  }
  if (!open.empty()) {  // too many: the rest stays in one
    const std::string_view first = open.back();
    out.emplace_back(first.data(), static_cast<std::size_t>(word.data() + word.size() - first.data()));
  }
  return out;
}

std::vector<std::string> WordKeyer::piece_keys(std::string_view piece, bool last, Standard standard) const {
  if (!last) {
    if (const auto h = lexicon_.head(piece)) {
      // A query for the linking form's word must find it: where that looks for another key (fler for mange), by both.
      const std::string word(lexicon_.key_text(h->key));
      std::vector<std::string> keys{word};
      const std::vector<std::string> asked = own_keys(word, standard, nullptr);
      if (std::find(asked.begin(), asked.end(), word) == asked.end())
        for (const std::string& k : asked) add_once(keys, k);
      return keys;
    }
    // A linking form of two parts: våpen + program's own form is known, or its last word without the s that joins.
    if (piece.ends_with('s')) {
      if (std::vector<std::string> bare = own_keys(piece.substr(0, piece.size() - 1), standard, nullptr); !bare.empty())
        return bare;
    }
  }
  std::vector<std::string> own = own_keys(piece, standard, nullptr);
  return own.empty() ? unknown_keys(piece, standard) : own;
}

std::vector<std::string> WordKeyer::query_keys(std::string_view word) const {
  std::vector<std::string> out, improbable;
  for (Standard s : {Standard::nb, Standard::nn})
    for (const std::string& k : own_keys(word, s, &improbable)) add_once(out, k);
  for (const std::string& k : improbable) add_once(out, k);
  if (!out.empty()) return out;
  for (Standard s : {Standard::nb, Standard::nn})
    for (const std::string& k : unknown_keys(word, s)) add_once(out, k);
  add_once(out, normalise(word));  // as it stands in a text that is not Norwegian
  return out;
}

std::vector<std::vector<std::string>> WordKeyer::query_parts(std::string_view word) const {
  std::vector<std::vector<std::string>> out;
  for (Standard s : {Standard::nb, Standard::nn}) {
    const std::vector<std::string_view> parts = written_parts(word, s);
    if (parts.size() < 2) continue;
    for (std::size_t i = 0; i < parts.size(); ++i) out.push_back(piece_keys(parts[i], i + 1 == parts.size(), s));
    break;
  }
  return out;
}

}  // namespace spalte::language
