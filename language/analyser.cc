// How are segmenting, word types and keys put together?
#include "language/analyser.h"

#include "language/identify.h"
#include "language/lexicon.h"
#include "language/normalise.h"
#include "language/stopwords.h"
#include "language/string_arena.h"
#include "language/token_width.h"
#include "language/utf8.h"
#include "language/word_keys.h"

#include <array>
#include <atomic>
#include <cstring>
#include <deque>
#include <set>

#include <unicode/uchar.h>

namespace spalte::language {
namespace {

constexpr int kCodeVersion = 6;
/// The table of types is emptied at the start of a text when it holds more: about 100 bytes each, so 50 MB a thread.
constexpr std::size_t kMaxTypes = 500'000;
constexpr std::size_t kMaxPieces = 8;  ///< pieces of a hyphenated word that are indexed

std::string_view cut_key(std::string_view key) {
  if (key.size() <= kMaxKeyBytes) return key;
  std::size_t end = kMaxKeyBytes;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xc0U) == 0x80U) --end;
  return key.substr(0, end);
}

std::uint64_t hash_bytes(std::string_view s) {
  std::uint64_t h = 0x9e3779b97f4a7c15U ^ s.size();
  while (s.size() >= 8) {
    std::uint64_t v = 0;
    std::memcpy(&v, s.data(), 8);
    h = (h ^ v) * 0xff51afd7ed558ccdU;
    h ^= h >> 32;
    s.remove_prefix(8);
  }
  std::uint64_t v = 0;
  std::memcpy(&v, s.data(), s.size());
  h = (h ^ v) * 0xc4ceb9fe1a85ec53U;
  return h ^ h >> 29;
}

/// "eu-kommisjonen" → eu, kommisjonen; nothing for a word without an inner hyphen.
std::vector<std::string_view> pieces_of(std::string_view folded) {
  std::vector<std::string_view> out;
  if (folded.find('-') == std::string_view::npos) return out;
  while (!folded.empty()) {
    const std::size_t end = folded.find('-');
    if (end != 0) out.push_back(folded.substr(0, end));
    folded.remove_prefix(end == std::string_view::npos ? folded.size() : end + 1);
  }
  if (out.size() > kMaxPieces) out.resize(kMaxPieces);
  return out;
}

/// Numbers of generations are never given twice, so whoever keeps something of one need not know of which analyser.
std::atomic<std::uint64_t> last_generation = 0;

std::size_t standard_index(Standard s) { return static_cast<std::size_t>(s); }

}  // namespace

struct Analyser::Impl {
  explicit Impl(std::shared_ptr<const Lexicon> l) : lexicon(std::move(l)), keyer(*lexicon) { clear(); }

  struct Entry {
    WordType type;
    std::uint64_t hash = 0;
    LanguageMarks marks;
    std::array<std::span<const Term>, 4> terms;
    std::array<std::uint8_t, 4> width{};
    std::array<bool, 4> known{};
  };

  std::shared_ptr<const Lexicon> lexicon;
  WordKeyer keyer;
  StringArena strings;
  std::deque<std::vector<Term>> term_lists;
  std::deque<Entry> entries;
  std::vector<std::uint32_t> slots;  // entry + 1; 0: free
  struct Key {
    std::string_view text;
    std::uint32_t hash;  // the lower half
  };
  std::vector<Key> keys;                 // by number
  std::vector<std::uint32_t> key_slots;  // number + 1; 0: free
  std::uint64_t generation = 0;
  std::string buffer;
  std::vector<StandardVotes> paragraph_votes;

  void clear() {
    generation = ++last_generation;
    strings.clear();
    keys.clear();
    key_slots.assign(1U << 14U, 0);
    term_lists.clear();
    entries.clear();
    slots.assign(1U << 14U, 0);
  }

  void grow() {
    std::vector<std::uint32_t> larger(slots.size() * 2, 0);
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      std::size_t at = entries[i].hash & (larger.size() - 1);
      while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = i + 1;
    }
    slots = std::move(larger);
  }

  TypeId intern(std::string_view surface, TokenKind kind) {
    const std::uint64_t hash = hash_bytes(surface);
    std::size_t at = hash & (slots.size() - 1);
    for (; slots[at] != 0; at = (at + 1) & (slots.size() - 1)) {
      const Entry& e = entries[slots[at] - 1];
      if (e.hash == hash && e.type.surface == surface) return slots[at] - 1;
    }
    entries.emplace_back();
    Entry& e = entries.back();
    e.hash = hash;
    e.type.surface = strings.add(surface);
    e.type.kind = kind;
    if (kind != TokenKind::punctuation) {
      buffer.clear();
      normalise_to(surface, buffer);
      e.type.folded = buffer == surface ? e.type.surface : strings.add(buffer);
      look_at_case(e.type);
      e.marks = StandardVotes::marks(e.type.folded, *lexicon);
    }
    slots[at] = static_cast<std::uint32_t>(entries.size());
    if (entries.size() * 2 > slots.size()) grow();
    return static_cast<TypeId>(entries.size() - 1);
  }

  static void look_at_case(WordType& t) {
    std::size_t i = 0;
    std::size_t upper = 0, letters = 0;
    for (bool first = true; i < t.surface.size(); first = false) {
      const auto c = static_cast<UChar32>(next_code_point(t.surface, i));
      const bool is_upper = c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(c) != 0;
      if (first) t.capitalised = is_upper;
      upper += is_upper ? 1U : 0U;
      letters += (c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : u_isalpha(c) != 0) ? 1U : 0U;
    }
    t.all_caps = letters >= 2 && upper == letters;
  }

  std::uint32_t key_number(std::string_view key) {
    const auto hash = static_cast<std::uint32_t>(hash_bytes(key));
    const auto place = [this](std::uint32_t wanted, const auto& is) {
      std::size_t at = wanted & (key_slots.size() - 1);
      while (key_slots[at] != 0 && !is(keys[key_slots[at] - 1])) at = (at + 1) & (key_slots.size() - 1);
      return at;
    };
    std::size_t at = place(hash, [&](const Key& k) { return k.hash == hash && k.text == key; });
    if (key_slots[at] != 0) return key_slots[at] - 1;
    keys.push_back({strings.add(key), hash});
    key_slots[at] = static_cast<std::uint32_t>(keys.size());
    if (keys.size() * 2 > key_slots.size()) {
      key_slots.assign(key_slots.size() * 2, 0);
      for (std::uint32_t i = 0; i < keys.size(); ++i)
        key_slots[place(keys[i].hash, [](const Key&) { return false; })] = i + 1;
    }
    return static_cast<std::uint32_t>(keys.size() - 1);
  }

  Terms terms(Entry& e, Standard standard) {
    const std::size_t s = standard_index(standard);
    if (e.known[s]) return {e.terms[s], e.width[s]};
    e.known[s] = true;
    if (e.type.kind == TokenKind::punctuation || e.type.folded.empty()) return {};
    std::vector<Term>& list = term_lists.emplace_back();
    std::string spelling;
    normalise_to(e.type.surface, spelling, Accents::keep);
    const std::string_view folded = cut_key(spelling);
    const std::vector<std::string_view> pieces = pieces_of(folded);
    e.width[s] = static_cast<std::uint8_t>(std::max<std::size_t>(1, pieces.size()));
    const auto put = [&](const std::vector<std::string>& found, std::size_t offset, TermRole role) {
      for (const std::string& key : found) {
        const std::uint32_t number = key_number(cut_key(key));
        list.push_back({keys[number].text, number, static_cast<std::uint8_t>(offset), role});
      }
    };
    if (pieces.size() <= 1) {
      const WordKeys found = keyer.keys(pieces.empty() ? folded : pieces[0], standard);
      put(found.keys, 0, TermRole::word);
      put(found.loose, 0, TermRole::part);
    } else {
      std::string joined;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        joined += pieces[i];
        const WordKeys found = keyer.keys(pieces[i], standard);
        put(found.keys, i, TermRole::piece);
        put(found.loose, i, TermRole::part);
      }
      // The whole: its last piece in its key's form, so that EU-kommisjonens is EU-kommisjonen.
      const std::string_view start = folded.substr(0, folded.size() - pieces.back().size());
      if (folded.ends_with(pieces.back()))
        for (const std::string& key : keyer.keys(pieces.back(), standard).keys)
          put({std::string(start) + key}, 0, TermRole::word);
      put(keyer.keys(joined, standard).keys, 0, TermRole::joined);
    }
    e.terms[s] = list;
    return {e.terms[s], e.width[s]};
  }
};

std::string analyser_version(const Lexicon& lexicon) { return std::to_string(kCodeVersion) + "/" + lexicon.version(); }

std::uint8_t token_width(std::string_view surface, TokenKind kind) {
  if (kind == TokenKind::punctuation) return 0;
  // A hyphen, or the first byte of what may become one or nothing.
  if (surface.find_first_of("-\xc2\xcc\xcd\xe2\xef") == std::string_view::npos) return 1;
  std::string spelling;
  normalise_to(surface, spelling, Accents::keep);
  if (spelling.empty()) return 0;
  return static_cast<std::uint8_t>(std::max<std::size_t>(1, pieces_of(cut_key(spelling)).size()));
}

Analyser::Analyser(std::shared_ptr<const Lexicon> lexicon) : impl_(std::make_unique<Impl>(std::move(lexicon))) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

Result<std::shared_ptr<const Lexicon>> Analyser::open_lexicon(const std::string& path) { return Lexicon::open(path); }

void Analyser::analyse(std::string_view text, std::span<const ByteRange> paragraphs, AnalysedText& out) {
  if (impl_->entries.size() > kMaxTypes) impl_->clear();
  out.tokens.clear();
  out.sentences.clear();
  out.paragraphs.clear();
  impl_->paragraph_votes.assign(paragraphs.size(), {});
  StandardVotes all;
  for (std::uint32_t p = 0; p < paragraphs.size(); ++p) {
    const std::size_t first_token = out.tokens.size();
    AnalysedParagraph paragraph{static_cast<std::uint32_t>(out.sentences.size()), 0, Standard::unknown};
    segment(text, paragraphs[p], out.tokens, out.sentences);
    paragraph.last_sentence = static_cast<std::uint32_t>(out.sentences.size());
    for (std::uint32_t s = paragraph.first_sentence; s < paragraph.last_sentence; ++s) out.sentences[s].paragraph = p;
    StandardVotes& votes = impl_->paragraph_votes[p];
    for (std::size_t t = first_token; t < out.tokens.size(); ++t) {
      Token& token = out.tokens[t];
      token.type = impl_->intern(text.substr(token.begin, token.end - token.begin), token.kind);
      if (token.kind == TokenKind::word) {
        const Impl::Entry& entry = impl_->entries[token.type];
        votes.add(entry.marks, entry.type.capitalised);
      }
    }
    all.add(votes);
    out.paragraphs.push_back(paragraph);
  }
  out.standard = all.decide(Standard::unknown);
  for (std::size_t p = 0; p < out.paragraphs.size(); ++p)
    out.paragraphs[p].standard = impl_->paragraph_votes[p].decide(out.standard);
}

TypeId Analyser::intern(std::string_view surface, TokenKind kind) { return impl_->intern(surface, kind); }
const WordType& Analyser::type(TypeId id) const { return impl_->entries[id].type; }
std::size_t Analyser::type_count() const { return impl_->entries.size(); }
std::size_t Analyser::key_count() const { return impl_->keys.size(); }
std::uint64_t Analyser::generation() const { return impl_->generation; }
Analyser::Terms Analyser::terms(TypeId id, Standard standard) { return impl_->terms(impl_->entries[id], standard); }

QueryWord Analyser::query_word(std::string_view surface) const {
  QueryWord word;
  word.folded = std::string(cut_key(normalise(surface)));
  word.stopword = language::is_stopword(word.folded);
  if (word.folded.empty()) return word;
  const WordKeyer& keyer = impl_->keyer;
  std::string spelling;
  normalise_to(surface, spelling, Accents::keep);
  spelling.resize(cut_key(spelling).size());
  const std::vector<std::string_view> pieces = pieces_of(spelling);
  const auto cut = [](std::vector<std::string> keys) {
    for (std::string& key : keys) key.resize(cut_key(key).size());
    return keys;
  };
  if (pieces.size() <= 1) {
    const std::string_view only = pieces.empty() ? std::string_view(spelling) : pieces[0];
    word.keys = cut(keyer.query_keys(only));
    word.parts = keyer.query_parts(only);
    return word;
  }
  std::string joined;
  for (std::string_view piece : pieces) {
    joined += piece;
    word.pieces.push_back(cut(keyer.query_keys(piece)));
  }
  word.keys = cut(keyer.query_keys(joined));
  const std::string start = spelling.substr(0, spelling.size() - pieces.back().size());
  if (std::string_view(spelling).ends_with(pieces.back()))
    for (const std::string& key : keyer.query_keys(pieces.back()))
      word.keys.push_back(std::string(cut_key(start + key)));
  return word;
}

bool Analyser::knows(std::string_view form) const {
  return !impl_->lexicon->keys(form, Standard::nb).empty() || !impl_->lexicon->keys(form, Standard::nn).empty();
}

std::vector<Form> Analyser::forms(std::string_view key, std::size_t limit) const {
  const Lexicon& lexicon = *impl_->lexicon;
  const std::optional<std::uint32_t> number = lexicon.key_number(key);
  if (!number) return {};
  std::set<std::string> texts[2];
  lexicon.forms_of(*number, [&](const Lexicon::FormOfKey& f) {
    if (f.nb) texts[0].emplace(f.text);
    if (f.nn) texts[1].emplace(f.text);
  });
  std::vector<Form> out;
  for (int s = 0; s < 2; ++s) {
    std::vector<std::string> sorted(texts[s].begin(), texts[s].end());
    std::stable_partition(sorted.begin(), sorted.end(), [&](const std::string& text) { return text == key; });
    sorted.resize(std::min(sorted.size(), limit));
    for (std::string& text : sorted) out.push_back({std::move(text), s == 0 ? Standard::nb : Standard::nn});
  }
  return out;
}

std::vector<std::string> Analyser::keys_beginning(std::string_view start) const {
  const Lexicon& lexicon = *impl_->lexicon;
  std::set<std::string> keys;
  lexicon.all_forms([&](std::string_view stem) { return stem.starts_with(start) || start.starts_with(stem); },
                    [&](const Lexicon::FormOfKey& f) {
                      if (f.text.starts_with(start)) keys.emplace(cut_key(lexicon.key_text(f.key)));
                    });
  return {keys.begin(), keys.end()};
}

std::vector<std::string> Analyser::keys_folded(std::string_view plain) const {
  const Lexicon& lexicon = *impl_->lexicon;
  std::set<std::string> keys;
  lexicon.all_forms([&](std::string_view stem) { return plain.starts_with(fold_letters(stem)); },
                    [&](const Lexicon::FormOfKey& f) {
                      if (fold_letters(f.text) == plain) keys.emplace(cut_key(lexicon.key_text(f.key)));
                    });
  return {keys.begin(), keys.end()};
}

bool Analyser::is_stopword(std::string_view folded) { return language::is_stopword(folded); }

}  // namespace spalte::language
